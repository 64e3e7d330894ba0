/** What people read on their ticket of the pull request that brings their change into a spec, and what the log says of it. */

import type { Fate } from "../core/bot/ticket-news.ts";
import { cleanLine } from "../core/text/terminal-text.ts";
import { count } from "./words.ts";

interface Request {
  readonly number: number;
  readonly url: string;
  /** Who merged or closed it. */
  readonly endedBy: string | null;
}

/** Plain words, because not every tracker takes Markdown. */
export function toldNote(fate: Fate, { number, url, endedBy }: Request): string {
  // A folder of another machine is no address for anybody.
  const where = /^https?:\/\//.test(url) ? ` (${url})` : "";
  return `Canon proposed what changed here to the spec, in pull request ${number}${where}.\n\n${fateWords(fate, endedBy)}`;
}

function fateWords(fate: Fate, endedBy: string | null): string {
  const by = endedBy === null ? "" : ` by ${plainName(endedBy)}`;
  switch (fate) {
    case "proposed":
      return "It waits to be merged.";
    case "merged":
      // Whoever merges may have changed it before: what the spec says now is theirs.
      return `Merged into the spec${by}.`;
    case "declined":
      return `Declined${by}: the spec stays as it is, and the same change is not proposed again.`;
    case "withdrawn":
      return "Withdrawn, because the ticket or the spec changed since.";
  }
}

/** A name mentions nobody and formats nothing. */
function plainName(name: string): string {
  return cleanLine(name).replaceAll(/[^\p{L}\p{N}.[\] -]/gu, "-");
}

export function toldText({ tickets, problems }: { readonly tickets: number; readonly problems: readonly string[] }): string {
  const lines = [...(tickets === 0 ? [] : [`${count(tickets, "ticket")} told what became of its change.`]), ...problems.map(cleanLine)];
  return lines.map((line) => `${line}\n`).join("");
}
