/** One transaction on one project: its row, the clock, and who is writing. Everything that touches tickets gets one. */

import type { MarkdownParser } from "../../core/spec/markdown-parser.ts";
import type { LocalBehaviour } from "../local-desk.ts";
import type { Sql } from "./local-client.ts";
import type { LocalShape } from "./local-project.ts";
import type { WrittenBy } from "./local-rewrites.ts";

export interface LocalSession {
  readonly sql: Sql;
  readonly project: string;
  /** The highest number given to a ticket. */
  readonly counter: number;
  /** Keys that were asked for and are not there: another copy of the file gave them, and specs still name them. */
  readonly lost: ReadonlySet<string>;
  readonly shape: LocalShape;
  readonly behaviour: LocalBehaviour;
  readonly parser: MarkdownParser;
  readonly author: string;
  readonly by: WrittenBy;
  /** ISO 8601, UTC. */
  readonly now: string;
}
