/** The switches of the Azure DevOps emulator; what the vendor's documents leave open stands here with the stricter reading as its default. */

import type { EmulatorClock } from "../kit/emulator-clock.ts";

/** TSTUs: the vendor's unit of load, 200 in a sliding five minutes. */
export interface AzureRate {
  /** Above it answers are delayed and carry Retry-After. */
  readonly limit: number;
  /** Above it requests are turned away with 429. */
  readonly blockAt: number;
  /** Milliseconds of real time by which a request above the limit is held back. */
  readonly delay: number;
}

export interface AzureBehaviour {
  /** Milliseconds by which queries (WIQL) lag behind writes. */
  readonly searchLag: number;
  /** Milliseconds by which reads by id lag behind writes. */
  readonly readLag: number;
  /** How a missing or wrong PAT is answered: a sign-in page with status 203, or 401. */
  readonly wrongToken: 203 | 401;
  /** free: any state from any other. agile: the steps of the vendor's example (Removed leads to New only). linear: only to the neighbouring state. */
  readonly workflow: "free" | "agile" | "linear";
  /** A create may name a state other than the type's first one. The vendor's example knows only "" → New. */
  readonly createsInAnyState: boolean;
  /** any: the server does not look at types. backlog: a parent stands exactly one backlog level higher [M]. */
  readonly nesting: "any" | "backlog";
  /** Field reference names that each type demands, beside the title. */
  readonly requiredFields: Readonly<Record<string, readonly string[]>>;
  /** Elements of one $batch [M]. */
  readonly batchLimit: number;
  /** An element of a $batch may link to one created before it by the negative id that it gave itself. */
  readonly batchReferences: boolean;
  /** With `errorPolicy: omit`, a work item that cannot be read leaves a null in its place; false: it is left out. */
  readonly omitLeavesNulls: boolean;
  /** Answers to writes hold relations even without `$expand` (the examples of version 1.0 do). */
  readonly relationsUnasked: boolean;
  /** Answers hold multilineFieldsFormat below version 7.2 as well (a live report; the 7.1 schema has no such property). */
  readonly formatsBefore72: boolean;
  /** A Markdown text stays Markdown when it is written without its format; false: it is HTML then, as the facts say. */
  readonly formatSticks: boolean;
  /** Characters in a long text field (the vendor's page of limits). */
  readonly longTextLimit: number;
  /** Characters in the comment of a relation, and in a hyperlink's address (constants of the vendor's Java client: 255 and 2083). */
  readonly linkCommentLimit: number;
  readonly linkUrlLimit: number;
  /** Ids that one query may find. */
  readonly queryLimit: number;
  /** Which relation an index means when a patch removes several: that of the ticket before the patch, or of the list as it shrinks. */
  readonly relationIndexes: "original" | "sequential";
  /** tags: also unknown tags vanish from Markdown (code is spared). comments: only HTML comments, scripts and styles do. */
  readonly markdownSanitizer: "comments" | "tags";
  /** The account may use bypassRules. */
  readonly mayBypassRules: boolean;
  /** The account may create and edit work items. */
  readonly mayWrite: boolean;
  /** The account may use tags that the project does not know yet. */
  readonly mayCreateTags: boolean;
  readonly mayDelete: boolean;
  readonly rate: AzureRate;
}

export interface AzureEmulatorOptions extends Partial<AzureBehaviour> {
  readonly port?: number;
  readonly clock?: EmulatorClock;
}

export const AZURE_DEFAULTS: AzureBehaviour = {
  searchLag: 2_000,
  readLag: 0,
  wrongToken: 203,
  workflow: "free",
  createsInAnyState: false,
  nesting: "backlog",
  requiredFields: {},
  batchLimit: 200,
  batchReferences: false,
  omitLeavesNulls: true,
  relationsUnasked: false,
  formatsBefore72: false,
  formatSticks: false,
  longTextLimit: 1_000_000,
  linkCommentLimit: 255,
  linkUrlLimit: 2_083,
  queryLimit: 20_000,
  relationIndexes: "original",
  markdownSanitizer: "comments",
  mayBypassRules: false,
  mayWrite: true,
  mayCreateTags: true,
  mayDelete: true,
  rate: { limit: 200, blockAt: 400, delay: 50 },
};
