/** Finds each item's ticket: by its marker, by a claim of an earlier run, or by the token a ticket carries. */

import { parseAddress, printAddress } from "../address.ts";
import type { Claim } from "../model/claim.ts";
import type { Diagnostic, Place } from "../model/diagnostic.ts";
import type { Question, Selection } from "../model/plan.ts";
import type { Ticket } from "../model/ticket.ts";
import { similarTitles } from "../text/similar.ts";
import { withTicketStatus, type CompiledItem } from "./compile-items.ts";
import { isCopy, tokenOf } from "./copies.ts";
import { givenBack, type GivenBack } from "./given-back.ts";
import type { InDoubtCreate } from "./in-doubt.ts";
import { isClosed } from "./is-closed.ts";
import { archived, claimQuestion, copied, doubtQuestion, missing, released } from "./link-questions.ts";
import type { PlanInput, TargetState } from "./plan-input.ts";
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

export interface LinkContext extends Pick<PlanInput, "specs" | "config"> {
  readonly workspace: string;
  readonly targets: ReadonlyMap<string, TargetState>;
  readonly claims: readonly Claim[];
  /** Creates of interrupted runs that nobody has settled yet: what they could explain is not created again. */
  readonly inDoubt: readonly InDoubtCreate[];
  readonly selection: Pick<Selection, "decisions">;
  readonly accepted: ReadonlyMap<string, { readonly key: string }>;
}

export function linkItems(compiled: readonly CompiledItem[], context: LinkContext, back: GivenBack = givenBack(context)): readonly LinkedItem[] {
  const items = compiled.map((item) => (item.key === null ? back.freshItem(item) : item));
  const index = new TicketIndex(items, context, back);
  const recreated = new Set(context.selection.decisions.flatMap((one) => (one.kind === "recreate" ? [one.address] : [])));
  const isAnothers = ofMarkedElsewhere(items);
  const adopted = new Map([
    ...context.selection.decisions.flatMap((one) => (one.kind === "adopt" ? [[one.address, one.key] as const] : [])),
    ...[...context.accepted].map(([address, { key }]) => [address, key] as const),
  ]);
  const linked = items.map((item) => {
    const key = adopted.get(item.addressText);
    if (key !== undefined) return linkAdopted(item, key, index);
    if (recreated.has(item.addressText)) return refusedAnew(item, index);
    return item.key === null ? null : linkByMarker(item, item.key, index);
  });
  const unmarked = items.filter((item, at) => item.key === null && linked[at] === null);
  // What was made in place of a lost ticket is that section's, whatever other one looks like it.
  const isFree = (made: { readonly token: string; readonly address: string; readonly target: string }): boolean =>
    !isAnothers(made) && !index.nextTokens.has(made.token);
  const paths = new Set(context.specs.map(({ doc }) => doc.path));
  const claimed = matchTraces(
    unmarked,
    index.openClaims().filter((claim) => isFree({ ...claim, address: printAddress({ path: claim.path, id: claim.section }) })),
    paths,
  );
  const doubted = matchTraces(unmarked, context.inDoubt.filter(isFree).map(traceOf), paths);
  return items.map((item, at) => {
    const link = linked[at] ?? linkUnmarked(item, claimed.get(item) ?? null, index) ?? linkNew(item, doubted.has(item));
    // What an interrupted run made goes on as that run wanted it; what lost its marker is as people left it.
    return link.via === "token" || link.via === "adopt" ? { ...link, item: withTicketStatus(link.item) } : link;
  });
}

/** True for what was made for a section whose marker names a ticket in another target: a move that was cut short, and nobody else's. */
function ofMarkedElsewhere(items: readonly CompiledItem[]): (made: { readonly address: string; readonly target: string }) => boolean {
  let targets: ReadonlyMap<string, string> | null = null;
  return ({ address, target }) => {
    targets ??= new Map(items.flatMap((item) => (item.key === null ? [] : [[item.addressText, item.target] as const])));
    return (targets.get(address) ?? target) !== target;
  };
}

