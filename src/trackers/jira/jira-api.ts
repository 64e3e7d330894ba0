/** What Canon asks of a Jira, whichever it is: Cloud and Data Center answer the same questions by other requests. */

import type { TextFormat } from "../../core/text/text-format.ts";
import type { NoteSign, SignedComment } from "./jira-note.ts";
import type { JiraProperty } from "./jira-property.ts";
import type {
  WireChange,
  WireComment,
  WireCreated,
  WireField,
  WireIssue,
  WireProject,
  WireProjectNames,
  WireTransition,
  WireTypeStatuses,
  WireUser,
} from "./jira-wire.ts";

export interface FoundIssue {
  readonly issue: WireIssue;
  readonly property: JiraProperty;
}

export interface Found {
  /** In any order. */
  readonly issues: readonly FoundIssue[];
  /** Of the keys that were asked for: those that nobody has, or that may not be seen. */
  readonly missing: readonly string[];
  /** Asked-for key → the key that its ticket has now. */
  readonly renamed: ReadonlyMap<string, string>;
  /** False when something that was asked for could not be read. */
  readonly complete: boolean;
}

/** One ticket to be made, as Jira wants it. */
export interface NewIssue {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly property: JiraProperty;
}

/** `update` carries operations, `fields` values; a field never stands in both. */
export interface IssueEdit {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly update: Readonly<Record<string, readonly unknown[]>>;
  /** null: left alone. */
  readonly property: JiraProperty | null;
}

export interface Logged {
  readonly id: string;
  readonly key: string;
  readonly changes: readonly WireChange[];
  readonly comments: readonly WireComment[];
}

export interface RemoteLink {
  /** What makes it the same link when it is sent again; at most 255 characters [S]. */
  readonly globalId: string;
  readonly url: string;
  readonly title: string;
  readonly relationship: string;
}

/** Everything throws TrackerError. */
export interface JiraApi {
  readonly format: TextFormat;
  /** What `description` is sent as; null empties it. */
  description(body: string): unknown;
  bodyOf(description: unknown): string;
  /** A description, or the text of a comment, for people. */
  markdownOf(text: unknown): string;

  myself(): Promise<WireUser>;
  /** null where there is none that the account may see. */
  project(key: string): Promise<WireProject | null>;
  projects(): Promise<WireProjectNames>;
  statuses(project: string): Promise<readonly WireTypeStatuses[]>;
  /** Those of `names` that the account has in the project. */
  permissions(project: string, names: readonly string[]): Promise<readonly string[]>;
  form(project: string, type: string): Promise<readonly WireField[]>;
  /** Data Center: the id of the Epic Link field; null in the Cloud, and where there is none. */
  epicLink(): Promise<string | null>;

  /** By key or id, without a search: what was just written is there. */
  byKeys(keys: readonly string[]): Promise<Found>;
  /** One ticket of any project with all that it shows; null where there is none. */
  details(key: string): Promise<WireIssue | null>;
  /** What JQL finds. Tickets that carry the mark come as they are now, with their property; others may come as the index has them. `isMarked`: all of them do. */
  byQuery(jql: string, isMarked: boolean): Promise<Found>;
  /** The highest number of a key that JQL shows; it lags. 0 where there is none. */
  newest(project: string): Promise<number>;

  create(issues: readonly NewIssue[]): Promise<WireCreated>;
  /** The ticket as the answer shows it; null where it shows none. */
  edit(key: string, edit: IssueEdit): Promise<WireIssue | null>;
  setProperty(key: string, property: JiraProperty): Promise<void>;
  transitions(key: string): Promise<readonly WireTransition[]>;
  /** True where the property went along. */
  transit(key: string, transition: string, property: JiraProperty | null): Promise<boolean>;

  /** The comments of the ticket that carry a note's sign. */
  signed(key: string): Promise<readonly SignedComment[]>;
  /** `standing`: the id of the comment that is edited; null posts another. */
  comment(key: string, markdown: string, sign: NoteSign, standing: string | null): Promise<void>;
  link(key: string, link: RemoteLink): Promise<void>;
  logged(keys: readonly string[]): Promise<readonly Logged[]>;
}
