/** The file of matches: what a spreadsheet may do to it, and what is said of every row that cannot be meant. */

import { fc } from "../harness/property.ts";
import { describe, expect, test } from "vitest";
import { parseCsv, printCsv } from "../../src/core/adopt/csv.ts";
import { checkPairs, type KnownNames } from "../../src/core/adopt/check-pairs.ts";
import { printMatchFile, readMatchFile } from "../../src/core/adopt/match-file.ts";
import type { Match } from "../../src/core/model/match.ts";

const FILE = "matches.csv";
const HEADER = "answer,key,ticket title,address,section title,score,why";

function match(key: string, address: string, title = "Title"): Match {
  return { target: "main", section: { address, title }, ticket: { key, title }, score: 80, why: "same title" };
}

function read(...rows: readonly string[]): ReturnType<typeof readMatchFile> {
  return readMatchFile([HEADER, ...rows].join("\n"), FILE);
}

const cell = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom("=1+1", "'=1+1", "''@x", "-", "+41", "\tx", "\r", '"', '""', "a,b", "a;b", "line\nline", "\r\n", " edge ", "'", "it's"),
);

describe("csv", () => {
  test("law: what is printed is read back, cell by cell", () => {
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 6 }), (rows) => {
        // A header decides what separates cells; ours holds plain words.
        const { records, openQuote } = parseCsv(printCsv([["answer", "key"], ...rows]));
        expect(openQuote).toBeNull();
        expect(records.slice(1).map(({ cells }) => cells)).toEqual(rows);
      }),
    );
  });

  test("law: no cell begins as a formula", () => {
    fc.assert(
      fc.property(cell, (text) => {
        expect(printCsv([["answer", text]]).slice("answer,".length)).not.toMatch(/^"?[=+\-@\t\r]/);
      }),
    );
  });

  test.each([
    ["line feeds", "a,b\n1,2\n"],
    ["both", "a,b\r\n1,2\r\n"],
    ["returns alone", "a,b\r1,2\r"],
    ["no last line end", "a,b\n1,2"],
    ["a byte-order mark", "\uFEFFa,b\n1,2\n"],
    ["semicolons", "a;b\n1;2\n"],
    ["tabs", "a\tb\n1\t2\n"],
    ["quotes everywhere", '"a","b"\n"1","2"\n'],
    ["empty lines", "\na,b\n\n1,2\n  \n"],
  ])("%s", (_what, text) => {
    expect(parseCsv(text).records.map(({ cells }) => cells)).toEqual([
      ["a", "b"],
      ["1", "2"],
    ]);
  });

  test("lines are counted through cells that hold several", () => {
    expect(parseCsv('a,b\n"x\r\ny\nz",1\n2,3').records.map(({ line }) => line)).toEqual([1, 2, 5]);
  });
});

test("a printed file has no answer in it, and reads as nothing to do", () => {
  const text = printMatchFile([
    match("PAY-1", "specs/a.md#a"),
    { ...match("PAY-2", "x"), section: null, score: 0 },
    { ...match("x", "specs/a.md#b"), ticket: null, score: 0 },
  ]);
  expect(text.split("\n")).toEqual([
    `\uFEFF${HEADER}`,
    ",PAY-1,Title,specs/a.md#a,Title,80,same title",
    ",PAY-2,Title,,,,same title",
    ",,,specs/a.md#b,Title,,same title",
    "",
  ]);
  expect(readMatchFile(text, FILE)).toEqual({ rows: 3, answered: 0, pairs: [], diagnostics: [] });
});

