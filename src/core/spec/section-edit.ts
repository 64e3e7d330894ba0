/** All that Canon may change in a section of a spec: its markers, and what a pull brings from its ticket. */

import type { RealizedMarker, TicketMarker } from "../model/marker.ts";
import type { BlockEdit, CriteriaEdit } from "../model/spec-edit.ts";
import type { SystemEdit } from "./edit-marker-line.ts";

/** What the markers of a section should say. What is absent stays; a ticket of null is taken away. */
export interface MarkerEdit {
  /** Index in `SpecDocument.sections`. */
  readonly section: number;
  readonly ticket?: TicketMarker | null;
  readonly system?: SystemEdit;
  /** Adds the marker that takes the section and all below it out. */
  readonly skip?: true;
  /** Adds markers behind those that stand. */
  readonly realized?: readonly RealizedMarker[];
}

/** A section is edited at most once. What comes from a ticket is hostile here, and made safe when it is written. */
export interface SectionEdit extends MarkerEdit {
  /** The name behind the number, as plain text. `system` must come with it: an id derived from the old title would be lost. */
  readonly title?: string;
  readonly criteria?: CriteriaEdit;
  readonly blocks?: {
    /** The item's body sections, its own first. */
    readonly sections: readonly number[];
    readonly edits: readonly BlockEdit[];
  };
  /** New sections at the end of all that stands under this one. */
  readonly append?: readonly NewSection[];
}

export interface NewSection {
  readonly depth: 1 | 2 | 3 | 4 | 5 | 6;
  /** Plain text. */
  readonly title: string;
  /** Markdown. */
  readonly blocks: readonly string[];
  /** One line of inline Markdown each. */
  readonly criteria: readonly { readonly text: string; readonly checked: boolean }[];
  readonly ticket: TicketMarker;
  readonly system: SystemEdit | null;
}
