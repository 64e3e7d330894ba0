/** The marker lines of an item: those that a create writes, and the system line that other edits go out from. */

import type { SpecStatus } from "../model/status.ts";
import type { SystemEdit } from "../spec/edit-marker-line.ts";
import type { SectionEdit } from "../spec/section-edit.ts";
import type { CompiledItem } from "./compile-items.ts";

/** The document's address has no id, but its system marker needs one. */
export const DOCUMENT_ID = "document";

/** The marker edit for a ticket: its line, and the system line that freezes the id with the status it was written with. `status`: that of an adopted ticket. */
export function markerEdit(item: CompiledItem, key: string, status: SpecStatus | null = null): SectionEdit {
  const { section, target } = item.entry;
  const hasSystem = section.markers.some((marker) => marker.value.kind === "system");
  return {
    section: section.index,
    ticket: { kind: "ticket", system: target?.system ?? "local", key },
    ...(hasSystem && section.status !== null && status === null && item.generation === section.generation
      ? {}
      : { system: { ...systemEdit(item), status: status ?? item.entry.status } }),
  };
}

/** The system line as the section has it, or would have it. */
export function systemEdit({ entry: { section }, generation }: CompiledItem): SystemEdit {
  return { id: section.id || DOCUMENT_ID, status: section.status, generation };
}
