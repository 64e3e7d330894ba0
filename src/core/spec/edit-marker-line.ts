/** Changes one attribute of a marker line and leaves every other byte of it. */

import type { MarkerValue, SystemMarker, TicketMarker } from "../model/marker.ts";
import type { SpecStatus } from "../model/status.ts";
import { systemToken, ticketToken } from "./print-marker.ts";

export interface SystemEdit {
  readonly id: string;
  readonly status: SpecStatus | null;
  readonly generation: number;
}

export function editTicketLine(line: string, current: MarkerValue, next: TicketMarker): string {
  if (current.kind !== "ticket" || (current.system === next.system && current.key === next.key)) return line;
  return line.replace(/ticket:\S*/, () => ticketToken(next.system, next.key));
}

export function editSystemLine(line: string, current: SystemMarker, next: SystemEdit): string {
  let edited = line;
  if (current.id !== next.id) edited = edited.replace(/system:\S*/, () => systemToken(next.id));
  if (current.status !== next.status) edited = setAttribute(edited, "status", next.status);
  if (current.generation !== next.generation) edited = setAttribute(edited, "gen", next.generation === 1 ? null : String(next.generation));
  return edited;
}

/** A new attribute goes where the printer puts it: status behind the id, gen behind the status. */
function setAttribute(line: string, name: "status" | "gen", value: string | null): string {
  const present = new RegExp(`([ \\t]+)${name}:[^ \\t]*`);
  if (value === null) return line.replace(present, "");
  if (present.test(line)) return line.replace(present, `$1${name}:${value}`);
  const before = name === "gen" && /[ \t]status:[^ \t]/.test(line) ? /[ \t]status:[^ \t]*/ : /system:[^ \t]*/;
  return line.replace(before, (found) => `${found} ${name}:${value}`);
}
