/** What Linear stores, as values that are replaced and never changed, so that older versions can be read. */

export interface UserState {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

export interface StatusState {
  readonly id: string;
  readonly name: string;
  /** An open string (FACTS.md): triage, backlog, unstarted, started, completed, canceled, duplicate. */
  readonly type: string;
  readonly position: number;
}

export interface TeamState {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly states: readonly StatusState[];
  readonly triage: boolean;
}

export interface LabelState {
  readonly id: string;
  readonly name: string;
  /** null: of the whole workspace. */
  readonly teamId: string | null;
  readonly color: string;
  readonly createdAt: string;
}

export interface AttachmentState {
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly subtitle: string | null;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly creatorId: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface CommentState {
  readonly id: string;
  readonly body: string;
  readonly userId: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** One entry of the history: only what changed is there. A description tells that it changed, not from what to what. */
export interface ChangeState {
  readonly id: string;
  readonly actorId: string;
  readonly createdAt: string;
  readonly fromTitle?: string;
  readonly toTitle?: string;
  readonly updatedDescription?: boolean;
  readonly fromStateId?: string;
  readonly toStateId?: string;
  readonly fromParentId?: string | null;
  readonly toParentId?: string | null;
  readonly fromTeamId?: string;
  readonly toTeamId?: string;
  readonly fromPriority?: number;
  readonly toPriority?: number;
  readonly addedLabelIds?: readonly string[];
  readonly removedLabelIds?: readonly string[];
  readonly attachmentId?: string;
  readonly archived?: boolean;
  readonly trashed?: boolean;
}

export interface IssueState {
  readonly id: string;
  readonly teamId: string;
  readonly number: number;
  readonly previousIdentifiers: readonly string[];
  readonly title: string;
  readonly description: string | null;
  readonly stateId: string;
  readonly parentId: string | null;
  readonly labelIds: readonly string[];
  readonly priority: number;
  readonly creatorId: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly startedAt: string | null;
  readonly completedAt: string | null;
  readonly canceledAt: string | null;
  readonly archivedAt: string | null;
  readonly trashed: boolean;
  /** In a place that Canon's account may not see. */
  readonly hidden: boolean;
  readonly attachments: readonly AttachmentState[];
  readonly comments: readonly CommentState[];
  /** Oldest first. */
  readonly history: readonly ChangeState[];
}
