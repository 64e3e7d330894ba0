/** Every write to an issue, by the API and by people: the same rules, the same editor, the same history. */

import { randomUUID } from "node:crypto";
import { conflictOnInsert, forbidden, invalid, notFound, refused } from "./linear-problem.ts";
import type { AttachmentState, ChangeState, CommentState, IssueState, LabelState, TeamState, UserState } from "./linear-state.ts";
import { initialState, NOW, type LinearWorld } from "./linear-world.ts";

export interface WriteRules {
  readonly titleLimit: number;
  readonly bodyLimit: number;
  /** Client ids of any UUID version; false: only v4 (FACTS.md: "v5 may be refused"). */
  readonly anyUuid: boolean;
  /** An attachment moves its issue's `updatedAt`. */
  readonly attachmentsTouch: boolean;
  /** What the editor makes of Markdown. */
  readonly editor: (markdown: string) => string;
}

export interface NewIssue {
  readonly id?: string | null | undefined;
  readonly teamId: string;
  readonly title?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly stateId?: string | null | undefined;
  readonly parentId?: string | null | undefined;
  readonly labelIds?: readonly string[] | null | undefined;
  readonly priority?: number | null | undefined;
}

/** Absent: stays; null: taken away. */
export interface IssueEdit {
  readonly title?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly stateId?: string | null | undefined;
  readonly parentId?: string | null | undefined;
  readonly labelIds?: readonly string[] | null | undefined;
  readonly addedLabelIds?: readonly string[] | null | undefined;
  readonly removedLabelIds?: readonly string[] | null | undefined;
  readonly priority?: number | null | undefined;
  readonly teamId?: string | null | undefined;
  readonly archived?: boolean;
  readonly trashed?: boolean | null | undefined;
}

export interface NewAttachment {
  readonly id?: string | null | undefined;
  readonly url: string;
  readonly title: string;
  readonly subtitle?: string | null | undefined;
  readonly metadata?: Readonly<Record<string, unknown>> | null | undefined;
}

export class LinearWrites {
  readonly #world: LinearWorld;
  readonly #rules: WriteRules;

  constructor(world: LinearWorld, rules: WriteRules) {
    this.#world = world;
    this.#rules = rules;
  }

