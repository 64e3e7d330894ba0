/** A section while its file is being read: the same fields as `Section`, still open for writing. */

import type { Diagnostic, Place } from "../model/diagnostic.ts";
import type { Marker, RemovedMarker, Span } from "../model/marker.ts";
import type { Criterion, Depth, Section, SourceBlock } from "../model/section.ts";

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

export interface SectionDraft extends Writable<Omit<Section, "markers" | "criteria" | "blocks">> {
  markers: Marker[];
  criteria: Criterion[];
  blocks: SourceBlock[];
}

/** One file being read: what the steps of `parseSpec` hand to each other. */
export interface SpecDraft {
  readonly path: string;
  readonly text: string;
  readonly sections: SectionDraft[];
  readonly definitions: Map<string, string>;
  readonly removed: RemovedMarker[];
  readonly diagnostics: Diagnostic[];
}

export function draftSection(index: number, depth: Depth, parent: number, heading: Span | null): SectionDraft {
  return {
    index,
    depth,
    title: "",
    name: "",
    id: "",
    idFrom: "title",
    parent,
    heading,
    markers: [],
    ticket: null,
    status: null,
    generation: 1,
    skipped: false,
    isCriteriaHeading: false,
    stopped: false,
    criteria: [],
    blocks: [],
  };
}

/** Nothing is added after this. An array that grew keeps room for seventeen, and a workspace holds tens of thousands of sections. */
export function cutToSize(section: SectionDraft): void {
  section.markers = packed(section.markers);
  section.criteria = packed(section.criteria);
  section.blocks = packed(section.blocks);
}

const NONE: never[] = [];

function packed<T>(list: readonly T[]): T[] {
  return list.length === 0 ? NONE : list.slice();
}

/** Where a section is told to be: at its heading, or at the top of the file. */
export function placeOf(draft: { readonly path: string }, section: Pick<Section, "heading">): Place {
  return { path: draft.path, line: section.heading?.line ?? 1 };
}
