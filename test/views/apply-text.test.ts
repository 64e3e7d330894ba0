/** What people read while a plan is carried out, and at its end. */

import { describe, expect, test } from "vitest";
import type { ApplyEvent, ApplyReport, ChangeResult } from "../../src/core/model/apply-report.ts";
import { EXIT } from "../../src/core/model/exit-code.ts";
import { advance, isWorthALine, notStarted } from "../../src/views/apply-progress.ts";
import { applyEnd, doubtText } from "../../src/views/apply-text.ts";
import { makeTree, treeText } from "../../src/views/apply-tree.ts";
import { besideTicket } from "../../src/views/beside-ticket.ts";
import { applyFrame } from "../../src/views/apply-window.ts";
import { eventLine } from "../../src/views/apply-words.ts";
import { displayWidth } from "../../src/core/text/terminal-text.ts";
import { pageOf, unpainted } from "../../src/views/paint.ts";
import { planView } from "../../src/views/plan-view.ts";
import { expectGolden } from "./golden.ts";
import { paymentsPlan } from "./plan-builder.ts";
import { manyCreates } from "./plan-cases.ts";

const plan = paymentsPlan({ commit: "abc" });
const [update, move, create] = plan.changes.map((change) => change.digest);
const changeOf = (digest: string): (typeof plan.changes)[number] | undefined => plan.changes.find((change) => change.digest === digest);
const page = pageOf(80, unpainted);

function result(change: string | undefined, parts: Partial<ChangeResult>): ChangeResult {
  const planned = changeOf(change ?? "");
  return {
    change: change ?? "",
    address: planned?.address ?? "",
    target: "engineering",
    key: planned?.key ?? null,
    state: "done",
    message: null,
    hint: null,
    ...parts,
  };
}

function report(parts: Partial<ApplyReport>): ApplyReport {
  return {
    run: "3f2a",
    plan: plan.digest,
    exitCode: EXIT.ok,
    results: [],
    marked: [],
    pulled: [],
    unmarked: [],
    requests: 12,
    seconds: 4.2,
    diagnostics: [],
    ...parts,
  };
}

const ENDS: Readonly<Record<string, ApplyReport>> = {
  done: report({ results: [result(update, {}), result(move, {}), result(create, { key: "PAY-151" })], marked: ["specs/payments.md"] }),
  partly: report({
    exitCode: EXIT.partly,
    results: [
      result(update, { state: "failed", message: "Jira refused the description: it has 40,000 characters, 32,767 are allowed.", hint: "Split the section." }),
      result(move, {}),
      result(create, { state: "held", message: "its parent PAY-142 failed" }),
    ],
    unmarked: [{ address: "specs/payments.md#key-generation", key: "PAY-143", why: "the file is read-only" }],
  }),
  unknown: report({
    exitCode: EXIT.unknown,
    results: [
      result(update, {}),
      result(move, {}),
      result(create, { state: "unknown", message: "The connection was lost after the request was sent.", hint: "Run canon apply again: it finds out first." }),
    ],
  }),
  interrupted: report({
    exitCode: EXIT.interrupted,
    results: [result(update, {}), result(move, { state: "held", message: "interrupted" }), result(create, { state: "held", message: "interrupted" })],
  }),
  nothing: report({ requests: 0 }),
};

describe("the end of an apply", () => {
  for (const [name, ended] of Object.entries(ENDS)) {
    for (const columns of [80, 40])
      test(`${name}, ${columns} columns`, () => expectGolden(`apply/${name}-${columns}.txt`, applyEnd(plan, ended, pageOf(columns, unpainted))));
  }
});

const EVENTS: readonly ApplyEvent[] = [
  { kind: "recovering", run: "9c1d", inDoubt: 2, waitSeconds: 119.2 },
  { kind: "change", change: update ?? "", state: "running", key: null, message: null },
  { kind: "change", change: update ?? "", state: "done", key: "PAY-142", message: null },
  { kind: "waiting", target: "engineering", seconds: 11.5, why: "rate limit" },
  { kind: "change", change: move ?? "", state: "failed", key: "PAY-143", message: "somebody moved it first" },
  { kind: "change", change: create ?? "", state: "done", key: "PAY-151", message: null },
  { kind: "marked", path: "specs/payments.md" },
  { kind: "draining" },
];

