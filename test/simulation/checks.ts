/** The laws that hold after every step: what is wrong, in sentences; nothing when all is well. */

import type { Change, LineEdit, Plan } from "../../src/core/model/plan.ts";
import { shownWords } from "./shown.ts";
import { wordsIn } from "./words.ts";
import type { DeskTicket } from "./tracker-desk.ts";
import { textOf, wordsOf, type SeenTickets, type Specs, type World } from "./world.ts";

export interface Seen {
  readonly specs: Specs;
  readonly tickets: SeenTickets;
}

/** Law 7: no word is lost. What stands nowhere must at least be shown by the plan. */
export async function lostWords({ words }: World, { specs, tickets }: Seen, plan: () => Promise<Plan>): Promise<readonly string[]> {
  const missing = words.missing(wordsOf(specs, tickets));
  if (missing.length === 0) return [];
  const shown = shownWords(await plan(), null, null);
  return missing.filter(({ word }) => !shown.has(word)).map(({ word, written }) => `the word ${word} is lost, written by: ${written}`);
}

/** What a person took away on one side does not come back there unless somebody decides so. */
export function returnedWords({ words }: World, { specs, tickets }: Seen): readonly string[] {
  return [
    ...words.returned("specs", [...specs.values()].join("\n\n")).map((word) => `in the specs there is again ${word}`),
    ...[...tickets].flatMap(([id, seen]) => words.returned(id, textOf(seen)).map((word) => `on ${seen.key} there is again ${word}`)),
  ];
}

/** Law 4: a token stands on one ticket, copies that people made left out. */
export function twins({ copies, unmarked }: World, { tickets }: Seen): readonly string[] {
  const byToken = Map.groupBy(
    [...tickets.values()].filter(({ id, token }) => token !== null && !copies.has(id) && !unmarked.has(id)),
    ({ token }) => token,
  );
  return [...byToken.values()].flatMap((several) =>
    several.length > 1 ? [`two tickets for one section: ${several.map(({ key, title }) => `${key} "${title}"`).join(", ")}`] : [],
  );
}

/** Notes which tickets markers name. */
export function noteNamed({ named }: World, { specs }: Seen): void {
  for (const text of specs.values()) for (const [, key = ""] of text.matchAll(/canon:ticket:[a-z]+:(\S+)/g)) named.add(key);
}

/**
 * Law 4, for sections whose address has changed meanwhile: a ticket that never got its marker, while what it is about
 * still stands in the specs, and that no plan tells of where it may be an orphan: a section that was done before it got its
 * marker needs no ticket. Without a body only the title tells, which is no evidence in another file.
 */
export function neverMarked({ named, copies, unmarked, isBeyond, switches }: World, { specs, tickets }: Seen, { questions, orphans }: Plan): readonly string[] {
  // What stands below a section that is asked about waits for the answer.
  if (questions.some(({ kind }) => kind === "claim")) return [];
  const written = new Set([...specs.values()].flatMap((text) => [...wordsIn(text)]));
  return [...tickets.values()].flatMap((ticket) => {
    const isCreated = ticket.token !== null && !copies.has(ticket.id) && !unmarked.has(ticket.id) && !named.has(ticket.key);
    // A closed ticket too many is settled: nobody tells of it any more.
    const isTold = (isBeyond || !switches.includeDone) && (ticket.isOver || orphans.some(({ key }) => key === ticket.key));
    const isAbout = ticket.hasBody && [...wordsIn(`${ticket.title}\n\n${ticket.body}`)].some((word) => written.has(word));
    return isCreated && isAbout && !isTold
      ? [`${ticket.key} "${ticket.title}" was created and never got its marker, its section is there, and nobody asks`]
      : [];
  });
}

/** Law 3: outside of marker lines a run changes the lines that its plan shows, and no line end. */
export function wrongBytes(before: Specs, after: Specs, plan: Plan | null): readonly string[] {
  const wrong: string[] = [];
  for (const [path, text] of before) {
    const now = after.get(path);
    if (now === text) continue;
    if (now === undefined) wrong.push(`${path} is gone`);
    else if (!isExplained(path, text, now, plan?.changes ?? []))
      wrong.push(`${path} changed beside the edits of the plan: ${JSON.stringify({ text, now, edits: editsIn(path, plan?.changes ?? []) })}`);
    else if (endsOf(now).some((end) => !endsOf(text).includes(end))) wrong.push(`${path} has other line ends now`);
    wrong.push(...lostMarkers(path, text, now ?? ""));
  }
  for (const path of after.keys()) if (!before.has(path)) wrong.push(`${path} was made by Canon`);
  return wrong;
}

