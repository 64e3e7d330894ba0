/** A process that takes the lock of argv[2], says "held" or "refused", and holds it until it is killed or told to go; or only looks at it, again and again. */

import { realDisk } from "../../src/io/disk.ts";
import { lockHolder, takeLock } from "../../src/io/lock.ts";

const [, , stateDir = "", command = "apply"] = process.argv;

async function attempt(): Promise<void> {
  const result = await takeLock(realDisk(), stateDir, { command, now: new Date() });
  process.send?.(result.ok ? "held" : `refused by ${result.holder?.pid ?? "?"}`);
  if (!result.ok) process.exitCode = 7;
}

async function look(): Promise<void> {
  for (const end = performance.now() + 1_000; performance.now() < end;) await lockHolder(realDisk(), stateDir);
  process.send?.("looked");
}

process.on("message", (word) => {
  if (word === "look") void look();
  if (word === "take") void attempt();
  if (word === "exit") process.exit(0);
});
process.send?.("ready");
