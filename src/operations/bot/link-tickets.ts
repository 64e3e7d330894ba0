/** Links pull requests on the tickets that they name: once each, and never where the tracker shows more than the repository does. */

import { implementedSections, type TicketName } from "../../core/bot/implemented-sections.ts";
import { namesNothing } from "../../core/bot/named-sections.ts";
import { canonicalJson } from "../../core/canonical-json.ts";
import { fingerprint } from "../../core/fingerprint.ts";
import type { SpecDocument } from "../../core/model/spec-document.ts";
import type { PullRequest } from "../../forges/forge.ts";
import { TrackerError } from "../../trackers/tracker-error.ts";
import type { Link, Outcome, Tracker } from "../../trackers/tracker.ts";
import { openTargets } from "../read-targets.ts";
import { readSpecs } from "../read-specs.ts";
import type { Workspace } from "../workspace.ts";
import type { BotWorld } from "./bot-world.ts";
import { isOwnRequest, namesIn, openText } from "./request-text.ts";
import { recall, remember } from "./remember.ts";

export interface NamedTickets {
  readonly request: PullRequest;
  readonly tickets: readonly TicketName[];
}

export interface Linked {
  readonly number: number;
  /** Keys that it was linked on by this run. */
  readonly keys: readonly string[];
  /** Why others were not. Where trying again may help, the next run does, as long as it is open. */
  readonly problems: readonly string[];
}

/** What open pull requests name; forks' and the bot's own are left out. `fill` is asked once, before the specs of the default branch are read. */
export async function ticketsNamed(
  { forge }: BotWorld,
  workspace: Workspace,
  requests: readonly PullRequest[],
  fill: (commit: string) => Promise<unknown>,
): Promise<readonly NamedTickets[]> {
  const repository = await forge.repository();
  const { account, defaultBranch } = repository;
  const base = await forge.head(`refs/heads/${defaultBranch}`);
  const found: NamedTickets[] = [];
  let docs: readonly SpecDocument[] | null = null;
  for (const request of requests) {
    if (base === null || request.state !== "open" || request.head.fork || request.base.branch !== defaultBranch || isOwnRequest(request, account)) continue;
    const names = namesIn(await openText(request, base, forge), workspace, repository);
    if (namesNothing(names)) continue;
    if (docs === null) {
      await fill(base);
      docs = (await readSpecs(workspace)).docs;
    }
    const { tickets } = implementedSections(names, docs, workspace.config);
    if (tickets.length > 0) found.push({ request, tickets });
  }
  return found;
}

/** `isAll`: no other pull request needs to be remembered. */
export async function linkTickets(world: BotWorld, workspace: Workspace, named: readonly NamedTickets[], isAll: boolean): Promise<readonly Linked[]> {
  const { forge } = world;
  const { links } = (await recall(forge)).code;
  const { visibility } = await forge.repository();
  const isOpen = visibility === "public";
  const isFit = (name: string): boolean => isOpen || !workspace.config.targets.some((target) => target.name === name && target.public);
  const fit = named.map(({ request, tickets }) => ({ request, tickets: tickets.filter(({ target }) => isFit(target)) }));
  const open = fit.filter((one) => one.tickets.length > 0 && links[String(one.request.number)] !== printOf(one));
  const { linked, again } = open.length === 0 ? NOTHING : await linkAll(workspace, open, isOpen);
  // Merged ones too: while their markers wait to be merged, every run comes by here.
  const prints = new Map(fit.map((one) => [String(one.request.number), printOf(one)] as const));
  const done = [...prints].filter(([number]) => !again.has(number));
  const isNews = (known: Readonly<Record<string, string>>): boolean => done.some(([number, print]) => known[number] !== print);
  // What is no longer needed is forgotten with the next news, and is none itself.
  if (isNews(links))
    await remember(forge, (memory) => {
      const kept = Object.entries(memory.code.links).filter(([number]) => !isAll && !prints.has(number));
      const next = Object.fromEntries([...kept, ...done].toSorted(([one], [other]) => Number(one) - Number(other)));
      return isNews(memory.code.links) ? { ...memory, code: { ...memory.code, links: next } } : memory;
    });
  return linked;
}

function printOf({ request: { url, title }, tickets }: NamedTickets): string {
  return fingerprint(canonicalJson([url, title, tickets.map(({ target, key }) => [target, key])]));
}

interface Tried {
  readonly linked: readonly Linked[];
  /** Numbers that the next run tries again. */
  readonly again: ReadonlySet<string>;
}

const NOTHING: Tried = { linked: [], again: new Set() };

/** `isOpen`: anybody may read what stands in the repository. */
async function linkAll(workspace: Workspace, named: readonly NamedTickets[], isOpen: boolean): Promise<Tried> {
  const names = [...new Set(named.flatMap(({ tickets }) => tickets.map(({ target }) => target)))];
  const { targets, unreachable } = await openTargets(workspace, names);
  const again = new Set<string>();
  const found = new Map(named.map(({ request: { number } }) => [number, { keys: [] as string[], problems: [] as string[] }] as const));
  try {
    for (const name of names) {
      const wishes = named.flatMap(({ request, tickets }) =>
        tickets.flatMap(({ target, key }) =>
          target === name
            ? [{ number: request.number, link: { key, url: request.url, title: `#${request.number} ${request.title}`, kind: "pull-request" } as const }]
            : [],
        ),
      );
      const open = targets.get(name);
      // Told by the tracker, where the configuration does not say so.
      if (open?.project.isPublic === true && !isOpen) continue;
      const outcomes = open
        ? await sent(
            open.tracker,
            wishes.map(({ link }) => link),
          )
        : null;
      for (const [index, { number, link }] of wishes.entries()) {
        const outcome = outcomes?.[index];
        const one = found.get(number);
        if (outcome?.state === "done") one?.keys.push(link.key);
        else if (!isNoTicket(outcome)) one?.problems.push(`${link.key}: ${outcome?.error.message ?? unreachable.get(name)?.message ?? "not linked"}`);
        if (!isOver(outcome)) again.add(String(number));
      }
    }
  } finally {
    for (const { tracker } of targets.values()) await tracker.close();
  }
  return { linked: [...found].map(([number, one]) => ({ number, ...one })).filter(({ keys, problems }) => keys.length + problems.length > 0), again };
}

/** Trying again changes nothing, unless a person gives the token what it lacks. */
function isOver(outcome: Outcome | undefined): boolean {
  if (outcome?.state === "done") return true;
  return outcome?.state === "refused" && outcome.error.kind !== "auth" && outcome.error.kind !== "forbidden";
}

/** Named by mistake, or the number of something else: nobody needs to hear of it. */
function isNoTicket(outcome: Outcome | undefined): boolean {
  return outcome !== undefined && outcome.state !== "done" && outcome.error.kind === "not-found";
}

async function sent(tracker: Tracker, links: readonly Link[]): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  const size = tracker.capabilities.batch.update;
  for (let start = 0; start < links.length; start += size) {
    const batch = links.slice(start, start + size);
    try {
      outcomes.push(...(await tracker.link(batch)));
    } catch (error) {
      if (!(error instanceof TrackerError)) throw error;
      outcomes.push(...batch.map(() => ({ state: "unsent", error }) as const));
    }
  }
  return outcomes;
}
