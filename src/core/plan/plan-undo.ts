/** Takes a run back: closes what it created and nobody touched since, and frees the sections for new tickets; everything else is kept, and told. */

import { printAddress } from "../address.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Change } from "../model/plan.ts";
import type { Ticket } from "../model/ticket.ts";
import type { SectionEdit } from "../spec/section-edit.ts";
import { DOCUMENT_ID } from "./marker-edit.ts";
import type { PlanInput, TargetState } from "./plan-input.ts";
import { spliceOf } from "./plan-removals.ts";
import { addressOfTicket, releaseChange } from "./release.ts";
import { sealChange } from "./seal.ts";
import type { CreatedTicket, UndoInput } from "./undo-input.ts";
import { childrenOf, isOver, undoWorld, type Naming, type UndoWorld } from "./undo-world.ts";
import { whyKept } from "./why-kept.ts";

export interface PlannedUndo {
  readonly changes: readonly Change[];
  /** The edits of specs behind their splices, by address of the change. */
  readonly edits: ReadonlyMap<string, SectionEdit>;
  readonly diagnostics: readonly Diagnostic[];
}

/** `hashes`: of the items, by address. */
export function planUndo(undo: UndoInput, hashes: ReadonlyMap<string, string>, input: PlanInput): PlannedUndo {
  const world = undoWorld(undo, hashes, input);
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
