/** What a deed of people around the bot works with. */

import type { BotLedger } from "./bot-ledger.ts";
import type { BotSimWorld } from "./bot-world.ts";
import type { Dice } from "./dice.ts";

export interface BotPlay {
  readonly sim: BotSimWorld;
  readonly ledger: BotLedger;
  readonly dice: Dice;
}
