/** What becomes of criteria: base, spec, ticket, and what both have afterwards. */

import { describe, expect, it } from "vitest";
import { mergeCriteria } from "../../src/core/merge/merge-criteria.ts";
import { conflictLine, criteriaOf, knownOf, linesFor } from "./criterion-lines.ts";

const FAST = "[ ] Answers within 50 ms";
const FASTER = "[ ] Answers within 20 ms";
const SLOWER = "[ ] Answers within 90 ms";
const LOGS = "[ ] Logs every refund";
const KEYS = "[ ] Rotates keys on Monday";
const MAILS = "[ ] Mails the receipt";
const RETRIES = "[ ] Retries three times";
const ticked = (line: string): string => line.replace("[ ]", "[x]");

interface Row {
  readonly what: string;
  readonly base: readonly string[] | null;
  readonly spec: readonly string[];
  readonly ticket: readonly string[];
  /** What both sides have afterwards. */
  readonly both: readonly string[];
}

const MERGED: readonly Row[] = [
  { what: "nobody did anything", base: [FAST, LOGS], spec: [FAST, LOGS], ticket: [FAST, LOGS], both: [FAST, LOGS] },
  { what: "nothing was there, and nothing is", base: [], spec: [], ticket: [], both: [] },

  { what: "ticked on the ticket", base: [FAST, LOGS], spec: [FAST, LOGS], ticket: [ticked(FAST), LOGS], both: [ticked(FAST), LOGS] },
  { what: "ticked in the spec", base: [FAST], spec: [ticked(FAST)], ticket: [FAST], both: [ticked(FAST)] },
  { what: "tick taken off on the ticket", base: [ticked(FAST)], spec: [ticked(FAST)], ticket: [FAST], both: [FAST] },
  { what: "tick taken off in the spec", base: [ticked(FAST)], spec: [FAST], ticket: [ticked(FAST)], both: [FAST] },
  { what: "ticked on both", base: [FAST], spec: [ticked(FAST)], ticket: [ticked(FAST)], both: [ticked(FAST)] },
  { what: "each side ticked another", base: [FAST, LOGS], spec: [ticked(FAST), LOGS], ticket: [FAST, ticked(LOGS)], both: [ticked(FAST), ticked(LOGS)] },

  { what: "reworded in the spec", base: [FAST, LOGS], spec: [FASTER, LOGS], ticket: [FAST, LOGS], both: [FASTER, LOGS] },
  { what: "reworded on the ticket", base: [FAST, LOGS], spec: [FAST, LOGS], ticket: [FASTER, LOGS], both: [FASTER, LOGS] },
  { what: "reworded alike on both", base: [FAST], spec: [FASTER], ticket: [FASTER], both: [FASTER] },
  { what: "reworded in the spec, ticked on the ticket", base: [FAST], spec: [FASTER], ticket: [ticked(FAST)], both: [ticked(FASTER)] },
  { what: "ticked in the spec, reworded on the ticket", base: [FAST], spec: [ticked(FAST)], ticket: [FASTER], both: [ticked(FASTER)] },
  {
    what: "reworded alike on both, and another one like it added on the ticket",
    base: [FAST],
    spec: [FASTER],
    ticket: [FASTER, SLOWER],
    both: [FASTER, SLOWER],
  },
  {
    what: "each side reworded another",
    base: [FAST, LOGS],
    spec: [FASTER, LOGS],
    ticket: [FAST, "[ ] Logs each refund"],
    both: [FASTER, "[ ] Logs each refund"],
  },

  { what: "added in the spec", base: [FAST], spec: [FAST, LOGS], ticket: [FAST], both: [FAST, LOGS] },
  { what: "added on the ticket, above", base: [FAST], spec: [FAST], ticket: [LOGS, FAST], both: [LOGS, FAST] },
  { what: "the first ones, on both sides", base: [], spec: [FAST], ticket: [LOGS], both: [FAST, LOGS] },
  { what: "the same added on both, ticked on one", base: [], spec: [FAST], ticket: [ticked(FAST)], both: [ticked(FAST)] },
  {
    what: "added behind the same neighbour on both sides",
    base: [FAST, LOGS],
    spec: [FAST, KEYS, LOGS],
    ticket: [FAST, MAILS, LOGS],
    both: [FAST, KEYS, MAILS, LOGS],
  },
  { what: "added behind different neighbours", base: [FAST, LOGS], spec: [FAST, LOGS, KEYS], ticket: [FAST, MAILS, LOGS], both: [FAST, MAILS, LOGS, KEYS] },
  { what: "a second one with the same words", base: [FAST], spec: [FAST, FAST], ticket: [FAST], both: [FAST, FAST] },

  { what: "removed in the spec", base: [FAST, LOGS], spec: [LOGS], ticket: [FAST, LOGS], both: [LOGS] },
  { what: "removed on the ticket", base: [FAST, LOGS], spec: [FAST, LOGS], ticket: [LOGS], both: [LOGS] },
  { what: "removed on both", base: [FAST, LOGS], spec: [LOGS], ticket: [LOGS], both: [LOGS] },
  { what: "all removed on the ticket", base: [FAST, LOGS], spec: [FAST, LOGS], ticket: [], both: [] },
  { what: "removed in the spec, another one added on the ticket", base: [FAST, LOGS], spec: [LOGS], ticket: [FAST, LOGS, KEYS], both: [LOGS, KEYS] },
  { what: "one of two with the same words removed", base: [FAST, FAST], spec: [FAST], ticket: [FAST, FAST], both: [FAST] },
  { what: "the first of two with the same words ticked", base: [FAST, FAST], spec: [FAST, FAST], ticket: [ticked(FAST), FAST], both: [ticked(FAST), FAST] },
  { what: "replaced by something else", base: [FAST], spec: [LOGS], ticket: [FAST], both: [LOGS] },

  { what: "reordered in the spec", base: [FAST, LOGS, KEYS], spec: [KEYS, FAST, LOGS], ticket: [FAST, LOGS, KEYS], both: [KEYS, FAST, LOGS] },
  { what: "reordered on the ticket", base: [FAST, LOGS, KEYS], spec: [FAST, LOGS, KEYS], ticket: [LOGS, KEYS, FAST], both: [LOGS, KEYS, FAST] },
  {
    what: "reordered differently on both: the spec's order",
    base: [FAST, LOGS, KEYS],
    spec: [KEYS, FAST, LOGS],
    ticket: [LOGS, KEYS, FAST],
    both: [KEYS, FAST, LOGS],
  },
  { what: "reordered on the ticket, added in the spec", base: [FAST, LOGS], spec: [FAST, KEYS, LOGS], ticket: [LOGS, FAST], both: [LOGS, FAST, KEYS] },
  { what: "reordered in the spec, added on the ticket", base: [FAST, LOGS], spec: [LOGS, FAST], ticket: [FAST, KEYS, LOGS], both: [LOGS, FAST, KEYS] },
  {
    what: "reordered on the ticket, ticked and reworded in the spec",
    base: [FAST, LOGS],
    spec: [FASTER, ticked(LOGS)],
    ticket: [LOGS, FAST],
    both: [ticked(LOGS), FASTER],
  },

  { what: "without a base, equal", base: null, spec: [FAST, ticked(LOGS)], ticket: [FAST, ticked(LOGS)], both: [FAST, ticked(LOGS)] },
  { what: "without a base, in another order: the spec's", base: null, spec: [FAST, LOGS], ticket: [LOGS, FAST], both: [FAST, LOGS] },
];

