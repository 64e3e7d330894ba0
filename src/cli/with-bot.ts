/** Opens the bot for one command: the clone, the code host, the words; and lets go of them afterwards. */

import type { BotWorld } from "../operations/bot/bot-world.ts";
import type { Session } from "./session.ts";
import { CommandFailure, usageError } from "./usage-error.ts";

export async function withBot<T>(session: Session, work: (world: BotWorld) => Promise<T>): Promise<T> {
  const { world, folder, input } = session;
  if (input.text("config") !== null)
    throw usageError(
      "canon bot takes no --config.",
      "The configuration that counts is the one on the default branch; -C DIR says which, where there are several.",
    );
  const [{ openBot }, { connect, openSource, openForge }, { BOT_WORDS }] = await Promise.all([
    import("../operations/bot/open-bot.ts"),
    import("../wiring.ts"),
    import("../views/bot-words.ts"),
  ]);
  const opened = await openBot({
    ...{ folder, env: world.env, connect, openSource, openForge, words: BOT_WORDS },
    ...(world.clock === undefined ? {} : { clock: world.clock }),
    onWait: (name, seconds) => world.stderr.write(`${name}: its limit of requests is reached, waiting ${seconds} s\n`),
  });
  if (!opened.ok) throw new CommandFailure(opened.diagnostics);
  try {
    return await work(opened.world);
  } finally {
    await opened.world.forge.close();
  }
}
