/** Which code plan and apply end with, and which wins when several apply (design 4). */

import { describe, expect, it } from "vitest";
import type { ChangeResult } from "../../src/core/model/apply-report.ts";
import { EXIT, worstExit } from "../../src/core/model/exit-code.ts";
import { applyExit, planExit } from "../../src/core/plan/exit-codes.ts";
import type { Question } from "../../src/core/model/plan.ts";
import { aChange, aField, aPlan } from "../views/plan-builder.ts";

const conflict = aChange({ title: "Keys", action: "noop", reason: "both-edited" });
const behind = aChange({ title: "Keys", action: "noop", reason: "behind" });
const question: Question = { kind: "canceled", target: "main", address: null, key: "PAY-1", text: "It was cancelled.", hint: "Reopen it." };
const error = { code: "ticket-twice", severity: "error", message: "twice" } as const;

describe("plan", () => {
  it.each([
    ["nothing", {}, EXIT.ok, EXIT.ok],
    ["changes", { changes: [aChange({ title: "Keys" })] }, EXIT.ok, EXIT.changes],
    ["drift only", { observed: [aChange({ title: "Keys", held: [aField({ field: "title", verdict: "pull" })] })] }, EXIT.ok, EXIT.drift],
    ["what both sides left different", { observed: [aChange({ title: "Keys", held: [aField({ field: "title", verdict: "apart" })] })] }, EXIT.ok, EXIT.ok],
    ["changes and drift", { changes: [aChange({ title: "Keys" })], observed: [aChange({ title: "Keys" })] }, EXIT.ok, EXIT.changes],
    ["questions", { questions: [question] }, EXIT.ok, EXIT.conflicts],
    ["conflicts", { conflicts: [conflict], changes: [aChange({ title: "Keys" })] }, EXIT.conflicts, EXIT.conflicts],
    ["behind", { conflicts: [behind] }, EXIT.stale, EXIT.stale],
    ["errors", { diagnostics: [error], changes: [aChange({ title: "Keys" })] }, EXIT.error, EXIT.error],
  ] as const)("%s", (_what, parts, plain, detailed) => {
    expect([planExit(aPlan(parts), false), planExit(aPlan(parts), true)]).toEqual([plain, detailed]);
  });
});

describe("apply", () => {
  const change = aChange({ title: "Keys" });
  const result = (state: ChangeResult["state"]): ChangeResult => ({
    change: change.digest,
    address: change.address,
    target: change.target,
    key: null,
    state,
    message: null,
    hint: null,
  });

  it.each([
    ["all done", ["done"], {}, EXIT.ok],
    ["one of two failed", ["done", "failed"], {}, EXIT.partly],
    ["all failed", ["failed"], {}, EXIT.error],
    ["all held: somebody edited since", ["held"], {}, EXIT.stale],
    ["an answer was lost", ["done", "unknown"], {}, EXIT.unknown],
    ["a marker could not be written", ["done"], { unmarked: 1 }, EXIT.partly],
    ["interrupted", ["done", "held"], { interrupted: true }, EXIT.interrupted],
  ] as const)("%s", (_what, states, more, code) => {
    const plan = aPlan({ changes: states.map(() => change) });
    expect(applyExit({ plan, results: states.map(result), unmarked: 0, interrupted: false, ...more })).toBe(code);
  });
});

it("lets the worst code win, in the order of design 4", () => {
  expect(worstExit([0, 2, 4, 6, 1])).toBe(EXIT.stale);
  expect(worstExit([130, 8, 70])).toBe(EXIT.bug);
  expect(worstExit([])).toBe(EXIT.ok);
});
