/** Finds each item's ticket: by its marker, by a claim of an earlier run, or by the token a ticket carries. */

import { parseAddress } from "../address.ts";
import type { Claim } from "../model/claim.ts";
import type { Diagnostic, Place } from "../model/diagnostic.ts";
import type { Question, Selection } from "../model/plan.ts";
import type { Ticket } from "../model/ticket.ts";
import { similarTitles } from "../text/similar.ts";
import type { CompiledItem } from "./compile-items.ts";
import type { InDoubtCreate } from "./in-doubt.ts";
import type { TargetState } from "./plan-input.ts";
import { TargetMap } from "./target-map.ts";
import { namedTwice } from "./ticket-twins.ts";

export type LinkedItem =
  | { readonly item: CompiledItem; readonly via: "marker"; readonly ticket: Ticket }
  /** No marker yet, but this ticket was made for the section: the marker is written, nothing is created. */
  | { readonly item: CompiledItem; readonly via: "claim" | "token"; readonly ticket: Ticket }
  /** A person says that it is the section's. */
  | { readonly item: CompiledItem; readonly via: "adopt"; readonly ticket: Ticket }
  | { readonly item: CompiledItem; readonly via: "none" }
  /** Nothing is done for the section until the question or the diagnostic is answered. */
  | { readonly item: CompiledItem; readonly via: "stopped"; readonly question: Question | null; readonly diagnostic: Diagnostic | null };

export interface LinkContext {
  readonly workspace: string;
  readonly targets: ReadonlyMap<string, TargetState>;
  readonly claims: readonly Claim[];
  /** Creates of interrupted runs that nobody has settled yet: what they could explain is not created again. */
  readonly inDoubt: readonly InDoubtCreate[];
  readonly selection: Pick<Selection, "decisions">;
}

export function linkItems(items: readonly CompiledItem[], context: LinkContext): readonly LinkedItem[] {
  const index = new TicketIndex(items, context);
  const adopted = new Map(context.selection.decisions.flatMap((one) => (one.kind === "adopt" ? [[one.address, one.key] as const] : [])));
  const linked = items.map((item) => {
    const key = adopted.get(item.addressText);
    if (key !== undefined) return linkAdopted(item, key, index);
    return item.key === null ? null : linkByMarker(item, item.key, index);
  });
  const unmarked = items.filter((item) => item.key === null && !adopted.has(item.addressText));
  const claimed = matchTraces(unmarked, index.openClaims());
  const doubted = matchTraces(unmarked, context.inDoubt.map(traceOf));
  return items.map((item, at) => linked[at] ?? linkUnmarked(item, claimed.get(item) ?? null, index) ?? linkNew(item, doubted.has(item)));
}

/** Tickets by key and by token, and which keys sections name. */
class TicketIndex {
  readonly #byKey = new TargetMap<Ticket>();
  /** Made when the first section without a marker asks: most plans have none. */
  #byToken: TargetMap<readonly Ticket[]> | null = null;
  readonly #named = new TargetMap<CompiledItem>();
  readonly #twins = new TargetMap<readonly CompiledItem[]>();
  readonly #context: LinkContext;

  constructor(items: readonly CompiledItem[], context: LinkContext) {
    this.#context = context;
    for (const [name, { tickets }] of context.targets) for (const ticket of tickets) this.#byKey.set(name, ticket.key, ticket);
    for (const item of items) if (item.key !== null) this.#name(item, item.key);
  }

  #name(item: CompiledItem, key: string): void {
    const other = this.#named.get(item.target, key);
    if (other) this.#twins.set(item.target, key, [...(this.#twins.get(item.target, key) ?? [other]), item]);
    else this.#named.set(item.target, key, item);
  }

  ticket(target: string, key: string): Ticket | undefined {
    const now = this.#context.targets.get(target)?.renamed[key] ?? key;
    return this.#byKey.get(target, now);
  }

  /** Tickets of ours that carry the token of this very section and that no marker names; closed ones only where all are. */
  byToken(item: CompiledItem): readonly Ticket[] {
    this.#byToken ??= ticketsByToken(this.#context.targets);
    const carriers = this.#byToken.get(item.target, item.token) ?? [];
    const found = carriers.filter((ticket) => !this.#named.has(item.target, ticket.key) && !isCopy(ticket) && ticket.base?.released !== true);
    const open = found.filter(({ category }) => category !== "done" && category !== "canceled");
    return open.length > 0 ? open : found;
  }

  /** The sections that name one ticket, where there are several. */
  twins(target: string, key: string): readonly CompiledItem[] | undefined {
    return this.#twins.get(target, key);
  }

  /** The section whose marker names the ticket. */
  namedBy(target: string, key: string): CompiledItem | undefined {
    return this.#named.get(target, key);
  }

  target(name: string): TargetState | undefined {
    return this.#context.targets.get(name);
  }

  /** Claims whose ticket no marker names yet. */
  openClaims(): readonly Claim[] {
    return this.#context.claims.filter(
      (claim) => this.#context.targets.get(claim.target)?.identity === claim.identity && !this.#named.has(claim.target, claim.key),
    );
  }

  get workspace(): string {
    return this.#context.workspace;
  }
}

