/** How people answer the bot's questions: boxes in its issue, comments there, labels on tickets; and strangers who may not answer. */

import type { Thread } from "../../src/forges/forge.ts";
import { QUESTIONS_SIGN } from "../../src/core/bot/questions-sign.ts";
import type { BotPlay } from "./bot-play.ts";
import { specsAt } from "./bot-sight.ts";
import type { BotSimWorld } from "./bot-world.ts";
import { shownWords } from "./shown.ts";
import { wordsIn } from "./words.ts";

/** All issues of the bot with questions: there is one at most. */
export async function issuesOf({ stage }: Pick<BotSimWorld, "stage">): Promise<readonly Thread[]> {
  const threads = await stage.forge.threads({ author: stage.account, label: "canon" });
  return threads.filter(({ body }) => body.startsWith(QUESTIONS_SIGN));
}

/** A question with its boxes, as it stands in the issue. */
interface Asked {
  readonly text: string;
  readonly boxes: readonly string[];
}

function askedIn(body: string): readonly Asked[] {
  return body
    .replaceAll("\r\n", "\n")
    .split(/^(?=\*\*\d+\.\*\* )/m)
    .slice(1)
    .map((text) => ({ text, boxes: text.match(/^- \[ \] .*canon:bot:answer.*$/gm) ?? [] }));
}

export async function tickAnswer(play: BotPlay): Promise<string | null> {
  const { sim, dice } = play;
  const issue = (await issuesOf(sim)).find(({ open }) => open);
  const asked = dice.maybe(askedIn(issue?.body ?? "").filter(({ boxes }) => boxes.length > 0));
  const box = dice.maybe(asked?.boxes ?? []);
  if (issue === undefined || asked === undefined || box === undefined) return null;
  const boxes = dice.chance(0.1) ? asked.boxes : [box];
  const ticked = boxes.reduce((body, one) => body.replaceAll("\r\n", "\n").replace(one, one.replace("- [ ]", "- [x]")), issue.body);
  await decide(play, asked.text, box);
  await dice.pick(...sim.people).edit(issue.number, { body: dice.chance(0.5) ? ticked.replaceAll("\n", "\r\n") : ticked });
  return `ticked in the questions: ${boxes.map(wordOf).join(" and ")} of ${firstLine(asked.text)}`;
}

export async function typeAnswer(play: BotPlay): Promise<string | null> {
  const { sim, dice } = play;
  const issue = (await issuesOf(sim)).find(({ open }) => open);
  const asked = dice.maybe(askedIn(issue?.body ?? ""));
  const [, written = "/canon answer PAY-999 add"] =
    dice.maybe([...(asked?.text ?? "").matchAll(/<code>(\/canon answer [^<]+)<\/code>|`(\/canon answer [^`]+)`/g)])?.filter(Boolean) ?? [];
  if (issue === undefined || asked === undefined) return null;
  const command = written.replace(/ ADDRESS$/, ` ${someAddress(play) ?? "specs/none.md#nothing"}`);
  if (dice.chance(0.25)) {
    await sim.stranger.comment(issue.number, command);
    return `a stranger writes ${command}`;
  }
  await decide(play, asked.text, command);
  await dice.pick(...sim.people).comment(issue.number, dice.chance(0.8) ? command : `I would say:\n\n${command}\n`);
  return `somebody writes ${command}`;
}

/** Whoever takes a side has seen the other one, in the issue or in the plan. */
async function decide({ sim }: BotPlay, text: string, answer: string): Promise<void> {
  if (!/keep-(?:spec|tracker)/.test(answer)) return;
  const { world } = sim;
  const address = /specs\/[^\s`<]+#[^\s`<]+/.exec(text)?.[0];
  sim.catchUp();
  const plan = await world.project.within({ anyBranch: true }).plan({ direction: "both", includeDone: true });
  world.words.decided([...wordsIn(text), ...(address === undefined ? [] : shownWords(plan, address, null))], `answered: ${answer}`);
}

function wordOf(box: string): string {
  return /\*\*([\w-]+)\*\*/.exec(box)?.[1] ?? box;
}

function firstLine(text: string): string {
  return text.split("\n")[0]?.slice(0, 120) ?? "";
}

/** Of a section that has a marker of its own, on the default branch. */
export function someAddress({ sim, dice }: BotPlay): string | null {
  const specs = [...specsAt(sim.remote, sim.tip())];
  const addresses = specs.flatMap(([path, text]) => [...text.matchAll(/<!-- canon:system:(\S+)/g)].map(([, id]) => `${path}#${id}`));
  return dice.maybe(addresses) ?? null;
}

/** What else they do with the issue. */
export async function troubleIssue({ sim, dice }: BotPlay): Promise<string | null> {
  const issue = dice.maybe(await issuesOf(sim));
  if (issue === undefined) return null;
  const person = dice.pick(...sim.people);
  const deed = issue.open ? dice.pick("closed", "written into", "deleted") : dice.pick("opened again", "deleted");
  switch (deed) {
    case "closed":
      await person.close(issue.number);
      break;
    case "opened again":
      await person.reopen(issue.number);
      break;
    case "written into":
      await person.edit(issue.number, { body: `${issue.body}\nI wrote into this.\n` });
      break;
    case "deleted":
      await person.deleteThread(issue.number);
      break;
  }
  return `the issue with questions is ${deed}`;
}

/** On a ticket that a person made. */
export async function labelAnswer({ sim, dice }: BotPlay): Promise<string | null> {
  const { desk } = sim.world;
  const ticket = dice.maybe((await desk.tickets()).filter(({ archived, token, isOver }) => !archived && token === null && !isOver));
  if (ticket === undefined) return null;
  const label = dice.pick("canon:add", "canon:add", "canon:out-of-scope");
  await desk.label(ticket.key, [label], []);
  return `ticket: ${ticket.key} gets the label ${label}`;
}
