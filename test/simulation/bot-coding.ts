/** People who write code for sections: pull requests that name them in trailers, closing words, titles and branches. */

import { someAddress } from "./bot-answering.ts";
import type { BotPlay } from "./bot-play.ts";
import type { PushedFile } from "../forges/stage.ts";

type Push = (branch: string, files: readonly PushedFile[], message: string) => Promise<void>;

export async function openCode(play: BotPlay, push: Push): Promise<string | null> {
  const { sim, dice } = play;
  const name = sim.world.words.fresh();
  const key = dice.maybe((await sim.world.desk.tickets()).map((ticket) => ticket.key)) ?? "PAY-1";
  const address = someAddress(play);
  const how = dice.pick("trailer", "trailer", "body", "closing", "branch", "title", "wrong");
  const section = how === "wrong" || address === null ? "specs/none.md#nothing" : address;
  const branch = how === "branch" ? `${key.toLowerCase()}-${name}` : `code-${name}`;
  const message = how === "trailer" || how === "wrong" ? `Code ${name}\n\nCanon-Section: ${section}\n` : `Code ${name}`;
  const files = Array.from({ length: dice.pick(1, 1, 12) }, (_one, at) => ({ path: `src/${name}/${at}.ts`, content: `export const it = ${at};\n` }));
  await push(branch, files, message);
  const title = how === "title" ? `${key}: code ${name}` : `Code ${name}`;
  const body = how === "body" ? `Some words.\n\nCanon-Section: ${section}\n` : how === "closing" ? `Fixes ${key}.` : "";
  const number = await dice.pick(...sim.people).open({ title, body, head: branch });
  return `#${number} is opened with code: ${how} ${how === "trailer" || how === "body" ? section : key}`;
}
