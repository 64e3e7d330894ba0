/** What may be written of a ticket while its type, or that of the one above it, is not what the headings ask for. */

import type { Ticket } from "../model/ticket.ts";
import type { CompiledItem } from "./compile-items.ts";
import type { FieldVerdict } from "./field-verdict.ts";
import type { LinkedItem } from "./link-items.ts";
import { fitsBelow } from "./nesting.ts";
import type { TargetView } from "./target-view.ts";

/**
 * A type that cannot be written is a question; one that people chose, or that both sides changed, is told. As what it is
 * until then, a ticket may have no place below its new parent: it stays where it stands, too.
 */
export function withoutLevel(
  push: readonly FieldVerdict[],
  item: CompiledItem,
  ticket: Ticket,
  above: LinkedItem | undefined,
  { convertsTypes, nesting }: Pick<TargetView, "convertsTypes" | "nesting">,
): readonly FieldVerdict[] {
  const left = convertsTypes ? push : push.filter(({ field }) => field !== "type");
  if (!left.some(({ field }) => field === "parent")) return left;
  const type = left.some(({ field }) => field === "type") ? item.fields.type : ticket.type;
  const fits = typesOf(above, convertsTypes).some((one) => fitsBelow(type, one, nesting));
  return fits ? left : left.filter(({ field }) => field !== "parent");
}

/** Where Canon can convert the one above, this very run may do so. */
function typesOf(above: LinkedItem | undefined, convertsTypes: boolean): readonly (string | null)[] {
  if (above === undefined) return [null];
  const { type } = above.item.fields;
  if (!("ticket" in above)) return [type];
  return convertsTypes ? [above.ticket.type, type] : [above.ticket.type];
}
