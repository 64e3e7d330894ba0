/** Takes a run back: closes what it created and nobody touched since, and frees the sections for new tickets; everything else is kept, and told. */

import { printAddress } from "../address.ts";
import { ago } from "../text/ago.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Change } from "../model/plan.ts";
import type { Ticket } from "../model/ticket.ts";
import type { SectionEdit } from "../spec/section-edit.ts";
import type { CompiledSpec } from "./compile-spec.ts";
import { ownerOfKey } from "./key-owner.ts";
import { DOCUMENT_ID } from "./marker-edit.ts";
import type { PlanInput, TargetState } from "./plan-input.ts";
import { spliceOf } from "./plan-removals.ts";
import { addressOfTicket, isClosed, releaseChange } from "./release.ts";
import { sealChange } from "./seal.ts";
import { TargetMap } from "./target-map.ts";
import type { CreatedTicket, UndoInput } from "./undo-input.ts";
import { whyTouched } from "./why-kept.ts";

export interface PlannedUndo {
  readonly changes: readonly Change[];
  /** The edits of specs behind their splices, by address of the change. */
  readonly edits: ReadonlyMap<string, SectionEdit>;
  readonly diagnostics: readonly Diagnostic[];
}

/** `hashes`: of the items, by address. */
export function planUndo(undo: UndoInput, hashes: ReadonlyMap<string, string>, input: PlanInput): PlannedUndo {
  const world: UndoWorld = { undo, input, hashes, ...indexesOf(undo, input), named: namedTickets(input), kept: new Map(), visiting: new Set() };
  const edits = new Map<string, SectionEdit>();
  const changes: Change[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const created of undo.created) {
    const planned = planCreated(created, world);
    if (planned === null) continue;
    if (typeof planned === "string") {
      diagnostics.push({ code: "undo-kept", severity: "notice", message: `${created.key} kept: ${planned}.` });
      continue;
    }
    changes.push(planned.change);
    if (planned.edit) edits.set(planned.change.address, planned.edit);
  }
  return { changes, edits, diagnostics: [...diagnostics, ...leftWrites(undo)] };
}

function leftWrites({ run, written }: UndoInput): readonly Diagnostic[] {
  if (written === 0) return [];
  const what = written === 1 ? "1 ticket that was there before is" : `${written} tickets that were there before are`;
  return [{ code: "undo-writes", severity: "notice", message: `What run ${run} wrote to ${what} not taken back.` }];
}

interface UndoWorld {
  readonly undo: UndoInput;
  readonly input: PlanInput;
  readonly hashes: ReadonlyMap<string, string>;
  readonly byId: TargetMap<Ticket>;
  /** Tickets that are not archived, by the key of their parent. */
  readonly below: TargetMap<readonly Ticket[]>;
  /** By id of the ticket. */
  readonly created: TargetMap<CreatedTicket>;
  /** The sections that name a ticket, by the key that it has now. */
  readonly named: TargetMap<readonly Naming[]>;
  /** By id of the ticket. */
  readonly kept: Map<string, string | null>;
  readonly visiting: Set<string>;
}

interface Naming {
  readonly spec: CompiledSpec;
  readonly section: number;
}

function indexesOf({ around, created }: UndoInput, { targets }: PlanInput): Pick<UndoWorld, "byId" | "below" | "created"> {
  const index = { byId: new TargetMap<Ticket>(), below: new TargetMap<readonly Ticket[]>(), created: new TargetMap<CreatedTicket>() };
  for (const one of created) index.created.set(one.target, one.id, one);
  for (const [name, { tickets }] of targets) {
    for (const ticket of tickets) index.byId.set(name, ticket.id, ticket);
    const known = new Set<string>();
    for (const ticket of [...tickets, ...(around.get(name)?.children ?? [])]) {
      if (ticket.parent === null || ticket.archived || known.has(ticket.id)) continue;
      known.add(ticket.id);
      index.below.set(name, ticket.parent, [...(index.below.get(name, ticket.parent) ?? []), ticket]);
    }
  }
  return index;
}

function namedTickets({ specs, config, targets }: PlanInput): TargetMap<readonly Naming[]> {
  const named = new TargetMap<readonly Naming[]>();
  for (const spec of specs) {
    for (const { ticket, index } of spec.doc.sections) {
      const owner = ticket && ownerOfKey(ticket, config);
      if (!ticket || owner?.state !== "owned") continue;
      const { name } = owner.target;
      const key = targets.get(name)?.renamed[ticket.key] ?? ticket.key;
      named.set(name, key, [...(named.get(name, key) ?? []), { spec, section: index }]);
    }
  }
  return named;
}

interface Planned {
  readonly change: Change;
  readonly edit: SectionEdit | null;
}

/** In words why it is kept; null: it is taken back already, to the last marker. */
function planCreated(created: CreatedTicket, world: UndoWorld): Planned | string | null {
  const target = world.input.targets.get(created.target);
  const ticket = world.byId.get(created.target, created.id);
  if (!target) return `${created.target} could not be asked`;
  if (!ticket) return target.complete ? `${created.target} does not have it any more` : `not all of ${created.target} could be read`;
  const isReleased = ticket.base?.released === true;
  const why = isReleased ? null : whyKept(ticket, created, target, world);
  if (why !== null) return why;
  const [naming, ...others] = world.named.get(created.target, ticket.key) ?? [];
  if (others.length > 0) return "two sections name it";
  if (isReleased && !naming) return null;
  const edit = naming ? freeing(naming) : null;
  const change = isReleased ? markerChange(ticket, created, edit, naming, world) : closeChange(ticket, created, target, edit, naming, world);
  return change === null ? `${created.target} has no status that closes it` : { change, edit };
}

