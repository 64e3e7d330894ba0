/** What Canon asks of an issue's history, and reads of the answer: events of the timeline, and revisions of the text. */

import { array, boolean, nullable, number, object, optional, string, type ZodMiniType } from "zod/mini";
import { PAGE } from "./github-pages.ts";

/** `$EVENTS` stands for the variable with the cursor. */
export const EVENTS: string = `timelineItems(first: ${PAGE}, after: $EVENTS, since: $since, itemTypes: [RENAMED_TITLE_EVENT, CLOSED_EVENT, REOPENED_EVENT, LABELED_EVENT, UNLABELED_EVENT, PARENT_ISSUE_ADDED_EVENT, PARENT_ISSUE_REMOVED_EVENT, ISSUE_COMMENT]) {
  pageInfo { hasNextPage endCursor }
  nodes {
    __typename
    ... on RenamedTitleEvent { createdAt actor { login } previousTitle currentTitle }
    ... on ClosedEvent { createdAt actor { login } stateReason }
    ... on ReopenedEvent { createdAt actor { login } }
    ... on LabeledEvent { createdAt actor { login } label { name } }
    ... on UnlabeledEvent { createdAt actor { login } label { name } }
    ... on ParentIssueAddedEvent { createdAt actor { login } parent { number repository { nameWithOwner } } }
    ... on ParentIssueRemovedEvent { createdAt actor { login } parent { number repository { nameWithOwner } } }
    ... on IssueComment { createdAt actor: author { login } body }
  }
}`;
/** `$TEXTS` stands for the variable with the cursor. */
export const TEXTS: string = `userContentEdits(first: ${PAGE}, after: $TEXTS) { pageInfo { hasNextPage endCursor } nodes { editedAt editor { login } diff } }`;

type Actor = { readonly login: string } | null;

export interface WireEvent {
  readonly __typename: string;
  readonly createdAt: string;
  readonly actor: Actor;
  readonly previousTitle?: string | undefined;
  readonly currentTitle?: string | undefined;
  readonly stateReason?: string | null | undefined;
  readonly label?: { readonly name: string } | undefined;
  readonly parent?: { readonly number: number; readonly repository: { readonly nameWithOwner: string } } | null | undefined;
  readonly body?: string | undefined;
}

export interface WireText {
  readonly editedAt: string;
  readonly editor: Actor;
  /** The whole text after the edit; null where the revision was deleted. */
  readonly diff: string | null;
}

interface PageInfo {
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}

export interface WirePage {
  readonly timelineItems?: { readonly pageInfo: PageInfo; readonly nodes: readonly (WireEvent | null)[] } | undefined;
  readonly userContentEdits?: { readonly pageInfo: PageInfo; readonly nodes: readonly (WireText | null)[] } | null | undefined;
}

const actor = nullable(object({ login: string() }));
const pageInfo = object({ hasNextPage: boolean(), endCursor: nullable(string()) });
export const historyPage: ZodMiniType<WirePage> = object({
  timelineItems: optional(
    object({
      pageInfo,
      nodes: array(
        nullable(
          object({
            __typename: string(),
            createdAt: string(),
            actor,
            previousTitle: optional(string()),
            currentTitle: optional(string()),
            stateReason: optional(nullable(string())),
            label: optional(object({ name: string() })),
            parent: optional(nullable(object({ number: number(), repository: object({ nameWithOwner: string() }) }))),
            body: optional(string()),
          }),
        ),
      ),
    }),
  ),
  userContentEdits: optional(nullable(object({ pageInfo, nodes: array(nullable(object({ editedAt: string(), editor: actor, diff: nullable(string()) }))) }))),
});
