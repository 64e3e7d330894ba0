/** Front matter: the keys that are read, the places of those that cannot be, and the attacks that must not get through. */

import { describe, expect, it } from "vitest";
import { parse } from "./parsing.ts";
import { processorTimeSince } from "../harness/processor-time.ts";

const withKeys = (yaml: string): ReturnType<typeof parse> => parse(`---\n${yaml}\n---\n\n## A\n`);

describe("what is read", () => {
  it("is title, status, owner, team, tags, ticket_project and sync; the rest is left alone", () => {
    const { frontMatter, diagnostics } = withKeys(
      "title: Pay\nstatus: In Progress\nowner: dana\nteam: security\ntags: [a, 2, b]\nticket_project: PAY\nsync: false\nauthors: {x: 1}",
    );
    expect(frontMatter).toEqual({
      title: "Pay",
      status: "in_progress",
      owner: "dana",
      team: "security",
      tags: ["a", "2", "b"],
      ticketProject: "PAY",
      sync: false,
      lines: { title: 2, status: 3, owner: 4, team: 5, tags: 6, ticket_project: 7, sync: 8 },
    });
    expect(diagnostics).toEqual([]);
  });

  it("takes words with commas for tags, and an alias for its value", () => {
    expect(withKeys("tags: a, b").frontMatter.tags).toEqual(["a", "b"]);
    expect(withKeys("name: &n dana\nowner: *n").frontMatter.owner).toBe("dana");
  });

  it("is nothing where the values are empty, or there is none", () => {
    const { frontMatter, diagnostics } = withKeys("title:\nstatus:\ntags:\nsync:");
    expect(frontMatter).toMatchObject({ title: null, status: null, tags: [], sync: true });
    expect(diagnostics).toEqual([]);
    expect(parse("---\n---\n## A\n").diagnostics).toEqual([]);
    expect(parse("## A\n").frontMatter.sync).toBe(true);
  });

  it.each(["\r\n", "\r"])("works with line ends %j and a byte-order mark", (eol) => {
    const doc = parse(`\uFEFF---\ntitle: Pay\nstatus: doen\n---\n\n## A\n`.replaceAll("\n", eol));
    expect(doc.frontMatter.title).toBe("Pay");
    expect(doc.diagnostics[0]).toMatchObject({ place: { line: 3, column: 9 }, hint: "Did you mean done?" });
    expect(doc.text.slice(0, doc.frontMatterEnd ?? 0).endsWith("---")).toBe(true);
  });
});

describe("what cannot be used", () => {
  it.each([
    ["title: [a]", "front-matter-value", 2, 8],
    ["a: 1\nowner: {b: c}", "front-matter-value", 3, 8],
    ["tags: {a: b}", "front-matter-value", 2, 7],
    ["tags: [a, [b]]", "front-matter-value", 2, 7],
    ["status: accepted", "front-matter-value", 2, 9],
    ["sync: perhaps", "front-matter-value", 2, 7],
    ["title: a: b", "front-matter-value", 2, 8],
    ["a: 1\na: 2", "front-matter-value", 3, 1],
    ["team: x\ntitle: a: b", "front-matter-broken", 3, 8],
    ["{title: x, tags: [a}", "front-matter-broken", 2, undefined],
  ])("%j is told with its place", (yaml, code, line, column) => {
    const [diagnostic] = withKeys(yaml).diagnostics;
    expect(diagnostic).toMatchObject({ code, place: { path: "specs/payments.md", line, ...(column === undefined ? {} : { column }) } });
  });

  it("stops the file where nobody can tell whether and where it is wanted", () => {
    expect(withKeys("title: a: b\nteam: x").sections.every(({ stopped }) => stopped)).toBe(true);
    expect(withKeys("sync: perhaps").sections.every(({ stopped }) => stopped)).toBe(true);
    expect(withKeys("title: [a]").sections.some(({ stopped }) => stopped)).toBe(false);
    expect(withKeys("title: a: b").sections.some(({ stopped }) => stopped)).toBe(false);
  });

  it("is no list of keys, or TOML", () => {
    expect(withKeys("just words").diagnostics).toMatchObject([{ code: "front-matter-value", severity: "warning" }]);
    expect(parse("+++\ntitle = 1\n+++\n\n## A\n").diagnostics).toMatchObject([{ code: "front-matter-toml", severity: "notice" }]);
  });
});

describe("attacks", () => {
  it("alias bombs cost nothing", () => {
    const levels = Array.from({ length: 30 }, (_, level) => `l${level + 1}: &l${level + 1} [${`*l${level},`.repeat(9)}]`);
    const started = process.cpuUsage();
    withKeys(["l0: &l0 [x]", ...levels, "tags: *l30"].join("\n"));
    expect(processorTimeSince(started)).toBeLessThan(1000);
  });

  it.each([
    ["brackets", `a: ${"[".repeat(20_000)}`],
    ["closed brackets", `a: ${"[".repeat(20_000)}${"]".repeat(20_000)}`],
    ["dashes", `a:\n  ${"- ".repeat(20_000)}x`],
    ["question marks", `${"? ".repeat(20_000)}x`],
    ["mixed indicators", `${"- ? : ".repeat(6_000)}x`],
    ["size", `a: ${"x".repeat(70_000)}`],
  ])("%s without end are refused, not followed", (_, yaml) => {
    expect(withKeys(yaml).diagnostics).toMatchObject([{ code: "front-matter-broken" }]);
  });

  it("__proto__ is a key like any other", () => {
    const { frontMatter } = withKeys("__proto__: {sync: false, title: x}\nconstructor: 1");
    expect(frontMatter).toMatchObject({ title: null, sync: true, lines: {} });
    expect(({} as Record<string, unknown>)["sync"]).toBeUndefined();
  });
});
