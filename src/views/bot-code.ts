/** What the bot says on a pull request about the sections that it implements: before its merge, and after it. */

import type { CodeNews } from "../core/bot/code-news.ts";
import { cleanLine } from "../core/text/terminal-text.ts";
import { codeSpan } from "./escape-markdown.ts";
import { GLYPHS } from "./glyphs.ts";
import { count } from "./words.ts";

/** Shown; the rest is counted. A comment has room for so much. */
const MOST = 20;
const LONGEST = 300;

/** Below a plan. */
export function botCodeNews({ pullRequest, addresses, unknown }: CodeNews): string {
  const marks =
    addresses.length === 0
      ? []
      : [
          `Merging this marks ${listed(addresses)} as realized (PR#${pullRequest}): each gets the files that it changes, and what is draft or todo is in progress.`,
        ];
  const missing = unknown.slice(0, MOST).map(({ written, nearest }) => {
    const hint = nearest === null ? "Name it by its file and its id, as `canon list` shows them." : `Did you mean ${shown(nearest)}?`;
    return `- \`Canon-Section:\` ${shown(written)} is no section of these specs. ${hint}`;
  });
  return `${[...marks, missing.join("\n")].filter((part) => part !== "").join("\n\n")}\n`;
}

/** Where there is no plan to stand below. */
export function botCodeComment(news: CodeNews): string {
  return `### Canon: ${botCodeTitle(news)}\n\n${botCodeNews(news)}`;
}

export function botCodeTitle({ addresses, unknown }: CodeNews): string {
  const parts = [
    addresses.length === 0 ? "" : `implements ${count(addresses.length, "section")}`,
    unknown.length === 0 ? "" : `names ${count(unknown.length, "section")} that ${unknown.length === 1 ? "is" : "are"} not there`,
  ];
  return parts.filter((part) => part !== "").join(GLYPHS.dot);
}

/** After the merge. */
export function botRealizedComment(pullRequest: number, addresses: readonly string[], markedBy: string | null): string {
  const once = markedBy === null ? "" : ` once ${markedBy} is merged`;
  return `Merged: ${listed(addresses)} ${addresses.length === 1 ? "is" : "are"} marked as realized (PR#${pullRequest})${once}.\n`;
}

function listed(addresses: readonly string[]): string {
  const more = addresses.length - MOST;
  return addresses.slice(0, MOST).map(shown).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

/** Written by whoever opened the pull request: shown as code, it mentions and links nobody. */
function shown(text: string): string {
  return codeSpan(text.length > LONGEST ? `${text.slice(0, LONGEST)}${GLYPHS.fold}` : text);
}

interface CodeReport {
  readonly realized: readonly { readonly number: number; readonly addresses: readonly string[]; readonly isNew: boolean }[];
  readonly linked: readonly { readonly number: number; readonly keys: readonly string[]; readonly problems: readonly string[] }[];
}

/** For the log of a CI job. */
export function codeText({ realized, linked }: CodeReport): string {
  const lines = [
    ...realized.flatMap(({ number, addresses, isNew }) => (isNew ? [`PR#${number} implements ${addresses.join(", ")}: marked there.`] : [])),
    ...linked.flatMap(({ number, keys, problems }) => [
      ...(keys.length === 0 ? [] : [`#${number} is linked on ${keys.join(", ")}.`]),
      ...problems.map((problem) => `#${number} could not be linked on ${problem}`),
    ]),
  ];
  return lines.map((line) => `${cleanLine(line)}\n`).join("");
}
