/** Random people and the bot, other steps: a file of its own, so that both run side by side. */

import { it } from "vitest";
import { playBots } from "./bot-simulation.ts";

it("keeps everybody's words and work through 200 other steps", { timeout: 900_000 }, () => playBots(7, 200));
