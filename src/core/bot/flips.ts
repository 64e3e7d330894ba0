/**
 * The breaker (threat 20): a field that goes back and forth between the same two values is some automation's work, or two
 * people's quarrel. After three moves within a day Canon leaves its section alone, and asks.
 */

import { canonicalJson } from "../canonical-json.ts";
import { fingerprint } from "../fingerprint.ts";
import type { BotMemory, Flip, Proposal } from "../model/bot-memory.ts";
import type { FieldName } from "../model/item.ts";
import type { Change, FieldChange, Question } from "../model/plan.ts";
import { isStanding } from "./propose.ts";

/** One field that a change brings to the other side. */
interface Move {
  readonly target: string;
  readonly address: string;
  readonly field: FieldName;
  readonly between: string;
}

type Known = Pick<BotMemory, "flips" | "proposals">;

const MOST = 3;
const DAY = 86_400_000;

/**
 * Into a spec: the two values, whichever way. To a ticket: what is written there, because people may well take a change back
 * and bring it again. A create moves nothing: there was no other value.
 */
function movesOf({ action, target, address, fields, pulled }: Change): readonly Move[] {
  const values = ({ spec, live }: FieldChange): readonly string[] => [spec, live].map(canonicalJson).toSorted();
  return [
    ...pulled.map((field) => ({ target, address, field: field.field, between: fingerprint(canonicalJson(values(field))) })),
    ...(action === "create" ? [] : fields).map(({ field, spec }) => ({ target, address, field, between: fingerprint(canonicalJson({ written: spec })) })),
  ];
}

/** Fields of it that are not to be moved again. `now` in milliseconds. */
export function flipFlops(change: Change, { flips, proposals }: Known, now: number): readonly FieldName[] {
  return movesOf(change).flatMap((move) => {
    const known = flips.find((flip) => isSame(flip, move));
    // What an open proposal says already, it may go on saying.
    const isStopped = known !== undefined && recent(known, now).length >= MOST && !isSaid(known, proposals);
    return isStopped ? [move.field] : [];
  });
}

export interface Seen {
  /** What the plan holds of tickets' changes, proposed or not. */
  readonly pulls: readonly Change[];
  /** Those of them that are in an open proposal now, with its number. */
  readonly proposed: readonly { readonly change: Change; readonly number: number }[];
  /** Changes of specs that were written to tickets just now. */
  readonly pushed: readonly Change[];
  /** What is not found of a section is really gone, and not only unread or undecided. */
  readonly isSettled: (address: string) => boolean;
}

/** Answers `flips` itself where there is nothing to note. */
export function noteMoves({ flips, proposals }: Known, { pulls, proposed, pushed, isSettled }: Seen, now: number): readonly Flip[] {
  const at = new Date(now).toISOString();
  const found = pulls.flatMap(movesOf);
  const said = proposed.flatMap(({ change, number }) => movesOf(change).map((move) => ({ move, number })));
  const written = pushed.flatMap(movesOf);
  const isGone = (flip: Flip): boolean =>
    !found.some((move) => isSame(flip, move)) && (isSettled(flip.address) || found.some((move) => isSameField(flip, move)));
  const noted = flips.map((flip): Flip => {
    const before = isSaid(flip, proposals) && !isGone(flip) ? flip.standing : null;
    const standing = said.find(({ move }) => isSame(flip, move))?.number ?? before;
    const isMoved = (standing !== null && standing !== before) || written.some((move) => isSame(flip, move));
    return isMoved || standing !== flip.standing ? { ...flip, standing, times: isMoved ? [...recent(flip, now), at] : flip.times } : flip;
  });
  const made = [
    ...said.map(({ move, number }): Flip => ({ ...move, times: [at], standing: number })),
    ...written.map((move): Flip => ({ ...move, times: [at], standing: null })),
  ].filter((flip) => !flips.some((known) => isSame(known, flip)));
  if (made.length === 0 && noted.every((flip, index) => flip === flips[index])) return flips;
  return [...noted.filter((flip) => flip.standing !== null || recent(flip, now).length > 0), ...made];
}

/** What people are asked about those of these changes that are not moved again. */
export function flipQuestions(changes: readonly Change[], memory: Known, now: number): readonly Question[] {
  return changes.flatMap((change): readonly Question[] => {
    const fields = flipFlops(change, memory, now);
    return fields.length === 0 ? [] : [questionOf(change, fields)];
  });
}

function questionOf({ target, address, key }: Change, fields: readonly FieldName[]): Question {
  return {
    ...{ kind: "flip-flop", target, address, key },
    text: `${key ?? "A ticket"}: ${fields.join(" and ")} went back and forth between the same two values three times within a day, so Canon leaves this section alone.`,
    hint: "Find out which automation or who else sets it, and stop that. Canon goes on when it gets another value, and after a day; canon pull brings it into the spec at once.",
  };
}

function isSaid({ standing }: Flip, proposals: readonly Proposal[]): boolean {
  return proposals.some(({ number, state }) => number === standing && isStanding(state));
}

function recent({ times }: Flip, now: number): readonly string[] {
  return times.filter((time) => Date.parse(time) > now - DAY);
}

function isSameField(one: Omit<Move, "between">, other: Omit<Move, "between">): boolean {
  return one.target === other.target && one.address === other.address && one.field === other.field;
}

function isSame(one: Move, other: Move): boolean {
  return one.between === other.between && isSameField(one, other);
}