/** Tickets by key and by token, and which keys sections name. */
class TicketIndex {
  readonly #byKey = new TargetMap<Ticket>();
  /** Made when the first section without a marker asks: most plans have none. */
  #byToken: TargetMap<readonly Ticket[]> | null = null;
  readonly #named = new TargetMap<CompiledItem>();
  readonly #twins = new TargetMap<readonly CompiledItem[]>();
  readonly #context: LinkContext;
  readonly #back: GivenBack;
  /** Tokens of the tickets that sections get whose own is lost. */
  readonly nextTokens: ReadonlySet<string>;

  constructor(items: readonly CompiledItem[], context: LinkContext, back: GivenBack) {
    this.#context = context;
    this.#back = back;
    for (const [name, { tickets }] of context.targets) for (const ticket of tickets) this.#byKey.set(name, ticket.key, ticket);
    for (const item of items) {
      const { left } = item.entry;
      if (item.key !== null) this.#name(item, item.target, item.key);
      // Nobody else's either, until its section has the other one.
      else if (left) this.#name(item, left.target.name, left.key);
    }
    this.nextTokens = new Set(items.flatMap((item) => (item.key !== null && this.#isLost(item, item.key) ? [back.nextItem(item).token] : [])));
  }

  #isLost(item: CompiledItem, key: string): boolean {
    const ticket = this.ticket(item.target, key);
    return ticket === undefined || this.#back.has(ticket);
  }

  isGivenBack(ticket: Ticket): boolean {
    return this.#back.has(ticket);
  }

  /** What was created, or may have been, in place of the ticket that the marker of `item` still names; null: nothing. */
  successor(item: CompiledItem): LinkedItem | null {
    const next = { ...this.#back.nextItem(item), key: null };
    const claim = this.openClaims().find(({ target, token }) => target === next.target && token === next.token);
    const claimed = claim && this.ticket(claim.target, claim.key);
    if (claimed) return { item: next, via: "claim", ticket: claimed };
    const [ticket, ...more] = this.byToken(next);
    if (ticket && more.length > 0) return { item, via: "stopped", question: null, diagnostic: tokenTwice(item, [ticket, ...more]) };
    if (ticket) return { item: next, via: "token", ticket };
    const isDoubted = this.#context.inDoubt.some(({ target, token }) => target === next.target && token === next.token);
    return isDoubted ? { item, via: "stopped", question: doubtQuestion(item), diagnostic: null } : null;
  }

  #name(item: CompiledItem, target: string, key: string): void {
    const other = this.#named.get(target, key);
    if (other) this.#twins.set(target, key, [...(this.#twins.get(target, key) ?? [other]), item]);
    else this.#named.set(target, key, item);
  }

  ticket(target: string, key: string): Ticket | undefined {
    const now = this.#context.targets.get(target)?.renamed[key] ?? key;
    return this.#byKey.get(target, now);
  }

  /** Tickets of ours that carry the token of this very section and that no marker names; closed ones only where all are. */
  byToken(item: CompiledItem): readonly Ticket[] {
    this.#byToken ??= ticketsByToken(this.#context.targets);
    const carriers = this.#byToken.get(item.target, item.token) ?? [];
    const found = carriers.filter((ticket) => !this.#named.has(item.target, ticket.key) && !isCopy(ticket) && !this.#back.has(ticket));
    const open = found.filter(({ category }) => !isClosed(category));
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

  /** Claims whose ticket no marker names yet, and that was not given back meanwhile. */
  openClaims(): readonly Claim[] {
    return this.#context.claims.filter((claim) => {
      const ticket = this.ticket(claim.target, claim.key);
      const isOurs = this.#context.targets.get(claim.target)?.identity === claim.identity && !(ticket && this.#back.has(ticket));
      return isOurs && !this.#named.has(claim.target, claim.key);
    });
  }

  get workspace(): string {
    return this.#context.workspace;
  }
}

function ticketsByToken(targets: ReadonlyMap<string, TargetState>): TargetMap<readonly Ticket[]> {
  const found = new TargetMap<readonly Ticket[]>();
  for (const [name, { tickets }] of targets) {
    for (const ticket of tickets) {
      const token = tokenOf(ticket);
      if (token !== null) found.set(name, token, [...(found.get(name, token) ?? []), ticket]);
    }
  }
  return found;
}

function linkByMarker(item: CompiledItem, key: string, index: TicketIndex): LinkedItem {
  const twins = index.twins(item.target, key);
  if (twins) return { item, via: "stopped", question: null, diagnostic: ticketTwice(item, key, twins) };
  const ticket = index.ticket(item.target, key);
  if (!ticket && index.target(item.target)?.complete === false) return { item, via: "stopped", question: null, diagnostic: null };
  if (!ticket) return index.successor(item) ?? { item, via: "stopped", question: missing(item, key), diagnostic: null };
  if (index.isGivenBack(ticket)) return index.successor(item) ?? { item, via: "stopped", question: released(item, ticket), diagnostic: null };
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
  // A marker that a person wrote, or that names a copy, says whose it is; only adopting makes it so.
  if (ticket && owner === item && ticket.base !== null && !ticket.base.released && !isCopy(ticket)) return linkByMarker(item, ticket.key, index);
  const refuse = (message: string): LinkedItem => ({
    ...{ item, via: "stopped", question: null },
    diagnostic: { code: "adopt-refused", severity: "error", place: { path: item.address.path, line: item.line }, message },
  });
  if (item.key !== null && owner !== item) return refuse(`The section has ${item.key} already, so ${key} cannot be its ticket.`);
  if (!ticket) return refuse(`${item.target} has no ticket ${key}, or does not show it to this account.`);
  if (owner && owner !== item) return refuse(`${key} is the ticket of ${owner.addressText} already.`);
  if (ticket.archived) return refuse(`${key} was archived, so nothing can be written to it.`);
  const { base } = ticket;
  if (base?.released !== true && index.isGivenBack(ticket)) return refuse(`A tombstone gives ${key} back.`);
  if (base && !base.released && !isCopy(ticket) && base.workspace !== index.workspace)
    return refuse(`${key} is managed by "${base.workspace}", not by this workspace.`);
  // What the base of another section or of a copy's original says is nothing about this pair.
  return { item, via: "adopt", ticket: { ...ticket, base: null } };
}

/** Why it gets no new ticket in place of its own; null: it may. Compiled with the decision, the item names no ticket any more. */
function refusedAnew(item: CompiledItem, index: TicketIndex): LinkedItem | null {
  const refuse = (message: string): LinkedItem => ({
    ...{ item, via: "stopped", question: null },
    diagnostic: { code: "recreate-refused", severity: "error", place: { path: item.address.path, line: item.line }, message },
  });
  const { left } = item.entry;
  if (left === null) return refuse("No marker of the section names a ticket; canon apply creates its first one.");
  const ticket = index.ticket(left.target.name, left.key);
  if (ticket && !index.isGivenBack(ticket)) return refuse(`The section has ${ticket.key}, which ${left.target.name} does have.`);
  if (index.target(left.target.name)?.complete !== true) return refuse(`Not all of ${left.target.name} could be read, so ${left.key} may still be there.`);
  return null;
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
function matchTraces<T extends Trace>(items: readonly CompiledItem[], traces: readonly T[], paths: ReadonlySet<string>): ReadonlyMap<CompiledItem, Match<T>> {
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
    for (const item of items) if (!found.has(item) && couldExplain(trace, item, paths)) found.set(item, { trace, sure: false });
  }
  return found;
}

/** A file that is gone was perhaps renamed since. */
function couldExplain(trace: Trace, { target, address, fields }: CompiledItem, paths: ReadonlySet<string>): boolean {
  if (target !== trace.target) return false;
  const isSameFile = address.path === trace.path || !paths.has(trace.path);
  return (isSameFile && similarTitles(fields.title, trace.title)) || (fields.body.blocks.length > 0 && fields.body.whole === trace.body);
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
