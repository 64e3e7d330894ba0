/** Turns a linked item into the changes of a plan: what to write, what to show, and under which guards. */

import { shortPrint } from "../fingerprint.ts";
import type { Action, Reason } from "../model/action.ts";
import type { TargetConfig } from "../model/config.ts";
import type { FieldName, ItemFields } from "../model/item.ts";
import type { Change, FieldChange, Guard, Splice } from "../model/plan.ts";
import type { Ticket } from "../model/ticket.ts";
import { headingLines, markerLines, plannedMarkerLines, type MarkerEdit } from "../spec/splice-markers.ts";
import type { AlikeValues } from "./alike-values.ts";
import type { ItemComparison } from "./compare-item.ts";
import { criteriaLines } from "./compare-text.ts";
import type { CompiledItem } from "./compile-items.ts";
import type { FieldVerdict } from "./field-verdict.ts";
import { sealChange } from "./seal.ts";

export type ParentRef = Change["parent"];

/** `status` is the native name that the create sends; null where the project has none for the state. */
export function createChange(item: CompiledItem, parent: ParentRef, status: string | null, owners: TargetConfig["owners"], alike: AlikeValues): Change {
  return sealChange({
    ...common(item, parent),
    action: "create",
    reason: "new-section",
    from: null,
    key: null,
    fields: createdFields(item.fields, parent, status, owners, alike),
    pulled: NONE,
    edits: NONE,
    held: NONE,
    guards: NONE,
    after: parent && "address" in parent ? alike.awaited(parent.address).after : NONE,
    splice: markerSplice(item, null),
  });
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
  /** What apply does; null when there is nothing. */
  readonly change: Change | null;
  /** What people moved in the tracker; null when nothing. */
  readonly observed: Change | null;
  readonly conflict: Change | null;
}

const IN_SYNC: Planned = { change: null, observed: null, conflict: null };

/** `relink`: the ticket was found without a marker, which is written now. `behind`: the spec is older than the base. */
export function ticketChanges(
  item: CompiledItem,
  ticket: Ticket,
  parent: ParentRef,
  comparison: ItemComparison,
  options: { readonly relink: Reason | null; readonly behind: boolean },
): Planned {
  const address = item.addressText;
  const from = ticket.base && ticket.base.address !== address ? ticket.base.address : null;
  const marker = options.relink ?? (ticket.key !== item.key ? "moved" : null);
  if (from === null && marker === null && comparison.converged.length === comparison.all.length) return IN_SYNC;
  const shared = { ...common(item, parent), from, key: ticket.key };
  const held = (fields: readonly FieldVerdict[], reason: Reason, action: Action): Change | null =>
    fields.length === 0
      ? null
      : sealChange({ ...shared, action, reason, fields: [], pulled: [], edits: [], held: fields, guards: [], after: [], splice: null });
  const conflicts = options.behind ? comparison.push.map((field) => ({ ...field, verdict: "behind" as const })) : [];
  const push = options.behind ? [] : comparison.push;
  const pulled = comparison.observed.filter(({ verdict }) => verdict === "pull");
  return {
    change: writeChange({
      shared,
      item,
      ticket,
      push,
      moved: from !== null && !options.behind,
      marker,
      held: [...comparison.conflicts, ...comparison.observed],
    }),
    observed: held(pulled, "ticket-edited", "pull"),
    conflict: held([...comparison.conflicts, ...conflicts], options.behind ? "behind" : ticket.base ? "both-edited" : "base-missing", "noop"),
  };
}

interface Write {
  readonly shared: Omit<Change, "digest" | "action" | "reason" | "fields" | "pulled" | "edits" | "held" | "guards" | "after" | "splice">;
  readonly item: CompiledItem;
  readonly ticket: Ticket;
  readonly push: readonly FieldVerdict[];
  readonly moved: boolean;
  readonly marker: Reason | null;
  readonly held: readonly FieldVerdict[];
}

function writeChange({ shared, item, ticket, push, moved, marker, held }: Write): Change | null {
  if (push.length === 0 && !moved && marker === null) return null;
  const action = actionOf(push, moved);
  const reason = marker ?? (moved ? "moved" : "spec-edited");
  const { parent } = shared;
  return sealChange({
    ...shared,
    action,
    reason,
    fields: push,
    pulled: [],
    edits: [],
    held,
    guards: guardsOf(push, moved, ticket),
    after: push.some(({ field }) => field === "parent") && parent && "address" in parent ? [parent.address] : [],
    splice: marker === null ? null : markerSplice(item, ticket.key),
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
function guardsOf(push: readonly FieldVerdict[], moved: boolean, ticket: Ticket): readonly Guard[] {
  const isText = (field: FieldName): boolean => field === "body" || field === "criteria";
  const guards: Guard[] = push.filter(({ field }) => !isText(field)).map(({ field, live }) => ({ field, live }));
  if (moved || push.some(({ field }) => isText(field))) guards.push({ field: "body", live: shortPrint(ticket.body) });
  return guards;
}

function common(item: CompiledItem, parent: ParentRef): Pick<Change, "target" | "address" | "type" | "title" | "parent" | "token" | "itemHash"> {
  return { target: item.target, address: item.addressText, type: item.fields.type, title: item.fields.title, parent, token: item.token, itemHash: item.hash };
}

/** The document's address has no id, but its system marker needs one. */
const DOCUMENT_ID = "document";

/** The marker edit for a ticket: its line, and the system line that freezes the id with the status it was written with. */
export function markerEdit(item: CompiledItem, key: string): MarkerEdit {
  const { section, target, status } = item.entry;
  const hasSystem = section.markers.some((marker) => marker.value.kind === "system");
  return {
    section: section.index,
    ticket: { kind: "ticket", system: target?.system ?? "local", key },
    ...(hasSystem && section.status !== null ? {} : { system: { id: section.id || DOCUMENT_ID, status, generation: section.generation } }),
  };
}

/** `key` null: a create, whose marker lines wait for it. */
function markerSplice(item: CompiledItem, key: string | null): Splice {
  const { doc } = item.spec;
  const { section } = item.entry;
  return {
    path: doc.path,
    line: item.line,
    heading: headingLines(doc, section.index),
    before: section.markers.length === 0 ? NONE : markerLines(doc, section.index),
    after: key === null ? null : plannedMarkerLines(doc, markerEdit(item, key)),
  };
}
