/** The simulation over one emulated vendor: people in its interface, Canon over HTTP, and the same laws. */

import { expect, it } from "vitest";
import type { VendorName } from "../emulated/emulated-vendors.ts";
import { makeEmulatedWorld } from "./emulated-world.ts";
import { drawSequence, playSequence } from "./sequence.ts";
import { simulate, simulationWishes } from "./simulate.ts";
import { STEP_KINDS } from "./step.ts";

const STEPS = 500;

/** `part`: every vendor plays other steps. */
export function simulateVendor(name: VendorName, part: number): void {
  it(`keeps every word through ${STEPS} steps on ${name}`, { timeout: 900_000 }, async () => {
    const wishes = simulationWishes(part, STEPS);
    const make = makeEmulatedWorld(name);
    const { failure, played, seen } = await simulate(wishes, { draw: drawSequence, play: (sequence) => playSequence(sequence, make), length: 60 });
    expect(failure).toBeNull();
    if (wishes.steps < STEPS) return;
    // A simulation in which nothing happens would hold every law. What is rare may not come up in so few steps.
    const rare = new Set(["lose-cache", "lose-state", "lose-base", "revert", "absorb"]);
    expect([...played.keys()].sort()).toEqual(expect.arrayContaining(STEP_KINDS.filter((kind) => !rare.has(kind))));
    expect([...seen]).toEqual(expect.arrayContaining(["exit 0", "exit 4", "died", "created", "wrote", "pulled", "decided"]));
  });
}
