/** What becomes of a body: base, spec, ticket, and what the ticket holds afterwards. One word is one block. */

import { describe, expect, it } from "vitest";
import { mergeBlocks } from "../../src/core/merge/merge-blocks.ts";
import { baseOf, liveOf, movedChunks, specOf, ticketOf } from "./block-words.ts";

/** [what happened, base, spec, ticket, the ticket afterwards, what is told: kind(spec|ticket)] */
type Row = readonly [what: string, base: string, spec: string, ticket: string, after: string, told: string];

const MERGED: readonly Row[] = [
  ["nobody did anything", "a b c", "a b c", "a b c", "a b c", ""],
  ["nothing was there, and nothing is", "", "", "", "", ""],

  ["edited in the spec", "a b c", "a b2 c", "a b c", "a b2 c", "spec(b2|b)"],
  ["inserted in the spec", "a b", "a n b", "a b", "a n b", "spec(n|)"],
  ["deleted in the spec", "a b c", "a c", "a b c", "a c", "spec(|b)"],
  ["moved in the spec", "a b c", "b c a", "a b c", "b c a", "spec(|a) spec(a|)"],
  ["all deleted in the spec", "a b", "", "a b", "", "spec(|a) spec(|b)"],

  ["edited on the ticket", "a b c", "a b c", "a b2 c", "a b2 c", "live(b|b2)"],
  ["deleted on the ticket", "a b c", "a b c", "a c", "a c", "live(b|)"],
  ["added on the ticket, above", "a b", "a b", "n a b", "n a b", "ticket-only(|n)"],
  ["added on the ticket, between", "a b", "a b", "a n b", "a n b", "ticket-only(|n)"],
  ["added on the ticket, below", "a b", "a b", "a b n", "a b n", "ticket-only(|n)"],
  ["moved on the ticket", "a b c", "a b c", "b c a", "b c a", "live(a|) ticket-only(|a)"],

  ["both added, in different places", "a b", "s a b", "a b n", "s a b n", "spec(s|) ticket-only(|n)"],
  ["both added in one place: the spec's first", "a b", "a s b", "a n b", "a s n b", "spec(s|) ticket-only(|n)"],
  ["both added the same", "a b", "a n b", "a n b", "a n b", "both(n|n)"],
  ["both added the same, and one of them more", "a b", "a n b", "a n m b", "a n m b", "both(n|n) ticket-only(|m)"],
  ["both edited alike", "a b c", "a b2 c", "a b2 c", "a b2 c", "both(b2|b2)"],
  ["both deleted the same", "a b c", "a c", "a c", "a c", ""],
  ["neighbours edited, one by each", "a b c d", "a b2 c d", "a b c2 d", "a b2 c2 d", "spec(b2|b) live(c|c2)"],
  ["three edited in the spec, the middle one alike on the ticket", "a b c", "a2 b2 c2", "a b2 c", "a2 b2 c2", "spec(a2|a) both(b2|b2) spec(c2|c)"],
  ["edited in the spec, the next one deleted on the ticket", "a b c", "a2 b c", "a c", "a2 c", "spec(a2|a) live(b|)"],
  ["edited in the spec, something added behind it on the ticket", "a b", "a2 b", "a n b", "a2 n b", "spec(a2|a) ticket-only(|n)"],
  ["edited on the ticket, something added behind it in the spec", "a b", "a n b", "a2 b", "a2 n b", "live(a|a2) spec(n|)"],
  ["edited on the ticket with something new behind it", "a b", "a b", "a2 n b", "a2 n b", "live(a|a2) ticket-only(|n)"],
  ["deleted in the spec, something added behind it on the ticket", "a b", "b", "a n b", "n b", "spec(|a) ticket-only(|n)"],

  ["a block of the ticket's own stands quietly", "a !n b", "a b", "a n b", "a n b", ""],
  ["the block before it edited in the spec", "a !n b", "a2 b", "a n b", "a2 n b", "spec(a2|a)"],
  ["the block before it deleted in the spec", "a !n b", "b", "a n b", "n b", "spec(|a)"],
  ["both blocks around it edited in the spec", "a !n b", "a2 b2", "a n b", "a2 n b2", "spec(a2|a) spec(b2|b)"],
  ["the spec inserts where it stands: it stays with the block before it", "a !n b", "a s b", "a n b", "a n s b", "spec(s|)"],
  ["edited by a person again: told again", "a !n b", "a b", "a n2 b", "a n2 b", "ticket-only(|n2)"],
  ["taken away by a person", "a !n b", "a b", "a b", "a b", ""],
  ["taken into the spec by hand", "a !n b", "a n b", "a n b", "a n b", "both(n|n)"],
  ["taken into the spec by hand, with something before it", "a !n b", "a s n b", "a n b", "a s n b", "spec(s|) both(n|n)"],
  [
    "taken into the spec by hand, with something behind it, and a person added more",
    "a !n b",
    "a n s b",
    "a n m b",
    "a n s m b",
    "both(n|n) spec(s|) ticket-only(|m)",
  ],
  ["taken into the spec by hand, elsewhere: it moves there", "a !n b", "a b n", "a n b", "a b n", "spec(|n) spec(n|)"],
  ["the same new block added on both, in different places: it stands once", "a b", "n a b", "a b n", "n a b", "spec(n|) spec(|n)"],
  ["taken into the spec elsewhere, of a longer addition", "a !n,m,o b", "m a b", "a n m o b", "m a n o b", "spec(m|) spec(|m)"],
  ["a person's version taken into the spec elsewhere", "a b", "a b b2", "a b2", "a b2", "live(b|) spec(|b2) spec(b2|)"],
  ["two alike on the ticket, one taken into the spec elsewhere", "a !n,n b", "n a b", "a n n b", "n a n b", "spec(n|) spec(|n)"],
  ["one of two taken into the spec by hand: the other one stands as before", "a !n,m b", "a m b", "a n m b", "a n m b", "both(m|m)"],

  ["a person's version stands quietly against the spec", "a b!b2 c", "a b c", "a b2 c", "a b2 c", ""],
  ["a person's version edited again", "a b!b2 c", "a b c", "a b3 c", "a b3 c", "live(b|b3)"],
  ["a person's version taken back", "a b!b2 c", "a b c", "a b c", "a b c", "both(b|b)"],
  ["a person's version taken into the spec by hand", "a b!b2 c", "a b2 c", "a b2 c", "a b2 c", "both(b2|b2)"],
  ["another block edited in the spec beside a person's version", "a b!b2 c", "a b c2", "a b2 c", "a b2 c2", "spec(c2|c)"],
  ["a block that a person took away stays away", "a b! c", "a b c", "a c", "a c", ""],
  ["and the spec gives it up too", "a b! c", "a c", "a c", "a c", ""],

  ["the tracker splits a block; another one is edited in the spec", "a+b=a,b c", "a+b c2", "a b c", "a b c2", "spec(c2|c)"],
  ["the split block edited in the spec", "a+b=a,b c", "d+e c", "a b c", "d e c", "spec(d+e|a b)"],
  ["one half of it edited on the ticket", "a+b=a,b c", "a+b c", "a2 b c", "a2 b c", "live(a+b|a2 b)"],
  ["something added inside of it on the ticket", "a+b=a,b c", "a+b c", "a n b c", "a n b c", "live(a+b|a n b)"],
  ["edited alike on both into one that is split", "a c", "d+e c", "d e c", "d e c", "both(d+e|d e)"],
  ["two edited alike on both, the first is split", "a b c", "d+e f c", "d e f c", "d e f c", "both(d+e f|d e f)"],
  ["the tracker joins two; something is added behind them in the spec", "a,b=ab c", "a b n c", "ab c", "a b n c", "spec(n|)"],
  ["a comment that no reader sees, and an edit behind it", "a (x)=(x) b", "a (x) b2", "a b", "a b2", "spec(b2|b)"],
  ["a comment that no reader sees is edited", "a (x)=(x) b", "a (y) b", "a b", "a b", "both((y)|)"],
  ["a comment is added", "a b", "a (y) b", "a b", "a b", "both((y)|)"],
];

