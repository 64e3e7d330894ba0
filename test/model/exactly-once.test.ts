/** Exactly once, over every order of steps, crashes, late deliveries and lost answers of two runners; and that the check can fail. */

import { expect, test } from "vitest";
import { exactlyOnce, type Mistake, type Settings } from "./exactly-once-model.ts";
import { explore, type Exploration } from "./explore.ts";

function run(settings: Partial<Settings>): Exploration {
  return explore(exactlyOnce({ clientIds: false, guard: "lock", crashes: 2, losses: 2, refusals: 1, mistake: null, ...settings }));
}

test.each([
  { guard: "lock", clientIds: false, crashes: 4, losses: 3, refusals: 2 },
  { guard: "lock", clientIds: true, crashes: 2, losses: 1, refusals: 1 },
  { guard: "lease", clientIds: false, crashes: 1, losses: 1, refusals: 1 },
  { guard: "lease", clientIds: true, crashes: 1, losses: 0, refusals: 0 },
] as const)("no second ticket, no lost marker, no two writers: %o", { timeout: 180_000 }, (settings) => {
  const began = performance.now();
  const { states, moves, finished, counterexample } = run(settings);
  console.log(
    `exactly once, ${settings.guard}, client ids ${settings.clientIds ? "on" : "off"}, ${settings.crashes} crashes, ${settings.losses} lost answers: ${states} states, ${moves} moves, ${finished} ends, ${Math.round(performance.now() - began)} ms`,
  );
  expect(counterexample).toBeNull();
  expect(finished).toBeGreaterThan(0);
  expect(states).toBeGreaterThan(1_000);
});

/** What each mistake leads to. A record: a mistake without its line does not compile. */
const MISTAKES: Readonly<Record<Mistake, { readonly why: string; readonly guard?: Settings["guard"] }>> = {
  "no wait": { why: "two tickets" },
  "a wait one tick short": { why: "two tickets" },
  "a lookup from before the wait": { why: "two tickets" },
  "blind retry": { why: "two tickets" },
  "send before the journal": { why: "two tickets" },
  "plan before the lock": { why: "two tickets" },
  "no lock": { why: "two runners write at once" },
  "interrupted runs forgotten": { why: "two tickets" },
  "end before the marker": { why: "two tickets" },
  "claim dropped before the marker": { why: "two tickets" },
  "claims only where a marker failed": { why: "two tickets", guard: "lease" },
  "lease taken over at its expiry": { why: "while the other writes", guard: "lease" },
};

test.each(Object.entries(MISTAKES))("%s: a counterexample", (mistake, { why, guard = "lock" }) => {
  const { counterexample } = run({ guard, mistake: isMistake(mistake) ? mistake : null });
  expect(counterexample?.why).toContain(why);
  expect(counterexample?.steps.length).toBeGreaterThan(0);
});

function isMistake(name: string): name is Mistake {
  return name in MISTAKES;
}
