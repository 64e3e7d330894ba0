/** Thousands of random steps of people and Canon over one workspace: no word is lost, no ticket twice, and it comes to rest. */

import { expect, it } from "vitest";
import { simulate, simulationWishes } from "./simulate.ts";
import { STEP_KINDS } from "./step.ts";

it("keeps every word through 5,000 steps", { timeout: 900_000 }, async () => {
  const wishes = simulationWishes(0, 5000);
  const { failure, played, seen } = await simulate(wishes);
  expect(failure).toBeNull();
  if (wishes.steps < 5000) return;
  // A simulation in which nothing happens would hold every law.
  expect([...played.keys()].sort()).toEqual([...STEP_KINDS].sort());
  expect([...seen]).toEqual(expect.arrayContaining(["exit 0", "exit 4", "exit 5", "exit 8", "exit 130", "died", "created", "wrote", "pulled", "decided"]));
});
