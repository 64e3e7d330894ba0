/** What a merged pull request writes into a section that it implements: where the code is, and a status that only moves forward. */

import type { RealizedMarker } from "../model/marker.ts";
import type { Section } from "../model/section.ts";
import type { SpecStatus } from "../model/status.ts";
import type { SectionEdit } from "../spec/section-edit.ts";

/** null: all of it stands there, and a status that somebody set since is not moved again. `isHeld`: its ticket has moved, and the spec follows that. */
export function realizedEdit(section: Section, pullRequest: number, paths: readonly string[], isHeld: boolean): SectionEdit | null {
  const there = section.markers.flatMap(({ value }) => (value.kind === "realized-in" && value.pullRequest === pullRequest ? [value.path] : []));
  const realized = paths.filter((path) => !there.includes(path)).map((path): RealizedMarker => ({ kind: "realized-in", pullRequest, path, lines: null }));
  if (realized.length === 0) return null;
  const { index, id, idFrom, status, generation } = section;
  const next = isHeld ? status : statusAfter(status);
  // Without a system marker the section is no item by it, and a status would make it one.
  return { section: index, realized, ...(idFrom === "marker" && next !== status ? { system: { id, status: next, generation } } : {}) };
}

/** What a status is moved to. */
export const FORWARDED: SpecStatus = "in_progress";

/** A merge shows that work has begun. That it is done, only a verifier or a person can say. */
export function statusAfter(status: SpecStatus | null): SpecStatus | null {
  switch (status) {
    case "draft":
    case "todo":
      return FORWARDED;
    case "in_progress":
    case "blocked":
    case "done":
    case "deprecated":
    case null:
      return status;
  }
}
