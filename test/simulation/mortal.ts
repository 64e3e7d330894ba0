/** Death of a run within this process: from the chosen operation on, disk and tracker do nothing any more. */

import { realDisk, type Disk } from "../../src/io/disk.ts";
import type { ConnectTracker } from "../../src/operations/workspace.ts";
import { hookedDisk } from "../io/hooked-disk.ts";
import { watching } from "../harness/watched-tracker.ts";
import type { Dice } from "./dice.ts";

/** Not one of Canon's errors: nothing in src knows how to go on after it. */
export class Died extends Error {}

export interface MortalWorld {
  readonly disk: Disk;
  readonly connect: ConnectTracker;
  readonly isDead: () => boolean;
  /** Batches that reached the tracker. */
  readonly requests: () => number;
}

/** `deathAt`: the operation that is the last, from 1; 0: none. */
export function mortalWorld(deathAt: number, dice: Dice, connect: ConnectTracker): MortalWorld {
  let [done, requests, isDead] = [0, 0, false];
  const arrive = (): boolean => {
    if (isDead) throw new Died("dead");
    done += 1;
    isDead = done === deathAt;
    return isDead;
  };
  const real = realDisk();
  const torn: Disk = {
    ...real,
    append: async (path, text) => {
      if (!isDead) return real.append(path, text);
      await real.append(path, text.slice(0, text.length >> 1));
      throw new Died(`in the middle of ${path}`);
    },
  };
  return {
    disk: hookedDisk((_count, mutation, path) => {
      // Appends die in their middle.
      if (arrive() && !(mutation === "append" && dice.chance(0.5))) throw new Died(`${mutation} ${path}`);
    }, torn),
    connect: watching(connect, async (request, send) => {
      const isLast = arrive();
      if (!isLast) {
        requests += 1;
        return send();
      }
      // What was sent may have landed, in part, without anybody hearing of it.
      const landed = dice.below(request.elements.length + 1);
      if (landed > 0) await send(0, landed);
      throw new Died(`${request.operation} ${landed}/${request.elements.length}`);
    }),
    isDead: () => isDead,
    requests: () => requests,
  };
}
