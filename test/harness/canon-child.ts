/** The whole program in a process of its own, as bin/canon.js starts it. With an IPC channel it says "ready" and waits for "go", so that several begin at once. */

import { once } from "node:events";
import { run } from "../../src/cli/main.ts";
import { realWorld } from "../../src/cli/world.ts";

if (process.send) {
  await Promise.all([import("../../src/operations/apply.ts"), import("../../src/wiring.ts"), import("../../src/cli/commands/apply.ts")]);
  process.send("ready");
  await once(process, "message");
  process.disconnect();
}
process.exitCode = await run(process.argv.slice(2), realWorld());
