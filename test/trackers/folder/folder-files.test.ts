/** The files of the example adapter: their form, edits by hand, damage, and two writers at once. */

import { appendFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fc } from "../../harness/property.ts";
import { afterEach, describe, expect, it } from "vitest";
import { parseTicket, printTicket, revisionOf, type StoredTicket } from "../../../examples/folder-tracker/folder-ticket.ts";
import { createOne, draft } from "../../conformance/stage.ts";
import { folderStage } from "./folder-stage.ts";

const open: Awaited<ReturnType<typeof folderStage>>[] = [];

async function stageHere(): ReturnType<typeof folderStage> {
  const stage = await folderStage();
  open.push(stage);
  return stage;
}

afterEach(async () => {
  for (const stage of open.splice(0)) await stage.end();
});

const words = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.constantFrom("---", "a\n---\nb", "- x", "#", "null", "1e3", "yes", "", " ", "\ttab", "x: y", "'\"", "~"),
);

const ticket: fc.Arbitrary<StoredTicket> = fc.record({
  ...{ id: words, key: fc.constant("DOC-1"), former: fc.array(words), title: words, type: words, status: words, labels: fc.array(words) },
  ...{ parent: fc.option(words), archived: fc.boolean(), number: fc.nat(), created: words, updated: words, updatedBy: words, token: fc.option(words) },
  base: fc.constant(null),
  comments: fc.array(fc.record({ id: fc.option(words), author: words, at: words, text: words }), { maxLength: 2 }),
  links: fc.array(fc.record({ url: words, title: words, kind: words }), { maxLength: 2 }),
  body: fc.oneof(words, fc.constantFrom("---\n", "\n---\n", "a\r\nb\r\n", "\uFEFFx")),
});

describe("a ticket's file", () => {
  it("gives back what was put in, and keeps the body's bytes", () => {
    fc.assert(
      fc.property(ticket, (one) => {
        const file = printTicket(one);
        expect(parseTicket(file)).toEqual(one);
        expect(file.endsWith(one.body)).toBe(true);
      }),
    );
  });

  it("is no ticket when it is something else", () => {
    for (const text of ["", "# Notes", "---\n---\n", "---\ntitle: x\n---\nbody", "---\n: [\n---\n"]) expect(parseTicket(text)).toBe(null);
  });

  it("has another revision after any edit, and the same after a comment", () => {
    fc.assert(
      fc.property(ticket, words, (one, text) => {
        expect(revisionOf({ ...one, body: `${one.body}x` })).not.toBe(revisionOf(one));
        expect(revisionOf({ ...one, comments: [{ id: null, author: "rin", at: "", text }] })).toBe(revisionOf(one));
      }),
    );
  });
});

describe("a folder", () => {
  it("refuses a write to what somebody edited by hand meanwhile", async () => {
    const stage = await stageHere();
    const { key, echo } = await createOne(stage, { title: "One" });
    appendFileSync(join(stage.folder, `${key}.md`), "\nBy hand.\n");
    const [outcome] = await stage.tracker.update([{ key, expectRevision: echo?.revision ?? "", title: "Two" }]);
    expect(outcome).toMatchObject({ state: "refused", error: { kind: "conflict" } });
    expect(readFileSync(join(stage.folder, `${key}.md`), "utf8")).toContain("By hand.");
  });

  it("with a file that cannot be read proves no absence", async () => {
    const stage = await stageHere();
    const { key } = await createOne(stage);
    writeFileSync(join(stage.folder, "DOC-7.md"), "<<<<<<< HEAD\n");
    expect(await stage.tracker.read({ keys: [key, "DOC-7"] })).toMatchObject({ tickets: [{ key }], missing: [], complete: false });
    expect(await stage.tracker.settleCreates([{ token: "t-lost", watermark: "" }])).toMatchObject([
      { state: "unknown", why: expect.stringContaining("DOC-7.md") },
    ]);
  });

  it("gives each of two writers at once numbers of its own, and leaves no half-written file", async () => {
    const stage = await stageHere();
    const batches = Array.from({ length: 6 }, () => stage.tracker.create([draft(stage), draft(stage), draft(stage)]));
    const keys = (await Promise.all(batches)).flat().map((outcome) => (outcome.state === "done" ? outcome.key : outcome.error.message));
    expect(new Set(keys).size).toBe(18);
    expect(readdirSync(stage.folder).filter((name) => name.endsWith(".md"))).toHaveLength(18);
    expect(readdirSync(stage.folder).filter((name) => name.endsWith(".new"))).toEqual([]);
  });
});
