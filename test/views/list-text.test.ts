/** What people read of canon list, with and without the reasons. */

import { describe, expect, test } from "vitest";
import { NOT_ITEM_REASONS, type ListedSection, type ListReport } from "../../src/core/model/list-report.ts";
import { listText } from "../../src/views/list-text.ts";
import { pageOf, unpainted } from "../../src/views/paint.ts";
import { expectGolden } from "./golden.ts";

function section(title: string, parts: Partial<ListedSection> = {}): ListedSection {
  return {
    address: `specs/payments.md#${title}`,
    line: 1,
    depth: 2,
    title,
    type: "Epic",
    key: null,
    status: null,
    parent: null,
    criteria: { total: 0, checked: 0 },
    reason: null,
    ...parts,
  };
}

const epic = "specs/payments.md#Idempotency layer";

const report: ListReport = {
  specs: [
    {
      path: "specs/payments.md",
      title: "Payments",
      target: { name: "engineering", system: "jira", project: "ENG" },
      sections: [
        section("Overview", { reason: "excluded-heading" }),
        section("Idempotency layer", { criteria: { total: 5, checked: 2 } }),
        section("Key generation", { depth: 3, type: "Story", parent: epic, status: "in_progress", criteria: { total: 2, checked: 0 } }),
        section("Expiry", { depth: 3, type: "Story", parent: epic, key: "ENG-9" }),
        section("支払いの鍵", { depth: 3, type: "Story", parent: epic, criteria: { total: 1, checked: 0 } }),
        section("Shipped", { reason: "done" }),
      ],
    },
    {
      path: "specs/oss.md",
      title: "Open source",
      target: { name: "oss", system: "github", project: "acme/pay" },
      sections: [section("Library", { type: null, status: "blocked" })],
    },
    { path: "specs/empty.md", title: "Empty", target: null, sections: [] },
  ],
  totals: { engineering: { fresh: 3, linked: 1 }, oss: { fresh: 1, linked: 0 } },
  diagnostics: [{ code: "spec-not-utf8", severity: "error", message: "The file is not UTF-8.", place: { path: "specs/bad.md", line: 3, column: 2 } }],
};

const options = { all: false, include: ["specs/**/*.md"], addresses: [] };

describe("canon list", () => {
  for (const columns of [80, 40]) {
    test(`${columns} columns`, () => expectGolden(`list/list-${columns}.txt`, listText(report, options, pageOf(columns, unpainted))));
    test(`--all, ${columns} columns`, () => expectGolden(`list/all-${columns}.txt`, listText(report, { ...options, all: true }, pageOf(columns, unpainted))));
  }

  test("every reason has words", () => {
    const sections = NOT_ITEM_REASONS.map((reason) => section(`Because of ${reason}`, { reason }));
    const text = listText(
      { specs: [{ path: "specs/a.md", title: "A", target: null, sections }], totals: {}, diagnostics: [] },
      { ...options, all: true },
      pageOf(100, unpainted),
    );
    expectGolden("list/reasons.txt", text);
  });

  const quiet = (parts: Partial<ListReport>, addresses: readonly string[] = []): string =>
    listText({ specs: [], totals: {}, diagnostics: [], ...parts }, { ...options, addresses }, pageOf(80, unpainted));

  test("quiet cases have words too", () => {
    expect(quiet({})).toBe("  No spec matches specs/**/*.md.\n");
    expect(quiet({}, ["nope.md"])).toBe("  Nothing matches nope.md.\n");
    expect(quiet({ specs: [{ path: "a.md", title: "A", target: null, sections: [section("Overview", { reason: "excluded-heading" })] }] })).toContain(
      "No section would be a ticket.\n  next: canon list --all\n",
    );
    expect(quiet({ specs: report.specs, totals: { engineering: { fresh: 0, linked: 7 } } })).toContain("7 sections have their ticket\n");
  });
});
