/** What a run of the bot did, for the log of a CI job. */

import { cleanLine } from "../core/text/terminal-text.ts";

interface Applied {
  readonly message: string;
  readonly markers: { readonly state: "committed" | "proposed" | "declined" | "later"; readonly where: string } | null;
}

interface Proposed {
  readonly spec: string;
  readonly state: "opened" | "updated" | "withdrawn" | "left";
  readonly what: string;
}

export function appliedText({ message, markers }: Applied): string {
  return `${cleanLine(message)}\n${markers === null ? "" : `${markerWords(markers)}\n`}`;
}

function markerWords({ state, where }: NonNullable<Applied["markers"]>): string {
  switch (state) {
    case "committed":
      return `Markers are committed: ${where.slice(0, 12)}.`;
    case "proposed":
      return `Markers wait to be merged: ${where}`;
    case "declined":
      return `Markers are not in the specs, because ${where} was closed. Open it again and merge it; until then nothing gets a second ticket.`;
    case "later":
      return `${where} moved meanwhile: the next run brings the markers of new tickets.`;
  }
}

/** Why a spec is left alone; `what` of those that are not is where their pull request is. */
const REASONS: Readonly<Record<string, string>> = {
  "open-already": "its pull request says so already",
  declined: "this was declined before",
  paused: "somebody else works on its branch",
  "too-many-open": "as many as bot.limits.open are open",
  "too-many-now": "as many as bot.limits.per_hour were opened in this hour",
  "statuses-wait": "statuses alone wait for bot.status_every",
  "cannot-be-written": "what the tickets say cannot be written there: canon pull tells more",
  "others-changed-it": "somebody else changed the same lines on its branch",
  "flip-flop": "a field went back and forth between two values three times within a day",
  moved: "its branch moved meanwhile; the next run looks again",
  hidden: "the repository is more visible than the tracker (bot.show_live)",
};

export function proposedText(enabled: boolean, proposed: readonly Proposed[]): string {
  if (!enabled) return "bot.enabled is not true on the default branch, so nothing is proposed.\n";
  if (proposed.length === 0) return "Nothing to propose: the specs say what the tickets say.\n";
  return proposed
    .map(({ spec, state, what }) => `${cleanLine(spec)}: ${state === "left" ? `left alone, ${REASONS[what] ?? what}` : `${state} ${what}`}\n`)
    .join("");
}
