/** Law 13 and what follows from it, over random edits of both sides. */

import { fc } from "../harness/property.ts";
import { describe, expect, it } from "vitest";
import { mergeBlocks, type MergedBlocks } from "../../src/core/merge/merge-blocks.ts";
import { mergeCriteria } from "../../src/core/merge/merge-criteria.ts";
import { baseOf, liveOf, specOf, ticketOf } from "./block-words.ts";
import { afterwards, criteriaOf, knownOf, linesFor } from "./criterion-lines.ts";
import { processorTimeSince } from "../harness/processor-time.ts";

const KEEPS = ["spec", "tracker", "merge"] as const;
const RUNS = { numRuns: 1000 };

/** Words of a criterion: some alike, some twice. */
const line = fc
  .tuple(fc.boolean(), fc.constantFrom("Answers", "Logs", "Mails _each_"), fc.constantFrom("in 20 ms", "in 50 ms", "every refund at once", "the receipt"))
  .map(([checked, verb, rest]) => `[${checked ? "x" : " "}] ${verb} ${rest}`);
const lines = fc.array(line, { maxLength: 7 });

/** A list, and what a person made of it: mostly the same. */
function edited<T>(list: readonly T[], fresh: fc.Arbitrary<T>): fc.Arbitrary<readonly T[]> {
  const edit = fc.tuple(fc.constantFrom("add", "remove", "replace", "move"), fc.nat(8), fc.nat(8), fresh);
  return fc.array(edit, { maxLength: 4 }).map((edits) =>
    edits.reduce<readonly T[]>((now, [kind, from, to, value]) => {
      const at = from % (now.length + 1);
      const one = now.slice(at, at + 1);
      const rest = now.toSpliced(at, 1);
      switch (kind) {
        case "add":
          return now.toSpliced(at, 0, value);
        case "remove":
          return rest;
        case "replace":
          return now.toSpliced(at, 1, value);
        case "move":
          return rest.toSpliced(to % (rest.length + 1), 0, ...one);
      }
    }, list),
  );
}

const threeLists = lines.chain((base) => fc.tuple(fc.constant(base), edited(base, line), edited(base, line)));

