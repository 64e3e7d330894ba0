/** A law: whatever Canon's runs and people do to a reference, it stands where the last one who expected rightly put it. */

import { fc } from "../harness/property.ts";
import { expect, test } from "vitest";
import type { CommitOutcome, Forge } from "../../src/forges/forge.ts";
import { gitStage } from "./git-stage.ts";

const BRANCHES = ["one", "two"] as const;

interface Step {
  readonly who: "run" | "other run" | "person";
  readonly branch: (typeof BRANCHES)[number];
  readonly what: "commit" | "rebuild" | "back" | "remove";
  /** How many steps ago the one who writes looked; a person always looks now. */
  readonly ago: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  who: fc.constantFrom("run", "other run", "person"),
  branch: fc.constantFrom(...BRANCHES),
  what: fc.constantFrom("commit", "commit", "rebuild", "back", "remove"),
  ago: fc.constantFrom(0, 0, 0, 1, 2),
});

test("a write lands exactly where it expected the reference, or nothing changes and it is told what stands there", { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 8 }), async (steps) => {
      const stage = await gitStage();
      try {
        const [other, dana] = [await stage.again(), await stage.person("dana")];
        const past: Record<Step["branch"], (string | null)[]> = { one: [null], two: [null] };
        for (const [index, { who, branch, what, ago }] of steps.entries()) {
          const seen = past[branch];
          const stands = seen.at(-1) ?? null;
          const ref = `refs/heads/${branch}`;
          if (who === "person") {
            if (what !== "remove") seen.push(await dana.push(branch, [{ path: "n", content: `${index}` }], what === "commit" ? {} : { onto: stage.first }));
            else if (stands !== null) {
              await dana.deleteBranch(branch);
              seen.push(null);
            }
          } else {
            const expected = seen.at(-1 - ago) ?? null;
            const outcome = await write(who === "run" ? stage.forge : other, { ref, what, expected, first: stage.first, text: `${index}` });
            if (outcome === null) continue;
            if (expected === stands) {
              expect(outcome.state).toBe("done");
              seen.push(what === "remove" || outcome.state !== "done" ? null : outcome.commit);
            } else expect(outcome).toEqual({ state: "moved", now: stands });
          }
          for (const forge of [stage.forge, other]) expect(await forge.head(ref)).toBe(seen.at(-1));
        }
      } finally {
        await stage.end();
      }
    }),
    { numRuns: 8 },
  );
});

interface Write {
  readonly ref: string;
  readonly what: Step["what"];
  readonly expected: string | null;
  readonly first: string;
  readonly text: string;
}

/** null: it cannot be wished for a reference that is not there. */
async function write(forge: Forge, { ref, what, expected, first, text }: Write): Promise<CommitOutcome | null> {
  const files = [{ path: "n", text }];
  switch (what) {
    case "commit":
      return forge.commit({ ref, expected, parent: expected ?? first, files, message: text });
    case "rebuild":
      return forge.commit({ ref, expected, parent: first, files, message: text });
    case "back":
      return expected === null ? null : forge.move(ref, expected, first);
    case "remove":
      return expected === null ? null : forge.move(ref, expected, null);
  }
}
