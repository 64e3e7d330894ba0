/** The table of required capabilities fails an adapter that answers with less. */

import { expect, it } from "vitest";
import { SYSTEMS } from "../../src/core/model/system.ts";
import { capabilitiesOf, DEFAULT_BEHAVIOUR } from "../../src/trackers/local/local-project.ts";
import { REQUIRED_CAPABILITIES, shortfalls } from "./required-capabilities.ts";

it("names every tracker there is", () => {
  expect(Object.keys(REQUIRED_CAPABILITIES).sort()).toEqual([...SYSTEMS].sort());
});

it("tells each flag, batch and limit that falls short", () => {
  const full = capabilitiesOf(DEFAULT_BEHAVIOUR);
  expect(shortfalls(REQUIRED_CAPABILITIES.local, full)).toEqual([]);
  const weak = { ...full, clientIds: false, baseAlone: false, titleLimit: 80, batch: { ...full.batch, create: 1 } };
  expect(shortfalls(REQUIRED_CAPABILITIES.local, weak)).toEqual([
    "clientIds must be true",
    "baseAlone must be true",
    "batch.create must be at least 100",
    "titleLimit must be at least 255",
  ]);
});
