/** Turns a linked item into the changes of a plan: what to write, what to show, and under which guards. */

import { shortPrint } from "../fingerprint.ts";
import type { Action, Reason } from "../model/action.ts";
import type { TargetConfig } from "../model/config.ts";
import type { FieldName, ItemFields } from "../model/item.ts";
import type { Change, Direction, FieldChange, Guard, LineEdit, Splice } from "../model/plan.ts";
import type { SpecStatus } from "../model/status.ts";
import type { Ticket } from "../model/ticket.ts";
import { headingLines, markerLines, plannedMarkerLines } from "../spec/splice-markers.ts";
import type { AlikeValues } from "./alike-values.ts";
import type { ItemComparison } from "./compare-item.ts";
import { criteriaLines } from "./compare-text.ts";
import type { CompiledItem } from "./compile-items.ts";
import type { FieldVerdict } from "./field-verdict.ts";
import { markerEdit } from "./marker-edit.ts";
import { sealChange } from "./seal.ts";

export type ParentRef = Change["parent"];

/** `status` is the native name that the create sends; null where the project has none for the state. */
export function createChange(item: CompiledItem, parent: ParentRef, status: string | null, owners: TargetConfig["owners"], alike: AlikeValues): Change {
  return sealChange({
    ...common(item, parent),
    action: "create",
    reason: freshReason(item),
    from: null,
    key: null,
    fields: createdFields(item.fields, parent, status, owners, alike),
    pulled: NONE,
    edits: NONE,
    held: NONE,
    guards: NONE,
    after: parent && "address" in parent ? alike.awaited(parent.address).after : NONE,
    splice: markerSplice(item, null, null),
  });
}

function freshReason({ entry: { left }, target }: CompiledItem): Reason {
  if (left === null) return "new-section";
  return left.target.name === target ? "ticket-missing" : "route-changed";
}

/** One for all: a plan may hold a hundred thousand changes, most of them with nothing to hold or to wait for. */
const NONE: readonly never[] = [];

/** What the spec says; of fields that are ignored only the title, for there is no ticket without one. */
function createdFields(
  fields: ItemFields,
  parent: ParentRef,
  status: string | null,
  owners: TargetConfig["owners"],
  alike: AlikeValues,
): readonly FieldChange[] {
  const values: readonly (readonly [FieldName, FieldChange["spec"]])[] = [
    ["title", fields.title],
    ["type", fields.type],
    ["parent", parent && ("key" in parent ? parent.key : parent.address)],
    ["status", status],
    ["labels", fields.labels.length > 0 ? fields.labels : null],
    ["criteria", fields.criteria.length > 0 ? criteriaLines(fields.criteria) : null],
    ["body", fields.body.whole],
  ];
  return values.filter(([field, spec]) => spec !== null && (field === "title" || owners[field] !== "ignore")).map(([field, spec]) => alike.pushed(field, spec));
}

export interface Planned {
  readonly change: Change | null;
  /** What people moved in the tracker and this plan leaves there; null when nothing. */
  readonly observed: Change | null;
  readonly conflict: Change | null;
}

const IN_SYNC: Planned = { change: null, observed: null, conflict: null };

export interface TicketOptions {
  readonly direction: Direction;
  /** The tracker has given the ticket another key than its marker says. */
  readonly isKeyNew: boolean;
  /** It is in a project that no target has: nothing is written to it. */
  readonly isLeft: boolean;
  /** Why a marker line is written, beside what the ticket's key asks for: the ticket was found without one, or is adopted. */
  readonly marker: Reason | null;
  /** The state that the marker gets from an adopted ticket; null where it keeps its own. */
  readonly adoptedStatus: SpecStatus | null;
  /** A ticket that is adopted as it is: nothing is sent, tags neither. */
  readonly isLinkOnly: boolean;
  /** The spec is older than the base: nothing of it goes anywhere. */
  readonly behind: boolean;
  /** Its base takes note of what is equal, though nothing is written. */
  readonly isTaken: boolean;
  /** What of `comparison.pulled` is brought into the spec, with the lines it changes. */
  readonly pull: Pulled;
}

export interface Pulled {
  readonly fields: readonly FieldChange[];
  readonly edits: readonly LineEdit[];
}

export const NOTHING_PULLED: Pulled = { fields: [], edits: [] };

