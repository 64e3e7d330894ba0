/** The smaller views: one section explained, tickets of the local tracker, runs, codes, track and skip, init, validate. */

import { ago } from "../../src/core/text/ago.ts";
import { describe, expect, test } from "vitest";
import type { Explanation } from "../../src/core/model/explanation.ts";
import type { Ticket } from "../../src/core/model/ticket.ts";
import { codeList, codesMarkdown, codeText } from "../../src/views/codes-text.ts";
import { markerDiff, tryNext } from "../../src/views/demo-text.ts";
import { explanationText } from "../../src/views/explanation-text.ts";
import { findingsText, initEnd } from "../../src/views/init-text.ts";
import { ticketPage, ticketTree } from "../../src/views/local-text.ts";
import { markText } from "../../src/views/mark-text.ts";
import { pageOf, unpainted } from "../../src/views/paint.ts";
import { runsText, type RunLine } from "../../src/views/runs-text.ts";
import { validateText } from "../../src/views/validate-text.ts";
import { count, roughly, took } from "../../src/views/words.ts";
import { expectGolden } from "./golden.ts";
import { aChange, aField, NOW } from "./plan-builder.ts";

const page = pageOf(80, unpainted);
const narrow = pageOf(40, unpainted);

function explanation(parts: Partial<Explanation> = {}): Explanation {
  return {
    address: "specs/payments.md#key-generation",
    line: 17,
    title: "Key generation",
    reason: null,
    target: { name: "engineering", system: "jira", project: "ENG" },
    chosenBy: "rule 2 of routing",
    key: "ENG-3",
    url: "https://example.atlassian.net/browse/ENG-3",
    foundBy: "marker",
    fields: [aField({ field: "title", verdict: "converged", spec: "Key generation", live: "Key generation" })],
    change: null,
    questions: [],
    problems: [],
    ...parts,
  };
}

const BODY = { before: "First line.\nKeys live for a day.\nLast line.", after: "First line.\nKeys live for a week.\nLast line." };

const EXPLANATIONS: Readonly<Record<string, Explanation>> = {
  "in-sync": explanation(),
  update: explanation({
    change: aChange({ action: "update", reason: "spec-edited", title: "Key generation", from: "specs/api.md#keys", after: ["specs/payments.md#layer"] }),
    fields: [
      aField({ field: "title", base: "Keys", spec: "Key generation", live: "Keys" }),
      aField({ field: "status", verdict: "conflict", base: "Open", spec: "Done", live: "In Progress", by: "R. Ito", at: "2026-11-21T09:00:00.000Z" }),
      aField({ field: "criteria", spec: ["[x] one", "[ ] two"], live: ["[ ] one"] }),
      aField({ field: "body", spec: "a".repeat(64), live: "b".repeat(64), preview: BODY }),
    ],
  }),
  create: explanation({
    key: null,
    url: null,
    foundBy: null,
    fields: [],
    change: aChange({
      title: "Key generation",
      fields: [
        aField({ field: "title", spec: "Key generation" }),
        aField({ field: "criteria", spec: ["[ ] one", "[ ] two"] }),
        aField({ field: "body", spec: "c".repeat(64) }),
      ],
    }),
  }),
  pull: explanation({
    change: aChange({ action: "pull", reason: "ticket-edited", title: "Key generation" }),
    fields: [aField({ field: "title", verdict: "pull", base: "Key generation", spec: "Key generation", live: "Keys" })],
  }),
  none: explanation({ reason: "excluded-heading", key: null, url: null, foundBy: null, fields: [] }),
  missing: explanation({
    foundBy: null,
    url: null,
    fields: [],
    questions: [
      { kind: "ticket-missing", target: "engineering", address: null, key: "ENG-3", text: "ENG-3 is not in the project any more.", hint: "Correct the key." },
    ],
  }),
};

describe("one section", () => {
  for (const [name, one] of Object.entries(EXPLANATIONS)) {
    test(name, () => expectGolden(`explanation/${name}-80.txt`, explanationText(one, NOW, page)));
    test(`${name}, narrow`, () => expectGolden(`explanation/${name}-40.txt`, explanationText(one, NOW, narrow)));
  }
});

