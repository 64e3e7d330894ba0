/** Random steps in two clones of one repository: no word is lost, no ticket twice, and an old checkout writes nothing. */

import { expect, it } from "vitest";
import { drawGitSequence, GIT_KINDS, playGitSequence } from "./git-sequence.ts";
import { simulate, simulationWishes } from "./simulate.ts";

it("keeps every word through 300 steps in two clones", { timeout: 900_000 }, async () => {
  const wishes = simulationWishes(2, 300);
  const { failure, played, seen } = await simulate(wishes, { draw: drawGitSequence, play: playGitSequence, length: 40 });
  expect(failure).toBeNull();
  if (wishes.steps < 300) return;
  expect([...played.keys()].sort()).toEqual([...GIT_KINDS].sort());
  expect([...seen]).toEqual(expect.arrayContaining(["exit 0", "exit 6", "died", "refused behind", "any branch"]));
});
