/** Compiled specs → what `canon list` tells of them. */

import type { Diagnostic } from "../model/diagnostic.ts";
import type { ListedSection, ListedSpec, ListReport } from "../model/list-report.ts";
import type { Selection } from "../model/plan.ts";
import { concerns, isWhole, selector } from "./selection.ts";
import { ticketTwins } from "./ticket-twins.ts";
import { addressOf, type CompiledSection, type CompiledSpec } from "./compile-spec.ts";

export function listReport(specs: readonly CompiledSpec[], selection: Selection, diagnostics: readonly Diagnostic[]): ListReport {
  const listed: ListedSpec[] = [];
  const totals = new Map<string, { fresh: number; linked: number }>();
  const all: Diagnostic[] = [...diagnostics];
  const chosen = selector(selection);
  for (const spec of specs) {
    const entries = spec.sections
      .filter((entry) => entry.section.depth > 0 || entry.reason === null)
      .filter(({ section, target }) => chosen({ path: spec.doc.path, id: section.id }, target?.name ?? null));
    all.push(...spec.diagnostics);
    if (entries.length === 0 && !isWhole(selection)) continue;
    const { target } = spec;
    listed.push({
      path: spec.doc.path,
      title: spec.doc.sections[0]?.title ?? spec.doc.path,
      target: target && { name: target.name, system: target.system, project: target.project },
      sections: entries.map((entry) => listSection(spec, entry)),
    });
    for (const entry of entries) if (entry.reason === null && entry.target) count(totals, entry.target.name, entry.section.ticket !== null);
  }
  all.push(...ticketTwins(specs));
  return {
    specs: listed,
    totals: Object.fromEntries(totals),
    diagnostics: all.filter(
      concerns(
        selection,
        specs.map(({ doc }) => doc),
      ),
    ),
  };
}

function listSection(spec: CompiledSpec, entry: CompiledSection): ListedSection {
  const { section, criteria } = entry;
  const parent = entry.parent >= 0 ? spec.sections[entry.parent] : undefined;
  return {
    address: addressOf(spec.doc, section),
    line: section.heading?.line ?? 1,
    depth: section.depth,
    title: section.name || section.title,
    type: entry.type,
    key: section.ticket?.key ?? null,
    status: section.status,
    parent: parent ? addressOf(spec.doc, parent.section) : null,
    criteria: { total: criteria.length, checked: criteria.filter(({ checked }) => checked).length },
    reason: entry.reason,
  };
}

function count(totals: Map<string, { fresh: number; linked: number }>, name: string, linked: boolean): void {
  const total = totals.get(name) ?? { fresh: 0, linked: 0 };
  totals.set(name, { fresh: total.fresh + (linked ? 0 : 1), linked: total.linked + (linked ? 1 : 0) });
}
