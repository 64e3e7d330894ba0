/** Gives every section its id: those in markers are taken first, the others get the first free form of their title's slug. */

import { slugOf } from "../text/slug.ts";
import { nameOf } from "./apply-markers.ts";
import { placeOf, type SectionDraft, type SpecDraft } from "./section-draft.ts";

export function assignIds(draft: SpecDraft): void {
  const headings = draft.sections.slice(1);
  const taken = new Set(headings.flatMap((section) => (section.idFrom === "marker" ? [section.id] : [])));
  // Ids are never given back, so the search for a free one can go on where the last one of that slug ended.
  const tried = new Map<string, number>();
  for (const section of headings) {
    if (section.idFrom === "marker") continue;
    section.id = firstFree(slugOf(section.name) || "section", taken, tried);
    taken.add(section.id);
  }
}

function firstFree(slug: string, taken: ReadonlySet<string>, tried: Map<string, number>): string {
  let next = tried.get(slug) ?? 1;
  let id = next === 1 ? slug : `${slug}-${next}`;
  while (taken.has(id)) id = `${slug}-${++next}`;
  tried.set(slug, next + 1);
  return id;
}

/** The same id, or the same ticket, on two sections of a file stops both. */
export function stopDuplicates(draft: SpecDraft): void {
  stopShared(draft, "id-twice", "The id", (section) => (section.idFrom === "marker" && section.index > 0 ? section.id : null));
  stopShared(draft, "ticket-twice", "The ticket", (section) => (section.ticket ? nameOf(section.ticket) : null));
}

function stopShared(draft: SpecDraft, code: "id-twice" | "ticket-twice", what: string, keyOf: (section: SectionDraft) => string | null): void {
  const holders = Map.groupBy(draft.sections, keyOf);
  for (const [key, sections] of holders) {
    const [first, ...others] = sections;
    if (key === null || !first || others.length === 0) continue;
    for (const section of sections) section.stopped = true;
    draft.diagnostics.push({
      code,
      severity: "error",
      message: `${what} ${key} is on ${sections.length} sections: ${sections.map((section) => `"${section.title}"`).join(", ")}. They are left alone.`,
      place: placeOf(draft, first),
      also: others.map((section) => placeOf(draft, section)),
    });
  }
}