function ticketsByToken(targets: ReadonlyMap<string, TargetState>): TargetMap<readonly Ticket[]> {
  const found = new TargetMap<readonly Ticket[]>();
  for (const [name, { tickets }] of targets) {
    for (const ticket of tickets) {
      const token = ticket.base?.token ?? ticket.token;
      if (token !== null) found.set(name, token, [...(found.get(name, token) ?? []), ticket]);
    }
  }
  return found;
}

function linkByMarker(item: CompiledItem, key: string, index: TicketIndex): LinkedItem {
  const twins = index.twins(item.target, key);
  if (twins) return { item, via: "stopped", question: null, diagnostic: ticketTwice(item, key, twins) };
  const ticket = index.ticket(item.target, key);
  if (!ticket) return { item, via: "stopped", question: index.target(item.target)?.complete === false ? null : missing(item, key), diagnostic: null };
  if (ticket.archived) return { item, via: "stopped", question: item.fields.status === "deprecated" ? null : archived(item, ticket), diagnostic: null };
  if (isCopy(ticket)) return { item, via: "stopped", question: copied(item, ticket), diagnostic: null };
  if (ticket.base && ticket.base.workspace !== index.workspace)
    return { item, via: "stopped", question: null, diagnostic: elsewhere(item, ticket, ticket.base.workspace) };
  return { item, via: "marker", ticket };
}

/** The same adoption again is done already; everything else that stands against it is told. */
function linkAdopted(item: CompiledItem, key: string, index: TicketIndex): LinkedItem {
  const ticket = index.ticket(item.target, key);
  const owner = ticket && index.namedBy(item.target, ticket.key);
  if (ticket && owner === item) return linkByMarker(item, ticket.key, index);
  const refuse = (message: string): LinkedItem => ({
    ...{ item, via: "stopped", question: null },
    diagnostic: { code: "adopt-refused", severity: "error", place: { path: item.address.path, line: item.line }, message },
  });
  if (item.key !== null) return refuse(`The section has ${item.key} already, so ${key} cannot be its ticket.`);
  if (!ticket) return refuse(`${item.target} has no ticket ${key}, or does not show it to this account.`);
  if (owner) return refuse(`${key} is the ticket of ${owner.addressText} already.`);
  if (ticket.archived) return refuse(`${key} was archived, so nothing can be written to it.`);
  const { base } = ticket;
  if (base && !base.released && !isCopy(ticket) && base.workspace !== index.workspace)
    return refuse(`${key} is managed by "${base.workspace}", not by this workspace.`);
  // What the base of another section or of a copy's original says is nothing about this pair.
  return { item, via: "adopt", ticket: { ...ticket, base: null } };
}

/** null: no ticket that is known was made for it. */
function linkUnmarked(item: CompiledItem, match: Match<Claim> | null, index: TicketIndex): LinkedItem | null {
  if (match?.sure === false) return { item, via: "stopped", question: claimQuestion(item, match.trace), diagnostic: null };
  if (match) {
    const ticket = index.ticket(item.target, match.trace.key);
    return ticket ? { item, via: "claim", ticket } : { item, via: "stopped", question: missing(item, match.trace.key), diagnostic: null };
  }
  const [ticket, ...more] = index.byToken(item);
  if (ticket && more.length > 0) return { item, via: "stopped", question: null, diagnostic: tokenTwice(item, [ticket, ...more]) };
  return ticket ? { item, via: "token", ticket } : null;
}

function linkNew(item: CompiledItem, inDoubt: boolean): LinkedItem {
  return inDoubt ? { item, via: "stopped", question: doubtQuestion(item), diagnostic: null } : { item, via: "none" };
}

/** A base that was written for another ticket came here by a person's copy. */
export function isCopy(ticket: Ticket): boolean {
  return ticket.base !== null && ticket.base.ticket !== null && ticket.base.ticket !== ticket.id;
}

/** What a create left behind that may not have its marker yet: enough to find its section again. */
interface Trace {
  readonly token: string;
  readonly target: string;
  readonly path: string;
  readonly title: string;
  readonly body: string;
}

interface Match<T extends Trace> {
  readonly trace: T;
  /** False: it could explain this section, but a person must say so. */
  readonly sure: boolean;
}

