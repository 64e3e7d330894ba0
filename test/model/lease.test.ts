/** Exactly once between clones that share nothing but the lease, over every order of steps, crashes, late deliveries and lost answers; and that the check can fail. */

import { expect, test } from "vitest";
import { explore } from "./explore.ts";
import { leaseModel, type LeaseMistake } from "./lease-model.ts";

test.each([
  { crashes: 0, losses: 0 },
  { crashes: 3, losses: 2 },
])("no second ticket, no lost marker, no two writers: %o", { timeout: 60_000 }, (settings) => {
  const { states, finished, counterexample } = explore(leaseModel({ ...settings, mistake: null }));
  expect(counterexample).toBeNull();
  expect(finished).toBeGreaterThan(0);
  expect(states).toBeGreaterThan(settings.crashes === 0 ? 50 : 1_000);
});

/** What each mistake leads to. A record: a mistake without its line does not compile. */
const MISTAKES: Readonly<Record<LeaseMistake, string>> = {
  "taken over at its expiry": "while the other writes",
  "acquired although another wrote since the reading": "while the other writes",
  "sent before it was announced": "two tickets",
  "sent although it may have run out": "while the other writes",
  "the intent is gone before the claim is told": "two tickets",
  "no claim is told": "two tickets",
  "nothing is settled before planning": "two tickets",
  "no wait before the look-up": "two tickets",
};

test.each(Object.entries(MISTAKES))("%s: a counterexample", (mistake, why) => {
  const { counterexample } = explore(leaseModel({ crashes: 2, losses: 2, mistake: isMistake(mistake) ? mistake : null }));
  expect(counterexample?.why).toContain(why);
});

function isMistake(name: string): name is LeaseMistake {
  return name in MISTAKES;
}
