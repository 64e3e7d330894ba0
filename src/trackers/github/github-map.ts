/** Issues of both wire forms as tickets, with what only a writer of issues must know beside them. */

import { shortPrintOf } from "../../core/fingerprint.ts";
import type { Ticket } from "../../core/model/ticket.ts";
import { keyOf, type Place } from "./github-key.ts";
import { parseText, type HiddenLine } from "./github-line.ts";
import { statusOf } from "./github-statuses.ts";
import type { GraphqlIssue, RestIssue } from "./github-wire.ts";

/** The label that marks every managed ticket; GitHub takes labels in any case. */
export const MARK = "canon";

/** An issue as it was last seen. */
export interface Held {
  readonly ticket: Ticket;
  readonly place: Place;
  /** What GraphQL knows it by. */
  readonly nodeId: string;
  /** null: none, or not told (REST names it only by its key). */
  readonly parentId: string | null;
  /** The hidden line as it stands; null where there is none. */
  readonly native: string | null;
  readonly line: HiddenLine | null;
  readonly isMarked: boolean;
  /** Sub-issues, closed ones too. */
  readonly children: number;
}

interface Seen extends Pick<Ticket, "id" | "url" | "title" | "type" | "parent" | "createdAt" | "createdByUs" | "updatedAt"> {
  readonly nodeId: string;
  readonly parentId: string | null;
  readonly children: number;
  readonly repo: string;
  readonly number: number;
  readonly text: string;
  readonly state: string;
  readonly reason: string | null;
  readonly labels: readonly string[];
}

/** GraphQL tells no types in the schema that GitHub publishes: `type` is what is known of it otherwise. */
export function fromGraphql(issue: GraphqlIssue, type: string | null): Held {
  const { parent } = issue;
  return held({
    id: String(issue.fullDatabaseId ?? issue.id),
    nodeId: issue.id,
    url: issue.url,
    title: issue.title,
    type,
    parent: parent === null ? null : keyOf(parent.repository.nameWithOwner, parent.number),
    parentId: parent?.id ?? null,
    children: issue.subIssuesSummary.total,
    createdAt: issue.createdAt,
    createdByUs: issue.viewerDidAuthor,
    updatedAt: issue.updatedAt,
    repo: issue.repository.nameWithOwner,
    number: issue.number,
    text: issue.body,
    state: issue.state,
    reason: issue.stateReason,
    labels: issue.labels?.nodes?.flatMap((label) => label?.name ?? []) ?? [],
  });
}

export function fromRest(issue: RestIssue): Held {
  return held({
    id: String(issue.id),
    nodeId: issue.node_id,
    url: issue.html_url,
    title: issue.title,
    type: issue.type?.name ?? null,
    parent: issue.parent_issue_url ? keyOfUrl(issue.parent_issue_url) : null,
    parentId: null,
    children: issue.sub_issues_summary?.total ?? 0,
    createdAt: issue.created_at,
    // REST does not say who asks.
    createdByUs: null,
    updatedAt: issue.updated_at,
    repo: repoOfUrl(issue.repository_url),
    number: issue.number,
    text: issue.body ?? "",
    state: issue.state,
    reason: issue.state_reason ?? null,
    labels: issue.labels.flatMap((label) => (typeof label === "string" ? label : (label.name ?? []))),
  });
}

/** `seen` by REST, with what it leaves out as `before` has it: who asks, and the id of the parent that it names by its key. */
export function withUntold(seen: Held, before: Held): Held {
  return {
    ...seen,
    ticket: { ...seen.ticket, createdByUs: before.ticket.createdByUs },
    parentId: seen.ticket.parent === before.ticket.parent ? before.parentId : null,
  };
}

function held({ nodeId, parentId, children, repo, number, text, state, reason, labels, ...rest }: Seen): Held {
  const { body, native, line } = parseText(text);
  const { name: status, category } = statusOf(state, reason);
  const [owner = "", name = ""] = repo.split("/");
  return {
    ticket: {
      ...rest,
      key: keyOf(repo, number),
      // GitHub counts no revisions and its times are whole seconds: what stands there tells two of them apart.
      revision: `${rest.updatedAt} ${shortPrintOf([rest.title, text, status, rest.type ?? "", rest.parent ?? "", ...labels])}`,
      status,
      category,
      labels: labels.filter((label) => !isMark(label)),
      body,
      base: line?.base ?? null,
      token: line?.token ?? null,
      createdAt: utc(rest.createdAt),
      updatedAt: utc(rest.updatedAt),
      // Only the history tells who wrote last.
      updatedBy: null,
      archived: false,
    },
    place: { owner, name, number },
    nodeId,
    parentId,
    native,
    line,
    isMarked: labels.some(isMark),
    children,
  };
}

export function isMark(label: string): boolean {
  return label.toLowerCase() === MARK;
}

/** `https://api.github.com/repos/owner/repo` */
function repoOfUrl(url: string): string {
  return new URL(url).pathname.split("/").slice(-2).join("/");
}

/** `https://api.github.com/repos/owner/repo/issues/42` */
function keyOfUrl(url: string): string {
  const [owner = "", name = "", , number = ""] = new URL(url).pathname.split("/").slice(-4);
  return keyOf(`${owner}/${name}`, Number(number));
}

function utc(time: string): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? time : date.toISOString();
}

/** As they were created; numbers part what was made within one second. */
export function inOrder(issues: readonly Held[]): readonly Held[] {
  return issues.toSorted((a, b) => compare(a.ticket.createdAt, b.ticket.createdAt) || a.place.number - b.place.number);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
