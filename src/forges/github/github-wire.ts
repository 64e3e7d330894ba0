/** What Canon reads of GitHub's answers about code, pull requests and comments. Nothing else is looked at. */

import { array, boolean, nullable, number, object, optional, record, string, union, unknown, type ZodMiniType } from "zod/mini";
import { graphqlError, type GraphqlError } from "../../io/github/github-refusal.ts";

type Optional<T> = T | null | undefined;

export const graphqlBody: ZodMiniType<{ readonly data?: unknown; readonly errors?: readonly GraphqlError[] | undefined }> = object({
  data: optional(unknown()),
  errors: optional(array(graphqlError)),
});

export interface WireRepository {
  readonly node_id: string;
  readonly full_name: string;
  readonly html_url: string;
  readonly default_branch: string;
  readonly private: boolean;
  readonly visibility?: string | undefined;
  readonly has_issues?: boolean | undefined;
  readonly permissions?: Readonly<Record<string, boolean>> | undefined;
}

export const wireRepository: ZodMiniType<WireRepository> = object({
  node_id: string(),
  full_name: string(),
  html_url: string(),
  default_branch: string(),
  private: boolean(),
  visibility: optional(string()),
  has_issues: optional(boolean()),
  permissions: optional(record(string(), boolean())),
});

export const wireViewer: ZodMiniType<{ readonly viewer: { readonly login: string } }> = object({ viewer: object({ login: string() }) });

export interface WireRef {
  readonly ref: string;
  readonly object: { readonly sha: string };
}

export const wireRef: ZodMiniType<WireRef> = object({ ref: string(), object: object({ sha: string() }) });
export const wireRefs: ZodMiniType<readonly WireRef[]> = array(wireRef);

export interface WireEntry {
  readonly path: string;
  readonly mode: string;
  readonly type: string;
  readonly sha: string;
}

export const wireTree: ZodMiniType<{ readonly tree: readonly WireEntry[]; readonly truncated: boolean }> = object({
  tree: array(object({ path: string(), mode: string(), type: string(), sha: string() })),
  truncated: boolean(),
});

export const wireBlob: ZodMiniType<{ readonly content: string; readonly encoding: string }> = object({ content: string(), encoding: string() });
export const wireSha: ZodMiniType<{ readonly sha: string }> = object({ sha: string() });

export const wireGitCommit: ZodMiniType<{
  readonly sha: string;
  readonly tree: { readonly sha: string };
  readonly parents: readonly { readonly sha: string }[];
}> = object({
  sha: string(),
  tree: object({ sha: string() }),
  parents: array(object({ sha: string() })),
});

export interface WireCommit {
  readonly sha: string;
  readonly parents: readonly { readonly sha: string }[];
  readonly author?: Optional<{ readonly login?: string | undefined }>;
  readonly commit: {
    readonly message: string;
    readonly author?: Optional<{ readonly email?: string | undefined }>;
    readonly committer?: Optional<{ readonly date?: string | undefined }>;
  };
}

export const wireCommit: ZodMiniType<WireCommit> = object({
  sha: string(),
  parents: array(object({ sha: string() })),
  // An empty object where nobody is known.
  author: optional(nullable(object({ login: optional(string()) }))),
  commit: object({
    message: string(),
    author: optional(nullable(object({ email: optional(string()) }))),
    committer: optional(nullable(object({ date: optional(string()) }))),
  }),
});
export const wireCommits: ZodMiniType<readonly WireCommit[]> = array(wireCommit);

export const wireComparison: ZodMiniType<{ readonly merge_base_commit: { readonly sha: string }; readonly commits: readonly WireCommit[] }> = object({
  merge_base_commit: object({ sha: string() }),
  commits: array(wireCommit),
});

interface WireSide {
  readonly ref: string;
  readonly sha: string;
  readonly repo?: Optional<{ readonly full_name: string }>;
}

const side: ZodMiniType<WireSide> = object({ ref: string(), sha: string(), repo: optional(nullable(object({ full_name: string() }))) });
const login: ZodMiniType<Optional<{ readonly login: string }>> = optional(nullable(object({ login: string() })));
const labels: ZodMiniType<readonly (string | { readonly name?: Optional<string> })[]> = array(
  union([string(), object({ name: optional(nullable(string())) })]),
);

export interface WirePull {
  readonly number: number;
  readonly html_url: string;
  readonly title: string;
  readonly body?: Optional<string>;
  readonly state: string;
  readonly user?: Optional<{ readonly login: string }>;
  readonly head: WireSide;
  readonly base: WireSide;
  readonly merged_at?: Optional<string>;
  readonly merge_commit_sha?: Optional<string>;
  /** Only where it is asked for by itself. */
  readonly mergeable?: Optional<boolean>;
  readonly labels: readonly (string | { readonly name?: Optional<string> })[];
  readonly created_at: string;
  readonly updated_at: string;
}

export const wirePull: ZodMiniType<WirePull> = object({
  number: number(),
  html_url: string(),
  title: string(),
  body: optional(nullable(string())),
  state: string(),
  user: login,
  head: side,
  base: side,
  merged_at: optional(nullable(string())),
  merge_commit_sha: optional(nullable(string())),
  mergeable: optional(nullable(boolean())),
  labels,
  created_at: string(),
  updated_at: string(),
});
export const wirePulls: ZodMiniType<readonly WirePull[]> = array(wirePull);

export interface WireComment {
  readonly id: number;
  readonly user?: Optional<{ readonly login: string }>;
  readonly body?: Optional<string>;
  readonly created_at: string;
  readonly updated_at: string;
}

export const wireComment: ZodMiniType<WireComment> = object({
  id: number(),
  user: login,
  body: optional(nullable(string())),
  created_at: string(),
  updated_at: string(),
});
export const wireComments: ZodMiniType<readonly WireComment[]> = array(wireComment);

export interface WireThread {
  readonly number: number;
  readonly html_url: string;
  readonly repository_url: string;
  readonly title: string;
  readonly body?: Optional<string>;
  readonly state: string;
  readonly user?: Optional<{ readonly login: string }>;
  readonly closed_by?: Optional<{ readonly login: string }>;
  readonly labels: readonly (string | { readonly name?: Optional<string> })[];
  /** There where it is a pull request. */
  readonly pull_request?: unknown;
}

export const wireThread: ZodMiniType<WireThread> = object({
  number: number(),
  html_url: string(),
  repository_url: string(),
  title: string(),
  body: optional(nullable(string())),
  state: string(),
  user: login,
  closed_by: login,
  labels,
  pull_request: optional(unknown()),
});
export const wireThreads: ZodMiniType<readonly WireThread[]> = array(wireThread);

export const wireCheck: ZodMiniType<{ readonly id: number }> = object({ id: number() });
export const wirePermission: ZodMiniType<{ readonly permission: string }> = object({ permission: string() });
