/** Links one open pull request on the tickets that it names, as soon as it names them; `canon bot apply` links those that no event told of. */

import type { BotWorld } from "./bot-world.ts";
import { linkTickets, ticketsNamed, type Linked } from "./link-tickets.ts";
import { openAtCommit } from "./open-at-commit.ts";

/** null: nothing is written, because `bot.enabled` does not stand on the default branch, or it is a fork's. */
export async function linkRequest(number: number, world: BotWorld): Promise<readonly Linked[] | null> {
  const { forge } = world;
  const request = await forge.pullRequest(number);
  const base = request.head.fork ? null : await forge.head(`refs/heads/${(await forge.repository()).defaultBranch}`);
  const opened = base === null ? null : await openAtCommit(world, base);
  if (base === null || opened === null || !opened.ok) return null;
  const { workspace } = opened.at;
  try {
    if (!workspace.config.bot.enabled) return null;
    return await linkTickets(world, workspace, await ticketsNamed(world, workspace, [request], opened.at.fill), false);
  } finally {
    await opened.at.remove();
  }
}
