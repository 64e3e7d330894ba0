/** The next step of a walk through a workflow of which only the steps from statuses that were seen are known. */

import type { StatusInfo } from "../tracker.ts";
import type { WireTransition } from "./jira-wire.ts";

export interface WalkGoal {
  readonly at: string;
  readonly to: string;
  readonly been: ReadonlySet<string>;
  readonly statuses: readonly StatusInfo[];
}

/** Steps from a status; null where nobody has looked yet. */
export type KnownSteps = (status: string) => readonly WireTransition[] | null;

/**
 * The first step of the shortest way that is known. Where none is, one to a status that was not looked at yet: the
 * nearest in category to the goal, never beyond it, so that a search for "In Review" does not close the ticket.
 * null: every way was tried.
 */
export function nextStep(goal: WalkGoal, transitions: readonly WireTransition[], known: KnownSteps): WireTransition | null {
  return shortest(goal, transitions, known) ?? towards(goal, transitions, known);
}

function shortest({ at, to }: WalkGoal, transitions: readonly WireTransition[], known: KnownSteps): WireTransition | null {
  const seen = new Set([at]);
  let front = transitions.map((first) => ({ first, status: first.to.name }));
  while (front.length > 0) {
    const arrived = front.find(({ status }) => status === to);
    if (arrived) return arrived.first;
    const next: typeof front = [];
    for (const { first, status } of front) {
      if (seen.has(status)) continue;
      seen.add(status);
      for (const step of known(status) ?? []) next.push({ first, status: step.to.name });
    }
    front = next;
  }
  return null;
}

const RANK = { open: 0, in_progress: 1, done: 2, canceled: 3 } as const;

function towards({ at, to, been, statuses }: WalkGoal, transitions: readonly WireTransition[], known: KnownSteps): WireTransition | null {
  const rankOf = (name: string): number => {
    const category = statuses.find((status) => status.name === name)?.category;
    return category === undefined ? RANK.in_progress : RANK[category];
  };
  const goal = rankOf(to);
  const open = transitions
    .filter((step) => !been.has(step.to.name) && known(step.to.name) === null && rankOf(step.to.name) <= Math.max(goal, rankOf(at)) && !isEnd(step, goal))
    .map((step) => ({ step, away: Math.abs(goal - rankOf(step.to.name)) }));
  return open.sort((a, b) => a.away - b.away)[0]?.step ?? null;

  /** A closed status on the way to another closed one would tell people something that is not so. */
  function isEnd(step: WireTransition, wanted: number): boolean {
    const rank = rankOf(step.to.name);
    return rank >= RANK.done && rank !== wanted && step.to.name !== to;
  }
}
