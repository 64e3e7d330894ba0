/** Plans the sections that accepted tickets get: the specs as they will be, so that the rest of planning sees sections like any other. */

import { parseAddress, printAddress } from "../core/address.ts";
import type { Config } from "../core/model/config.ts";
import type { Decision } from "../core/model/decision.ts";
import type { Diagnostic } from "../core/model/diagnostic.ts";
import type { SpecDocument } from "../core/model/spec-document.ts";
import type { Ticket } from "../core/model/ticket.ts";
import { acceptedSection } from "../core/plan/accept-ticket.ts";
import type { CompiledSpec } from "../core/plan/compile-spec.ts";
import { isCopy } from "../core/plan/copies.ts";
import type { AcceptedTicket, TargetState } from "../core/plan/plan-input.ts";
import { checkSplice } from "../core/spec/check-splice.ts";
import type { MarkdownParser } from "../core/spec/markdown-parser.ts";
import { lineEditsOf, spliceSpec } from "../core/spec/splice-section.ts";
import { parseWithKeys } from "./parse-with-keys.ts";

export interface AcceptedTickets {
  /** The specs that get new sections, with these in them, by path. */
  readonly docs: ReadonlyMap<string, SpecDocument>;
  /** By the address of the section. */
  readonly accepted: ReadonlyMap<string, AcceptedTicket>;
  readonly diagnostics: readonly Diagnostic[];
}

export interface AcceptWorld {
  readonly workspace: string;
  readonly parser: MarkdownParser;
  readonly config: Config;
  readonly specs: readonly CompiledSpec[];
  readonly targets: ReadonlyMap<string, TargetState>;
}

type Accept = Extract<Decision, { readonly kind: "accept" }>;

export function acceptTickets(decisions: readonly Decision[], world: AcceptWorld): AcceptedTickets {
  const docs = new Map<string, SpecDocument>();
  const accepted = new Map<string, AcceptedTicket>();
  const diagnostics: Diagnostic[] = [];
  for (const decision of decisions) {
    if (decision.kind !== "accept") continue;
    const outcome = acceptTicket(decision, docs, world);
    if ("code" in outcome) diagnostics.push(outcome);
    else {
      accepted.set(outcome.address, outcome.accepted);
      if (outcome.doc) docs.set(outcome.doc.path, outcome.doc);
    }
  }
  return { docs, accepted, diagnostics };
}

interface Acceptance {
  readonly address: string;
  readonly accepted: AcceptedTicket;
  /** The spec with the section in it; null where it is in it already. */
  readonly doc: SpecDocument | null;
}

function acceptTicket(
  decision: Accept,
  edited: ReadonlyMap<string, SpecDocument>,
  { workspace, parser, config, specs, targets }: AcceptWorld,
): Acceptance | Diagnostic {
  const refuse = (message: string, hint?: string): Diagnostic => refusal(decision, message, hint);
  const state = targets.get(decision.target);
  if (!state) return refuse(`${decision.target} could not be asked.`);
  const key = state.renamed[decision.key] ?? decision.key;
  const ticket = state.tickets.find((one) => one.key === key);
  if (!ticket) return refuse(`${decision.target} has no ticket ${decision.key}, or does not show it to this account.`, "Check the key.");
  const owner = ownerOf(ticket, decision.target, specs);
  const against = againstTicket(ticket, owner, workspace, state.view.config.system);
  if (against !== null) return refuse(against.message, against.hint);
  // An interrupted run wrote the section and did not come to the ticket: only that is left.
  if (owner !== null) return { address: owner, accepted: { key, edit: null, lines: [] }, doc: null };
  const at = parseAddress(decision.address);
  const doc = edited.get(at?.path ?? "") ?? specs.find((spec) => spec.doc.path === at?.path)?.doc;
  const into = doc?.sections.find(({ id }) => id === at?.id);
  if (!doc || !into) return refuse(`No section has the address ${decision.address}.`, "canon list shows every address.");
  if (into.skipped)
    return refuse(`${decision.address} is skipped, and so is all below it.`, "Take the section that has the skip marker, or take the marker out.");
  if (into.stopped || doc.sections[0]?.stopped === true) return refuse(`${decision.address} is stopped by an error of its own.`, "canon validate says which.");
  const { id, edit } = acceptedSection(doc, into, ticket, state.view);
  const text = spliceSpec(doc, [edit], parser);
  const after = parseWithKeys(doc.path, text, { parser, config });
  const problem = checkSplice(doc, after, [edit]);
  if (problem !== null) return problem;
  const address = printAddress({ path: doc.path, id });
  return { address, accepted: { key, edit, lines: lineEditsOf(doc.text, text, doc.path) }, doc: after };
}

function ownerOf({ key }: Ticket, target: string, specs: readonly CompiledSpec[]): string | null {
  for (const { doc, sections } of specs)
    for (const { section, target: of } of sections)
      if (section.ticket?.key === key && of?.name === target) return printAddress({ path: doc.path, id: section.id });
  return null;
}

/** What belongs to a section, or to somebody else, cannot become another's. */
function againstTicket(ticket: Ticket, owner: string | null, workspace: string, system: string): { readonly message: string; readonly hint?: string } | null {
  const { key, base, archived } = ticket;
  if (archived) return { message: `${key} was archived, so nothing can be written to it.`, hint: "Bring it back first." };
  if (base === null || base.released || isCopy(ticket)) return null;
  if (base.workspace !== workspace) return { message: `${key} is managed by "${base.workspace}", not by this workspace.` };
  if (owner !== null) return { message: `${key} is the ticket of ${owner} already.` };
  return {
    message: `${key} was made for ${base.address}, which is gone.`,
    hint: `Bring that section back, or write <!-- canon:removed:${system}:${key} forget --> where it was.`,
  };
}

function refusal({ address, key }: Accept, message: string, hint?: string): Diagnostic {
  return {
    code: "accept-refused",
    severity: "error",
    message: `${key} gets no section below ${address}: ${message}`,
    ...(hint === undefined ? {} : { hint }),
  };
}
