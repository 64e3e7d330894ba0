/** What one hidden comment `<!-- canon:… -->` says, and where it stands. */

import type { SpecStatus } from "./status.ts";
import type { System } from "./system.ts";

/** A run of the source: offsets in UTF-16 units (end exclusive), lines from 1. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly endLine: number;
}

export interface TicketMarker {
  readonly kind: "ticket";
  readonly system: System;
  readonly key: string;
}

export interface SystemMarker {
  readonly kind: "system";
  readonly id: string;
  readonly status: SpecStatus | null;
  /** The create generation; 1 where the marker names none. */
  readonly generation: number;
  /** Attributes we do not know, kept byte for byte when another is edited. */
  readonly unknown: readonly string[];
}

export interface RealizedMarker {
  readonly kind: "realized-in";
  readonly pullRequest: number;
  readonly path: string;
  readonly lines: string | null;
}

/** The reviewed tombstone of a section that is gone. */
export interface RemovedMarker {
  readonly kind: "removed";
  readonly system: System;
  readonly key: string;
  readonly mode: "close" | "forget";
}

export interface SkipMarker {
  readonly kind: "skip";
}

/** A keyword we do not know: kept, with a warning. */
export interface UnknownMarker {
  readonly kind: "unknown";
  readonly keyword: string;
}

export type MarkerValue = TicketMarker | SystemMarker | RealizedMarker | RemovedMarker | SkipMarker | UnknownMarker;

/** A marker and the whole line it stands on (without its line end). */
export interface Marker {
  readonly value: MarkerValue;
  readonly span: Span;
}
