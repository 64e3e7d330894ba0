/** What people wrote on a ticket and the spec does not say yet: closing the ticket would put it away. */

import type { FieldName } from "../model/item.ts";
import type { Ticket } from "../model/ticket.ts";
import { shellWord } from "../text/shell-word.ts";
import { compareItem } from "./compare-item.ts";
import type { CompiledItem } from "./compile-items.ts";
import type { PlanInput, TargetState } from "./plan-input.ts";
import { specText } from "./spec-text.ts";

export interface Unpulled {
  readonly fields: readonly FieldName[];
  /** What ends it, ready to paste. */
  readonly command: string;
}

/** What people write words, ticks and states into; where a ticket stands, and its labels, are nothing to lose. */
const WRITTEN: readonly FieldName[] = ["title", "status", "criteria", "body"];

/** null: the spec has all of it, or both sides know of the difference. */
export function unpulled(item: CompiledItem, ticket: Ticket, { view }: TargetState, input: Pick<PlanInput, "render">): Unpulled | null {
  const text = specText(item, item.entry.section.name || item.fields.title, view, () => input.render(item));
  const comparison = compareItem(item, ticket, { parent: null, parentAddress: null, text, view, prefers: () => null });
  const written = (fields: readonly { readonly field: FieldName }[]): readonly FieldName[] =>
    WRITTEN.filter((name) => fields.some(({ field }) => field === name));
  const conflicts = written(comparison.conflicts);
  const moved = comparison.observed.filter(({ verdict }) => verdict === "pull");
  const owned = written(moved);
  const pulled = written(comparison.pulled);
  const fields = WRITTEN.filter((field) => [...conflicts, ...owned, ...pulled].includes(field));
  if (fields.length === 0) return null;
  const address = shellWord(item.addressText);
  if (conflicts.length > 0) return { fields, command: `canon resolve ${address}` };
  const absorbed = owned.filter((field) => field === "title" || field === "body");
  const command = `canon pull ${address}${absorbed.length > 0 ? ` --absorb ${absorbed.join(",")}` : ""}`;
  return { fields, command: `${command} brings it into the spec; canon apply ${address} --revert ${fields.join(",")} drops it.` };
}