describe("what merges", () => {
  it.each(MERGED)("$what", ({ base, spec, ticket, both }) => {
    const result = mergeCriteria(base && knownOf(base), criteriaOf(spec), criteriaOf(ticket), null);
    expect(result.conflicts).toEqual([]);
    expect(linesFor("spec", result.merged)).toEqual(both);
    expect(linesFor("live", result.merged)).toEqual(both);
    expect({ pulls: result.pulls, pushes: result.pushes }).toEqual({ pulls: !same(both, spec), pushes: !same(both, ticket) });
  });
});

interface ConflictRow extends Omit<Row, "both"> {
  /** base | spec | ticket */
  readonly conflict: string;
  /** What both have once a person keeps the spec's, the ticket's, or both. */
  readonly keep: readonly [spec: readonly string[], tracker: readonly string[], merge: readonly string[]];
}

const CONFLICTS: readonly ConflictRow[] = [
  {
    what: "reworded differently on both",
    ...{ base: [FAST, LOGS], spec: [FASTER, LOGS], ticket: [SLOWER, LOGS] },
    conflict: `${FAST} | ${FASTER} | ${SLOWER}`,
    keep: [
      [FASTER, LOGS],
      [SLOWER, LOGS],
      [FASTER, SLOWER, LOGS],
    ],
  },
  {
    what: "reworded differently, and ticked on the ticket: the tick is no conflict",
    ...{ base: [FAST], spec: [FASTER], ticket: [ticked(SLOWER)] },
    conflict: `${FAST} | ${FASTER} | ${ticked(SLOWER)}`,
    keep: [[ticked(FASTER)], [ticked(SLOWER)], [FASTER, ticked(SLOWER)]],
  },
  {
    what: "removed in the spec, reworded on the ticket",
    ...{ base: [FAST, LOGS], spec: [LOGS], ticket: [SLOWER, LOGS] },
    conflict: `${FAST} | - | ${SLOWER}`,
    keep: [[LOGS], [SLOWER, LOGS], [SLOWER, LOGS]],
  },
  {
    what: "removed in the spec, ticked on the ticket",
    ...{ base: [FAST, LOGS], spec: [LOGS], ticket: [ticked(FAST), LOGS] },
    conflict: `${FAST} | - | ${ticked(FAST)}`,
    keep: [[LOGS], [ticked(FAST), LOGS], [ticked(FAST), LOGS]],
  },
  {
    what: "reworded in the spec, removed on the ticket",
    ...{ base: [LOGS, FAST], spec: [LOGS, FASTER], ticket: [LOGS] },
    conflict: `${FAST} | ${FASTER} | -`,
    keep: [[LOGS, FASTER], [LOGS], [LOGS, FASTER]],
  },
  {
    what: "ticked on the ticket, and in the spec one of two that could be it",
    ...{ base: [FAST], spec: [FASTER, SLOWER], ticket: [ticked(FAST)] },
    conflict: `${FAST} | - | ${ticked(FAST)}`,
    keep: [
      [FASTER, SLOWER],
      [FASTER, SLOWER, ticked(FAST)],
      [FASTER, SLOWER, ticked(FAST)],
    ],
  },
  {
    what: "replaced by one that only begins alike, and ticked on the ticket: the tick does not pass on",
    ...{ base: ["[ ] The user can delete a card"], spec: ["[ ] The user can export all data"], ticket: ["[x] The user can delete a card"] },
    conflict: "[ ] The user can delete a card | - | [x] The user can delete a card",
    keep: [
      ["[ ] The user can export all data"],
      ["[ ] The user can export all data", "[x] The user can delete a card"],
      ["[ ] The user can export all data", "[x] The user can delete a card"],
    ],
  },
  {
    what: "without a base, only in the spec",
    ...{ base: null, spec: [FAST, LOGS], ticket: [FAST] },
    conflict: `- | ${LOGS} | -`,
    keep: [[FAST, LOGS], [FAST], [FAST, LOGS]],
  },
  {
    what: "without a base, only on the ticket",
    ...{ base: null, spec: [FAST], ticket: [LOGS, FAST] },
    conflict: `- | - | ${LOGS}`,
    keep: [[FAST], [LOGS, FAST], [LOGS, FAST]],
  },
  {
    what: "without a base, ticked on one side: set there, or taken off on the other?",
    ...{ base: null, spec: [FAST], ticket: [ticked(FAST)] },
    conflict: `- | ${FAST} | ${ticked(FAST)}`,
    keep: [[FAST], [ticked(FAST)], [ticked(FAST)]],
  },
];

