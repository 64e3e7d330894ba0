/** The markers that a section should have once an edit is made, as Canon prints them. */

import type { MarkerValue } from "../model/marker.ts";
import type { Section } from "../model/section.ts";
import { printMarker } from "./print-marker.ts";
import type { MarkerEdit } from "./section-edit.ts";

export function intendedMarkers(section: Section, edit: MarkerEdit | undefined): readonly string[] {
  const values = section.markers.map(({ value }) => value);
  if (!edit) return values.map((value) => printMarker(value));
  const others = values.flatMap((value) => intendedValue(value, edit));
  const isNewTicket = edit.ticket && !values.some((value) => value.kind === "ticket");
  if (isNewTicket && edit.ticket) others.unshift(edit.ticket);
  if (edit.system && !values.some((value) => value.kind === "system")) {
    others.splice(others.findLastIndex((value) => value.kind === "ticket") + 1, 0, { kind: "system", unknown: [], ...edit.system });
  }
  if (edit.skip && !values.some((value) => value.kind === "skip")) others.unshift({ kind: "skip" });
  others.splice(others.findLastIndex(({ kind }) => REALIZED_BEHIND.includes(kind)) + 1, 0, ...(edit.realized ?? []));
  return others.map((value) => printMarker(value));
}

/** New `realized-in` markers stand behind the last of these. */
const REALIZED_BEHIND: readonly MarkerValue["kind"][] = ["ticket", "system", "realized-in"];

function intendedValue(value: MarkerValue, edit: MarkerEdit): MarkerValue[] {
  if (value.kind === "ticket" && edit.ticket !== undefined) return edit.ticket === null ? [] : [edit.ticket];
  if (value.kind === "system" && edit.system) return [{ ...value, ...edit.system }];
  return [value];
}
