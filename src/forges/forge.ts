/** The contract that every code host keeps: branches and files, pull requests, comments, checks, labels, permissions. */

/** What Canon may do there, and what the repository is like. */
export interface ForgeRepository {
  /** owner/repo. */
  readonly name: string;
  readonly defaultBranch: string;
  readonly visibility: "public" | "internal" | "private";
  /** False: nobody can open a thread there, because its issues are turned off. */
  readonly takesThreads: boolean;
  /** Who Canon is there: the author of all that it writes. */
  readonly account: string;
  /** Permissions that the account is known to have, in the host's own words; null: the host does not tell. */
  readonly granted: readonly string[] | null;
  /** Those of them that Canon cannot do without. */
  readonly needed: readonly string[];
  readonly token: TokenNeeds;
}

/** What a token must be made for: hosts take it by command, and seldom tell what it is. */
export interface TokenNeeds {
  /** By command, in the host's own words. */
  readonly needs: Readonly<Record<BotCommand, readonly string[]>>;
  /** What the host does not tell of this token, or does not take from it; sentences. */
  readonly remarks: readonly string[];
}

export type BotCommand = "plan" | "apply" | "pull";

export interface Branch {
  readonly name: string;
  /** Commit. */
  readonly head: string;
}

export interface Commit {
  readonly id: string;
  readonly parents: readonly string[];
  /** The account, where the host knows it; else the e-mail. */
  readonly author: string;
  readonly message: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** `text` null: the file is taken away, where there is one. Only a plain file is ever replaced, and it keeps its mode. */
export interface FileChange {
  readonly path: string;
  readonly text: string | null;
}

export interface CommitWish {
  /** Full reference: `refs/heads/canon/sync/payments`, `refs/canon/bot`. */
  readonly ref: string;
  /** What must stand there now; null: the reference must not exist. */
  readonly expected: string | null;
  /** The commit that the new one stands on; null: on none. */
  readonly parent: string | null;
  readonly files: readonly FileChange[];
  /** First line, empty line, trailers. */
  readonly message: string;
}

/** A compare-and-swap: what stood there was what was expected, and nothing else was overwritten. */
export type CommitOutcome =
  /** Of a reference that was taken away, the commit that stood there. */
  | { readonly state: "done"; readonly commit: string }
  /** Somebody wrote since; nothing was changed. */
  | { readonly state: "moved"; readonly now: string | null };

export interface PullRequest {
  readonly number: number;
  readonly url: string;
  readonly title: string;
  readonly body: string;
  readonly state: "open" | "merged" | "closed";
  readonly author: string;
  /** Branch and commit that it wants merged; `fork` true: from another repository. */
  readonly head: { readonly branch: string; readonly commit: string; readonly fork: boolean };
  readonly base: { readonly branch: string; readonly commit: string };
  /** The commit on the base branch that merged it. */
  readonly mergeCommit: string | null;
  /** Who merged or closed it. */
  readonly endedBy: string | null;
  readonly labels: readonly string[];
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface PullRequestWish {
  readonly title: string;
  readonly body: string;
  readonly head: string;
  readonly base: string;
  readonly labels: readonly string[];
  readonly reviewers: readonly string[];
}

/** One comment on a pull request or an issue of the host. */
export interface Comment {
  readonly id: string;
  readonly author: string;
  readonly body: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** An issue of the host that is no ticket: Canon's questions live there. */
export interface Thread {
  readonly number: number;
  readonly url: string;
  readonly title: string;
  readonly body: string;
  readonly open: boolean;
  readonly author: string;
  readonly labels: readonly string[];
}

export interface CheckRun {
  /** One per name and commit: set again, it is replaced. */
  readonly name: string;
  readonly commit: string;
  readonly conclusion: "success" | "neutral" | "failure" | "action_required";
  readonly title: string;
  /** Markdown. */
  readonly summary: string;
  readonly annotations: readonly { readonly path: string; readonly line: number; readonly level: "notice" | "warning" | "failure"; readonly message: string }[];
}

export type Permission = "none" | "read" | "write" | "admin";

export interface PullRequestQuery {
  readonly state?: "open" | "ended";
  /** Beginning of the head branch's name. */
  readonly headPrefix?: string;
  readonly author?: string;
  /** Those that changed at this moment or later; ISO 8601. */
  readonly since?: string;
}

/** Every method throws ForgeError. Reads may be repeated; writes are sent once. */
export interface Forge {
  readonly kind: "github" | "git";
  /** host/owner/repo, without secrets. */
  readonly identity: string;
  repository(): Promise<ForgeRepository>;

  branches(prefix: string): Promise<readonly Branch[]>;
  /** The commit that a reference stands at; null where there is none. */
  head(ref: string): Promise<string | null>;
  /** Every plain file at a commit; a link or a submodule is none. */
  paths(commit: string): Promise<readonly string[]>;
  /** Texts as they stand; absent where there is no such file. Files that are not UTF-8 are refused as invalid. */
  read(commit: string, paths: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Where people read a file of a commit in a browser; null: the host shows none, git does. */
  fileUrl(commit: string, path: string): Promise<string | null>;
  /** Commits reachable from `head` and not from `base`, the newest first. */
  commits(base: string, head: string): Promise<readonly Commit[]>;
  /** Paths that differ between the two trees, links and submodules too; of a renamed file both. */
  changed(base: string, head: string): Promise<readonly string[]>;
  mergeBase(one: string, other: string): Promise<string | null>;
  commit(wish: CommitWish): Promise<CommitOutcome>;
  /** Moves a reference, or takes it away (`to` null), if it stands at `expected`. */
  move(ref: string, expected: string, to: string | null): Promise<CommitOutcome>;

  pullRequest(number: number): Promise<PullRequest>;
  /** A commit that holds what merging it now would make of the base branch; on no branch, for this forge only. null: the two conflict. */
  mergeResult(number: number): Promise<string | null>;
  /** The newest first. */
  pullRequests(query: PullRequestQuery): Promise<readonly PullRequest[]>;
  /**
   * At most one is open per head branch: where there is one, it is answered as it stands instead of a second. A fork's branch
   * is another. Reviewers that the host does not take are left out.
   */
  openPullRequest(wish: PullRequestWish): Promise<PullRequest>;
  /** Only what is given changes. */
  editPullRequest(number: number, edit: { readonly title?: string; readonly body?: string; readonly state?: "open" | "closed" }): Promise<PullRequest>;
  addLabels(number: number, labels: readonly string[]): Promise<void>;

  /** Of a pull request or a thread; the oldest first; `since`: those that changed at this moment or later. */
  comments(number: number, since?: string): Promise<readonly Comment[]>;
  /** null: it is gone. */
  readComment(id: string): Promise<Comment | null>;
  comment(number: number, body: string): Promise<Comment>;
  editComment(id: string, body: string): Promise<Comment>;

  /** The oldest first, closed ones too. */
  threads(query: { readonly author: string; readonly label: string }): Promise<readonly Thread[]>;
  /** null: it is gone, or no thread. */
  readThread(number: number): Promise<Thread | null>;
  openThread(thread: { readonly title: string; readonly body: string; readonly labels: readonly string[] }): Promise<Thread>;
  editThread(number: number, edit: { readonly title?: string; readonly body?: string; readonly open?: boolean }): Promise<Thread>;

  setCheck(check: CheckRun): Promise<void>;
  /** Of somebody unknown: none. */
  permissionOf(account: string): Promise<Permission>;
  close(): Promise<void>;
}
