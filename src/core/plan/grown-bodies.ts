/** Tells of texts that fit as they stand in the spec, and not as the tracker stores them: a document of Jira is several times its Markdown. */

import type { Diagnostic } from "../model/diagnostic.ts";
import type { Change } from "../model/plan.ts";
import { sourceLength } from "./compile-items.ts";
import type { LinkedItem } from "./link-items.ts";
import type { PlanInput } from "./plan-input.ts";
import { specText } from "./spec-text.ts";

/** Rendering waits, so what is shorter than this part of the limit is taken to fit. */
const CANNOT_GROW = 1 / 10;

/** `items`: every section by address. */
export function grownBodies(changes: readonly Change[], items: ReadonlyMap<string, LinkedItem>, { targets, render }: PlanInput): readonly Diagnostic[] {
  return changes.flatMap((change): readonly Diagnostic[] => {
    const item = items.get(change.address)?.item;
    const target = item && targets.get(item.target);
    if (!item || !target || !(change.action === "create" || change.fields.some(({ field }) => field === "body" || field === "criteria"))) return [];
    const { body: limit } = target.limits;
    const source = sourceLength(item.spec, item.sections);
    // What is too long already in the spec has been told.
    if (source > limit || source < limit * CANNOT_GROW) return [];
    const { format } = target.view;
    const text = specText(item, item.entry.section.name || item.fields.title, target.view, () => render(item));
    const { length } = format.print({ blocks: text.blocks(), criteria: item.fields.criteria, footer: text.footer });
    if (length <= limit) return [];
    return [
      {
        code: "body-too-long",
        severity: "warning",
        place: { path: item.address.path, line: item.line },
        message: `The text has ${length} characters as ${item.target} stores it, which takes ${limit}, so it will not be sent.`,
      },
    ];
  });
}
