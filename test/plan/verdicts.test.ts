/** The table of semantics 5, row by row: who moved, who agrees, what follows. */

import { describe, expect, it } from "vitest";
import type { Verdict } from "../../src/core/model/verdict.ts";
import { judgeField } from "../../src/core/plan/verdicts.ts";

const ROWS: readonly (readonly [why: string, base: boolean, specMoved: boolean, liveMoved: boolean, agreed: boolean, equal: boolean, verdict: Verdict])[] = [
  ["neither moved, agreed", true, false, false, true, false, "converged"],
  ["both sides say the same", true, true, true, true, true, "converged"],
  ["both sides say the same, never agreed", true, true, true, false, true, "converged"],
  ["only the spec moved", true, true, false, true, false, "push"],
  ["only the ticket moved", true, false, true, true, false, "pull"],
  ["only the ticket moved, never agreed", true, false, true, false, false, "pull"],
  ["neither moved, never agreed", true, false, false, false, false, "apart"],
  ["the spec moved, never agreed", true, true, false, false, false, "conflict"],
  ["both moved", true, true, true, true, false, "conflict"],
  ["no base, different", false, true, true, false, false, "conflict"],
  ["no base, equal", false, true, true, false, true, "converged"],
];

describe("the verdict on a field", () => {
  it.each(ROWS)("%s", (_why, hasBase, specMoved, liveMoved, agreed, equal, verdict) => {
    expect(judgeField({ hasBase, specMoved, liveMoved, agreed, equal })).toBe(verdict);
  });

  it("writes nothing where both sides are equal, whatever happened before", () => {
    const bits = [true, false];
    for (const hasBase of bits)
      for (const specMoved of bits)
        for (const liveMoved of bits) for (const agreed of bits) expect(judgeField({ hasBase, specMoved, liveMoved, agreed, equal: true })).toBe("converged");
  });

  it("pushes only over a ticket that nobody touched since both sides agreed", () => {
    const bits = [true, false];
    for (const hasBase of bits)
      for (const specMoved of bits)
        for (const liveMoved of bits)
          for (const agreed of bits)
            if (judgeField({ hasBase, specMoved, liveMoved, agreed, equal: false }) === "push")
              expect({ hasBase, specMoved, liveMoved, agreed }).toEqual({ hasBase: true, specMoved: true, liveMoved: false, agreed: true });
  });
});

describe("law 13: what apply leaves on the ticket", () => {
  const VALUES = ["a", "b", "c"];
  /** base, spec, live → the ticket afterwards, and whether anything was written. */
  const outcome = (base: string, spec: string, live: string): { readonly after: string; readonly written: boolean } => {
    const written = judgeField({ hasBase: true, specMoved: spec !== base, liveMoved: live !== base, agreed: true, equal: spec === live }) === "push";
    return { after: written ? spec : live, written };
  };

  it("merge(B, S, B) = S", () => {
    for (const base of VALUES) for (const spec of VALUES) expect(outcome(base, spec, base).after).toBe(spec);
  });

  it("merge(B, B, L) = L", () => {
    for (const base of VALUES) for (const live of VALUES) expect(outcome(base, base, live).after).toBe(live);
  });

  it("S = L writes nothing", () => {
    for (const base of VALUES) for (const both of VALUES) expect(outcome(base, both, both).written).toBe(false);
  });
});