export function ticketChanges(item: CompiledItem, ticket: Ticket, parent: ParentRef, comparison: ItemComparison, options: TicketOptions): Planned {
  const { direction, behind, pull } = options;
  const address = item.addressText;
  const from = ticket.base && ticket.base.address !== address ? ticket.base.address : null;
  const marker = options.marker ?? (options.isKeyNew ? "moved" : null);
  if (from === null && marker === null && !options.isTaken && comparison.converged.length === comparison.all.length) return IN_SYNC;
  const shared = { ...common(item, parent), from, key: ticket.key };
  const held = (fields: readonly FieldVerdict[], reason: Reason, action: Action): Change | null =>
    fields.length === 0
      ? null
      : sealChange({ ...shared, action, reason, fields: [], pulled: [], edits: [], held: fields, guards: [], after: [], splice: null });
  const stale = behind ? comparison.push.map((field) => ({ ...field, verdict: "behind" as const })) : [];
  const pulledNow = new Set(pull.fields.map(({ field }) => field));
  const left = [...comparison.pulled.filter(({ field }) => !pulledNow.has(field)), ...comparison.observed];
  // A section without a status takes the ticket's when it is pulled: nobody moved anything.
  const told = left.filter(({ field, verdict, spec }) => verdict === "apart" || !(field === "status" && spec === null));
  const isForward = direction !== "back";
  return {
    change: writeChange({
      ...{ shared, item, ticket, pull, adoptedStatus: options.adoptedStatus, isTaken: options.isTaken && !behind },
      push: behind || !isForward || options.isLinkOnly ? [] : comparison.push,
      moved: from !== null && !behind && !options.isLeft && isForward,
      marker: isForward ? marker : null,
      held: [...comparison.conflicts, ...left],
    }),
    observed: held(told, "ticket-edited", "pull"),
    // Who adopts has decided: what nobody keeps of one side stays as it is on both.
    conflict: held([...(marker === "adopted" ? [] : comparison.conflicts), ...stale], behind ? "behind" : ticket.base ? "both-edited" : "base-missing", "noop"),
  };
}

interface Write {
  readonly shared: Omit<Change, "digest" | "action" | "reason" | "fields" | "pulled" | "edits" | "held" | "guards" | "after" | "splice">;
  readonly item: CompiledItem;
  readonly ticket: Ticket;
  readonly push: readonly FieldVerdict[];
  readonly pull: Pulled;
  readonly adoptedStatus: SpecStatus | null;
  readonly isTaken: boolean;
  readonly moved: boolean;
  readonly marker: Reason | null;
  readonly held: readonly FieldVerdict[];
}

function writeChange({ shared, item, ticket, push, pull, adoptedStatus, isTaken, moved, marker, held }: Write): Change | null {
  if (push.length === 0 && !moved && marker === null && !isTaken && pull.fields.length === 0) return null;
  const isPull = push.length === 0 && !moved && (isTaken || pull.fields.length > 0);
  const { parent } = shared;
  return sealChange({
    ...shared,
    action: marker === "adopted" ? "adopt" : isPull ? "pull" : actionOf(push, moved),
    reason: marker ?? (isPull ? "ticket-edited" : moved ? "moved" : pull.fields.length > 0 ? "both-edited" : "spec-edited"),
    fields: push,
    pulled: pull.fields,
    edits: pull.edits,
    held,
    guards: guardsOf([...push, ...pull.fields], moved, ticket),
    after: push.some(({ field }) => field === "parent") && parent && "address" in parent ? [parent.address] : [],
    splice: marker === null ? null : markerSplice(item, ticket.key, adoptedStatus),
  });
}

function actionOf(push: readonly FieldVerdict[], moved: boolean): Action {
  if (moved) return "move";
  const fields = new Set(push.map(({ field }) => field));
  if (fields.size === 0) return "marker";
  if (fields.size === 1 && fields.has("status")) return "transition";
  return fields.has("parent") && [...fields].every((field) => field === "parent" || field === "status") ? "reparent" : "update";
}

/** Body and criteria live in one text, so either is guarded by the whole of it. */
function guardsOf(fields: readonly FieldChange[], moved: boolean, ticket: Ticket): readonly Guard[] {
  const guards = new Map<FieldName, Guard>();
  for (const { field, live } of fields) {
    if (field === "body" || field === "criteria") continue;
    // A pulled status stands in the plan as the section's state.
    guards.set(field, { field, live: field === "status" ? ticket.status : live });
  }
  if (moved || fields.some(({ field }) => field === "body" || field === "criteria")) guards.set("body", { field: "body", live: shortPrint(ticket.body) });
  return [...guards.values()];
}

function common(item: CompiledItem, parent: ParentRef): Pick<Change, "target" | "address" | "type" | "title" | "parent" | "token" | "itemHash"> {
  return { target: item.target, address: item.addressText, type: item.fields.type, title: item.fields.title, parent, token: item.token, itemHash: item.hash };
}

/** `key` null: a create, whose marker lines wait for it. */
function markerSplice(item: CompiledItem, key: string | null, status: SpecStatus | null): Splice {
  const { doc } = item.spec;
  const { section } = item.entry;
  return {
    path: doc.path,
    line: item.line,
    heading: headingLines(doc, section.index),
    before: section.markers.length === 0 ? NONE : markerLines(doc, section.index),
    after: key === null ? null : plannedMarkerLines(doc, markerEdit(item, key, status)),
  };
}