describe("criteria", () => {
  it("what only the spec did stands on both sides: merge(B, S, B) = S", () => {
    fc.assert(
      fc.property(threeLists, ([base, spec]) => {
        const result = mergeCriteria(knownOf(base), criteriaOf(spec), criteriaOf(base), null);
        expect(result.conflicts).toEqual([]);
        expect(result.pulls).toBe(false);
        expect(linesFor("spec", result.merged)).toEqual(spec);
        expect(afterwards(result).live.map(({ canonical }) => canonical)).toEqual(criteriaOf(spec).map(({ canonical }) => canonical));
      }),
      RUNS,
    );
  });

  it("what only the ticket did stands on both sides: merge(B, B, L) = L", () => {
    fc.assert(
      fc.property(threeLists, ([base, live]) => {
        const result = mergeCriteria(knownOf(base), criteriaOf(base), criteriaOf(live), null);
        expect(result.conflicts).toEqual([]);
        expect(result.pushes).toBe(false);
        expect(linesFor("live", result.merged)).toEqual(live);
      }),
      RUNS,
    );
  });

  it("where both are equal nothing is written, whatever the base says: merge(B, S, S) = S", () => {
    const strangeBase = fc.array(fc.record({ spec: line.map((text) => text.slice(4)), echo: line.map((text) => text.slice(4)), checked: fc.boolean() }), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(strangeBase, lines, (base, both) => {
        const result = mergeCriteria(base, criteriaOf(both), criteriaOf(both), null);
        expect({ ...result, merged: linesFor("spec", result.merged) }).toEqual({ merged: both, conflicts: [], pulls: false, pushes: false });
      }),
      RUNS,
    );
  });

  it("every criterion of both sides is merged, in conflict, or was removed by the other side untouched", () => {
    fc.assert(
      fc.property(threeLists, ([base, spec, live]) => {
        const { merged, conflicts } = mergeCriteria(knownOf(base), criteriaOf(spec), criteriaOf(live), null);
        const shown = [
          ...linesFor("spec", merged),
          ...linesFor("live", merged),
          ...conflicts.flatMap((one) => [one.spec, one.live]).map((one) => `${one?.text}`),
        ];
        const isShown = (text: string): boolean => shown.some((line) => line.endsWith(text));
        const known = new Set(criteriaOf(base).map(({ canonical }) => canonical));
        for (const { text, canonical } of [...criteriaOf(spec), ...criteriaOf(live)]) if (!known.has(canonical)) expect(isShown(text), text).toBe(true);
        // Each index stands once: nothing is dropped silently, nothing doubled.
        for (const side of ["spec", "live"] as const) {
          const places = merged.flatMap((one) => one[side] ?? []);
          expect(new Set(places).size).toBe(places.length);
        }
      }),
      RUNS,
    );
  });

  it("merging again writes nothing, whichever side was kept", () => {
    fc.assert(
      fc.property(threeLists, fc.constantFrom(...KEEPS), ([base, spec, live], keep) => {
        const result = mergeCriteria(knownOf(base), criteriaOf(spec), criteriaOf(live), keep);
        expect(result.conflicts).toEqual([]);
        const next = afterwards(result);
        const again = mergeCriteria(next.base, next.spec, next.live, null);
        expect({ pulls: again.pulls, pushes: again.pushes, conflicts: again.conflicts }).toEqual({ pulls: false, pushes: false, conflicts: [] });
      }),
      RUNS,
    );
  });

  it("says that a side has to change exactly where it does", () => {
    fc.assert(
      fc.property(threeLists, fc.constantFrom(...KEEPS), ([base, spec, live], keep) => {
        const result = mergeCriteria(knownOf(base), criteriaOf(spec), criteriaOf(live), keep);
        if (!result.pulls) expect(linesFor("spec", result.merged)).toEqual(spec);
        if (!result.pushes) expect(linesFor("live", result.merged)).toEqual(live);
        // Equal lists of equal ones may still be reordered among each other.
        if (result.pulls && new Set(spec).size === spec.length) expect(linesFor("spec", result.merged)).not.toEqual(spec);
      }),
      RUNS,
    );
  });

  it("is the same from either side where the order is untouched and nothing is in conflict", () => {
    fc.assert(
      fc.property(threeLists, ([base, spec, live]) => {
        const [one, other] = [
          mergeCriteria(knownOf(base), criteriaOf(spec), criteriaOf(live), null),
          mergeCriteria(knownOf(base), criteriaOf(live), criteriaOf(spec), null),
        ];
        expect(other.conflicts.length).toBe(one.conflicts.length);
        expect(linesFor("spec", other.merged).map(plain).sort()).toEqual(linesFor("spec", one.merged).map(plain).sort());
      }),
      RUNS,
    );
  });

  it("10,000 of them, half reworded, a tenth moved, merge quickly", () => {
    const base = Array.from({ length: 10_000 }, (_, index) => `[ ] Order number ${index * 7919} is answered within ${index % 90} ms by node ${index % 17}`);
    const spec = base.map((text, index) => (index % 2 === 0 ? text.replace("is answered", "gets its answer") : text));
    const live = [...base.slice(1000).map((text, index) => (index % 3 === 0 ? text.replace("[ ]", "[x]") : text)), ...base.slice(0, 1000)];
    const start = process.cpuUsage();
    const result = mergeCriteria(knownOf(base), criteriaOf(spec), criteriaOf(live), null);
    const took = processorTimeSince(start);
    expect(result.conflicts).toEqual([]);
    expect(result.merged.filter(({ checked }) => checked)).toHaveLength(3000);
    expect(took).toBeLessThan(5000);
  });
});

/** Blocks: some that the tracker splits, one that no reader sees, some that stand twice. */
const block = fc.constantFrom("a", "b", "c", "d", "e", "f", "p+q", "(x)", "---");
const blocks = fc.array(block, { maxLength: 7 });
const threeBodies = blocks.chain((base) => {
  const fresh = fc.oneof(block, fc.constantFrom("n", "m+k", "n2"));
  const native = base.flatMap((word) => [...specOf(word).flatMap(({ canonical }) => canonical)]);
  return fc.tuple(fc.constant(base), edited(base, fresh), edited(native, fc.constantFrom("a", "p", "n", "m", "k", "t1", "t2", "---")));
});

function merged(base: readonly string[], spec: readonly string[], live: readonly string[], keep: (typeof KEEPS)[number] | null = null): MergedBlocks {
  return mergeBlocks(writtenBase(base), specOf(spec.join(" ")), liveOf(live.join(" ")), keep);
}

/** What stands after a write of `words`: each run with what the tracker made of it. */
function writtenBase(words: readonly string[]): ReturnType<typeof baseOf> {
  return baseOf(words.map((word) => (word.includes("+") ? `${word}=${word.replace("+", ",")}` : word.startsWith("(") ? `${word}=${word}` : word)).join(" "));
}

const nativeOf = (words: readonly string[]): readonly string[] => specOf(words.join(" ")).flatMap(({ canonical }) => canonical);
const kinds = ({ chunks }: MergedBlocks): ReadonlySet<string> => new Set(chunks.map(({ kind }) => kind));

