/** What canon drift shows: the drift and the conflicts of a plan, and nothing else of it. */

import { describe, expect, test } from "vitest";
import { driftView } from "../../src/views/drift-view.ts";
import { pageOf, unpainted } from "../../src/views/paint.ts";
import { planMarkdown } from "../../src/views/plan-markdown.ts";
import { planText } from "../../src/views/plan-text.ts";
import { expectGolden } from "./golden.ts";
import { aChange, aField, aPlan, aTarget, paymentsPlan } from "./plan-builder.ts";
import { PLAN_CASES } from "./plan-cases.ts";

const CASES = {
  sample: paymentsPlan(),
  decisions: PLAN_CASES["decisions"] ?? aPlan(),
  drift: PLAN_CASES["drift"] ?? aPlan(),
  several: aPlan({
    titles: { "specs/a.md": "A", "specs/b.md": "תשלומים חוזרים" },
    targets: [aTarget({ inSync: 12, account: "dana@acme" }), aTarget({ name: "oss", system: "github", project: "acme/pay", complete: false })],
    observed: [
      aChange({
        key: "42",
        title: "B",
        address: "specs/b.md#b",
        target: "oss",
        held: [aField({ field: "status", verdict: "pull", spec: "Open", live: "Closed" })],
      }),
      aChange({ key: "ENG-1", title: "A", address: "specs/a.md#a", held: [aField({ field: "labels", verdict: "pull", spec: [], live: ["urgent"] })] }),
    ],
  }),
  none: aPlan({ targets: [aTarget({ inSync: 38 })], changes: [aChange({ title: "New" })] }),
};

describe("canon drift", () => {
  for (const [name, plan] of Object.entries(CASES)) {
    for (const columns of [40, 80]) {
      test(`${name}, ${columns} columns`, () => expectGolden(`drift/${name}-${columns}.txt`, planText(driftView(plan), pageOf(columns, unpainted))));
    }
    test(`${name}, Markdown`, () => expectGolden(`drift/${name}.md`, planMarkdown(driftView(plan))));
  }

  test("quiet cases have words", () => {
    const say = (plan = aPlan()): string => planText(driftView(plan), pageOf(80, unpainted));
    expect(say()).toBe("  No drift.\n");
    expect(say(CASES.none)).toBe("  No drift. 38 sections match jira ENG.\n");
    expect(say(aPlan({ diagnostics: [{ code: "spec-not-utf8", severity: "error", message: "Not UTF-8." }] }))).toContain("No drift that could be seen");
  });

  test("what the spec owns is not offered to pull, but both ways to end it are", () => {
    const titled = aPlan({ observed: [aChange({ key: "ENG-1", title: "A", held: [aField({ field: "title", verdict: "pull", spec: "A", live: "B" })] })] });
    expect(driftView(titled).next).toEqual(["take over: canon pull --absorb title", "put back: canon apply --revert title"]);
  });
});
