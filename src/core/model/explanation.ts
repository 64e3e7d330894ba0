/** Why a section is what it is in the plan: what `plan --explain ADDRESS` and `show ADDRESS` tell. */

import type { Diagnostic } from "./diagnostic.ts";
import type { Change, FieldChange, Question } from "./plan.ts";
import type { NotItemReason } from "./list-report.ts";
import type { System } from "./system.ts";

export interface Explanation {
  readonly address: string;
  readonly line: number;
  readonly title: string;
  /** null: it has or gets a ticket. */
  readonly reason: NotItemReason | null;
  readonly target: { readonly name: string; readonly system: System; readonly project: string } | null;
  /** Which rule chose the target: "ticket_project of the front matter", "rule 2 of routing", "the only target", "its marker". */
  readonly chosenBy: string;
  readonly key: string | null;
  readonly url: string | null;
  /** How the ticket was found; null where there is none. */
  readonly foundBy: "marker" | "claim" | "token" | "adopt" | null;
  /** Every compared field with its verdict, quiet ones too; empty without a ticket. */
  readonly fields: readonly FieldChange[];
  readonly change: Change | null;
  readonly questions: readonly Question[];
  /** What is wrong with it: an error stops it. */
  readonly problems: readonly Diagnostic[];
}
