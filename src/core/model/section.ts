/** A root heading of a spec with what stands under it up to the next heading; `depth` 0 is the document itself. */

import type { Marker, Span } from "./marker.ts";
import type { SpecStatus } from "./status.ts";
import type { TicketMarker } from "./marker.ts";

export type Depth = 0 | 1 | 2 | 3 | 4 | 5 | 6;

/** One task-list item: an acceptance criterion. */
export interface Criterion {
  /** Its first paragraph as one line of inline Markdown; the key of the criterion after `canonicalText`. */
  readonly text: string;
  readonly checked: boolean;
  /** The line of its list item, from 1. */
  readonly line: number;
}

/** One block of the root that belongs to the body of a section: no marker, and no list that holds criteria only. */
export interface SourceBlock {
  /** The mdast type: paragraph, list, code, table, heading … */
  readonly type: string;
  /** Offsets in the text of the file. No lines and no object of its own: a workspace may hold a million blocks. */
  readonly start: number;
  readonly end: number;
  /** What is left of the source of a list once its criteria are taken out; null where it holds none. */
  readonly rest: string | null;
}

export interface Section {
  /** Position in `SpecDocument.sections`. */
  readonly index: number;
  readonly depth: Depth;
  /** The heading as plain text, white space folded; for the document: front matter title, h1, or file name. */
  readonly title: string;
  /** The title without its number ("3.1 Key generation" → "Key generation"): what a ticket is called. */
  readonly name: string;
  /** Unique in the file: from the system marker, else derived from the title. "" is the document. */
  readonly id: string;
  readonly idFrom: "marker" | "title";
  /** Index of the nearest enclosing section (0, the document, for the outermost); -1 for the document. */
  readonly parent: number;
  /** The heading's lines; null for the document, unless it stands for an item with its h1 (`withDocumentItem`). */
  readonly heading: Span | null;
  readonly markers: readonly Marker[];
  /** The one ticket marker, where there is exactly one; two different ones stop the section with a diagnostic. */
  readonly ticket: TicketMarker | null;
  readonly status: SpecStatus | null;
  readonly generation: number;
  /** True where a `skip` marker stands on it or on a section around it. */
  readonly skipped: boolean;
  /** True for an "Acceptance Criteria" heading: no section of its own, its criteria belong to another. */
  readonly isCriteriaHeading: boolean;
  /** True where a diagnostic of this section forbids to act on it (ticket twice, id twice, broken marker). */
  readonly stopped: boolean;
  readonly criteria: readonly Criterion[];
  readonly blocks: readonly SourceBlock[];
}