describe("what merges", () => {
  it.each(MERGED)("%s", (_what, base, spec, ticket, after, told) => {
    const { chunks } = mergeBlocks(baseOf(base), specOf(spec), liveOf(ticket), null);
    expect(movedChunks(chunks, spec, ticket)).toBe(told);
    expect(ticketOf(chunks, spec, ticket)).toBe(after);
  });
});

/** [what happened, base or null, spec, ticket, what is told, the ticket once a person keeps the spec's, the ticket's, or both] */
type ConflictRow = readonly [what: string, base: string | null, spec: string, ticket: string, told: string, keeps: readonly [string, string, string]];

const CONFLICTS: readonly ConflictRow[] = [
  ["edited differently on both", "a b c", "a b2 c", "a b3 c", "conflict(b2|b3)", ["a b2 c", "a b3 c", "a b2 b3 c"]],
  [
    "two edited differently, one merges beside them",
    "a b c",
    "a2 b2 c2",
    "a3 b3 c",
    "conflict(a2|a3) conflict(b2|b3) spec(c2|c)",
    ["a2 b2 c2", "a3 b3 c2", "a2 a3 b2 b3 c2"],
  ],
  ["deleted in the spec, edited on the ticket", "a b c", "a c", "a b3 c", "conflict(|b3)", ["a c", "a b3 c", "a b3 c"]],
  ["edited in the spec, deleted on the ticket", "a b c", "a b2 c", "a c", "conflict(b2|)", ["a b2 c", "a c", "a b2 c"]],
  ["edited differently, and a person added something behind", "a b", "a2 b", "a3 n b", "conflict(a2|a3) ticket-only(|n)", ["a2 n b", "a3 n b", "a2 a3 n b"]],
  ["the spec edits what a person wrote over it", "a b!b2 c", "a b3 c", "a b2 c", "conflict(b3|b2)", ["a b3 c", "a b2 c", "a b3 b2 c"]],
  ["the spec deletes what a person wrote over it", "a b!b2 c", "a c", "a b2 c", "conflict(|b2)", ["a c", "a b2 c", "a b2 c"]],
  ["the spec edits what a person took away", "a b! c", "a b3 c", "a c", "conflict(b3|)", ["a b3 c", "a c", "a b3 c"]],
  ["moved in the spec, edited on the ticket", "a b", "b a", "a2 b", "conflict(|a2) spec(a|)", ["b a", "a2 b a", "a2 b a"]],
  ["without a base, different", null, "a b", "a c", "both(a|a) conflict(b|) conflict(|c)", ["a b", "a c", "a b c"]],
  ["without a base, only in the spec", null, "a b", "a", "both(a|a) conflict(b|)", ["a b", "a", "a b"]],
  ["without a base, nothing alike", null, "a", "b", "conflict(a|) conflict(|b)", ["a", "b", "a b"]],
  ["without a base, nothing on the ticket", null, "a", "", "conflict(a|)", ["a", "", "a"]],
];