function ticket(key: string, parts: Partial<Ticket> = {}): Ticket {
  return {
    id: key,
    key,
    url: null,
    revision: "1",
    title: `Ticket ${key}`,
    type: "Story",
    status: "Backlog",
    category: "open",
    labels: [],
    parent: null,
    body: "",
    base: null,
    token: null,
    createdAt: NOW,
    createdByUs: null,
    updatedAt: NOW,
    updatedBy: null,
    archived: false,
    ...parts,
  };
}

describe("the local tracker", () => {
  const tickets = [
    ticket("PAY-1", { type: "Epic" }),
    ticket("PAY-2", { parent: "PAY-1", category: "in_progress", status: "Doing", labels: ["urgent"] }),
    ticket("PAY-3", { parent: "PAY-2", category: "done", status: "Done" }),
    ticket("PAY-4", { parent: "PAY-99", category: "canceled", status: "Canceled", archived: true }),
  ];

  test("tickets as a tree", () => expectGolden("local/tree.txt", ticketTree(tickets, "PAY", page)));
  test("no tickets", () => expect(ticketTree([], "PAY", page)).toBe("  No tickets in PAY.\n"));
  test("one ticket", () => {
    const view = {
      ticket: ticket("PAY-2", { parent: "PAY-1", body: "Text of \u001b[31mstrangers.\n\n- [ ] one\n" }),
      criteria: [],
      children: ["PAY-3"],
      comments: [{ author: "M. Chen", at: "2026-11-20T09:00:00.000Z", text: "Is this\nstill true?" }],
      links: [{ url: "https://example.com/pull/412", title: "#412" }],
      history: [
        ...Array.from({ length: 12 }, () => ({ field: "title", from: "Old", to: "New", author: "R. Ito", at: "2026-11-21T09:00:00.000Z" })),
        { field: "body", from: null, to: null, author: "R. Ito", at: NOW },
      ],
      next: ["Todo", "Done"],
    };
    expectGolden("local/ticket.txt", ticketPage(view, NOW, page));
  });
});

describe("runs", () => {
  const run = (id: string, parts: Partial<RunLine>): RunLine => ({
    run: id,
    start: { kind: "run", run: id, plan: "d", command: "canon apply", at: "2026-11-21T08:00:00.000Z", workspace: "w" },
    end: { kind: "end", exitCode: 0, at: NOW },
    created: 0,
    written: 0,
    failed: 0,
    inDoubt: 0,
    ...parts,
  });
  const runs = [
    run("3f2a", { created: 7, written: 2 }),
    run("9c1d", { end: null, created: 3, inDoubt: 1 }),
    run("aa01", { end: { kind: "end", exitCode: 130, at: NOW } }),
    run("bb02", { end: { kind: "end", exitCode: 5, at: NOW }, created: 1, failed: 2 }),
    run("cc03", { start: null, end: null }),
  ];

  test("newest first, one line each", () => expectGolden("runs/runs-80.txt", runsText(runs, [], NOW, page)));
  test("in a narrow window", () => expectGolden("runs/runs-40.txt", runsText(runs, [], NOW, narrow)));
  test("none yet", () => expect(runsText([], [], NOW, page)).toBe("  No runs yet. canon apply makes the first.\n"));
});

describe("codes", () => {
  const codes = {
    "ticket-missing": { summary: "A marker names a ticket that is not there.", hint: "Correct the key.", example: "<!-- canon:ticket:jira:PAY-1 -->" },
    "address-unknown": { summary: "No section has this address.", hint: "canon list." },
  };
  test("one", () => expectGolden("codes/one.txt", codeText("ticket-missing", codes["ticket-missing"], page)));
  test("all", () => expectGolden("codes/all.txt", codeList(codes, page)));
  test("as a page", () => expectGolden("codes/page.md", codesMarkdown(codes)));
});

