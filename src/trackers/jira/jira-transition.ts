/** Steps through the project's own workflow: found by the status they end in, because a step's own name says nothing of that. */

import { TrackerError } from "../tracker-error.ts";
import type { Outcome, StatusInfo, Step } from "../tracker.ts";
import { byTicket } from "./jira-by-ticket.ts";
import { noStatus, noStep, noWay, notFound, stoppedAt } from "./jira-error-client.ts";
import type { SeenTicket } from "./jira-memory.ts";
import { allStatuses } from "./jira-project.ts";
import type { JiraProperty } from "./jira-property.ts";
import type { JiraSession } from "./jira-session.ts";
import { writeBase } from "./jira-update.ts";
import { nextStep } from "./jira-walk.ts";
import type { WireTransition } from "./jira-wire.ts";

export async function transitionJira(session: JiraSession, steps: readonly Step[]): Promise<readonly Outcome[]> {
  if (steps.length === 0) return [];
  const unread = await readAll(
    session,
    steps.map(({ key }) => key),
  );
  return byTicket(steps, async (step) => {
    if (unread !== null) throw unread;
    return walk(session, step);
  });
}

/** Where a ticket stands now decides which steps there are. */
async function readAll({ api, memory }: JiraSession, keys: readonly string[]): Promise<TrackerError | null> {
  try {
    memory.see(await api.byKeys([...new Set(keys)]));
    return null;
  } catch (error) {
    if (error instanceof TrackerError) return error;
    throw error;
  }
}

async function walk(session: JiraSession, step: Step): Promise<Outcome> {
  const seen = session.memory.get(step.key);
  if (seen === null) throw notFound(step.key, session.client.site.host);
  const statuses = await statusesOf(session, seen);
  if (!statuses.some(({ name }) => name === step.to))
    throw noStatus(
      seen.key,
      step.to,
      statuses.map(({ name }) => name),
    );
  const property = step.base === undefined ? null : { token: seen.property.token, base: step.base };
  const done: Outcome = { state: "done", id: seen.id, key: seen.key, echo: null };
  if (seen.status === step.to) {
    if (property !== null) await writeBase(session, seen, property);
    return done;
  }
  const been = new Set([seen.status]);
  for (let at = seen.status; at !== step.to;) {
    try {
      at = await takeStep(session, { seen, at, to: step.to, walks: step.walk, been, property, statuses });
    } catch (error) {
      if (been.size > 1 && error instanceof TrackerError) throw stoppedAt(seen.key, at, error);
      throw error;
    }
    been.add(at);
  }
  return done;
}

interface Way {
  readonly seen: SeenTicket;
  readonly at: string;
  readonly to: string;
  readonly walks: boolean;
  /** Statuses it has been in: coming back to one leads nowhere. */
  readonly been: ReadonlySet<string>;
  readonly property: JiraProperty | null;
  readonly statuses: readonly StatusInfo[];
}

/** Answers the status it is in then. */
async function takeStep(session: JiraSession, way: Way): Promise<string> {
  const { workflow } = session;
  const { seen, at } = way;
  const known = workflow.from(seen.type, at);
  const transitions = known ?? (await learn(session, way));
  try {
    return await send(session, way, chosen(way, transitions, session));
  } catch (error) {
    // Of two tickets in one status one may have steps that conditions keep from the other: what another showed is asked again.
    if (known === null || !(error instanceof TrackerError) || error.kind !== "invalid") throw error;
    const fresh = await learn(session, way);
    const again = chosen(way, fresh, session);
    if (known.some(({ id }) => id === again.id)) throw error;
    return await send(session, way, again);
  }
}

async function learn({ api, workflow }: JiraSession, { seen, at }: Way): Promise<readonly WireTransition[]> {
  const transitions = await api.transitions(seen.key);
  workflow.learn(seen.type, at, transitions);
  return transitions;
}

function chosen(way: Way, transitions: readonly WireTransition[], { workflow }: JiraSession): WireTransition {
  const direct = transitions.find(({ to }) => to.name === way.to);
  if (direct !== undefined) return direct;
  const leads = [...new Set(transitions.map(({ to }) => to.name))];
  if (!way.walks) throw noStep(way.seen.key, way.at, way.to, leads);
  const next = nextStep(way, transitions, (status) => workflow.from(way.seen.type, status));
  if (next === null) throw noWay(way.seen.key, way.at, way.to, leads);
  return next;
}

async function send(session: JiraSession, { seen, to, property }: Way, transition: WireTransition): Promise<string> {
  const { api, memory } = session;
  // The base says that the goal is reached, so it travels with the last step.
  const base = transition.to.name === to ? property : null;
  const travelled = await api.transit(seen.key, transition.id, base);
  if (base === null) return transition.to.name;
  if (travelled) memory.change(seen.key, { property: base });
  else await writeLater(session, seen, base);
  return transition.to.name;
}

/** The step is done, whatever becomes of this: an older base is compared again, and written with the next change. */
async function writeLater(session: JiraSession, seen: SeenTicket, property: JiraProperty): Promise<void> {
  try {
    await writeBase(session, seen, property);
  } catch (error) {
    if (!(error instanceof TrackerError)) throw error;
  }
}

async function statusesOf(session: JiraSession, { type }: SeenTicket): Promise<readonly StatusInfo[]> {
  const { statuses } = await session.project.facts();
  return statuses.get(type) ?? allStatuses(statuses);
}
