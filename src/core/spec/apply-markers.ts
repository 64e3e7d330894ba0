/** What the markers of a section say together: its ticket, id, status and generation; two that disagree stop it. */

import type { MarkerValue, SystemMarker, TicketMarker } from "../model/marker.ts";
import type { SectionDraft, SpecDraft } from "./section-draft.ts";

export function applyMarkers(draft: SpecDraft): void {
  for (const section of draft.sections) {
    const above = draft.sections[section.parent];
    section.skipped = above?.skipped ?? false;
    for (const { value, span } of section.markers) applyMarker(section, value, span.line, draft);
    // A ticket or an id of its own makes a section of what is otherwise only a list of criteria.
    section.isCriteriaHeading &&= section.ticket === null && section.idFrom === "title";
  }
}

function applyMarker(section: SectionDraft, value: MarkerValue, line: number, draft: SpecDraft): void {
  switch (value.kind) {
    case "ticket":
      return applyTicket(section, value, line, draft);
    case "system":
      return applySystem(section, value, line, draft);
    case "skip":
      section.skipped = true;
      return;
    case "realized-in":
    case "removed":
    case "unknown":
  }
}

function applyTicket(section: SectionDraft, value: TicketMarker, line: number, draft: SpecDraft): void {
  if (section.ticket === null) section.ticket = value;
  else if (nameOf(section.ticket) === nameOf(value)) tellRepeated(nameOf(value), line, draft);
  else stop(section, `two tickets: ${nameOf(section.ticket)} and ${nameOf(value)}`, line, draft);
}

function applySystem(section: SectionDraft, value: SystemMarker, line: number, draft: SpecDraft): void {
  if (section.idFrom === "title") {
    section.id = value.id;
    section.idFrom = "marker";
    section.status = value.status;
    section.generation = value.generation;
    return;
  }
  if (section.id !== value.id) return stop(section, `two ids: ${section.id} and ${value.id}`, line, draft);
  if (section.status !== value.status) return stop(section, `two statuses: ${section.status ?? "none"} and ${value.status ?? "none"}`, line, draft);
  if (section.generation !== value.generation) return stop(section, `two generations: ${section.generation} and ${value.generation}`, line, draft);
  tellRepeated(value.id, line, draft);
}

export function nameOf(ticket: TicketMarker): string {
  return `${ticket.system} ${ticket.key}`;
}

function tellRepeated(what: string, line: number, draft: SpecDraft): void {
  draft.diagnostics.push({
    code: "marker-repeated",
    severity: "notice",
    message: `The marker for ${what} stands here twice.`,
    place: { path: draft.path, line },
  });
}

function stop(section: SectionDraft, what: string, line: number, draft: SpecDraft): void {
  section.stopped = true;
  draft.diagnostics.push({
    code: "marker-conflict",
    severity: "error",
    message: `"${section.title}" has markers for ${what}. It is left alone until one of them is gone.`,
    place: { path: draft.path, line },
  });
}
