/** Whose tickets' text may be read where the specs are kept (threat 28). */

import type { Config } from "../model/config.ts";

/** A target counts as less visible than the repository unless it says otherwise: nobody can ask a tracker who reads it. */
export function hiddenTargets({ targets, bot }: Pick<Config, "targets" | "bot">, visibility: "public" | "internal" | "private"): ReadonlySet<string> {
  if (bot.showLive || visibility === "private") return new Set();
  return new Set(targets.flatMap((target) => (target.public ? [] : [target.name])));
}
