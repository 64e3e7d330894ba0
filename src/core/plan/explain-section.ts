/** Explains one section: selection, target, ticket, and the verdict on every field. */

import { parseAddress, printAddress } from "../address.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Explanation } from "../model/explanation.ts";
import type { FieldChange } from "../model/plan.ts";
import { compareItem } from "./compare-item.ts";
import type { CompiledSection, CompiledSpec } from "./compile-spec.ts";
import { linkItems } from "./link-items.ts";
import type { MadePlan } from "./make-plan.ts";
import type { PlanInput } from "./plan-input.ts";
import { specText } from "./spec-text.ts";

/** null: no section has the address. */
export function explainSection(text: string, { plan }: MadePlan, input: PlanInput): Explanation | null {
  const address = parseAddress(text);
  const spec = input.specs.find(({ doc }) => doc.path === address?.path);
  const entry = spec?.sections.find(({ section }) => section.id === address?.id);
  if (!address || !spec || !entry) return null;
  const named = printAddress(address);
  const link = linkItems(input.items, input).find(({ item }) => item.addressText === named);
  const linked = link && "ticket" in link ? link : null;
  const { target } = entry;
  return {
    address: named,
    line: entry.section.heading?.line ?? 1,
    title: entry.section.name || entry.section.title,
    reason: entry.reason,
    target: target && { name: target.name, system: target.system, project: target.project },
    chosenBy: chosenBy(entry, spec, input),
    key: linked?.ticket.key ?? entry.section.ticket?.key ?? null,
    url: linked?.ticket.url ?? null,
    foundBy: linked?.via ?? null,
    fields: linked ? fieldsOf(linked, input) : [],
    change: [...plan.changes, ...plan.observed, ...plan.conflicts].find((change) => change.address === named) ?? null,
    questions: plan.questions.filter((question) => question.address === named),
    problems: plan.diagnostics.filter(isAbout(entry, spec)),
  };
}

/** Diagnostics between its heading and the next one; those of the whole file too. */
function isAbout({ section }: CompiledSection, { doc }: CompiledSpec): (diagnostic: Diagnostic) => boolean {
  const first = section.heading?.line ?? 1;
  const end = doc.sections[section.index + 1]?.heading?.line ?? Infinity;
  return ({ place }) =>
    place?.path === doc.path && (place.line === undefined || (place.line >= first && place.line < end) || doc.sections[0]?.stopped === true);
}

function fieldsOf(link: Extract<ReturnType<typeof linkItems>[number], { ticket: unknown }>, input: PlanInput): readonly FieldChange[] {
  const state = input.targets.get(link.item.target);
  if (!state) return [];
  const { item, ticket } = link;
  const text = specText(item, item.fields.title, state.view, () => input.render(item));
  const above = item.fields.parent ? input.items.find(({ address }) => printAddress(address) === printAddress(item.fields.parent ?? address)) : undefined;
  const parent = above === undefined ? null : above.key === null ? ("new" as const) : { key: above.key };
  const comparison = compareItem(item, ticket, {
    ...{ parent, parentAddress: above ? printAddress(above.address) : null },
    ...{ text, view: state.view, prefers: () => null },
  });
  return comparison.all;
}

function chosenBy(entry: CompiledSection, { doc }: CompiledSpec, { config }: PlanInput): string {
  if (entry.section.ticket) return "its marker";
  if (!entry.target) return "no rule";
  if (doc.frontMatter.ticketProject !== null) return "ticket_project of the front matter";
  const rule = config.routing.findIndex(({ target }) => target === entry.target?.name);
  return rule < 0 ? "the only target" : `rule ${rule + 1} of routing`;
}
