/** What a pull request names: sections and tickets that it implements, and tickets that it only mentions (issue 5 §5, behaviour A10). */

import { matchReferences, type ReferenceMatch } from "../lookup/match-references.ts";
import type { Config } from "../model/config.ts";
import type { System } from "../model/system.ts";
import { readTrailers } from "./read-trailers.ts";
import { spokenText } from "./spoken-text.ts";

export interface PullRequestText {
  readonly title: string;
  readonly body: string;
  readonly branch: string;
  /** Of its commits. */
  readonly messages: readonly string[];
}

export interface Names {
  readonly config: Pick<Config, "targets">;
  /** Hosts that the configuration and the environment name. */
  readonly hosts: ReadonlyMap<string, System>;
  /** owner/repo of the pull request: what a bare #12 there means. */
  readonly repository: string;
}

export type NamedTicket = Pick<ReferenceMatch, "system" | "key" | "targets">;

export interface NamedThings {
  /** Values of `Canon-Section:`, as they were written. */
  readonly sections: readonly string[];
  /** Tickets behind a closing word. */
  readonly closes: readonly NamedTicket[];
  /** Tickets in the branch, the title, or `Canon-Ticket:`. */
  readonly mentions: readonly NamedTicket[];
}

/** As much as a code host takes; more is not read (threat 13). */
const LONGEST = 65_536;
const MOST_MESSAGES = 250;
/** Of all messages together. */
const MOST_TEXT = 500_000;
const MOST_NAMED = 50;
/** Closing words that are looked behind, in one text. */
const MOST_CLOSING = 1_000;

const CLOSING = /(?<![\w-])(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?|implement(?:s|ed)?)(?::[ \t]*|[ \t]+)(?=\S)/gi;
/** No key has a colon: `fix:fix:fix:…` is looked at once, not once from each place. */
const NAMED = /^[<([*_]{0,4}(https?:\/\/[^\s,;]{1,2000}|[^\s,;:]{1,220})/;
/** A revert repeats what it takes back. */
const REVERT = /^[ \t]*(?:revert|reapply)\b/i;

export function namedSections({ title, body, branch, messages }: PullRequestText, names: Names): NamedThings {
  const subject = firstLine(title.slice(0, LONGEST));
  const texts = withinRoom(messages.slice(0, MOST_MESSAGES)).map((message) => spokenText(message));
  const spoken = spokenText(body.slice(0, LONGEST));
  const trailers = [readTrailers(spoken, false), ...texts.map((text) => readTrailers(text, true))].flat();
  const valuesOf = (wanted: string): readonly string[] =>
    trailers.flatMap(({ name, value }) => (name === wanted ? value.split(",").map((part) => part.trim()) : [])).filter((value) => value !== "");
  const closes = [subject, spoken, ...texts].flatMap((text) => closedIn(withoutRevert(text), names));
  // Hosts and trackers name branches after tickets in small letters.
  const mentions = [branch.slice(0, LONGEST).toUpperCase(), subject, ...valuesOf("canon-ticket")].flatMap((text) => ticketsIn(text, names));
  return {
    sections: [...new Set(valuesOf("canon-section"))].slice(0, MOST_NAMED),
    closes: distinct(closes).slice(0, MOST_NAMED),
    mentions: distinct(mentions).slice(0, MOST_NAMED),
  };
}

export function namesNothing({ sections, closes, mentions }: NamedThings): boolean {
  return sections.length + closes.length + mentions.length === 0;
}

function firstLine(text: string): string {
  return text.split(/[\r\n]/, 1)[0] ?? "";
}

function withoutRevert(text: string): string {
  return REVERT.test(text) ? text.replace(/^[^\n]*/, "") : text;
}

function withinRoom(messages: readonly string[]): readonly string[] {
  let room = MOST_TEXT;
  return messages.map((message) => {
    const taken = message.slice(0, Math.min(LONGEST, room));
    room -= taken.length;
    return taken;
  });
}

function closedIn(text: string, names: Names): readonly NamedTicket[] {
  return [...text.matchAll(CLOSING)].slice(0, MOST_CLOSING).flatMap((match) => {
    const from = match.index + match[0].length;
    const [, word = ""] = NAMED.exec(text.slice(from, from + 2_020)) ?? [];
    return matchReferences(word, names.config, names.hosts).flatMap((found) => (found.at === 0 ? named(found, names) : []));
  });
}

function ticketsIn(text: string, names: Names): readonly NamedTicket[] {
  return matchReferences(text, names.config, names.hosts).flatMap((found) => named(found, names));
}

/** On a code host, #12 is a number of that repository, whatever else is configured. */
function named({ text, system, key, targets }: ReferenceMatch, { config, repository }: Names): readonly NamedTicket[] {
  const isOfHere = (name: string): boolean =>
    config.targets.some((target) => target.name === name && target.project.toLowerCase() === repository.toLowerCase());
  const meant = text.startsWith("#") ? targets.filter(isOfHere) : targets;
  return meant.length === 0 ? [] : [{ system, key, targets: meant }];
}

function distinct(found: readonly NamedTicket[]): readonly NamedTicket[] {
  return [...new Map(found.map((one) => [JSON.stringify([one.key, one.targets]), one])).values()];
}