describe("while it runs", () => {
  test("a log has a line per thing that happened", () => {
    expect(EVENTS.map((event) => eventLine(event, changeOf)).filter((line) => line !== null)).toEqual([
      "waiting   run 9c1d was cut off: 2 creates are in doubt, settled in 120 s",
      "updated   PAY-142  Idempotency layer",
      "waiting   engineering: rate limit, 12 s",
      "failed    PAY-143  Key generation: somebody moved it first",
      "created   PAY-151  Expiry",
      "marked    specs/payments.md",
      "stopping: what was sent is being finished; ^C again to leave at once",
    ]);
  });

  test("a wait of an hour has a line a minute, and each new wait its first", () => {
    const told = (seconds: readonly number[]): readonly number[] => {
      const lines: number[] = [];
      for (const left of seconds) if (isWorthALine(left, lines.at(-1) ?? 0)) lines.push(left);
      return lines;
    };
    const down = (from: number): readonly number[] => Array.from({ length: from }, (_, index) => from - index);
    expect(told(down(200))).toEqual([200, 180, 120, 60, 30, 10]);
    expect(told(down(3600))).toHaveLength(62);
    expect(told([...down(20), ...down(45)])).toEqual([20, 10, 45, 30, 10]);
  });

  test("what a tracker says of a ticket stands beside it without its name", () => {
    expect(besideTicket("PAY-1: the workflow has no such step.", "PAY-1", "Keys")).toBe("The workflow has no such step.");
    expect(besideTicket('"Keys": a field is missing.', null, "Keys")).toBe("A field is missing.");
    expect(besideTicket("PAY-12: another one.", "PAY-1", "Keys")).toBe("PAY-12: another one.");
    expect(besideTicket(": odd", null, "")).toBe(": odd");
  });

  test("the tree is the plan's, with states for glyphs and keys for types", () => {
    const progress = notStarted();
    for (const event of EVENTS) advance(progress, event);
    expectGolden("apply/tree-80.txt", treeText(makeTree(planView(plan), page), progress));
  });

  test("a frame of a tree that fits is the tree, and a line that says how far it is", () => {
    const tree = makeTree(planView(plan), page);
    const progress = notStarted();
    for (const event of EVENTS.slice(0, 2)) advance(progress, event);
    const frame = applyFrame(tree, progress, 24, "/");
    expect(frame.slice(0, -2).join("\n")).toBe(treeText(tree, progress).trimEnd().replace("›", "/"));
    expect(frame.at(-1)).toBe("  / 0 of 3");
  });

  test("a frame never has more lines than the terminal, nor wider ones", () => {
    const many = manyCreates(200);
    const tree = makeTree(planView(many), pageOf(40, unpainted));
    for (const rows of [8, 24, 60]) {
      const progress = notStarted();
      for (const [index, change] of many.changes.entries()) {
        if (index % 40 === 0) {
          const frame = applyFrame(tree, progress, rows, "/");
          expect(frame.length).toBeLessThanOrEqual(rows);
          expect(Math.max(...frame.map(displayWidth))).toBeLessThanOrEqual(40);
        }
        advance(progress, { kind: "change", change: change.digest, state: "done", key: `ENG-${index}`, message: null });
      }
    }
  });

  test("leaving at once names what is in doubt", () => {
    const progress = notStarted();
    advance(progress, { kind: "change", change: create ?? "", state: "running", key: null, message: null });
    expect(doubtText(plan, progress, page)).toContain("? Expiry  specs/payments.md#expiry");
    expect(doubtText(plan, notStarted(), page)).toContain("Nothing was under way.");
  });
});