describe("what does not", () => {
  it.each(CONFLICTS)("%s", (_what, base, spec, ticket, told, keeps) => {
    const merge = (keep: "spec" | "tracker" | "merge" | null): ReturnType<typeof mergeBlocks> =>
      mergeBlocks(base === null ? null : baseOf(base), specOf(spec), liveOf(ticket), keep);
    expect(movedChunks(merge(null).chunks, spec, ticket)).toBe(told);
    const kept = (["spec", "tracker", "merge"] as const).map((keep) => merge(keep).chunks);
    expect(kept.flat().filter(({ kind }) => kind === "conflict")).toEqual([]);
    expect(kept.map((chunks) => ticketOf(chunks, spec, ticket))).toEqual(keeps);
  });

  it("a base whose runs do not cover its blocks is one run: any two edits meet", () => {
    const base = { spec: ["a", "b"], echo: ["a", "b"], runs: [{ spec: 1, echo: 1, agreed: true }] };
    const { chunks } = mergeBlocks(base, specOf("a2 b"), liveOf("a b2"), null);
    expect(movedChunks(chunks, "a2 b", "a b2")).toBe("conflict(a2 b|a b2)");
  });

  it("nor one with other counts and no runs", () => {
    const { chunks } = mergeBlocks({ spec: ["a"], echo: ["a1", "a2"], runs: null }, specOf("a"), liveOf("a1 a3"), null);
    expect(movedChunks(chunks, "a", "a1 a3")).toBe("live(a|a1 a3)");
  });
});

describe("without a base", () => {
  it.each([
    ["equal", "a b", "a b", "both(a|a) both(b|b)"],
    ["equal, split by the tracker", "a+b c", "a b c", "both(a+b|a b) both(c|c)"],
    ["all of the spec is there, and more", "a b", "x a y b z", "ticket-only(|x) both(a|a) ticket-only(|y) both(b|b) ticket-only(|z)"],
    ["the spec has nothing", "", "x y", "ticket-only(|x y)"],
    ["a comment that no reader sees", "(c) a", "a", "both((c)|) both(a|a)"],
  ])("%s: no conflict", (_what, spec, ticket, told) => {
    expect(movedChunks(mergeBlocks(null, specOf(spec), liveOf(ticket), null).chunks, spec, ticket)).toBe(told);
  });
});
