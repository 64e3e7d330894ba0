/** Pins what the package exports: a name that appears here or goes is a decision, not an accident. */

import { expect, test } from "vitest";

test("the public API is exactly this", async () => {
  expect(Object.keys(await import("../src/index.ts")).sort()).toMatchInlineSnapshot(`
    [
      "TrackerError",
      "connect",
      "listSpecs",
      "loadParser",
      "openWorkspace",
      "parseSpec",
      "planTickets",
      "startApply",
    ]
  `);
});
