/** Whose side was taken for which field of which section, from what was typed: --revert, --absorb, resolve and adopt. */

import type { FieldName } from "../model/item.ts";
import type { Selection } from "../model/plan.ts";
import type { Side } from "./side.ts";

/** Answers by address, then by field. */
export type Sides = (address: string) => (field: FieldName) => Side;

export function sidesOf({ revert, absorb, decisions }: Pick<Selection, "revert" | "absorb" | "decisions">): Sides {
  const kept = new Map<string, (field: FieldName) => Side>();
  for (const decision of decisions) {
    if (decision.kind === "keep") kept.set(decision.address, keeps(decision.field, decision.keep, kept.get(decision.address)));
    if (decision.kind === "adopt" && decision.keep !== "both") kept.set(decision.address, keeps(null, decision.keep, kept.get(decision.address)));
  }
  const general =
    revert.length + absorb.length === 0 ? NOBODY : (field: FieldName): Side => (revert.includes(field) ? "revert" : absorb.includes(field) ? "absorb" : null);
  if (kept.size === 0) return () => general;
  return (address) => {
    const own = kept.get(address);
    return own === undefined ? general : (field) => own(field) ?? general(field);
  };
}

const NOBODY = (): Side => null;

/** One address may be answered field by field. */
function keeps(asked: FieldName | null, keep: Side, before: ((field: FieldName) => Side) | undefined): (field: FieldName) => Side {
  return (field) => (asked === null || asked === field ? keep : (before?.(field) ?? null));
}
