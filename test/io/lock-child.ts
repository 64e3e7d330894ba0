/** A process that takes the lock of argv[2], says "held" or "refused", and holds it until it is killed or told to go. */

import { realDisk } from "../../src/io/disk.ts";
import { takeLock } from "../../src/io/lock.ts";

const [, , stateDir = "", command = "apply"] = process.argv;

async function attempt(): Promise<void> {
  const result = await takeLock(realDisk(), stateDir, { command, now: new Date() });
  process.send?.(result.ok ? "held" : `refused by ${result.holder?.pid ?? "?"}`);
  if (!result.ok) process.exitCode = 7;
}

process.on("message", (word) => {
  if (word === "take") void attempt();
  if (word === "exit") process.exit(0);
});
process.send?.("ready");