describe("what does not", () => {
  it.each(CONFLICTS)("$what", ({ base, spec, ticket, conflict, keep }) => {
    const merge = (side: "spec" | "tracker" | "merge" | null): ReturnType<typeof mergeCriteria> =>
      mergeCriteria(base && knownOf(base), criteriaOf(spec), criteriaOf(ticket), side);
    expect(merge(null).conflicts.map(conflictLine)).toEqual([conflict]);
    const kept = (["spec", "tracker", "merge"] as const).map(merge);
    expect(kept.flatMap(({ conflicts }) => conflicts)).toEqual([]);
    expect(kept.map(({ merged }) => linesFor("spec", merged))).toEqual(keep);
    expect(kept.map(({ merged }) => linesFor("live", merged))).toEqual(keep);
  });

  it("leaves the rest merged beside it", () => {
    const result = mergeCriteria(knownOf([FAST, LOGS]), criteriaOf([FASTER, LOGS, KEYS]), criteriaOf([SLOWER, ticked(LOGS)]), null);
    expect(linesFor("spec", result.merged)).toEqual([ticked(LOGS), KEYS]);
    expect({ pulls: result.pulls, pushes: result.pushes }).toEqual({ pulls: true, pushes: true });
  });
});

describe("wording", () => {
  it("each side keeps its own spelling of the same words", () => {
    const result = mergeCriteria(knownOf(["[ ] _Fast_ answers"]), criteriaOf(["[ ] _Fast_ answers"]), criteriaOf(["[x] *Fast* answers"]), null);
    expect(linesFor("spec", result.merged)).toEqual(["[x] _Fast_ answers"]);
    expect(linesFor("live", result.merged)).toEqual(["[x] *Fast* answers"]);
    expect({ pulls: result.pulls, pushes: result.pushes }).toEqual({ pulls: true, pushes: false });
  });

  it("another spelling in the spec alone writes nothing", () => {
    const result = mergeCriteria(knownOf(["[ ] _Fast_ answers"]), criteriaOf(["[ ] *Fast* answers"]), criteriaOf(["[ ] *Fast* answers"]), null);
    expect({ pulls: result.pulls, pushes: result.pushes }).toEqual({ pulls: false, pushes: false });
  });

  it("a person who keeps one side's tick keeps both spellings", () => {
    const result = mergeCriteria(null, criteriaOf(["[ ] _Fast_ answers"]), criteriaOf(["[x] *Fast* answers"]), "spec");
    expect([linesFor("spec", result.merged), linesFor("live", result.merged)]).toEqual([["[ ] _Fast_ answers"], ["[ ] *Fast* answers"]]);
  });

  it("another spelling in the spec is no edit against a rewording on the ticket", () => {
    const result = mergeCriteria(knownOf(["[ ] _Fast_ answers"]), criteriaOf(["[ ] *Fast* answers"]), criteriaOf(["[ ] *Fast* answers only"]), null);
    expect(result.conflicts).toEqual([]);
    expect(linesFor("spec", result.merged)).toEqual(["[ ] *Fast* answers only"]);
  });

  it("says who changed the words, and which criterion it was on each side", () => {
    const { merged } = mergeCriteria(
      knownOf([FAST, LOGS, MAILS]),
      criteriaOf([FASTER, LOGS, MAILS, KEYS]),
      criteriaOf([RETRIES, FAST, "[ ] Logs each refund", MAILS]),
      null,
    );
    expect(merged.map(({ specText, from, spec, live }) => [specText, from, spec, live])).toEqual([
      ["Retries three times", "live", null, 0],
      ["Answers within 20 ms", "spec", 0, 1],
      ["Logs each refund", "live", 1, 2],
      ["Mails the receipt", "both", 2, 3],
      ["Rotates keys on Monday", "spec", 3, null],
    ]);
  });
});

function same(one: readonly string[], other: readonly string[]): boolean {
  return one.join("\n") === other.join("\n");
}