/** Of several changes to a file some may have been held back, and a run that died may have done none. */
function isExplained(path: string, before: string, after: string, changes: readonly Change[]): boolean {
  const edited = changes.filter(({ edits }) => edits.some((edit) => edit.path === path)).map(({ edits }) => edits.filter((edit) => edit.path === path));
  const expected = bare(after.split(/\r?\n/));
  const subsets = edited.length > 8 ? [edited, []] : subsetsOf(edited);
  return subsets.some((subset) => bare(withEdits(before.split(/\r?\n/), subset.flat())) === expected);
}

function editsIn(path: string, changes: readonly Change[]): readonly LineEdit[] {
  return changes.flatMap(({ edits }) => edits.filter((edit) => edit.path === path));
}

function subsetsOf<T>(list: readonly T[]): readonly (readonly T[])[] {
  return list.reduce<readonly (readonly T[])[]>((subsets, one) => [...subsets, ...subsets.map((subset) => [...subset, one])], [[]]);
}

function withEdits(lines: readonly string[], edits: readonly LineEdit[]): readonly string[] {
  const result = [...lines];
  // From the end, so that the lines above keep their numbers; of two at one line the first comes first.
  for (const { line, before, after } of [...edits].reverse().sort((a, b) => b.line - a.line)) {
    const there = result.splice(line - 1, before.length, ...after);
    if (there.join("\n") !== before.join("\n")) return ["an edit that does not fit"];
  }
  return result;
}

function bare(lines: readonly string[]): string {
  return lines.filter((line) => !/^<!-- canon:(?:ticket|system):.*-->$/.test(line)).join("\n");
}

function endsOf(text: string): readonly string[] {
  return [...new Set(text.match(/\r\n|\r|\n/g) ?? [])];
}

/** Law 11: a section keeps the ticket that its marker names. */
function lostMarkers(path: string, before: string, after: string): readonly string[] {
  const keys = (text: string): readonly string[] => (text.match(/canon:ticket:[^ ]+/g) ?? []).sort();
  const left = [...keys(after)];
  return keys(before).flatMap((key) => {
    const at = left.indexOf(key);
    if (at >= 0) left.splice(at, 1);
    return at >= 0 ? [] : [`${path} lost the marker ${key}`];
  });
}

/** Laws 8, 9 and 12: tickets stay, with what people put beside Canon's fields; a field changes only when the plan said so. */
export function wrongTickets(world: World, before: Seen["tickets"], after: Seen["tickets"], plan: Plan | null): readonly string[] {
  return [
    ...[...before].flatMap(([id, was]) => {
      const now = after.get(id);
      return now ? wrongTicket(was, now, plan, world.isLate) : [`${was.key} is gone`];
    }),
    ...world.labels.flatMap(([id, label]) =>
      after.get(id)?.labels.includes(label) === false ? [`the label ${label} of a person was taken off ${after.get(id)?.key}`] : [],
    ),
  ];
}

function wrongTicket(was: DeskTicket, now: DeskTicket, plan: Plan | null, isLate: boolean): readonly string[] {
  const { key } = was;
  const wrong = was.comments.filter((comment) => !now.comments.includes(comment)).map((comment) => `the comment "${comment}" is gone from ${key}`);
  if (isLate) return wrong;
  const planned = plan?.changes.filter((change) => change.key === key) ?? [];
  const written = new Set<string>(planned.flatMap(({ fields }) => fields.map(({ field }) => field)));
  const moves = planned.some(({ action }) => action === "move");
  const unplanned = (["title", "body", "status", "type", "parent"] as const).filter((field) => {
    if (was[field] === now[field] || written.has(field)) return false;
    return field !== "body" || !(moves || written.has("criteria"));
  });
  return [...wrong, ...unplanned.map((field) => `${field} of ${key} changed without a plan: ${JSON.stringify([was[field], now[field]])}`)];
}
