/** Random people and the bot on one code host and one tracker: nothing of anybody is lost, nothing is said or proposed twice, and it comes to rest. */

import { it } from "vitest";
import { playBots } from "./bot-simulation.ts";

it("keeps everybody's words and work through 200 steps", { timeout: 900_000 }, () => playBots(5, 200));
