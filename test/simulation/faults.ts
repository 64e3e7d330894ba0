/** What goes wrong with the requests of a run. */

import type { WireFault } from "../emulators/kit/wire.ts";
import type { Dice } from "./dice.ts";
import type { World } from "./world.ts";

export function drawFaults({ switches, desk }: World, dice: Dice, isFirst: boolean): readonly WireFault[] {
  // Whole requests, whatever they are: on the local tracker nothing travels.
  if (desk.system !== "local" && dice.chance(0.35)) {
    const kind = dice.pick("drop-answer", "drop-answer", "die-before", "garbage", "html", "redirect", "rate-limited", "unavailable");
    return [{ operation: "any", nth: 1 + dice.below(16), kind, ms: 2_000 }];
  }
  if (!isFirst && dice.chance(0.25)) {
    const operation = dice.pick("read", "check", "watermark", "settle", "history");
    return [{ operation, nth: 1 + dice.below(2), kind: dice.pick("unavailable", "partial", "refuse") }];
  }
  const operation = isFirst ? "create" : dice.pick("create", "update", "update", "transition");
  const nth = 1 + dice.below(4);
  const kind = dice.pick("late", "late", "late", "drop-answer", "drop-answer", "garbage", "refuse", "unavailable");
  // A write that lands late, unconditionally, takes away what was written meanwhile: only creates do so here.
  if (kind === "late" && operation !== "create" && switches.behaviour.conditionalWrite !== true) return [];
  // Within D, where nothing but waiting tells that it will not come.
  const ms = switches.settle > 0 ? switches.settle - 1000 - dice.below(switches.settle / 2) : dice.below(8000);
  return [{ operation, nth, kind, ms }];
}
