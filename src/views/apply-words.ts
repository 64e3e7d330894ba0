/** What an apply says while it runs and counts at its end. */

import type { Action } from "../core/model/action.ts";
import type { ApplyEvent, ChangeResult } from "../core/model/apply-report.ts";
import type { Change } from "../core/model/plan.ts";
import { cleanLine } from "../core/text/terminal-text.ts";
import { besideTicket } from "./beside-ticket.ts";
import { waitingWords } from "./apply-progress.ts";
import { count } from "./words.ts";

/** What has been done when a change of this kind is done. */
const DONE: Readonly<Record<Action, string>> = {
  create: "created",
  update: "updated",
  transition: "moved on",
  reparent: "put under a new parent",
  adopt: "linked",
  move: "moved",
  close: "closed",
  forget: "given back",
  marker: "marked",
  pull: "pulled",
  noop: "as planned already",
};

const LONGEST_VERB = 8;

/** One line of a log: `created  PAY-1  Key generation`; null for events that only a live view shows. */
export function eventLine(event: ApplyEvent, changeOf: (digest: string) => Change | undefined): string | null {
  switch (event.kind) {
    case "change":
      return changeLine(event, changeOf(event.change));
    case "marked":
      return `${"marked".padEnd(LONGEST_VERB)}  ${cleanLine(event.path)}`;
    case "pulled":
      return `${"into".padEnd(LONGEST_VERB)}  ${cleanLine(event.path)}`;
    case "waiting":
    case "recovering":
      return `${"waiting".padEnd(LONGEST_VERB)}  ${cleanLine(waitingWords(event))}`;
    case "draining":
      return "stopping: what was sent is being finished; ^C again to leave at once";
  }
}

function changeLine(event: Extract<ApplyEvent, { kind: "change" }>, change: Change | undefined): string | null {
  if (event.state === "running" || change === undefined) return null;
  const verb = event.state === "done" ? DONE[change.action] : event.state;
  const key = event.key ?? change.key;
  const said = event.message === null ? "" : `: ${besideTicket(event.message, key, change.title)}`;
  return `${verb.padEnd(LONGEST_VERB)}  ${key === null ? "" : `${cleanLine(key)}  `}${cleanLine(change.title)}${cleanLine(said)}`;
}

/** "2 created", "1 updated", "1 failed": what happened, in the order of the actions. */
export function outcomeCounts(results: readonly ChangeResult[], changeOf: (digest: string) => Change | undefined): readonly string[] {
  const done = results.filter((result) => result.state === "done").map((result) => DONE[changeOf(result.change)?.action ?? "noop"]);
  const words = [
    ...Object.values(DONE).map((word) => [done.filter((one) => one === word).length, word] as const),
    ...REST.map(([state, word]) => [results.filter((result) => result.state === state).length, word] as const),
  ];
  return words.filter(([number]) => number > 0).map(([number, word]) => count(number, word, word));
}

const REST = [
  ["failed", "failed"],
  ["held", "not tried"],
  ["unknown", "in doubt"],
] as const;
