/** Exactly once, over every order of steps, crashes, late deliveries and lost answers of two runners; and that the check can fail. */

import { expect, test } from "vitest";
import { exactlyOnce, type Mistake, type Settings } from "./exactly-once-model.ts";
import { explore, type Exploration } from "./explore.ts";

function run(settings: Partial<Settings>): Exploration {
  return explore(exactlyOnce({ clientIds: false, guard: "lock", crashes: 2, mistake: null, ...settings }));
}

test.each([
  { guard: "lock", clientIds: false, crashes: 2 },
  { guard: "lock", clientIds: true, crashes: 2 },
  { guard: "lease", clientIds: false, crashes: 2 },
  { guard: "lease", clientIds: true, crashes: 1 },
] as const)("no second ticket, no lost marker, no two writers: %o", (settings) => {
  const began = performance.now();
  const { states, moves, finished, counterexample } = run(settings);
  console.log(`exactly once, ${settings.guard}, client ids ${settings.clientIds ? "on" : "off"}, ${settings.crashes} crashes: ${states} states, ${moves} moves, ${finished} ends, ${Math.round(performance.now() - began)} ms`);
  expect(counterexample).toBeNull();
  expect(finished).toBeGreaterThan(0);
  expect(states).toBeGreaterThan(1_000);
});

const MISTAKES: Readonly<Record<Mistake, Partial<Settings>>> = {
  "no wait": {},
  "a wait one tick short": {},
  "a lookup from before the wait": {},
  "blind retry": {},
  "send before the journal": {},
  "plan before the lock": {},
  "no lock": {},
  "interrupted runs forgotten": {},
  "end before the marker": {},
  "claim dropped before the marker": {},
  "lease taken over at its expiry": { guard: "lease" },
};

test.each(Object.entries(MISTAKES))("%s: a counterexample", (name, settings) => {
  const { counterexample } = run({ ...settings, mistake: name as Mistake });
  console.log(`${name}: ${counterexample?.why}\n  ${counterexample?.steps.join("\n  ")}`);
  expect(counterexample).not.toBeNull();
});
