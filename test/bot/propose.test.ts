/** What the bot proposes, decided: laws over random drift and random memories. */

import { fc } from "../harness/property.ts";
import { expect, it } from "vitest";
import { changesBySpec, decideProposals, isStanding, proposalBranch, STATUSES, type SpecChanges } from "../../src/core/bot/propose.ts";
import type { Proposal } from "../../src/core/model/bot-memory.ts";
import type { Change, FieldChange } from "../../src/core/model/plan.ts";

const NOW = Date.parse("2026-01-05T09:00:00Z");
const LIMITS = { open: 3, perHour: 2, statusEvery: 86_400_000 };

function change(path: string, key: string, fields: readonly (readonly ["status" | "criteria", string])[]): Change {
  const pulled = fields.map(([field, live]): FieldChange => ({ field, verdict: "pull", base: null, spec: null, live }));
  return {
    ...{
      digest: "",
      action: "pull",
      reason: "ticket-edited",
      target: "main",
      address: `${path}#${key}`,
      from: null,
      key,
      type: null,
      title: key,
      parent: null,
    },
    ...{ token: "", itemHash: "", fields: [], pulled, edits: [{ path, line: 1, before: [], after: ["x"] }], held: [], guards: [], after: [], splice: null },
  };
}

const path = fc.constantFrom("specs/a.md", "specs/b.md", "specs/c.md", "specs/d.md", "specs/e.md");
const field = fc.tuple(fc.constantFrom("status" as const, "criteria" as const), fc.constantFrom("1", "2", "3"));
const drift = fc
  .uniqueArray(fc.record({ path, key: fc.constantFrom("P-1", "P-2", "P-3"), fields: fc.array(field, { minLength: 1, maxLength: 2 }) }), {
    selector: (one) => `${one.path}${one.key}`,
    maxLength: 10,
  })
  .map((list) => list.map((one) => change(one.path, one.key, one.fields)));

const found = drift.map((changes) => changesBySpec({ changes }));

const memory = fc
  .tuple(
    found,
    fc.array(
      fc.record({ state: fc.constantFrom("open", "paused", "merged", "declined", "withdrawn"), hours: fc.integer({ min: 0, max: 50 }), same: fc.boolean() }),
    ),
  )
  .map(([specs, facts]) => {
    const standing = new Set<string>();
    return specs.flatMap((one, index): readonly Proposal[] => {
      const fact = facts[index];
      if (fact === undefined || (isStanding(fact.state) && standing.has(one.spec))) return [];
      if (isStanding(fact.state)) standing.add(one.spec);
      const openedAt = new Date(NOW - fact.hours * 3_600_000).toISOString();
      return [
        {
          spec: one.spec,
          branch: proposalBranch(one.spec),
          number: index + 1,
          print: fact.same ? one.print : "other",
          own: "c",
          head: "c",
          addresses: [],
          state: fact.state,
          openedAt,
        },
      ];
    });
  });

const decide = (specs: readonly SpecChanges[], proposals: readonly Proposal[], isGone = true): ReturnType<typeof decideProposals> =>
  decideProposals(specs, { proposals }, LIMITS, { now: NOW, isGone: () => isGone });

it("what was declined is never proposed again", () => {
  fc.assert(
    fc.property(found, memory, (specs, proposals) => {
      const declined = new Set(proposals.flatMap(({ state, print }) => (state === "declined" ? [print] : [])));
      for (const one of decide(specs, proposals)) if (one.do === "propose") expect(declined.has(one.found.print)).toBe(false);
    }),
  );
});

it("at most one stands for each spec, and no more than there is room for", () => {
  fc.assert(
    fc.property(found, memory, (specs, proposals) => {
      const decisions = decide(specs, proposals);
      const fresh = decisions.flatMap((one) => (one.do === "propose" && one.standing === null ? [one.found.spec] : []));
      const gone = decisions.flatMap((one) => (one.do === "withdraw" ? [one.standing] : []));
      const standing = proposals.filter((one) => isStanding(one.state) && !gone.includes(one));
      expect(new Set([...standing.map(({ spec }) => spec), ...fresh]).size).toBe(standing.length + fresh.length);
      const recent = proposals.filter(({ openedAt }) => Date.parse(openedAt) > NOW - 3_600_000).length;
      if (fresh.length > 0) expect(standing.length + fresh.length).toBeLessThanOrEqual(LIMITS.open);
      if (fresh.length > 0) expect(recent + fresh.length).toBeLessThanOrEqual(LIMITS.perHour);
    }),
  );
});

it("nobody's paused proposal is touched, and nothing is withdrawn that may only be unread", () => {
  fc.assert(
    fc.property(found, memory, (specs, proposals) => {
      for (const one of decide(specs, proposals)) {
        if (one.do === "propose") expect(one.standing?.state).not.toBe("paused");
        if (one.do === "withdraw") expect([one.standing.state, specs.some(({ spec }) => spec === one.standing.spec)]).toEqual(["open", false]);
      }
      expect(decide(specs, proposals, false).filter((one) => one.do === "withdraw")).toEqual([]);
    }),
  );
});

it("the identity of a proposal is what it changes, in whatever order", () => {
  fc.assert(
    fc.property(drift, (changes) => {
      const [one, other] = [changesBySpec({ changes }), changesBySpec({ changes: changes.toReversed() })];
      expect(new Map(other.map(({ spec, print }) => [spec, print]))).toEqual(new Map(one.map(({ spec, print }) => [spec, print])));
    }),
  );
  const print = (live: string): string | undefined => changesBySpec({ changes: [change("specs/a.md", "P-1", [["criteria", live]])] })[0]?.print;
  expect(print("1")).not.toBe(print("2"));
});

it("statuses alone go together, whatever their specs; with a criterion they go with their spec", () => {
  const specs = changesBySpec({
    changes: [
      change("specs/a.md", "P-1", [["status", "1"]]),
      change("specs/b.md", "P-2", [["status", "1"]]),
      change("specs/c.md", "P-3", [
        ["status", "1"],
        ["criteria", "1"],
      ]),
    ],
  });
  expect(specs.map(({ spec, changes }) => [spec, changes.length])).toEqual([
    ["specs/c.md", 1],
    [STATUSES, 2],
  ]);
});

it("branches are names that git and hosts take, and no two specs share one", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (one, other) => {
      expect(proposalBranch(one)).toMatch(/^canon\/sync\/[a-z0-9]+(-[a-z0-9]+)*$/);
      if (one !== other) expect(proposalBranch(one)).not.toBe(proposalBranch(other));
    }),
  );
});
