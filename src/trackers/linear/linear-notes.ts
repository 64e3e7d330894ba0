/** Comments: each stands under an id that is made of its note, so that it is found again and never there twice. */

import type { TextFormat } from "../../core/text/text-format.ts";
import { outcomeOfError } from "../http-client.ts";
import type { Note, Outcome } from "../tracker.ts";
import { TrackerError } from "../tracker-error.ts";
import { commentById, listComments, type Said } from "./linear-comments.ts";
import { PLACE } from "./linear-documents.ts";
import { chosenId } from "./linear-ids.ts";
import { hangingOutcomes } from "./linear-links.ts";
import { runMutations, type Fate, type Mutation } from "./linear-mutations.ts";
import type { LinearSession } from "./linear-session.ts";

/** Somebody else may have taken an id, and one of a comment that was deleted is not given again: then the next is taken. */
const IDS = 3;

interface Plan {
  readonly note: Note;
  /** Where it stands already; null: it is posted. */
  readonly standing: Said | null;
  /** The id that it is posted under, and those that are tried when that is taken. */
  readonly id: string;
  readonly others: readonly string[];
}

export async function postNotes(session: LinearSession, format: TextFormat, notes: readonly Note[]): Promise<readonly Outcome[]> {
  if (notes.length === 0) return [];
  let plans: readonly Plan[];
  try {
    plans = await plansFor(session, format, notes);
  } catch (error) {
    if (!(error instanceof TrackerError)) throw error;
    return notes.map(() => outcomeOfError(error));
  }
  return hangingOutcomes(session, notes, await carryOut(session, format, plans));
}

async function plansFor({ client }: LinearSession, format: TextFormat, notes: readonly Note[]): Promise<readonly Plan[]> {
  const { comments, viewer } = await listComments(client, notes.flatMap(idsOf));
  const plans: Plan[] = [];
  for (const note of notes) {
    const ids = idsOf(note);
    // Without a free one the first is asked for all the same: Linear's refusal says what is wrong.
    const [id = idOf(note, 0), ...others] = ids.filter((one) => !comments.has(one));
    const listed = ids.flatMap((one) => comments.get(one) ?? []).find(({ author }) => author === viewer) ?? null;
    // The list may show it as it was before: that it needs no edit is asked of the comment itself.
    const standing = listed !== null && isSameText(format, listed.body, note.text) ? (await commentById(client, listed.id)).comment : listed;
    plans.push({ note, standing, id, others });
  }
  return plans;
}

function idsOf(note: Note): readonly string[] {
  return Array.from({ length: IDS }, (_one, turn) => idOf(note, turn));
}

function idOf({ key, id }: Note, turn: number): string {
  return chosenId("comment", key, id, ...(turn === 0 ? [] : [String(turn)]));
}

async function carryOut(session: LinearSession, format: TextFormat, plans: readonly Plan[]): Promise<readonly Fate[]> {
  const works = plans.map((plan) => ({ ticket: plan.note.key, mutations: mutationsOf(session, format, plan) }));
  const fates = await runMutations(session.client, works, "comment");
  const settled: Fate[] = [];
  for (const [index, fate] of fates.entries()) {
    const plan = plans[index];
    settled.push(plan && isTaken(fate) && plan.standing === null ? await otherwise(session, format, plan, fate) : fate);
  }
  return settled;
}

function isTaken(fate: Fate): boolean {
  return fate.state === "refused" && fate.error.kind === "conflict";
}

/** The list did not show who has the id: it lags, or the comment was deleted. */
async function otherwise(session: LinearSession, format: TextFormat, { note, id, others }: Plan, refused: Fate): Promise<Fate> {
  const [next, ...left] = others;
  try {
    const { comment, viewer } = await commentById(session.client, id);
    const standing = comment?.author === viewer ? comment : null;
    if (standing === null && next === undefined) return refused;
    const [fate = refused] = await carryOut(session, format, [{ note, standing, id: next ?? id, others: left }]);
    return fate;
  } catch (error) {
    if (!(error instanceof TrackerError)) throw error;
    return outcomeOfError(error);
  }
}

function mutationsOf({ seen }: LinearSession, format: TextFormat, { note, standing, id }: Plan): readonly Mutation[] {
  const selection = `comment { issue { ${PLACE} } }`;
  const { key, text } = note;
  if (standing === null) return [{ field: "commentCreate", input: { id, issueId: seen.get(key)?.id ?? key, body: text }, selection }];
  return isSameText(format, standing.body, text) ? [] : [{ field: "commentUpdate", id: standing.id, input: { body: text }, selection }];
}

/** Linear writes Markdown its own way [F]; what it means is what counts. */
function isSameText(format: TextFormat, one: string, other: string): boolean {
  const [first, second] = [format.parse(one), format.parse(other)].map(({ blocks, criteria }) =>
    JSON.stringify([blocks.map(({ canonical }) => canonical), criteria.map(({ text, checked }) => [text, checked])]),
  );
  return first === second;
}
