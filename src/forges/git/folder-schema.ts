/** The files in the folder of pull requests: what stands in each; parsed whenever one is read. */

import { array, boolean, discriminatedUnion, enum as oneOf, literal, nullable, number, object, string, type ZodMiniType } from "zod/mini";
import type { CheckRun, Comment, Permission, PullRequest, Thread } from "../forge.ts";

/** `settings.json`: what a host's settings page holds. */
export interface FolderSettings {
  readonly visibility: "public" | "internal" | "private";
  readonly people: readonly { readonly account: string; readonly permission: Permission }[];
  /** Branches that take no commit without a pull request. */
  readonly protected: readonly string[];
}

/** `counters.json`: the last number and comment that were given; none is given again. */
export interface FolderCounters {
  readonly number: number;
  readonly comment: number;
}

/** `numbered/7.json`. Of an open one, the commits in it are those of its last change here: the branches tell the real ones. */
export type Numbered =
  | (Omit<PullRequest, "url"> & { readonly kind: "pull-request"; readonly reviewers: readonly string[] })
  | (Omit<Thread, "url"> & { readonly kind: "thread" });

export type NumberedPullRequest = Extract<Numbered, { readonly kind: "pull-request" }>;

export const settingsSchema: ZodMiniType<FolderSettings> = object({
  visibility: oneOf(["public", "internal", "private"]),
  people: array(object({ account: string(), permission: oneOf(["none", "read", "write", "admin"]) })),
  protected: array(string()),
});

export const countersSchema: ZodMiniType<FolderCounters> = object({ number: number(), comment: number() });

export const numberedSchema: ZodMiniType<Numbered> = discriminatedUnion("kind", [
  object({
    kind: literal("pull-request"),
    number: number(),
    title: string(),
    body: string(),
    state: oneOf(["open", "merged", "closed"]),
    author: string(),
    head: object({ branch: string(), commit: string(), fork: boolean() }),
    base: object({ branch: string(), commit: string() }),
    mergeCommit: nullable(string()),
    endedBy: nullable(string()),
    labels: array(string()),
    reviewers: array(string()),
    createdAt: string(),
    updatedAt: string(),
  }),
  object({
    kind: literal("thread"),
    number: number(),
    title: string(),
    body: string(),
    open: boolean(),
    author: string(),
    labels: array(string()),
  }),
]);

/** `comments/7/12.json`. */
export const commentSchema: ZodMiniType<Comment> = object({ id: string(), author: string(), body: string(), createdAt: string(), updatedAt: string() });

/** `checks/<commit>/<fingerprint of its name>.json`. */
export const checkSchema: ZodMiniType<CheckRun> = object({
  name: string(),
  commit: string(),
  conclusion: oneOf(["success", "neutral", "failure", "action_required"]),
  title: string(),
  summary: string(),
  annotations: array(object({ path: string(), line: number(), level: oneOf(["notice", "warning", "failure"]), message: string() })),
});
