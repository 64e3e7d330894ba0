/**
 * A process that applies clone a of the world argv[2] and kills itself at the moment argv[3]; 0: never. A moment is the
 * point before a file operation, and before and after every request that writes. Pushes kill it by themselves.
 */

import { setTimeout as sleep } from "node:timers/promises";
import { projectAt } from "./project-at.ts";
import { hookedDisk } from "../io/hooked-disk.ts";
import { sharedTracker } from "./lease-tracker.ts";
import { watching } from "./watched-tracker.ts";

const [, , root = "", moment = "0"] = process.argv;
const labels: string[] = [];

async function arrive(label: string): Promise<void> {
  labels.push(label);
  if (labels.length !== Number(moment)) return;
  process.kill(process.pid, "SIGKILL");
  await sleep(60_000);
}

const connect = watching(sharedTracker, async ({ operation, elements }, send) => {
  await arrive(`${operation} ${elements.length}`);
  const outcomes = await send();
  await arrive(`${operation} ${elements.length} landed`);
  return outcomes;
});
const disk = hookedDisk((_count, mutation, path) => arrive(`${mutation} ${path.slice(root.length)}`));
const report = await projectAt(root, { disk, connect, env: process.env }).apply();
process.stdout.write(JSON.stringify({ labels, exitCode: report.exitCode }));
