/** Everything that planning needs, gathered by the operation: after this, making a plan is a pure function. */

import type { DiagnosticCode } from "../codes.ts";
import type { Base } from "../model/base.ts";
import type { Claim } from "../model/claim.ts";
import type { Config } from "../model/config.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Item } from "../model/item.ts";
import type { LineEdit, Selection } from "../model/plan.ts";
import type { SpecDocument } from "../model/spec-document.ts";
import type { SectionEdit } from "../spec/section-edit.ts";
import type { Ticket } from "../model/ticket.ts";
import type { InDoubtCreate } from "./in-doubt.ts";
import type { TargetView } from "./target-view.ts";
import type { CompiledItem } from "./compile-items.ts";
import type { CompiledSpec } from "./compile-spec.ts";
import type { UndoInput } from "./undo-input.ts";

/** A target as it was found. */
export interface TargetState {
  readonly view: TargetView;
  readonly identity: string;
  /** null when it could not be asked: then nothing of it is planned. */
  readonly account: string | null;
  readonly tickets: readonly Ticket[];
  /** Open tickets that people made: below ours, or found by `inbox`; empty where nobody asked for them, or not all could be read. */
  readonly found: readonly Ticket[];
  readonly missing: readonly string[];
  readonly renamed: Readonly<Record<string, string>>;
  readonly complete: boolean;
  /** True when all managed tickets were read: orphans and lost markers can be told. */
  readonly discovered: boolean;
  /** Why apply may not write there; null when it may. */
  readonly blocked: Blocked | null;
  readonly batch: { readonly read: number; readonly create: number; readonly update: number };
  /** True when branch rules hold there. */
  readonly followsMerged: boolean;
  readonly baseAlone: boolean;
  /** Characters of a text, children below one ticket, levels, and new tickets an hour; null where there is no such limit. */
  readonly limits: { readonly body: number; readonly children: number | null; readonly depth: number | null; readonly creationsPerHour: number | null };
  /** Requests that reading took. */
  readonly requests: number;
}

/** A ticket of people that gets a section of its own. */
export interface AcceptedTicket {
  readonly key: string;
  /** null: an interrupted run has written it already. */
  readonly edit: SectionEdit | null;
  readonly lines: readonly LineEdit[];
}

/** Why nothing may be written to a target. */
export interface Blocked {
  readonly code: DiagnosticCode;
  /** In a sentence, with what to do next. */
  readonly message: string;
}

export type EditedLines = { readonly ok: true; readonly lines: readonly LineEdit[] } | { readonly ok: false; readonly problem: Diagnostic };

export interface Verified {
  readonly isVerified: boolean;
  /** What it found, or why it could not say. */
  readonly message: string;
}

export interface PlanInput {
  readonly canon: string;
  readonly createdAt: string;
  readonly workspace: string;
  readonly commit: string | null;
  readonly unpushed: boolean;
  readonly parser: string;
  readonly config: Config;
  readonly selection: Selection;
  readonly specs: readonly CompiledSpec[];
  /** False where a spec could not be read: nobody knows then which tickets have no section. */
  readonly allRead: boolean;
  readonly items: readonly CompiledItem[];
  /** The same as their markers have them: another list where a decision gives sections other tickets. */
  readonly asMarked: readonly CompiledItem[];
  readonly targets: ReadonlyMap<string, TargetState>;
  /** By the address of the section; it stands in `specs` as if it were written. */
  readonly accepted: ReadonlyMap<string, AcceptedTicket>;
  /** What is known of the run that is taken back; null: none is. */
  readonly undo: UndoInput | null;
  readonly claims: readonly Claim[];
  readonly inDoubt: readonly InDoubtCreate[];
  readonly diagnostics: readonly Diagnostic[];
  /** The Markdown blocks of an item's body. */
  readonly render: (item: CompiledItem) => readonly string[];
  /** What the edit changes in the document, line by line, or why it cannot be made. */
  readonly editLines: (doc: SpecDocument, edit: SectionEdit) => EditedLines;
  /** What the verifier said of closed tickets, by address of their section; empty before it was asked. */
  readonly verified: ReadonlyMap<string, Verified>;
  /** True when the spec at hand is older than what the base was written from. */
  readonly behind: (base: Base, item: Item) => boolean;
  /** Addresses that are as the default branch has them, on another branch: not planned for targets that follow merged specs; null elsewhere. */
  readonly unchanged: ReadonlySet<string> | null;
}
