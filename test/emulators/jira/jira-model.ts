/** The nouns of the emulated Jira. Tickets are replaced, never changed: what a lagging index still shows is an older one. */

import type { JsonObject } from "../kit/json-value.ts";

export interface JiraUser {
  readonly accountId: string;
  /** Data Center knows people by name and key. */
  readonly name: string;
  readonly displayName: string;
  readonly emailAddress: string;
  readonly timeZone: string;
}

export interface JiraStatus {
  readonly id: string;
  readonly name: string;
  readonly category: "new" | "indeterminate" | "done";
}

export interface JiraType {
  readonly id: string;
  readonly name: string;
  /** 1 epics, 0 standard, -1 sub-tasks. */
  readonly level: 1 | 0 | -1;
}

export interface JiraComponent {
  readonly id: string;
  readonly name: string;
}

export interface JiraProject {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  /** Company-managed projects share types and fields; team-managed ones own them. */
  readonly style: "company" | "team";
  readonly types: readonly JiraType[];
  readonly statuses: readonly JiraStatus[];
  readonly components: readonly JiraComponent[];
}

export interface JiraTransition {
  readonly id: string;
  /** Never the name of its target. */
  readonly name: string;
  readonly to: JiraStatus;
  /** null: from any status. */
  readonly from: readonly string[] | null;
}

export type JiraProperties = ReadonlyMap<string, unknown>;

export interface JiraComment {
  readonly id: string;
  readonly author: JiraUser;
  readonly body: JiraText;
  readonly created: number;
  readonly properties: JiraProperties;
}

export interface JiraRemoteLink {
  readonly id: number;
  readonly globalId: string | null;
  readonly relationship: string | null;
  readonly object: JsonObject;
}

export interface JiraChangeItem {
  readonly field: string;
  readonly fieldId: string;
  readonly custom: boolean;
  readonly from: string | null;
  readonly fromText: string | null;
  readonly to: string | null;
  readonly toText: string | null;
}

export interface JiraChange {
  readonly id: string;
  readonly author: JiraUser;
  readonly created: number;
  readonly items: readonly JiraChangeItem[];
}

/** An ADF document in the Cloud, wiki markup in Data Center, null where there is none. */
export type JiraText = JsonObject | string | null;

export interface JiraTicket {
  readonly id: string;
  readonly key: string;
  readonly project: JiraProject;
  readonly type: JiraType;
  readonly summary: string;
  readonly description: JiraText;
  readonly status: JiraStatus;
  readonly resolution: string | null;
  /** The parent's id, in whatever field the flavour keeps it. */
  readonly parent: string | null;
  readonly labels: readonly string[];
  readonly components: readonly JiraComponent[];
  /** By field id. */
  readonly custom: ReadonlyMap<string, string>;
  readonly properties: JiraProperties;
  readonly comments: readonly JiraComment[];
  readonly links: readonly JiraRemoteLink[];
  readonly changes: readonly JiraChange[];
  readonly creator: JiraUser;
  readonly created: number;
  readonly updated: number;
  /** When it was archived. */
  readonly archived: number | null;
  /** Behind a security level that Canon's account does not have. */
  readonly hidden: boolean;
}
