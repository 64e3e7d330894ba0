/** What people read of a plan, case by case, in a wide and in a narrow window. */

import { FORWARD } from "../../src/core/plan/selection.ts";
import { fc } from "../harness/property.ts";
import { describe, expect, test } from "vitest";
import { displayWidth } from "../../src/core/text/terminal-text.ts";
import { pageOf, unpainted } from "../../src/views/paint.ts";
import { planText } from "../../src/views/plan-text.ts";
import { planView } from "../../src/views/plan-view.ts";
import { expectGolden } from "./golden.ts";
import { aChange, aField, aPlan, aTarget } from "./plan-builder.ts";
import { manyCreates, PLAN_CASES } from "./plan-cases.ts";
import { processorTimeSince } from "../harness/processor-time.ts";

const text = (plan: Parameters<typeof planView>[0], columns: number): string => planText(planView(plan), pageOf(columns, unpainted));

describe("a plan as text", () => {
  for (const [name, plan] of Object.entries(PLAN_CASES)) {
    for (const columns of [80, 40]) test(`${name}, ${columns} columns`, () => expectGolden(`plan/${name}-${columns}.txt`, text(plan, columns)));
  }

  test("shows every create of a long plan, and its numbers at the end", () => {
    const lines = text(manyCreates(1000), 80).trimEnd().split("\n");
    expect(lines.filter((line) => line.startsWith("  + Story  Section "))).toHaveLength(1000);
    expect(lines.slice(-2)).toEqual(["  1,000 creates                                               21 requests, ~42 s", "  next: canon apply"]);
  });

  test("offers the saved plan, and repeats the selection it was made with", () => {
    const selection = { addresses: ["specs/a b.md#x"], exclude: ["specs/c.md"], targets: ["oss"], includeDone: true, ...FORWARD };
    const plan = aPlan({ selection, changes: [aChange({ title: "One" })] });
    expect(planView(plan).next).toEqual(["canon apply 'specs/a b.md#x' --exclude specs/c.md --target oss --include-done"]);
    expect(planView(plan, { savedAs: "plan.json" }).next).toEqual(["canon apply plan.json"]);
  });

  test("offers no apply where nothing may be applied", () => {
    const plan = aPlan({ changes: [aChange({ title: "One" })], targets: [aTarget({ applyable: false, why: "not main" })] });
    expect(planView(plan).next).toEqual([]);
  });
});

describe("laws", () => {
  const titles = fc
    .array(
      fc.oneof(fc.string({ unit: "grapheme" }), fc.string({ unit: "binary" }), fc.constantFrom("支払い", "תשלום", "👩‍👩‍👧", "a\tb\nc\u001b[31m", "\u202eevil")),
      { minLength: 1, maxLength: 6 },
    )
    .map((parts) => parts.join(" "));

  test("no line is wider than the page, whatever titles say", () => {
    fc.assert(
      fc.property(fc.array(titles, { minLength: 1, maxLength: 8 }), fc.integer({ min: 40, max: 120 }), (all, columns) => {
        const changes = all.map((title, index) =>
          aChange({
            title,
            digest: `d${index}`,
            address: `specs/a.md#s${index}`,
            key: index % 2 ? `ENG-${index}` : null,
            action: index % 2 ? "update" : "create",
            fields: [aField({ field: "title", live: "before", spec: title })],
          }),
        );
        const lines = text(aPlan({ changes, titles: { "specs/a.md": all[0] ?? "" } }), columns).split("\n");
        expect(lines.filter((line) => displayWidth(line) > columns)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test("nothing printed can do anything to a terminal", () => {
    fc.assert(
      fc.property(titles, (title) => {
        expect(text(aPlan({ changes: [aChange({ title })], titles: { "specs/payments.md": title } }), 80)).not.toMatch(
          /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/,
        );
      }),
      { numRuns: 300 },
    );
  });

  test("the same plan always reads the same", () => {
    for (const plan of Object.values(PLAN_CASES)) expect(text(plan, 80)).toBe(text(structuredClone(plan), 80));
  });

  test("25,000 changes are shown in a moment", () => {
    const plan = manyCreates(25_000);
    text(plan, 80);
    const began = process.cpuUsage();
    expect(text(plan, 80).split("\n").length).toBeGreaterThan(25_000);
    // 60 to 150 ms alone on two cores; the rest is for machines that do other things.
    expect(processorTimeSince(began)).toBeLessThan(1500);
  });
});