test("titles that people wrote to do harm come back as they were, and stand as text", () => {
  const titles = ['=HYPERLINK("http://x")', "@SUM(1)", "+1", "-1", 'a"b,c;d', "two\nlines"];
  const text = printMatchFile(titles.map((title, at) => match(`PAY-${at}`, `specs/a.md#${at}`, title)));
  const rows = parseCsv(text).records.slice(1);
  expect(rows.map(({ cells }) => cells[2])).toEqual(titles);
  expect(text).not.toMatch(/[,"][=@+-]/);
});

test("answers in any case and order of columns, blanks around them", () => {
  const { pairs, answered, diagnostics } = readMatchFile(
    "Address,WHY,key,Answer\nspecs/a.md#a,,PAY-1, YES \nspecs/a.md#b,,PAY-2,no\nspecs/a.md#c,,PAY-3,\n",
    FILE,
  );
  expect(diagnostics).toEqual([]);
  expect(pairs).toEqual([{ key: "PAY-1", address: "specs/a.md#a", place: { path: FILE, line: 2 } }]);
  expect(answered).toBe(2);
});

describe("a row that cannot be meant", () => {
  test.each([
    ["yess,PAY-1,,specs/a.md#a,,,", "matches-answer", '"yess" is no answer', 'Did you mean "yes"?'],
    ["perhaps,PAY-1,,specs/a.md#a,,,", "matches-answer", '"perhaps" is no answer', undefined],
    ["yes,,,specs/a.md#a,,,", "matches-row", "names no key", undefined],
    ["yes,PAY-1,,,,,", "matches-row", "names no address", undefined],
    ["yes,PAY-1,cut,in,two,specs/a.md#a,,90,same", "matches-row", "more cells", undefined],
  ])("%s", (row, code, message, hint) => {
    const { pairs, diagnostics } = read("no,PAY-9,,specs/a.md#z,,,", row);
    expect(pairs).toEqual([]);
    expect(diagnostics).toEqual([
      expect.objectContaining({ code, severity: "error", message: expect.stringContaining(message), place: { path: FILE, line: 3 } }),
    ]);
    if (hint !== undefined) expect(diagnostics[0]?.hint).toBe(hint);
  });

  test("rows without an answer are nobody's business", () => {
    expect(read(",,,,,,", "no,,,,,,", ",a,b,c,d,e,f,g,h").diagnostics).toEqual([]);
  });
});

describe("a header that cannot be meant", () => {
  test.each([
    ["key,address", "error", 'The column "answer" is missing.'],
    ["title", "error", 'The columns "answer", "key", "address" are missing.'],
    ["answer,key,address,key", "error", 'The column "key" stands there twice.'],
    ["answer,key,address,owner", "warning", 'The column "owner" is not known'],
  ])("%s", (header, severity, message) => {
    const { diagnostics, pairs } = readMatchFile(`${header}\nyes,PAY-1,specs/a.md#a,x\n`, FILE);
    expect(diagnostics).toContainEqual(expect.objectContaining({ code: "matches-column", severity, message: expect.stringContaining(message) }));
    expect(pairs).toHaveLength(severity === "error" ? 0 : 1);
  });

  test("a mistyped column is told beside the one that is missing", () => {
    const { diagnostics } = readMatchFile("anwser,key,address\nyes,PAY-1,specs/a.md#a\n", FILE);
    expect(diagnostics.map(({ message, hint, place }) => [message, hint, place])).toEqual([
      ['The column "anwser" is not known, so nothing in it counts.', 'Did you mean "answer"?', { path: FILE, line: 1, column: 1 }],
      ['The column "answer" is missing.', undefined, { path: FILE, line: 1 }],
    ]);
  });

  test.each([
    ["", "is empty", undefined],
    ["\uFEFF\n\n", "is empty", undefined],
    [`${HEADER}\nyes,"PAY-1,,specs/a.md#a\n`, "A quote opens here", 2],
  ])("no file at all: %s", (text, message, line) => {
    const [diagnostic] = readMatchFile(text, FILE).diagnostics;
    expect(diagnostic).toMatchObject({ code: "matches-unreadable", message: expect.stringContaining(message) });
    expect(diagnostic?.place?.line).toBe(line);
  });
});

describe("pairs against what there is", () => {
  const targets = new Map<string, string | null>([
    ["specs/a.md#a", "main"],
    ["specs/a.md#b", "main"],
    ["specs/oss.md#a", "oss"],
    ["specs/a.md#skipped", null],
  ]);
  const known: KnownNames = {
    targetOf: (address) => targets.get(address),
    nearestAddress: (address) => (address === "specs/a.md#aa" ? "specs/a.md#a" : null),
    hasKey: (target, key) => (target === "oss" ? key === "42" : ["PAY-1", "PAY-2", "42"].includes(key)),
    keysOf: () => ["PAY-1", "PAY-2"],
  };
  const check = (...rows: readonly (readonly [key: string, address: string])[]): ReturnType<typeof checkPairs> =>
    checkPairs(
      rows.map(([key, address], at) => ({ key, address, place: { path: FILE, line: at + 2 } })),
      known,
      "both",
    );

  test("become decisions", () => {
    expect(check(["PAY-1", "specs/a.md#a"], ["PAY-2", "specs/a.md#b"])).toEqual({
      decisions: [
        { kind: "adopt", address: "specs/a.md#a", key: "PAY-1", keep: "both" },
        { kind: "adopt", address: "specs/a.md#b", key: "PAY-2", keep: "both" },
      ],
      diagnostics: [],
    });
  });

  test("one key in two targets is two tickets", () => {
    expect(check(["42", "specs/a.md#a"], ["42", "specs/oss.md#a"]).decisions).toHaveLength(2);
  });

  test.each([
    [["PAY-1", "specs/a.md#aa"], "address-unknown", "specs/a.md#aa", "Did you mean specs/a.md#a?"],
    [["PAY-1", "specs/zzz.md#q"], "address-unknown", "specs/zzz.md#q", undefined],
    [["PAY-1", "specs/a.md#skipped"], "adopt-refused", "can have a ticket", "canon list --all specs/a.md#skipped says why."],
    [["pay-1", "specs/a.md#a"], "ticket-unknown", "main has no ticket pay-1", "Did you mean PAY-1?"],
    [["PAY-1", "specs/oss.md#a"], "ticket-unknown", "oss has no ticket PAY-1", undefined],
  ] as const)("%s", ([key, address], code, message, hint) => {
    const { decisions, diagnostics } = check(["PAY-2", "specs/a.md#b"], [key, address]);
    expect(decisions).toEqual([]);
    const nearest = hint ?? (code === "ticket-unknown" ? "Did you mean PAY-1?" : undefined);
    expect(diagnostics).toEqual([expect.objectContaining({ code, message: expect.stringContaining(message), place: { path: FILE, line: 3 } })]);
    expect(diagnostics[0]?.hint).toBe(nearest);
  });

  test("one ticket for two sections, and two tickets for one section, name both lines", () => {
    expect(check(["PAY-1", "specs/a.md#a"], ["PAY-1", "specs/a.md#b"])).toMatchObject({
      decisions: [],
      diagnostics: [{ code: "matches-twice", message: expect.stringContaining("PAY-1"), place: { line: 3 }, also: [{ line: 2 }] }],
    });
    expect(check(["PAY-1", "specs/a.md#a"], ["PAY-2", "specs/a.md#a"])).toMatchObject({
      decisions: [],
      diagnostics: [{ code: "matches-twice", message: expect.stringContaining("specs/a.md#a"), place: { line: 3 }, also: [{ line: 2 }] }],
    });
  });
});
