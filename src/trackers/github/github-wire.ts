/** What Canon reads of GitHub's answers: GraphQL's and REST's issues. Nothing else is looked at. */

import { array, boolean, looseObject, nullable, number, object, optional, string, union, unknown, type ZodMiniType } from "zod/mini";
import { graphqlError, type GraphqlError } from "../../io/github/github-refusal.ts";

/** What stands in every query that reads issues. An issue has at most 100 labels. */
export const ISSUE_FIELDS = `fragment T on Issue {
  id fullDatabaseId number url title body state stateReason(enableDuplicate: true) createdAt updatedAt viewerDidAuthor
  repository { nameWithOwner }
  labels(first: 100) { nodes { name } }
  parent { id number repository { nameWithOwner } }
  subIssuesSummary { total }
}`;

type Optional<T> = T | null | undefined;

export interface GraphqlIssue {
  readonly id: string;
  /** BigInt: a string on the wire. */
  readonly fullDatabaseId: string | number | null;
  readonly number: number;
  readonly url: string;
  readonly title: string;
  readonly body: string;
  readonly state: string;
  readonly stateReason: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Of a copy: whoever copied did. */
  readonly viewerDidAuthor: boolean;
  readonly repository: { readonly nameWithOwner: string };
  readonly labels: { readonly nodes: readonly ({ readonly name: string } | null)[] | null } | null;
  readonly parent: { readonly id: string; readonly number: number; readonly repository: { readonly nameWithOwner: string } } | null;
  readonly subIssuesSummary: { readonly total: number };
}

const repository = object({ nameWithOwner: string() });

export const graphqlIssue: ZodMiniType<GraphqlIssue> = object({
  id: string(),
  fullDatabaseId: nullable(union([string(), number()])),
  number: number(),
  url: string(),
  title: string(),
  body: string(),
  state: string(),
  stateReason: nullable(string()),
  createdAt: string(),
  updatedAt: string(),
  viewerDidAuthor: boolean(),
  repository,
  labels: nullable(object({ nodes: nullable(array(nullable(object({ name: string() })))) })),
  parent: nullable(object({ id: string(), number: number(), repository })),
  subIssuesSummary: object({ total: number() }),
});

export interface RestIssue {
  readonly id: number;
  readonly node_id: string;
  readonly number: number;
  readonly html_url: string;
  readonly repository_url: string;
  readonly title: string;
  readonly body?: Optional<string>;
  readonly state: string;
  readonly state_reason?: Optional<string>;
  readonly created_at: string;
  readonly updated_at: string;
  readonly labels: readonly (string | { readonly name?: Optional<string> })[];
  readonly type?: Optional<{ readonly name: string }>;
  readonly parent_issue_url?: Optional<string>;
  readonly sub_issues_summary?: Optional<{ readonly total: number }>;
  readonly author_association?: string | undefined;
  /** There where it is a pull request. */
  readonly pull_request?: unknown;
}

export const restIssue: ZodMiniType<RestIssue> = object({
  id: number(),
  node_id: string(),
  number: number(),
  html_url: string(),
  repository_url: string(),
  title: string(),
  body: optional(nullable(string())),
  state: string(),
  state_reason: optional(nullable(string())),
  created_at: string(),
  updated_at: string(),
  labels: array(union([string(), object({ name: optional(nullable(string())) })])),
  type: optional(nullable(object({ name: string() }))),
  parent_issue_url: optional(nullable(string())),
  sub_issues_summary: optional(object({ total: number() })),
  author_association: optional(string()),
  pull_request: optional(unknown()),
});

export interface GraphqlBody {
  readonly data?: Optional<Readonly<Record<string, unknown>>>;
  readonly errors?: readonly GraphqlError[] | undefined;
}

export const graphqlBody: ZodMiniType<GraphqlBody> = object({ data: optional(nullable(looseObject({}))), errors: optional(array(graphqlError)) });

export interface Connection {
  readonly nodes: readonly unknown[] | null;
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

export const connection: ZodMiniType<Connection> = object({
  nodes: nullable(array(unknown())),
  totalCount: number(),
  pageInfo: object({ hasNextPage: boolean(), endCursor: nullable(string()) }),
});
