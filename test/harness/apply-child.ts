/**
 * A process that applies the workspace of argv[2] and kills itself, as `kill -9` would, at the moment argv[3]; 0: never.
 * A moment is the point before a file operation, the middle of an append or of a temp file, and in every batch of
 * requests each point between two elements: before the first was carried out, …, after the last but before its answer.
 * argv[4] "late": the requests that were under way then are not lost, they land argv[5] milliseconds later.
 * argv[6]: the selection that is applied, as JSON.
 */

import { setTimeout as sleep } from "node:timers/promises";
import { realDisk, type Disk } from "../../src/io/disk.ts";
import { openLocalDesk, connect } from "../../src/wiring.ts";
import { hookedDisk } from "../io/hooked-disk.ts";
import { projectAt } from "./project-at.ts";
import { watching, type Door } from "./watched-tracker.ts";

const [, , root = "", moment = "0", way = "stop", delay = "0", selection = "{}"] = process.argv;
const killAt = Number(moment);
const labels: string[] = [];

/** True when this is the moment to die. */
function arrive(label: string): boolean {
  labels.push(label);
  return labels.length === killAt;
}

async function die(): Promise<never> {
  process.kill(process.pid, "SIGKILL");
  return sleep(60_000).then(die);
}

/** Dies half-way through what it writes, with the first half on the disk. */
function tornDisk(disk: Disk): Disk {
  return {
    ...disk,
    append: async (path, text) => {
      if (!arrive(`half append ${path}`)) return disk.append(path, text);
      await disk.append(path, text.slice(0, text.length >> 1));
      return die();
    },
    writeTemp: async (path, bytes) => {
      if (!arrive(`half writeTemp ${path}`)) return disk.writeTemp(path, bytes);
      await disk.writeTemp(path, bytes.slice(0, bytes.length >> 1));
      return die();
    },
  };
}

const disk = hookedDisk(async (_count, mutation, path) => {
  if (arrive(`${mutation} ${path}`)) await die();
}, tornDisk(realDisk()));

const door: Door = async (request, send, target) => {
  const { operation, elements } = request;
  for (let landed = 0; landed <= elements.length; landed += 1) {
    if (!arrive(`${operation} ${landed}/${elements.length} ${target}`)) continue;
    if (landed > 0) await send(0, landed);
    if (way === "late" && landed < elements.length) {
      await setLate(operation, elements.length - landed);
      await send(landed);
    }
    return die();
  }
  return send();
};

async function setLate(operation: "create" | "update" | "transition" | "comment" | "link", count: number): Promise<void> {
  const { config, parser, env, clock } = await project.open();
  for (const target of config.targets) {
    const desk = await openLocalDesk(target, { root, parser, env, now: () => clock.now() });
    await desk.setFaults(Array.from({ length: count }, (_one, index) => ({ operation, nth: index + 1, kind: "late" as const, ms: Number(delay) })));
    await desk.end();
  }
}

const project = projectAt(root, { disk, connect: watching(connect, door) });
const report = await project.apply(JSON.parse(selection));
process.stdout.write(JSON.stringify({ labels, exitCode: report.exitCode }));
