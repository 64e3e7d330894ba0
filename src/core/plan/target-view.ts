/** What comparing needs to know of a target: its configuration, its text, its statuses, what it can. */

import type { TargetConfig } from "../model/config.ts";
import type { TextFormat } from "../text/text-format.ts";
import type { Nesting } from "./nesting.ts";
import type { StatusNames } from "./status-names.ts";

export interface TargetView {
  readonly config: TargetConfig;
  readonly format: TextFormat;
  readonly statuses: StatusNames;
  readonly hierarchy: boolean;
  readonly types: boolean;
  /** Tickets can be given another type. */
  readonly convertsTypes: boolean;
  readonly nesting: Nesting;
}