/** The ticket line goes, and the generation rises with it: the section's next ticket must not find this one. */
function freeing({ spec, section: index }: Naming): SectionEdit {
  const section = spec.doc.sections[index];
  if (!section) throw new RangeError(`${spec.doc.path} has no section ${index}`);
  return { section: index, ticket: null, system: { id: section.id || DOCUMENT_ID, status: section.status, generation: section.generation + 1 } };
}

function closeChange(
  ticket: Ticket,
  created: CreatedTicket,
  target: TargetState,
  edit: SectionEdit | null,
  naming: Naming | undefined,
  world: UndoWorld,
): Change | null {
  const address = addressOf(ticket, created, world);
  return releaseChange(
    {
      ...{ target: created.target, address, ticket, mode: "close", reason: "undone" },
      itemHash: world.hashes.get(address) ?? "",
      guarded: ["title", "type", "parent", "body"],
      after: childrenOf(ticket, created.target, world).flatMap((child) =>
        isOver(child.ticket) || !child.created ? [] : [addressOf(child.ticket, child.created, world)],
      ),
      splice: naming && edit ? spliceOf(naming.spec, edit) : null,
    },
    target.view,
  );
}

/** An earlier undo gave it back, and died before its marker went. */
function markerChange(ticket: Ticket, created: CreatedTicket, edit: SectionEdit | null, naming: Naming | undefined, world: UndoWorld): Change {
  const address = addressOf(ticket, created, world);
  return sealChange({
    ...{ action: "marker", reason: "undone", target: created.target, address, from: null, key: ticket.key, type: ticket.type, title: ticket.title },
    parent: ticket.parent === null ? null : { key: ticket.parent },
    token: ticket.base?.token ?? ticket.token ?? "",
    itemHash: world.hashes.get(address) ?? "",
    ...{ fields: [], pulled: [], edits: [], held: [], guards: [], after: [] },
    splice: naming && edit ? spliceOf(naming.spec, edit) : null,
  });
}

function addressOf(ticket: Ticket, created: CreatedTicket, { named, input }: UndoWorld): string {
  const [naming] = named.get(created.target, ticket.key) ?? [];
  if (naming) return printAddress({ path: naming.spec.doc.path, id: naming.spec.doc.sections[naming.section]?.id ?? "" });
  const path = created.address.slice(0, Math.max(0, created.address.lastIndexOf("#")));
  return addressOfTicket(path, input.targets.get(created.target)?.view.config.system ?? "local", ticket.key);
}

function whyKept(ticket: Ticket, created: CreatedTicket, target: TargetState, world: UndoWorld): string | null {
  const known = world.kept.get(ticket.id);
  if (known !== undefined) return known;
  // Trackers refuse circles; should one show one all the same, nobody is closed for it.
  if (world.visiting.has(ticket.id)) return "it stands below itself";
  world.visiting.add(ticket.id);
  const why = whyOwn(ticket, created, target, world) ?? whyChildren(ticket, created.target, target, world);
  world.kept.set(ticket.id, why);
  return why;
}

function whyOwn(ticket: Ticket, created: CreatedTicket, target: TargetState, { undo, input }: UndoWorld): string | null {
  const { base } = ticket;
  if (!target.complete) return `not all of ${created.target} could be read`;
  if (ticket.archived) return "it was archived";
  if (base === null) return "what Canon noted on it is gone";
  if (base.ticket !== null && base.ticket !== ticket.id) return "it carries the note of another ticket";
  if (base.workspace !== input.workspace) return `it is managed by "${base.workspace}" now`;
  const edits = undo.around.get(created.target)?.edits?.filter(({ key }) => key === ticket.key) ?? null;
  const touched = whyTouched(ticket, base, { edits, account: target.account, format: target.view.format, now: input.createdAt });
  if (touched !== null) return touched;
  return isClosed(ticket.category) && !target.baseAlone ? `it is closed already, since ${ago(ticket.updatedAt, input.createdAt)}` : null;
}

/** A parent stays as long as anything below it does. */
function whyChildren(ticket: Ticket, name: string, target: TargetState, world: UndoWorld): string | null {
  if (world.undo.around.get(name)?.children === null) return "what stands below it cannot be read";
  for (const { ticket: child, created } of childrenOf(ticket, name, world)) {
    if (isOver(child)) continue;
    if (!created) return `${child.key} stands below it, which the run did not create`;
    if (whyKept(child, created, target, world) !== null) return `${child.key} stands below it, which is kept`;
  }
  return null;
}

interface Child {
  readonly ticket: Ticket;
  /** null: another run, or a person, made it. */
  readonly created: CreatedTicket | null;
}

function childrenOf({ key }: Ticket, name: string, { below, created }: UndoWorld): readonly Child[] {
  return (below.get(name, key) ?? []).map((ticket) => ({ ticket, created: created.get(name, ticket.id) ?? null }));
}

/** Closed and given back, by a tombstone or an undo. */
function isOver({ base, category }: Ticket): boolean {
  return base?.released === true && isClosed(category);
}