/** A trace goes to the one section with its token, else its body, else its path and title; all that it could still explain ask. */
function matchTraces<T extends Trace>(items: readonly CompiledItem[], traces: readonly T[]): ReadonlyMap<CompiledItem, Match<T>> {
  const found = new Map<CompiledItem, Match<T>>();
  const open = new Set(traces);
  if (open.size === 0) return found;
  for (const [ofItem, ofTrace] of TRACE_KEYS) {
    const itemsByKey = Map.groupBy(
      items.filter((item) => !found.has(item)),
      ofItem,
    );
    for (const [key, [trace, ...rivals]] of Map.groupBy(open, ofTrace)) {
      const [item, ...others] = itemsByKey.get(key) ?? [];
      if (!trace || !item || rivals.length > 0 || others.length > 0) continue;
      found.set(item, { trace, sure: true });
      open.delete(trace);
    }
  }
  for (const trace of open) {
    for (const item of items) if (!found.has(item) && couldExplain(trace, item)) found.set(item, { trace, sure: false });
  }
  return found;
}

function couldExplain(trace: Trace, { target, address, fields }: CompiledItem): boolean {
  if (target !== trace.target) return false;
  return (address.path === trace.path && similarTitles(fields.title, trace.title)) || (fields.body.blocks.length > 0 && fields.body.whole === trace.body);
}

/** In this order: the very section, its body wherever it moved, its title in the same file. */
const TRACE_KEYS: readonly (readonly [(item: CompiledItem) => string, (trace: Trace) => string])[] = [
  [(item) => item.token, (trace) => trace.token],
  [(item) => (item.fields.body.blocks.length > 0 ? `${item.target} ${item.fields.body.whole}` : ""), (trace) => `${trace.target} ${trace.body}`],
  [(item) => `${item.target} ${item.address.path} ${item.fields.title}`, (trace) => `${trace.target} ${trace.path} ${trace.title}`],
];

function traceOf({ token, target, address, title, body }: InDoubtCreate): Trace {
  return { token, target, path: parseAddress(address)?.path ?? address, title, body };
}

function doubtQuestion(item: CompiledItem): Question {
  return {
    kind: "in-doubt",
    target: item.target,
    address: item.addressText,
    key: null,
    text: "An interrupted run may have created a ticket for this section; nobody knows yet.",
    hint: "canon apply finds out before it writes anything.",
  };
}

function missing(item: CompiledItem, key: string): Question {
  return {
    kind: "ticket-missing",
    target: item.target,
    address: item.addressText,
    key,
    text: `The marker names ${key}, which ${item.target} does not have, or does not show to this account.`,
    hint: "Correct the key, or take the marker line out to have the section planned as new.",
  };
}

function archived(item: CompiledItem, ticket: Ticket): Question {
  return {
    kind: "archived",
    target: item.target,
    address: item.addressText,
    key: ticket.key,
    text: `${ticket.key} was archived, so nothing can be written to it.`,
    hint: "Bring the ticket back, or deprecate the section (status:deprecated in its system marker).",
  };
}

function copied(item: CompiledItem, ticket: Ticket): Question {
  return {
    kind: "copy",
    target: item.target,
    address: item.addressText,
    key: ticket.key,
    text: `${ticket.key} is a copy that a person made of another ticket.`,
    hint: "Let the marker name the original, or take the marker line out.",
  };
}

function claimQuestion(item: CompiledItem, claim: Claim): Question {
  return {
    kind: "claim",
    target: item.target,
    address: item.addressText,
    key: claim.key,
    text: `${claim.key} "${claim.title}" was created for ${claim.path}#${claim.section} and its marker never arrived; this section may be the one.`,
    hint: `If it is, put <!-- canon:ticket:${systemOf(item)}:${claim.key} --> under its heading; if not, put it where it belongs.`,
  };
}

function systemOf(item: CompiledItem): string {
  return item.entry.target?.system ?? "local";
}

function ticketTwice(item: CompiledItem, key: string, twins: readonly CompiledItem[]): Diagnostic {
  const placeOf = (one: CompiledItem): Place => ({ path: one.address.path, line: one.line });
  return namedTwice(key, placeOf(item), twins.map(placeOf));
}

export function tokenTwice(item: CompiledItem, tickets: readonly Ticket[]): Diagnostic {
  const keys = tickets.map((ticket) => ticket.key).join(" and ");
  return {
    code: "token-twice",
    severity: "error",
    place: { path: item.address.path, line: item.line },
    message: `${keys} were both created for this section.`,
  };
}

function elsewhere(item: CompiledItem, ticket: Ticket, workspace: string): Diagnostic {
  return {
    code: "ticket-elsewhere",
    severity: "error",
    place: { path: item.address.path, line: item.line },
    message: `${ticket.key} is managed by "${workspace}", not by this workspace: it is left alone.`,
  };
}
