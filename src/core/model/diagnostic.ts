/** A message about something an author can change: code, place and hint. Parsing gathers them and never throws. */

import type { DiagnosticCode } from "../codes.ts";

export type Severity = "error" | "warning" | "notice";

/** Where it happened. Lines and columns count from 1; `path` is relative to the workspace root, with `/`. */
export interface Place {
  readonly path: string;
  readonly line?: number;
  readonly column?: number;
}

export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  /** What happened, in one sentence. */
  readonly message: string;
  readonly place?: Place;
  /** What to do next, in one sentence. The catalogue's general hint serves where it is absent. */
  readonly hint?: string;
  /** Further places that belong to it, such as the other section that carries the same ticket. */
  readonly also?: readonly Place[];
}
