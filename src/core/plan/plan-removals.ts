/** What tombstones ask for: tickets of sections that are gone are closed, or only given back. Nothing is ever deleted. */

import { parseAddress, printAddress } from "../address.ts";
import { shortPrint } from "../fingerprint.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Change, Splice } from "../model/plan.ts";
import type { SectionEdit } from "../spec/section-edit.ts";
import { headingLines, markerLines, plannedMarkerLines } from "../spec/splice-markers.ts";
import type { CompiledSpec } from "./compile-spec.ts";
import { isClosed } from "./is-closed.ts";
import type { PlanInput, TargetState } from "./plan-input.ts";
import { addressOfTicket, releaseChange } from "./release.ts";
import { selector } from "./selection.ts";
import { createToken } from "./token.ts";
import { refuse, type Tombstone, type Tombstones } from "./tombstones.ts";

export interface Removals {
  readonly changes: readonly Change[];
  /** The edits of specs behind their splices, by address of the change. */
  readonly edits: ReadonlyMap<string, SectionEdit>;
  readonly diagnostics: readonly Diagnostic[];
}

/** `created`: addresses of sections that get a ticket with this plan; their markers get the new generation with it. */
export function planRemovals(tombstones: Tombstones, created: ReadonlySet<string>, input: PlanInput): Removals {
  const { selection } = input;
  if (selection.direction === "back") return { changes: [], edits: new Map(), diagnostics: [] };
  const chosen = tombstones.found.filter((tombstone) => isChosen(tombstone, input));
  const edits = new Map<string, SectionEdit>();
  const changes: Change[] = [];
  const selects = selector({ ...selection, targets: [] });
  const diagnostics = tombstones.diagnostics.filter(({ place }) => place === undefined || selects({ path: place.path, id: "" }, null));
  for (const tombstone of chosen) {
    const target = input.targets.get(tombstone.target);
    if (!target) continue;
    const planned = planTombstone(tombstone, target, { chosen, created, input });
    if (planned === null) continue;
    if ("code" in planned) {
      diagnostics.push(planned);
      continue;
    }
    changes.push(planned.change);
    if (planned.edit) edits.set(planned.change.address, planned.edit);
  }
  return { changes, edits, diagnostics };
}

/** By the file that it stands in, or by the section that its ticket was made for. */
function isChosen({ doc, target, ticket }: Tombstone, { selection }: PlanInput): boolean {
  const selects = selector(selection);
  const was = parseAddress(ticket.base?.address ?? "");
  return selects({ path: doc.path, id: "" }, target) || (was !== null && selects(was, target));
}

interface Around {
  readonly chosen: readonly Tombstone[];
  readonly created: ReadonlySet<string>;
  readonly input: PlanInput;
}

interface Planned {
  readonly change: Change;
  readonly edit: SectionEdit | null;
}

/** null: nothing is left to do. */
function planTombstone(tombstone: Tombstone, target: TargetState, { chosen, created, input }: Around): Planned | Diagnostic | null {
  const { doc, marker, ticket } = tombstone;
  const isOver = marker.mode === "close" && isClosed(ticket.category);
  if (!target.baseAlone && (isOver || marker.mode === "forget"))
    return isOver
      ? null
      : refuse(
          doc,
          marker,
          `${tombstone.target} keeps no note on ${ticket.key} without changing what people see, so it cannot be given back; close it instead.`,
        );
  const standing = standingSection(tombstone, target, input);
  const edit = standing && !created.has(standing.address) ? standing.edit : null;
  const change = releaseChange(
    {
      target: tombstone.target,
      address: addressOf(tombstone),
      ticket,
      mode: marker.mode,
      reason: "section-removed",
      itemHash: shortPrint(`${marker.system}:${marker.key} ${marker.mode}`),
      guarded: [],
      after: marker.mode === "close" ? childrenOf(tombstone, chosen).map(addressOf) : [],
      splice: standing && edit ? spliceOf(standing.spec, edit) : null,
    },
    target.view,
  );
  return change === null
    ? { ...refuse(doc, marker, `${tombstone.target} has no status that closes ${ticket.key}.`), hint: "Give status_map a name for deprecated." }
    : { change, edit };
}

function addressOf({ doc, marker }: Tombstone): string {
  return addressOfTicket(doc.path, marker.system, marker.key);
}

/** Children are closed first, and a parent is not when that fails. */
function childrenOf({ target, ticket }: Tombstone, chosen: readonly Tombstone[]): readonly Tombstone[] {
  return chosen.filter(
    (other) => other.target === target && other.marker.mode === "close" && other.ticket.parent === ticket.key && !isClosed(other.ticket.category),
  );
}

interface Standing {
  readonly spec: CompiledSpec;
  readonly address: string;
  readonly edit: SectionEdit;
}

/** The section that the ticket was made for, where it stands without a ticket: its next one must have a token of its own. */
function standingSection({ ticket }: Tombstone, { identity }: TargetState, { specs, workspace }: PlanInput): Standing | null {
  const address = parseAddress(ticket.base?.address ?? "");
  const spec = specs.find(({ doc }) => doc.path === address?.path);
  const section = spec?.doc.sections.find(({ id }) => id === address?.id);
  if (!address || !spec || !section || section.ticket !== null || section.stopped) return null;
  // A system marker makes an item of any section: only one that is there already is changed.
  const system = section.markers.find(({ value }) => value.kind === "system")?.value;
  if (system?.kind !== "system" || createToken(workspace, identity, address, section.generation) !== ticket.base?.token) return null;
  return {
    spec,
    address: printAddress(address),
    edit: { section: section.index, system: { id: system.id, status: section.status, generation: section.generation + 1 } },
  };
}

/** The marker lines of a section as an edit leaves them. */
export function spliceOf({ doc }: CompiledSpec, edit: SectionEdit): Splice {
  return {
    path: doc.path,
    line: doc.sections[edit.section]?.heading?.line ?? 1,
    heading: headingLines(doc, edit.section),
    before: markerLines(doc, edit.section),
    after: plannedMarkerLines(doc, edit),
  };
}