describe("blocks", () => {
  it("what only the spec did stands on the ticket: merge(B, S, B) = S", () => {
    fc.assert(
      fc.property(threeBodies, ([base, spec]) => {
        const result = merged(base, spec, nativeOf(base));
        expect(ticketOf(result.chunks, spec.join(" "), nativeOf(base).join(" "))).toBe(nativeOf(spec).join(" "));
        expect([...kinds(result)].filter((kind) => !["same", "spec", "both"].includes(kind))).toEqual([]);
      }),
      RUNS,
    );
  });

  it("what only the ticket did stays on the ticket: merge(B, B, L) = L", () => {
    fc.assert(
      fc.property(threeBodies, ([base, , live]) => {
        const result = merged(base, base, live);
        expect(ticketOf(result.chunks, base.join(" "), live.join(" "))).toBe(live.join(" "));
        expect([...kinds(result)].filter((kind) => !["same", "live", "ticket-only", "both"].includes(kind))).toEqual([]);
      }),
      RUNS,
    );
  });

  it("where both are equal nothing moved: merge(B, S, S) = S", () => {
    fc.assert(
      fc.property(threeBodies, ([base, spec]) => {
        expect([...kinds(merged(base, spec, nativeOf(spec)))].filter((kind) => kind !== "same" && kind !== "both")).toEqual([]);
      }),
      RUNS,
    );
  });

  it("every block of both sides stands in the chunks once, in order", () => {
    fc.assert(
      fc.property(threeBodies, fc.constantFrom(null, ...KEEPS), ([base, spec, live], keep) => {
        const { chunks } = merged(base, spec, live, keep);
        const covered = (side: "spec" | "live"): readonly number[] => chunks.flatMap((chunk) => span(...chunk[side]));
        expect(covered("spec")).toEqual(span(0, spec.length));
        expect(covered("live")).toEqual(span(0, live.length));
      }),
      RUNS,
    );
  });

  it("what a person wrote on the ticket stays, unless a person takes the spec's side", () => {
    fc.assert(
      fc.property(threeBodies, fc.constantFrom(null, "tracker" as const, "merge" as const), ([base, spec, live], keep) => {
        const after = ticketOf(merged(base, spec, live, keep).chunks, spec.join(" "), live.join(" ")).split(" ");
        for (const word of live.filter((one) => !nativeOf(base).includes(one))) expect(after).toContain(word);
      }),
      RUNS,
    );
  });

  it("what the spec added is on the ticket, or in a conflict", () => {
    fc.assert(
      fc.property(threeBodies, ([base, spec, live]) => {
        const { chunks } = merged(base, spec, live);
        const after = ticketOf(chunks, spec.join(" "), live.join(" ")).split(" ");
        const inConflict = nativeOf(chunks.filter(({ kind }) => kind === "conflict").flatMap((chunk) => spec.slice(...chunk.spec)));
        for (const word of nativeOf(spec).filter((one) => !nativeOf(base).includes(one))) expect([...after, ...inConflict]).toContain(word);
      }),
      RUNS,
    );
  });

  it("needs no conflict where the two sides edit different blocks", () => {
    const bodies = fc.array(fc.constantFrom("keep", "spec edits", "spec deletes", "ticket edits", "ticket deletes"), { maxLength: 12 });
    fc.assert(
      fc.property(bodies, (deeds) => {
        const base = deeds.map((_, index) => `b${index}`);
        const side = (name: string): readonly string[] =>
          deeds.flatMap((deed, index) => (deed === `${name} edits` ? [`${name}${index}`] : deed === `${name} deletes` ? [] : [`b${index}`]));
        // A deletion beside an edit on the same side cannot be told from an edit of two into one.
        fc.pre(!/(\w+) (edits,\1 deletes|deletes,\1 edits)/.test(deeds.join(",")));
        const result = merged(base, side("spec"), side("ticket"));
        expect(kinds(result)).not.toContain("conflict");
        const both = deeds.flatMap((deed, index) => (deed.endsWith("deletes") ? [] : [deed === "keep" ? `b${index}` : `${deed.split(" ")[0]}${index}`]));
        expect(ticketOf(result.chunks, side("spec").join(" "), side("ticket").join(" "))).toBe(both.join(" "));
      }),
      RUNS,
    );
  });

  it("5,000 blocks, all of them edited on both sides, are merged quickly", () => {
    const words = (prefix: string): readonly string[] => Array.from({ length: 5000 }, (_, index) => `${prefix}${index}`);
    const start = process.cpuUsage();
    const result = merged(words("b"), words("s"), words("t"));
    expect(processorTimeSince(start)).toBeLessThan(5000);
    expect(kinds(result)).toEqual(new Set(["conflict"]));
  });
});

function span(start: number, end: number): readonly number[] {
  return Array.from({ length: end - start }, (_, index) => start + index);
}

function plain(line: string): string {
  return line.replaceAll("_", "*");
}
