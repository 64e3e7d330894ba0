/** Bodies over many rounds of edits, merges and writes, each with the base that the last write left: it comes to rest, and no words are lost. */

import { fc } from "../harness/property.ts";
import { describe, expect, it } from "vitest";
import type { BlockChunk } from "../../src/core/merge/block-chunk.ts";
import { mergeBlocks } from "../../src/core/merge/merge-blocks.ts";
import type { BodyField } from "../../src/core/model/base.ts";
import { bodyField } from "../../src/core/plan/body-base.ts";
import { liveOf, specOf, ticketOf } from "./block-words.ts";

type Keep = "spec" | "tracker" | "merge";

interface World {
  readonly spec: string;
  readonly ticket: string;
  readonly base: BodyField;
}

const words = (text: string): readonly string[] => text.split(" ").filter((word) => word !== "");
/** What the tracker makes of blocks of the spec. */
const nativeOf = (spec: readonly string[]): readonly string[] => specOf(spec.join(" ")).flatMap(({ canonical }) => canonical);

function written({
  spec,
  ticket,
  chunks,
  before,
  isPending,
  previous,
}: {
  spec: string;
  ticket: string;
  chunks: readonly BlockChunk[] | null;
  before: string;
  isPending: boolean;
  previous: BodyField | null;
}): BodyField {
  return bodyField(
    {
      digest: { whole: spec, blocks: words(spec) },
      isAllVisible: () => true,
      blockPrints: () => specOf(spec).map(({ canonical }) => canonical),
      chunks,
      before: { blocks: liveOf(before), criteria: [], isSwallowed: false },
      isPending,
      previous,
    },
    { blocks: liveOf(ticket), criteria: [], isSwallowed: false },
  );
}

/** The first write. Blocks are paired by what they mean: equal counts of both sides would not say that they belong together. */
function begin(spec: string): World {
  const ticket = nativeOf(words(spec)).join(" ");
  const { chunks } = mergeBlocks(null, specOf(spec), liveOf(ticket), null);
  return { spec, ticket, base: written({ spec, ticket, chunks, before: ticket, isPending: false, previous: null }) };
}

function merge({ spec, ticket, base }: World, keep: Keep | null): readonly BlockChunk[] {
  const known = base.spec.blocks && base.echo.blocks ? { spec: base.spec.blocks, echo: base.echo.blocks, runs: base.runs } : null;
  return mergeBlocks(known, specOf(spec), liveOf(ticket), keep).chunks;
}

function write(world: World, chunks: readonly BlockChunk[], isPending: boolean): World {
  const ticket = ticketOf(chunks, world.spec, world.ticket);
  return { spec: world.spec, ticket, base: written({ spec: world.spec, ticket, chunks, before: world.ticket, isPending, previous: world.base }) };
}

/** Edits as numbers: the same ones fit any text. New words are never used twice; `take` copies one of the ticket's into the spec by hand. */
const edits = fc.array(fc.tuple(fc.constantFrom("add", "remove", "replace", "move", "take"), fc.nat(9), fc.nat(9)), { maxLength: 3 });

function edited(text: string, list: readonly (readonly [string, number, number])[], fresh: () => string, other: string): string {
  return list
    .reduce((now, [kind, from, to]) => {
      const at = from % (now.length + 1);
      const rest = now.toSpliced(at, 1);
      if (kind === "add") return now.toSpliced(at, 0, fresh());
      if (kind === "remove") return rest;
      if (kind === "take")
        return now.toSpliced(
          at,
          0,
          ...words(other)
            .filter((word) => /^t\d/.test(word) && !now.includes(word))
            .slice(0, 1),
        );
      if (kind === "replace") return now.toSpliced(at, 1, fresh());
      return rest.toSpliced(to % (rest.length + 1), 0, ...now.slice(at, at + 1));
    }, words(text))
    .join(" ");
}

const rounds = fc.array(fc.record({ spec: edits, ticket: edits, keep: fc.constantFrom<Keep>("spec", "tracker", "merge") }), { minLength: 1, maxLength: 6 });
const start = fc.array(fc.constantFrom("a", "b", "c", "p+q", "(x)", "---"), { maxLength: 6 }).map((list) => list.join(" "));

describe.each([
  ["kept as people wrote it (the spec owns the body)", false],
  ["still to be pulled (both own it)", true],
])("what people wrote on the ticket is %s", (_what, isPending) => {
  it("comes to rest after each write, loses nothing, and writes nothing twice", () => {
    fc.assert(
      fc.property(start, rounds, (first, list) => {
        let count = 0;
        let world = begin(first);
        /** Where a person kept both versions, words may stand twice. */
        const doubled = new Set<string>();
        for (const { spec, ticket, keep } of list) {
          const before = world;
          world = {
            ...world,
            spec: edited(world.spec, spec, () => (++count % 5 === 0 ? `s${count}+u${count}` : count % 7 === 0 ? `(s${count})` : `s${count}`), world.ticket),
            ticket: edited(world.ticket, ticket, () => `t${++count}`, ""),
          };
          const open = merge(world, null).filter(({ kind }) => kind === "conflict");
          const after = write(world, merge(world, keep), isPending);
          const asked = {
            spec: nativeOf(open.flatMap((chunk) => words(world.spec).slice(...chunk.spec))),
            ticket: open.flatMap((chunk) => words(world.ticket).slice(...chunk.live)),
          };
          // What a person wrote on the ticket goes only by the answer to a question, or with the spec that had taken it over.
          const given = words(before.spec).filter((word) => !words(world.spec).includes(word));
          const theirs = words(world.ticket).filter((word) => word.startsWith("t"));
          expect([...words(after.ticket), ...asked.spec, ...asked.ticket, ...given]).toEqual(expect.arrayContaining(theirs));
          // What is new in the spec is on the ticket, unless a person was asked.
          const ours = nativeOf(words(world.spec)).filter((word) => !nativeOf(words(before.spec)).includes(word));
          expect([...words(after.ticket), ...asked.spec]).toEqual(expect.arrayContaining(ours));
          // Nothing is left to write, and nothing to ask.
          const again = merge(after, null);
          const loud = again.filter(
            ({ kind }) => kind !== "same" && kind !== "kept" && kind !== "both" && !(isPending && (kind === "live" || kind === "ticket-only")),
          );
          expect(loud.map(({ kind }) => kind)).toEqual([]);
          expect(ticketOf(again, after.spec, after.ticket)).toBe(after.ticket);
          for (const word of [...asked.spec, ...asked.ticket]) doubled.add(word);
          const unique = words(after.ticket).filter((word) => word.startsWith("t") && !doubled.has(word));
          expect(new Set(unique).size).toBe(unique.length);
          world = after;
        }
      }),
      { numRuns: 1500 },
    );
  });
});
