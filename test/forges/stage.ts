/** What the exam needs of a code host under test: a forge on a small repository, people beside it, and time. */

import type { CheckRun, Commit, CommitOutcome, Forge, Permission } from "../../src/forges/forge.ts";
import { ForgeError, type ForgeErrorKind } from "../../src/forges/forge-error.ts";

/** What a person puts into a commit. `content` null takes the path away; of a link it is where it leads, of a submodule a commit. */
export interface PushedFile {
  readonly path: string;
  readonly content: string | Uint8Array | null;
  /** A plain file where it is not said. */
  readonly kind?: "file" | "executable" | "link" | "submodule";
}

/** A person with an account on the host, in its web pages and at a git of their own. */
export interface ForgePerson {
  readonly name: string;
  /**
   * One commit, by an e-mail that the host knows as theirs; answers it. It stands on the branch's head, of a new branch on
   * the default branch's, and with `onto` on that commit: a push by force. `times`: so many commits, each on the other.
   */
  push(branch: string, files: readonly PushedFile[], options?: { readonly message?: string; readonly onto?: string; readonly times?: number }): Promise<string>;
  /** An open pull request of the branch is closed by it. */
  deleteBranch(branch: string): Promise<void>;
  /** `base` is the default branch where it is not said. */
  open(wish: { readonly title: string; readonly body?: string; readonly head: string; readonly base?: string }): Promise<number>;
  /** One commit on the default branch's head, on a branch of a fork. */
  openFromFork(wish: { readonly title: string; readonly body?: string; readonly branch: string; readonly files: readonly PushedFile[] }): Promise<number>;
  /** Answers the commit on the base branch; throws where git cannot merge it. */
  merge(number: number, how?: "merge" | "squash"): Promise<string>;
  /** A pull request or a thread, in these three. */
  close(number: number): Promise<void>;
  reopen(number: number): Promise<void>;
  edit(number: number, edit: { readonly title?: string; readonly body?: string }): Promise<void>;
  label(number: number, add: readonly string[], remove?: readonly string[]): Promise<void>;
  /** Answers its id. */
  comment(number: number, body: string): Promise<string>;
  editComment(id: string, body: string): Promise<void>;
  deleteComment(id: string): Promise<void>;
  openThread(thread: { readonly title: string; readonly body: string; readonly labels?: readonly string[] }): Promise<number>;
  deleteThread(number: number): Promise<void>;
}

/** Where each test begins: a private repository whose default branch `main` has one commit, `first`, with START in it. */
export interface ForgeStage {
  readonly forge: Forge;
  /** Who the forge is; it may write, and is no admin. */
  readonly account: string;
  /** Head of `main` at the beginning. */
  readonly first: string;
  /** Another run of the same account, on another machine. Ended with the stage. */
  again(): Promise<Forge>;
  /** A forge on a host that does not answer. Ended with the stage. */
  unreachable(): Promise<Forge>;
  /** Made with this permission where there is nobody of that name. */
  person(name: string, permission?: Permission): Promise<ForgePerson>;
  /** Of a person, or of the forge's own account. */
  permit(name: string, permission: Permission): Promise<void>;
  setVisibility(visibility: "public" | "internal" | "private"): Promise<void>;
  /** From now on the branch takes no commit without a pull request. */
  protect(branch: string): Promise<void>;
  /** What people see at a commit: the newest of each name. */
  checks(commit: string): Promise<readonly CheckRun[]>;
  /** Who was asked to review. */
  reviewers(number: number): Promise<readonly string[]>;
  /** ISO 8601, UTC: the host's clock. */
  now(): string;
  pass(ms: number): Promise<void>;
  end(): Promise<void>;
}

export const START: Readonly<Record<string, string>> = {
  "README.md": "# Pay\n",
  "specs/payments.md": "# Payments\n\n## Refunds\n\n- [ ] within 14 days\n",
};

/** One test of the exam. */
export interface ForgeExam {
  readonly name: string;
  run(stage: ForgeStage): Promise<void>;
}

/** Hosts count whole seconds. */
export const TICK = 2000;

/** A commit id that is well-formed and that no repository has. */
export const NOWHERE: string = "dead".repeat(10);

export const SPEC = "specs/payments.md";

/** One file on a new branch by the forge; answers the commit. */
export async function branchOf(stage: ForgeStage, branch: string, text = `# ${branch}\n`): Promise<string> {
  const wish = { ref: `refs/heads/${branch}`, expected: null, parent: stage.first, files: [{ path: `of/${branch}.md`, text }], message: `Begin ${branch}` };
  return landed(await stage.forge.commit(wish));
}

export function landed(outcome: CommitOutcome): string {
  if (outcome.state === "done") return outcome.commit;
  throw new Error(`moved: ${outcome.now} stands there`);
}

/** The head, which must be there. */
export async function headOf(stage: ForgeStage, branch: string): Promise<string> {
  const head = await stage.forge.head(`refs/heads/${branch}`);
  if (head === null) throw new Error(`there is no branch ${branch}`);
  return head;
}

export function subjects(commits: readonly Commit[]): readonly string[] {
  return commits.map(({ message }) => message.split("\n")[0] ?? "");
}

/** What a person does who ticks the box in front of these words. */
export function ticked(body: string, words: string): string {
  const next = body.replace(`- [ ] ${words}`, `- [x] ${words}`);
  if (next === body) throw new Error(`there is no open box in front of: ${words}`);
  return next;
}

/** How a promise failed; "fulfilled" where it did not. Any other error is thrown on. */
export async function kindOf(promise: Promise<unknown>): Promise<ForgeErrorKind | "fulfilled"> {
  try {
    await promise;
    return "fulfilled";
  } catch (error) {
    if (error instanceof ForgeError) return error.kind;
    throw error;
  }
}