describe("what is wrong", () => {
  test("nothing", () => expect(validateText({ specs: 1, sections: 12, diagnostics: [] }, page)).toBe("  Nothing wrong in 1 spec, 12 sections.\n"));
  test("something", () =>
    expect(
      validateText(
        { specs: 2, sections: 3, diagnostics: [{ code: "spec-not-utf8", severity: "error", message: "Not UTF-8.", place: { path: "a.md", line: 2 } }] },
        page,
      ),
    ).toBe(
      "  error    a.md:2  Not UTF-8.\n           Convert the file to UTF-8; Canon never guesses an encoding.\n           (spec-not-utf8)\n\n  1 error in 2 specs, 3 sections\n",
    ));
});

describe("track and skip", () => {
  test("written", () =>
    expect(markText({ marked: ["a.md#x", "a.md#y"], already: ["a.md#z"], diagnostics: [] }, "track", page)).toBe(
      "  # a.md#x\n  # a.md#y\n\n  2 sections tracked · 1 already tracked\n",
    ));
  test("so already", () => expect(markText({ marked: [], already: ["a.md#z"], diagnostics: [] }, "skip", page)).toBe("  1 already skipped\n"));
  test("nothing", () => expect(markText({ marked: [], already: [], diagnostics: [] }, "skip", page)).toBe("  Nothing was written.\n"));
});

describe("first steps", () => {
  test("what init found", () =>
    expectGolden(
      "init/found.txt",
      findingsText(
        {
          git: { remote: "github.com/acme/pay" },
          folders: [{ path: "specs", files: 3, tickets: 2, counts: { all: 41 } }],
          credentials: ["JIRA_API_TOKEN"],
          ghLoggedIn: true,
        },
        page,
      ),
    ));
  test("what init found in nothing", () =>
    expectGolden("init/nothing.txt", findingsText({ git: null, folders: [], credentials: [], ghLoggedIn: false }, page)));
  test("what init wrote", () =>
    expectGolden(
      "init/wrote.txt",
      initEnd(["canon.config.yaml", ".gitignore"], { system: "jira", project: "PAY", include: ["specs/**/*.md"], sections: "marked" }, [], page),
    ));
  test("the markers that the demo's apply wrote", () => {
    const line = (number: number, text: string, after: string): { path: string; line: number; text: string; after: string } => ({
      path: "specs/a.md",
      line: number,
      text,
      after,
    });
    expectGolden(
      "demo/markers.txt",
      markerDiff(
        [
          line(4, "<!-- canon:ticket:local:PAY-1 -->", "## One"),
          line(5, "<!-- canon:system:one status:draft -->", "<!-- canon:ticket:local:PAY-1 -->"),
          line(9, "<!-- canon:ticket:local:PAY-2 -->", "## Two"),
          line(20, "<!-- canon:ticket:local:PAY-3 -->", "## Three"),
        ],
        page,
      ),
    );
  });
  test("what to try next", () =>
    expectGolden(
      "demo/next.txt",
      tryNext(
        [
          { command: "canon plan", what: "nothing is left" },
          { command: "cd x", what: "go there" },
        ],
        narrow,
      ),
    ));
});

describe("words", () => {
  test.each([
    ["2026-11-21T09:59:30.000Z", "just now"],
    ["2026-11-21T09:15:00.000Z", "45 min ago"],
    ["2026-11-21T08:00:00.000Z", "2h ago"],
    ["2026-11-20T08:00:00.000Z", "yesterday"],
    ["2026-11-15T08:00:00.000Z", "6 days ago"],
    ["2025-01-05T08:00:00.000Z", "2025-01-05"],
    ["some day", "some day"],
  ])("%s was %s", (at, words) => expect(ago(at, NOW)).toBe(words));

  test("numbers", () => {
    expect([count(1, "ticket"), count(0, "ticket"), count(1234567, "ticket")]).toEqual(["1 ticket", "0 tickets", "1,234,567 tickets"]);
    expect([roughly(0.4), roughly(4.4), roughly(200)]).toEqual(["<1 s", "~4 s", "~3 min"]);
    expect([took(0.44), took(42), took(200)]).toEqual(["0.4 s", "42 s", "3 min 20 s"]);
  });
});
