/** The fault "refuse" inside a batch. Linear's batch create is one transaction, so a bad element fails all, and is bad again when it is sent alone. */

import { given } from "./compare.ts";
import { invalid } from "./linear-problem.ts";
import type { WrittenField } from "./request-meaning.ts";

/** Called before a field of a mutation is carried out, with its key in the answer; throws where one of its elements is refused. */
export type StrikeField = (key: string, args: unknown) => void;

export interface Refusals {
  /** For one request: `refused` counts through the elements of `fields`. */
  strike(refused: ReadonlySet<number>, fields: readonly WrittenField[]): StrikeField;
}

export function refusals(): Refusals {
  const bad = new Set<string>();
  return {
    strike: (refused, fields) => {
      const first = new Map<string, number>();
      let elements = 0;
      for (const field of fields) {
        first.set(field.key, elements);
        elements += field.elements;
      }
      return (key, args) => {
        const from = first.get(key);
        if (from === undefined) return;
        const input = given(given(args)["input"]);
        const ids = (Array.isArray(input["issues"]) ? input["issues"].map(given) : [input]).map(({ id }) => (typeof id === "string" ? id : ""));
        const count = fields.find((field) => field.key === key)?.elements ?? 1;
        const hit = Array.from({ length: count }, (_, index) => index).find((index) => refused.has(from + index) || bad.has(ids[index] ?? ""));
        if (hit === undefined) return;
        const id = ids[hit] ?? "";
        // Refused alone it has been named: the next request with it is another matter.
        if (count === 1) bad.delete(id);
        else if (id !== "") bad.add(id);
        throw invalid("title is not allowed here");
      };
    },
  };
}