  /** Everything is checked before anything is stored: a batch is one transaction. `sees` answers whether the actor may reach an issue. */
  create(inputs: readonly NewIssue[], actor: UserState, sees: (ref: string) => IssueState | null, sameBatchParents: boolean): readonly IssueState[] {
    const ids = new Set<string>();
    const checked = inputs.map((input) => {
      const id = this.#newId("Issue", input.id);
      if (ids.has(id)) throw conflictOnInsert("Issue", id);
      ids.add(id);
      const team = this.#world.team(input.teamId);
      const status = input.stateId ? this.#status(input.stateId, team) : initialState(team);
      const labelIds = this.#labels(input.labelIds ?? [], team);
      const earlier = sameBatchParents && typeof input.parentId === "string" && input.parentId !== id && ids.has(input.parentId) ? input.parentId : null;
      const parentId = earlier ?? (input.parentId ? this.#parent(input.parentId, sees).id : null);
      return {
        id,
        team,
        status,
        labelIds,
        parentId,
        title: this.#title(input.title),
        description: this.#body(input.description),
        priority: priorityOf(input.priority),
      };
    });
    return checked.map(({ id, team, status, labelIds, parentId, title, description, priority }) => {
      const { at, iso } = this.#world.stamp();
      this.#world.claimId(id);
      const issue: IssueState = {
        id,
        teamId: team.id,
        number: this.#world.nextNumber(team.id),
        previousIdentifiers: [],
        title,
        description,
        stateId: status.id,
        parentId,
        labelIds,
        priority,
        creatorId: actor.id,
        createdAt: iso,
        updatedAt: iso,
        ...stateTimes(null, status.type, iso),
        archivedAt: null,
        trashed: false,
        hidden: false,
        attachments: [],
        comments: [],
        history: [],
      };
      this.#world.put(id, at, issue);
      return issue;
    });
  }

  /** Answers the issue as it is now; without a real change nothing moves, and no history is written. */
  update(issue: IssueState, edit: IssueEdit, actor: UserState, sees: (ref: string) => IssueState | null): IssueState {
    const team = edit.teamId ? this.#world.team(edit.teamId) : this.#world.team(issue.teamId);
    const moved = team.id !== issue.teamId;
    let next: IssueState = { ...issue };
    if (typeof edit.title === "string") next = { ...next, title: this.#title(edit.title) };
    if (edit.description !== undefined) next = { ...next, description: this.#body(edit.description) };
    if (typeof edit.priority === "number") next = { ...next, priority: priorityOf(edit.priority) };
    if (edit.parentId !== undefined) next = { ...next, parentId: edit.parentId === null ? null : this.#newParent(edit.parentId, issue, sees) };
    if (moved) next = this.#moved(next, team);
    if (edit.stateId) next = { ...next, stateId: this.#status(edit.stateId, team).id };
    next = { ...next, labelIds: this.#changedLabels(next, edit, team) };
    if (edit.archived !== undefined || typeof edit.trashed === "boolean") {
      const away = edit.archived ?? edit.trashed === true;
      next = { ...next, archivedAt: away ? (issue.archivedAt ?? "now") : null, trashed: edit.trashed ?? next.trashed };
    }
    this.#leavesTriage(issue, next);
    const change = changeBetween(issue, next);
    if (change === null) return issue;
    const { at, iso } = this.#world.stamp();
    const stored: IssueState = {
      ...next,
      ...stateTimes(issue, this.#world.status(next.stateId).status.type, iso),
      archivedAt: next.archivedAt === "now" ? iso : next.archivedAt,
      updatedAt: iso,
      history: [...issue.history, { id: randomUUID(), actorId: actor.id, createdAt: iso, ...change }],
    };
    this.#world.put(issue.id, at, stored);
    return stored;
  }

  /** [S] an upsert by url, on this issue. */
  attach(issue: IssueState, input: NewAttachment, actor: UserState): { readonly issue: IssueState; readonly attachment: AttachmentState } {
    if (input.title.trim() === "") throw invalid("title must be longer than or equal to 1 characters");
    if (!URL.canParse(input.url)) throw invalid("url must be a URL address");
    const before = issue.attachments.find(({ url }) => url === input.url);
    const id = before?.id ?? this.#newId("Attachment", input.id);
    const { at, iso } = this.#world.stamp();
    this.#world.claimId(id);
    const attachment: AttachmentState = {
      id,
      url: input.url,
      title: input.title,
      subtitle: input.subtitle ?? null,
      metadata: input.metadata ?? before?.metadata ?? {},
      creatorId: before?.creatorId ?? actor.id,
      createdAt: before?.createdAt ?? iso,
      updatedAt: iso,
    };
    const entry: ChangeState = { id: randomUUID(), actorId: actor.id, createdAt: iso, attachmentId: id };
    const stored: IssueState = {
      ...issue,
      attachments: before ? issue.attachments.map((one) => (one === before ? attachment : one)) : [...issue.attachments, attachment],
      history: before ? issue.history : [...issue.history, entry],
      updatedAt: this.#rules.attachmentsTouch ? iso : issue.updatedAt,
    };
    this.#world.put(issue.id, at, stored);
    return { issue: stored, attachment };
  }

  /** Changes or takes away what already hangs on the issue; null takes it away. */
  replaceAttachment(issue: IssueState, attachment: AttachmentState, change: Partial<AttachmentState> | null): AttachmentState {
    const { at, iso } = this.#world.stamp();
    const next = { ...attachment, ...change, updatedAt: iso };
    const attachments = issue.attachments.flatMap((one) => (one !== attachment ? [one] : change === null ? [] : [next]));
    this.#world.put(issue.id, at, { ...issue, attachments });
    return next;
  }

  comment(issue: IssueState, input: { readonly id?: string | null | undefined; readonly body: string }, actor: UserState): CommentState {
    if (input.body.trim() === "") throw invalid("body must be longer than or equal to 1 characters");
    const id = this.#newId("Comment", input.id);
    const { at, iso } = this.#world.stamp();
    this.#world.claimId(id);
    const comment: CommentState = { id, body: this.#body(input.body) ?? "", userId: actor.id, createdAt: iso, updatedAt: iso };
    this.#world.put(issue.id, at, { ...issue, comments: [...issue.comments, comment] });
    return comment;
  }

  /** [M] Only who wrote it may. */
  changeComment(issue: IssueState, comment: CommentState, body: string, actor: UserState): CommentState {
    if (comment.userId !== actor.id) throw forbidden("You can only update your own comments.");
    if (body.trim() === "") throw invalid("body must be longer than or equal to 1 characters");
    const { at, iso } = this.#world.stamp();
    const next: CommentState = { ...comment, body: this.#body(body) ?? "", updatedAt: iso };
    this.#world.put(issue.id, at, { ...issue, comments: issue.comments.map((one) => (one === comment ? next : one)) });
    return next;
  }

  label(input: {
    readonly id?: string | null | undefined;
    readonly name: string;
    readonly teamId?: string | null | undefined;
    readonly color?: string | null | undefined;
  }): LabelState {
    const teamId = input.teamId ? this.#world.team(input.teamId).id : null;
    const name = input.name.trim();
    if (name === "") throw invalid("name must be longer than or equal to 1 characters");
    // A name is taken within its team and by every label of the workspace, whatever the case.
    for (const label of this.#world.labels.values()) {
      if (label.name.toLowerCase() === name.toLowerCase() && (label.teamId === null || teamId === null || label.teamId === teamId))
        throw refused(`A label with the name "${label.name}" already exists.`);
    }
    const id = this.#newId("IssueLabel", input.id);
    this.#world.claimId(id);
    const label: LabelState = { id, name, teamId, color: input.color ?? "#bec2c8", createdAt: this.#world.stamp().iso };
    this.#world.labels.set(id, label);
    return label;
  }

  /** Takes an issue away for good. */
  erase(issue: IssueState): void {
    this.#world.put(issue.id, this.#world.stamp().at, null);
  }

  /** Stores what no rule looks at: what an account may see, and what a copy brings along. */
  amend(issue: IssueState, change: Partial<IssueState>): IssueState {
    const next = { ...issue, ...change };
    this.#world.put(issue.id, this.#world.stamp().at, next);
    return next;
  }

  #newId(entity: string, id: string | null | undefined): string {
    if (id === null || id === undefined) return randomUUID();
    const shape = this.#rules.anyUuid
      ? /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
      : /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
    if (!shape.test(id)) throw invalid("id must be a UUID");
    if (this.#world.isUsed(id)) throw conflictOnInsert(entity, id);
    return id;
  }

  #title(title: string | null | undefined): string {
    const text = (title ?? "").trim();
    if (text === "") throw invalid("title must be longer than or equal to 1 characters");
    if ([...text].length > this.#rules.titleLimit) throw invalid(`title must be shorter than or equal to ${this.#rules.titleLimit} characters`);
    return text;
  }

  #body(markdown: string | null | undefined): string | null {
    if (markdown === null || markdown === undefined) return null;
    const text = this.#rules.editor(markdown);
    if (text.length > this.#rules.bodyLimit) throw invalid(`description must be shorter than or equal to ${this.#rules.bodyLimit} characters`);
    return text === "" ? null : text;
  }

  #status(id: string, team: TeamState): { readonly id: string; readonly type: string } {
    const status = team.states.find((state) => state.id === id);
    if (!status) throw refused("The workflow state does not belong to the issue's team.");
    return status;
  }

  #labels(ids: readonly string[], team: TeamState): readonly string[] {
    return [...new Set(ids)].map((id) => {
      const label = this.#world.label(id);
      if (label.teamId !== null && label.teamId !== team.id) throw refused(`The label "${label.name}" belongs to another team.`);
      return label.id;
    });
  }

  #changedLabels(issue: IssueState, edit: IssueEdit, team: TeamState): readonly string[] {
    if (edit.labelIds) return this.#labels(edit.labelIds, team);
    const removed = new Set(edit.removedLabelIds);
    const added = this.#labels(edit.addedLabelIds ?? [], team);
    if (removed.size === 0 && added.length === 0) return issue.labelIds;
    return [...new Set([...issue.labelIds, ...added])].filter((id) => !removed.has(id));
  }

  #parent(ref: string, sees: (ref: string) => IssueState | null): IssueState {
    const parent = sees(ref);
    if (!parent || parent.archivedAt !== null) throw notFound("Issue");
    return parent;
  }

  #newParent(ref: string, issue: IssueState, sees: (ref: string) => IssueState | null): string {
    const parent = this.#parent(ref, sees);
    const passed = new Set<string>();
    for (
      let above: IssueState | null = parent;
      above && !passed.has(above.id);
      above = above.parentId === null ? null : this.#world.issue(above.parentId, NOW)
    ) {
      if (above.id === issue.id) throw refused("An issue cannot stand below itself.");
      passed.add(above.id);
    }
    return parent.id;
  }

  /** A new number, the state of the same name or else of the same type, and no labels of the old team. */
  #moved(issue: IssueState, team: TeamState): IssueState {
    const { status } = this.#world.status(issue.stateId);
    const state = team.states.find(({ name }) => name === status.name) ?? team.states.find(({ type }) => type === status.type) ?? initialState(team);
    return {
      ...issue,
      teamId: team.id,
      number: this.#world.nextNumber(team.id),
      previousIdentifiers: [...issue.previousIdentifiers, this.#world.identifier(issue)],
      stateId: state.id,
      labelIds: issue.labelIds.filter((id) => this.#world.label(id).teamId === null),
    };
  }

  #leavesTriage(before: IssueState, after: IssueState): void {
    const { status, team } = this.#world.status(before.stateId);
    if (status.type === "triage" && team.triage && after.stateId !== before.stateId && after.priority === 0)
      throw refused("A priority is required to leave triage.");
  }
}

function priorityOf(priority: number | null | undefined): number {
  const value = priority ?? 0;
  if (!Number.isInteger(value) || value < 0 || value > 4) throw invalid("priority must be between 0 and 4");
  return value;
}

function stateTimes(before: IssueState | null, type: string, iso: string): Pick<IssueState, "startedAt" | "completedAt" | "canceledAt"> {
  return {
    startedAt: type === "started" || type === "completed" ? (before?.startedAt ?? iso) : null,
    completedAt: type === "completed" ? (before?.completedAt ?? iso) : null,
    canceledAt: type === "canceled" || type === "duplicate" ? (before?.canceledAt ?? iso) : null,
  };
}

function changeBetween(before: IssueState, after: IssueState): Omit<ChangeState, "id" | "actorId" | "createdAt"> | null {
  const added = after.labelIds.filter((id) => !before.labelIds.includes(id));
  const removed = before.labelIds.filter((id) => !after.labelIds.includes(id));
  const change = {
    ...(before.title === after.title ? {} : { fromTitle: before.title, toTitle: after.title }),
    ...(before.description === after.description ? {} : { updatedDescription: true }),
    ...(before.stateId === after.stateId ? {} : { fromStateId: before.stateId, toStateId: after.stateId }),
    ...(before.parentId === after.parentId ? {} : { fromParentId: before.parentId, toParentId: after.parentId }),
    ...(before.teamId === after.teamId ? {} : { fromTeamId: before.teamId, toTeamId: after.teamId }),
    ...(before.priority === after.priority ? {} : { fromPriority: before.priority, toPriority: after.priority }),
    ...(added.length === 0 ? {} : { addedLabelIds: added }),
    ...(removed.length === 0 ? {} : { removedLabelIds: removed }),
    ...((before.archivedAt === null) === (after.archivedAt === null) ? {} : { archived: after.archivedAt !== null }),
    ...(before.trashed === after.trashed ? {} : { trashed: after.trashed }),
  };
  return Object.keys(change).length === 0 ? null : change;
}
