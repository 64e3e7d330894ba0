/** Sections that name one ticket: in specs alone, so that it is told offline too. Within one file the parser tells. */

import type { Diagnostic, Place } from "../model/diagnostic.ts";
import type { CompiledSpec } from "./compile-spec.ts";

export function ticketTwins(specs: readonly CompiledSpec[]): readonly Diagnostic[] {
  const named = new Map<string, { readonly key: string; readonly places: Place[] }>();
  for (const { doc, sections } of specs) {
    for (const { section, target, reason } of sections) {
      if (section.ticket === null || target === null || reason !== null) continue;
      const { key } = section.ticket;
      const one = named.get(`${target.name} ${key}`) ?? { key, places: [] };
      one.places.push({ path: doc.path, line: section.heading?.line ?? 1 });
      named.set(`${target.name} ${key}`, one);
    }
  }
  return [...named.values()].flatMap(({ key, places }) => (places.length < 2 ? [] : places.map((place) => namedTwice(key, place, places))));
}

export function namedTwice(key: string, place: Place, twins: readonly Place[]): Diagnostic {
  return {
    code: "ticket-twice",
    severity: "error",
    place,
    also: twins.filter((twin) => twin.path !== place.path || twin.line !== place.line),
    message: `${key} is named by ${twins.length} sections; a ticket belongs to one.`,
  };
}
