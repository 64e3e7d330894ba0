/** A ticket of Jira in the one shape for all trackers. */

import type { StatusCategory } from "../../core/model/status.ts";
import type { Ticket } from "../../core/model/ticket.ts";
import { isSamePerson } from "./jira-note.ts";
import { MARK, type JiraProperty } from "./jira-property.ts";
import type { WireIssue, WirePerson, WireStatus } from "./jira-wire.ts";

export interface MapContext {
  /** Scheme, host and path. */
  readonly root: string;
  /** Data Center: the id of the field that names the epic; null in the Cloud, where `parent` does. */
  readonly epicLink: string | null;
  /** Who reads. */
  readonly me: WirePerson;
  /** What the description is in our form; "" where there is none. */
  bodyOf(description: unknown): string;
}

export function ticketOf(issue: WireIssue, { token, base }: JiraProperty, context: MapContext): Ticket {
  const { fields } = issue;
  const updatedAt = jiraDate(fields.updated);
  return {
    id: issue.id,
    key: issue.key,
    url: browseUrl(context.root, issue.key),
    revision: updatedAt,
    title: fields.summary,
    type: fields.issuetype.name,
    status: fields.status.name,
    category: categoryOf(fields.status, fields.resolution?.name ?? null),
    labels: fields.labels.filter((label) => label !== MARK),
    parent: parentOf(issue, context.epicLink),
    body: context.bodyOf(fields["description"]),
    base,
    token,
    createdAt: jiraDate(fields.created),
    createdByUs: isNamed(fields.creator) ? isSamePerson(fields.creator, context.me) : null,
    updatedAt,
    // Jira tells who changed a ticket only in its changelog.
    updatedBy: null,
    archived: isArchived(issue),
  };
}

/** Nobody is where a ticket was created anonymously. */
function isNamed(person: WirePerson | null | undefined): person is WirePerson {
  return (person?.accountId ?? person?.name) !== undefined;
}

/** Where scoped tokens are taken, no person can look at a ticket. */
export function browseUrl(root: string, key: string): string | null {
  return new URL(root).host === "api.atlassian.com" ? null : `${root}/browse/${key}`;
}

export function parentOf({ fields }: WireIssue, epicLink: string | null): string | null {
  const epic = epicLink === null ? null : fields[epicLink];
  return fields.parent?.key ?? (typeof epic === "string" && epic !== "" ? epic : null);
}

/** The names of the two forms differ, and it is there only while the ticket is archived. */
export function isArchived({ fields }: WireIssue): boolean {
  return ["archiveddate", "archivedDate"].some((name) => typeof fields[name] === "string");
}

/** Jira has no category for what was given up: its name says so, or the resolution. Other languages' names read as done. */
const GIVEN_UP =
  /^(?:won.?t (?:do|fix)|cancell?ed|abandoned|declined|rejected|duplicate|obsolete|invalid|not planned|out of scope|cannot reproduce|incomplete)$/i;

export function categoryOf({ name, statusCategory }: WireStatus, resolution: string | null): StatusCategory {
  switch (statusCategory.key) {
    case "indeterminate":
      return "in_progress";
    case "done":
      return GIVEN_UP.test(name.trim()) || (resolution !== null && GIVEN_UP.test(resolution.trim())) ? "canceled" : "done";
    default:
      return "open";
  }
}

/** `2026-11-21T12:00:00.123-0500` or milliseconds since 1970, in UTC. */
export function jiraDate(value: string | number): string {
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? new Date(0).toISOString() : date.toISOString();
}

/** Oldest first: ids rise with every create of the whole instance. */
export function byAge(a: { readonly id: string }, b: { readonly id: string }): number {
  return Number(a.id) - Number(b.id);
}

export function projectOf(key: string): string {
  return key.slice(0, key.lastIndexOf("-"));
}

export function numberOf(key: string): number {
  return Number(key.slice(key.lastIndexOf("-") + 1));
}
