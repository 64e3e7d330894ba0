/** The tombstones of all specs (`removed:… close|forget`), each with the ticket it is about, or what is wrong with it. */

import type { Diagnostic, Place } from "../model/diagnostic.ts";
import type { RemovedMarker } from "../model/marker.ts";
import type { SpecDocument } from "../model/spec-document.ts";
import type { Ticket } from "../model/ticket.ts";
import { placeOfTombstone } from "../spec/place-of-tombstone.ts";
import { ownerOfKey } from "./key-owner.ts";
import type { PlanInput } from "./plan-input.ts";
import { TargetMap } from "./target-map.ts";

export interface Tombstone {
  readonly doc: SpecDocument;
  readonly marker: RemovedMarker;
  readonly target: string;
  readonly ticket: Ticket;
}

export interface Tombstones {
  /** At most one a ticket. */
  readonly found: readonly Tombstone[];
  readonly diagnostics: readonly Diagnostic[];
}

type Input = Pick<PlanInput, "specs" | "config" | "targets" | "workspace">;

const NONE: Tombstones = { found: [], diagnostics: [] };

export function readTombstones(input: Input): Tombstones {
  if (input.specs.every(({ doc }) => doc.removed.length === 0)) return NONE;
  const world = { ...input, named: namedTickets(input), byKey: ticketsByKey(input) };
  const diagnostics: Diagnostic[] = [];
  const found = new TargetMap<Tombstone | null>();
  for (const { doc } of input.specs) {
    for (const marker of doc.removed) {
      const read = readTombstone(doc, marker, world);
      if (read === null) continue;
      if ("code" in read) {
        diagnostics.push(read);
        continue;
      }
      const other = found.get(read.target, read.ticket.key);
      if (other === undefined) found.set(read.target, read.ticket.key, read);
      // One that stands twice, as merges leave it, says the same.
      else if (other?.marker.mode !== marker.mode) {
        diagnostics.push(refuse(doc, marker, `Another tombstone says the opposite of ${marker.key}.`, other === null ? [] : [placeOf(other)]));
        found.set(read.target, read.ticket.key, null);
      }
    }
  }
  return { found: [...found.values()].filter((tombstone) => tombstone !== null), diagnostics };
}

interface World extends Input {
  readonly named: TargetMap<Place>;
  readonly byKey: TargetMap<Ticket>;
}

function ticketsByKey({ targets }: Input): TargetMap<Ticket> {
  const byKey = new TargetMap<Ticket>();
  for (const [name, { tickets }] of targets) for (const ticket of tickets) byKey.set(name, ticket.key, ticket);
  return byKey;
}

/** null: nothing can be said, because its target was not asked or not read completely, or there is nothing to do. */
function readTombstone(
  doc: SpecDocument,
  marker: RemovedMarker,
  { config, targets, workspace, named, byKey }: World,
): Omit<Tombstone, "code"> | Diagnostic | null {
  const owner = ownerOfKey({ kind: "ticket", system: marker.system, key: marker.key }, config);
  switch (owner.state) {
    case "nobody":
      return refuse(doc, marker, `No target of the configuration has the project of ${marker.key}.`);
    case "ambiguous":
      return refuse(doc, marker, `${owner.targets.map(({ name }) => name).join(" and ")} could both own ${marker.key}.`);
    case "owned": {
      const { name } = owner.target;
      const state = targets.get(name);
      if (!state) return null;
      const key = state.renamed[marker.key] ?? marker.key;
      const ticket = byKey.get(name, key);
      if (!ticket) return state.complete ? gone(doc, marker, name) : null;
      if (ticket.base?.released === true || ticket.archived) return null;
      if (ticket.base === null) return refuse(doc, marker, `Canon does not manage ${key}: nothing on it says which workspace it belongs to.`);
      if (ticket.base.ticket !== null && ticket.base.ticket !== ticket.id) return refuse(doc, marker, `${key} is a copy that a person made of another ticket.`);
      if (ticket.base.workspace !== workspace) return refuse(doc, marker, `${key} is managed by "${ticket.base.workspace}", not by this workspace.`);
      const section = named.get(name, key);
      if (section) return refuse(doc, marker, `${key} is still the ticket of a section.`, [section]);
      return { doc, marker, target: name, ticket };
    }
  }
}

/** Where sections name tickets, by the keys that these have now. */
function namedTickets({ specs, config, targets }: Input): TargetMap<Place> {
  const named = new TargetMap<Place>();
  for (const { doc } of specs) {
    for (const { ticket, heading } of doc.sections) {
      if (ticket === null) continue;
      const owner = ownerOfKey(ticket, config);
      if (owner.state !== "owned") continue;
      const { name } = owner.target;
      named.set(name, targets.get(name)?.renamed[ticket.key] ?? ticket.key, { path: doc.path, line: heading?.line ?? 1 });
    }
  }
  return named;
}

/** Keys of one target that tombstones name. */
export function tombstoneKeys(docs: readonly SpecDocument[], config: PlanInput["config"], target: string): readonly string[] {
  return docs.flatMap(({ removed }) =>
    removed.flatMap(({ system, key }) => {
      const owner = ownerOfKey({ kind: "ticket", system, key }, config);
      return owner.state === "owned" && owner.target.name === target ? [key] : [];
    }),
  );
}

export function placeOf({ doc, marker }: Pick<Tombstone, "doc" | "marker">): Place {
  return placeOfTombstone(doc, marker);
}

function gone(doc: SpecDocument, marker: RemovedMarker, target: string): Diagnostic {
  return {
    code: "tombstone-ticketless",
    severity: "warning",
    place: placeOf({ doc, marker }),
    message: `${target} has no ticket ${marker.key}, or does not show it to this account.`,
  };
}

/** What a tombstone asks for and Canon does not do. */
export function refuse(doc: SpecDocument, marker: RemovedMarker, message: string, also: readonly Place[] = []): Diagnostic {
  return { code: "tombstone-refused", severity: "error", place: placeOf({ doc, marker }), message, ...(also.length > 0 ? { also } : {}) };
}
