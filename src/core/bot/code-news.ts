/** What a pull request with code says of the specs, and whether a change of a status follows from one that was merged. */

import type { BotMemory } from "../model/bot-memory.ts";
import type { Config } from "../model/config.ts";
import type { Change, Plan } from "../model/plan.ts";
import type { SpecDocument } from "../model/spec-document.ts";
import { sectionsIn, ticketWord, type FoundThings, type UnknownSection } from "./implemented-sections.ts";
import { FORWARDED } from "./realized-edit.ts";
import { reviewPrint } from "./review-print.ts";

export interface CodeNews {
  readonly pullRequest: number;
  /** Sections that its merge marks. */
  readonly addresses: readonly string[];
  readonly unknown: readonly UnknownSection[];
}

/** null: nothing is to be said. `hasCode`: it changes files that are no specs. */
export function codeNews(pullRequest: number, { implemented, unknown }: FoundThings, hasCode: boolean): CodeNews | null {
  const addresses = hasCode ? implemented.map(({ address }) => address) : [];
  return addresses.length + unknown.length === 0 ? null : { pullRequest, addresses, unknown };
}

/**
 * Tickets (`target key`) of sections that still have the status which the bot gave them: one that a person set since was
 * reviewed by nobody.
 */
export function stillForwarded({ code }: Pick<BotMemory, "code">, docs: readonly SpecDocument[], config: Config): ReadonlySet<string> {
  const now = new Set(sectionsIn(docs, config).flatMap(({ section, ticket }) => (ticket !== null && section.status === FORWARDED ? ticketWord(ticket) : [])));
  return new Set(code.forward.filter((ticket) => now.has(ticket)));
}

/** Prints of the changes that only tell these tickets their status: whoever merged the pull request reviewed that. */
export function printsOfForwarded(changes: readonly Change[], forward: ReadonlySet<string>): readonly string[] {
  return changes.flatMap((change) =>
    isStatusOnly(change) && forward.has(ticketWord({ target: change.target, key: change.key ?? "" })) ? reviewPrint(change) : [],
  );
}

/**
 * Tickets (`target key`) whose own status is news for the spec: the words "Fixes #12" close it on many hosts with the merge,
 * and a status that moved on both sides is a conflict.
 */
export function heldStatuses({ changes, observed, conflicts }: Pick<Plan, "changes" | "observed" | "conflicts">): ReadonlySet<string> {
  const held = [...changes, ...observed, ...conflicts].filter((change) => change.held.some(({ field }) => field === "status"));
  return new Set(held.flatMap(({ target, key }) => (key === null ? [] : [ticketWord({ target, key })])));
}

function isStatusOnly({ fields, action }: Change): boolean {
  return action !== "create" && fields.length > 0 && fields.every(({ field }) => field === "status");
}
