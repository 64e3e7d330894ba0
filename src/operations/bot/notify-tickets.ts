/** Tells people on their tickets what became of what they changed there (`notify.ticket`): one comment on each ticket, edited in place. */

import { ticketNews, withSaid, withTickets, type TicketNews } from "../../core/bot/ticket-news.ts";
import type { BotMemory } from "../../core/model/bot-memory.ts";
import type { Plan } from "../../core/model/plan.ts";
import type { PullRequest } from "../../forges/forge.ts";
import { randomHex } from "../../io/random.ts";
import type { Note, Outcome, Tracker } from "../../trackers/tracker.ts";
import { openTargets, type OpenTarget } from "../read-targets.ts";
import type { Workspace } from "../workspace.ts";
import type { BotWorld } from "./bot-world.ts";
import { openAtCommit } from "./open-at-commit.ts";
import { recall, remember } from "./remember.ts";
import { takeTurn } from "./take-turn.ts";

export interface Told {
  /** Tickets whose comment was written. */
  readonly tickets: number;
  /** Why others were not. */
  readonly problems: readonly string[];
}

export const NOBODY_TOLD: Told = { tickets: 0, problems: [] };

/** The same for every proposal, so that each ticket has one comment. */
const NOTE = "canon-bot proposal";
/** Comments between two looks at the memory. */
const BATCH = 20;

/** Which tickets stand behind the proposals that are open by now. */
export async function noteTickets({ changes }: Pick<Plan, "changes">, { config }: Pick<Workspace, "config">, { forge }: BotWorld): Promise<void> {
  if (!config.bot.notify.ticket) return;
  await remember(forge, (memory) => {
    const told = withTickets(memory.told, memory.proposals, changes);
    return told === memory.told ? memory : { ...memory, told };
  });
}

/** As the configuration on the default branch has it. */
export async function notifyFromBranch(world: BotWorld): Promise<Told> {
  const { defaultBranch } = await world.forge.repository();
  const head = await world.forge.head(`refs/heads/${defaultBranch}`);
  const opened = head === null ? null : await openAtCommit(world, head);
  if (opened === null || !opened.ok) return NOBODY_TOLD;
  try {
    return await notifyTickets(opened.at.workspace, world);
  } finally {
    await opened.at.remove();
  }
}

/** Asks no tracker where nothing is new. */
export async function notifyTickets(workspace: Workspace, world: BotWorld): Promise<Told> {
  const { bot, targets: configured } = workspace.config;
  if (!bot.enabled || !bot.notify.ticket) return NOBODY_TOLD;
  const isOpen = (await world.forge.repository()).visibility === "public";
  // Nothing of a repository that few may see stands where anybody may read.
  const names = new Set(configured.flatMap((target) => (target.public && !isOpen ? [] : [target.name])));
  const newsIn = ({ told, proposals }: BotMemory): readonly TicketNews[] => ticketNews(told, proposals, names);
  const news = await newsInTurn(newsIn, world);
  if (news.length === 0) return NOBODY_TOLD;
  const { targets, unreachable } = await openTargets(workspace, [...new Set(news.map(({ ticket }) => ticket.target))]);
  try {
    const batches = [...targets.values()].flatMap((target) => batchesOf(target, news, target.project.isPublic === true && !isOpen));
    const results: Told[] = [];
    for (const [index, batch] of batches.entries()) results.push(await tell(batch, index === batches.length - 1, world));
    if (batches.length === 0) await remember(world.forge, (memory) => ({ ...memory, told: { ...memory.told, telling: null } }));
    return {
      tickets: results.reduce((sum, { tickets }) => sum + tickets, 0),
      problems: [...[...unreachable.values()].map(({ message }) => message), ...results.flatMap(({ problems }) => problems)],
    };
  } finally {
    await Promise.all([...targets.values()].map(({ tracker }) => tracker.close()));
  }
}

interface Batch {
  readonly news: readonly TicketNews[];
  /** null: nobody may be told there. */
  readonly tracker: Tracker | null;
}

function batchesOf({ config, tracker }: OpenTarget, news: readonly TicketNews[], isSecret: boolean): readonly Batch[] {
  const mine = news.filter(({ ticket }) => ticket.target === config.name);
  return Array.from({ length: Math.ceil(mine.length / BATCH) }, (_one, at) => ({
    news: mine.slice(at * BATCH, (at + 1) * BATCH),
    tracker: isSecret ? null : tracker,
  }));
}

/** No tracker refuses a second comment, so only one run tells at a time. Answers what is left to tell when it is our turn. */
async function newsInTurn(newsIn: (memory: BotMemory) => readonly TicketNews[], world: BotWorld): Promise<readonly TicketNews[]> {
  if (newsIn(await recall(world.forge)).length === 0) return [];
  const isNews = (known: BotMemory): boolean => newsIn(known).length > 0;
  const memory = await takeTurn(world, {
    holder: (known) => (isNews(known) ? known.told.telling : null),
    claim: (known, me) => (isNews(known) ? { ...known, told: { ...known.told, telling: me } } : known),
  });
  return newsIn(memory);
}

async function tell({ news, tracker }: Batch, isLast: boolean, { forge, words }: BotWorld): Promise<Told> {
  const outcomes = tracker === null ? [] : await tracker.comment(await notesOf(news, { forge, words }));
  const over = news.filter((_one, index) => tracker === null || isOver(outcomes[index]));
  await remember(forge, (memory) => ({
    ...memory,
    told: {
      // Another name is a sign of life for runs that wait.
      telling: isLast ? null : randomHex(8),
      tickets: withSaid(memory.told.tickets, over),
    },
  }));
  return {
    tickets: outcomes.filter(({ state }) => state === "done").length,
    problems: outcomes.flatMap((outcome, index) =>
      outcome.state === "done" ? [] : [`${news[index]?.ticket.key ?? ""} was not told: ${outcome.error.message}`],
    ),
  };
}

/** One for each, in their order. */
async function notesOf(news: readonly TicketNews[], { forge, words }: Pick<BotWorld, "forge" | "words">): Promise<readonly Note[]> {
  const requests = new Map<number, PullRequest>();
  const notes: Note[] = [];
  for (const { ticket, fate } of news) {
    const request = requests.get(ticket.proposal) ?? (await forge.pullRequest(ticket.proposal));
    requests.set(ticket.proposal, request);
    notes.push({ key: ticket.key, id: NOTE, text: words.told(fate, request) });
  }
  return notes;
}

/** A ticket that takes no comment (archived, gone) is not asked again about the same; a token that may not write is for a person to mend. */
function isOver(outcome: Outcome | undefined): boolean {
  if (outcome?.state === "done") return true;
  return outcome?.state === "refused" && outcome.error.kind !== "auth" && outcome.error.kind !== "forbidden";
}
