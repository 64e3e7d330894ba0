/** The overview that a lead reads on Monday: in columns, in words, and as a table for a comment. */

import { describe, expect, test } from "vitest";
import { SECTION_STATES, type StatusCounts, type StatusReport, type StatusRow } from "../../src/core/model/status-report.ts";
import { displayWidth } from "../../src/core/text/terminal-text.ts";
import { pageOf, unpainted } from "../../src/views/paint.ts";
import { statusMarkdown } from "../../src/views/status-markdown.ts";
import { statusText } from "../../src/views/status-text.ts";
import { statusView } from "../../src/views/status-view.ts";
import { expectGolden } from "./golden.ts";
import { NOW } from "./plan-builder.ts";

type States = Partial<StatusCounts["states"]>;

function counts(states: States, parts: Partial<StatusCounts> = {}): StatusCounts {
  const all = { draft: 0, todo: 0, in_progress: 0, blocked: 0, done: 0, deprecated: 0, no_ticket: 0, ...states };
  const sections = SECTION_STATES.reduce((sum, state) => sum + all[state], 0);
  return { sections, states: all, criteria: { total: 0, checked: 0 }, drift: 0, conflicts: 0, questions: 0, oldest: null, ...parts };
}

function row(title: string, path: string, states: States, parts: Partial<StatusCounts> = {}): StatusRow {
  return { title, path, ...counts(states, parts) };
}

function report(specs: readonly StatusRow[], totals: StatusCounts, parts: Partial<StatusReport> = {}): StatusReport {
  return { createdAt: NOW, specs, totals, pending: 0, orphans: 0, diagnostics: [], ...parts };
}

const OLDEST = { kind: "conflict", address: "specs/payments.md#retries", key: "PAY-144", at: "2026-11-18T09:00:00.000Z" } as const;
const WAITING = { drift: 2, conflicts: 1, questions: 1, oldest: OLDEST };

const CASES: Readonly<Record<string, StatusReport>> = {
  busy: report(
    [
      row("Payments", "specs/payments.md", { todo: 2, in_progress: 4, done: 5, no_ticket: 1 }, { criteria: { total: 14, checked: 5 }, ...WAITING }),
      row("Webhooks and everything that partners are told about", "specs/webhooks/partners.md", { draft: 6 }, { criteria: { total: 6, checked: 0 } }),
      row("תשלומים חוזרים", "specs/refunds.md", { todo: 10 }, { drift: 1 }),
      row("仕様 \u001b[2J<!-- canon:skip -->", "specs/kopf.md", { todo: 1 }, { criteria: { total: 120, checked: 100 } }),
      row("specs/untitled.md", "specs/untitled.md", { done: 1 }),
    ],
    counts({ draft: 6, todo: 13, in_progress: 4, done: 6, no_ticket: 1 }, { criteria: { total: 140, checked: 105 }, ...WAITING, drift: 3, questions: 2 }),
    { pending: 3, orphans: 1 },
  ),
  "every-state": report(
    [
      row(
        "All",
        "specs/all.md",
        { draft: 1, todo: 2, in_progress: 3, blocked: 4, done: 5, deprecated: 6, no_ticket: 7 },
        { criteria: { total: 9, checked: 9 } },
      ),
    ],
    counts({ draft: 1, todo: 2, in_progress: 3, blocked: 4, done: 5, deprecated: 6, no_ticket: 7 }, { criteria: { total: 9, checked: 9 } }),
  ),
  quiet: report([row("Payments", "specs/payments.md", { done: 3 })], counts({ done: 3 })),
  empty: report([], counts({})),
};

const context = { include: ["specs/**/*.md"], addresses: [] };

describe("canon status", () => {
  for (const [name, one] of Object.entries(CASES)) {
    const view = statusView(one, context);
    for (const columns of [40, 80, 120]) {
      test(`${name}, ${columns} columns`, () => {
        const text = statusText(view, pageOf(columns, unpainted));
        for (const line of text.split("\n")) expect(displayWidth(line), line).toBeLessThanOrEqual(columns);
        expectGolden(`status/${name}-${columns}.txt`, text);
      });
    }
    test(`${name}, Markdown`, () => expectGolden(`status/${name}.md`, statusMarkdown(view)));
  }

  test("colour changes nothing but colour", () => {
    const view = statusView(CASES["busy"] ?? report([], counts({})), context);
    const painted = statusText(
      view,
      pageOf(80, (role, text) => `‹${role}›${text}‹/›`),
    );
    expect(painted.replace(/‹[^›]*›/g, "")).toBe(statusText(view, pageOf(80, unpainted)));
  });

  test("nothing to count is said in words", () => {
    const say = (parts: Partial<StatusReport>, addresses: readonly string[] = []): string =>
      statusText(statusView(report([], counts({}), parts), { ...context, addresses }), pageOf(80, unpainted));
    expect(say({})).toBe("  No section of specs/**/*.md would be a ticket.\n  next: canon list --all\n");
    expect(say({}, ["specs/a.md"])).toContain("No section that would be a ticket matches specs/a.md.");
    expect(say({ diagnostics: [{ code: "spec-not-utf8", severity: "error", message: "Not UTF-8." }] })).toContain("see the errors above");
  });

  test("a table that is too long for a comment is cut, and says so", () => {
    const many = Array.from({ length: 2000 }, (_, index) => row(`Spec number ${index}`, `specs/some/folder/${index}.md`, { todo: 1 }));
    const text = statusMarkdown(statusView(report(many, counts({ todo: 2000 })), context));
    expect(text.length).toBeLessThan(65_536);
    expect(text).toMatch(/… [\d,]+ more specs: `canon status`/);
    expect(text).toContain("| **all** | 2000 |");
  });
});
