/** The switches of the emulated Jira. The default is the stricter reading of FACTS.md. */

import type { EmulatorClock } from "../kit/emulator-clock.ts";

export type JiraFlavour = "cloud" | "data-center";

export interface JiraRates {
  /** Requests a second to one endpoint. */
  readonly readsAndPosts: number;
  readonly putsAndDeletes: number;
  /** Writes to one ticket in two seconds. */
  readonly perTicket: number;
}

export interface JiraEmulatorOptions {
  readonly flavour?: JiraFlavour;
  readonly port?: number;
  readonly clock?: EmulatorClock;
  /** false: requests that break the schema on purpose do not fail `close()`. */
  readonly judged?: boolean;
  readonly style?: "company" | "team";
  readonly workflow?: "free" | "strict";
  /** Milliseconds by which JQL lags behind writes. */
  readonly searchLag?: number;
  /** Milliseconds by which reads by key lag behind writes. */
  readonly readLag?: number;
  /** Epics need an Epic Name. Data Center: always so. */
  readonly epicName?: boolean;
  /** Fields that a create must fill; `team` is a custom field named "Team Name". */
  readonly requiredFields?: readonly ("components" | "team")[];
  /** [M] Characters of one text. */
  readonly textLimit?: number;
  /** [M] What is counted: the document as JSON, or the text in it. */
  readonly textCounted?: "document" | "text";
  /** [M] The server gives blocks a `localId` also when a program wrote them. */
  readonly serverIds?: boolean;
  /** [M] The editor makes a bare address a smart link. */
  readonly smartLinks?: boolean;
  /** [M] A PUT that carries properties alone moves `updated`; the property resource never does. */
  readonly propertiesTouch?: boolean;
  /** [M] A key that nobody has makes a JQL query fail. */
  readonly jqlMissingKeys?: "refuse" | "ignore";
  /** null: no limits, as Data Center comes. */
  readonly rates?: JiraRates | null;
  /** [M] The comments of a ticket show their properties when asked to; else only the Cloud's list of comments by id does. */
  readonly commentsShowProperties?: boolean;
  /** How long a bulk task takes. */
  readonly taskTime?: number;
  /** JQL reads dates in the account's time zone, and answers are written in it. */
  readonly timeZone?: string;
  readonly maxComments?: number;
  readonly maxLinks?: number;
}

export type JiraSettings = Required<Omit<JiraEmulatorOptions, "port" | "clock">>;

const CLOUD_RATES: JiraRates = { readsAndPosts: 100, putsAndDeletes: 50, perTicket: 20 };

export function jiraSettings({ port: _port, clock: _clock, ...given }: JiraEmulatorOptions): JiraSettings {
  const isCloud = (given.flavour ?? "cloud") === "cloud";
  return {
    flavour: "cloud",
    judged: true,
    style: "company",
    workflow: "free",
    searchLag: 2_000,
    readLag: 0,
    epicName: !isCloud,
    requiredFields: [],
    textLimit: 32_767,
    textCounted: "document",
    serverIds: true,
    smartLinks: true,
    propertiesTouch: true,
    jqlMissingKeys: "refuse",
    commentsShowProperties: false,
    rates: isCloud ? CLOUD_RATES : null,
    taskTime: 1_000,
    timeZone: "America/New_York",
    maxComments: 5_000,
    maxLinks: 2_000,
    ...given,
  };
}
