/** `bot:`: how Canon works on pull requests. */

import * as z from "zod/mini";
import type { BotConfig } from "../model/config.ts";
import { count, flag, textLike, word } from "./schema-parts.ts";
import type { WrittenBot } from "./written-config.ts";

const HOUR = 3_600_000;
const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: HOUR, d: 24 * HOUR };

const limits = z.strictObject({
  open: count("Pull requests with proposals that may be open at once. Default: 5"),
  per_hour: count("Pull requests with proposals that may be opened within an hour. Default: 2"),
});

const notify = z.strictObject({
  ticket: flag("true: one comment on each ticket says what became of what people changed there. Default: false"),
});

export const botSchema: z.ZodMiniType<WrittenBot, WrittenBot> = z.strictObject({
  enabled: flag("true on the default branch lets the bot write to trackers. Default: false"),
  markers: word(["commit", "pull-request"], "How markers of new tickets come back. Default: commit"),
  on_moved: word(["stop", "apply"], "What happens after a merge to changes that nobody reviewed. Default: stop"),
  show_live: flag("Show text and names of tickets although the repository is more visible than the tracker. Default: false"),
  status_every: textLike(/^\d+\s*[mhd]$/, 'must be a time such as "1d", "12h" or "30m"', "How often statuses alone are worth a pull request. Default: 1d"),
  limits: z.optional(limits.check(z.describe("How many pull requests the bot may open."))),
  notify: z.optional(notify.check(z.describe("Who hears what became of a proposal."))),
});

export function resolveBot(written: WrittenBot = {}): BotConfig {
  return {
    enabled: written.enabled ?? false,
    markers: written.markers ?? "commit",
    onMoved: written.on_moved ?? "stop",
    showLive: written.show_live ?? false,
    statusEvery: duration(written.status_every ?? "1d"),
    limits: { open: written.limits?.open ?? 5, perHour: written.limits?.per_hour ?? 2 },
    notify: { ticket: written.notify?.ticket ?? false },
  };
}

function duration(text: string): number {
  const [, amount, unit] = /^(\d+)\s*([mhd])$/.exec(text) ?? [];
  return Number(amount) * (UNITS[unit ?? "d"] ?? UNITS["d"] ?? 0);
}
