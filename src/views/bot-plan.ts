/** The plan of a pull request as the bot says it there: what merging does, and nothing that changes while nobody does anything. */

import { COMMENT_ROOM, type PlanRoom, type WholePlan } from "../core/bot/plan-room.ts";
import type { Plan } from "../core/model/plan.ts";
import { codeSpan } from "./escape-markdown.ts";
import { planMarkdown } from "./plan-markdown.ts";
import { planView, type PlanView } from "./plan-view.ts";
import { GLYPHS } from "./glyphs.ts";

const NO_SPEC = "this pull request changes no spec";
const QUIET = "merging this changes no ticket";
/** Errors in its specs, or a tracker that does not answer: what is not planned may change tickets all the same. */
const UNKNOWN = "this cannot be planned as it is";

/** null: no spec is changed any more. */
export function botPlanComment(plan: Plan | null, { room, whole }: PlanRoom = { room: COMMENT_ROOM, whole: null }): string {
  return plan === null
    ? `### Canon: ${NO_SPEC}\n`
    : `${planMarkdown(viewOf(plan), { room, rest: `the rest is longer than a comment may be: ${wayTo(whole)}.` }).trimEnd()}\n`;
}

function wayTo(whole: WholePlan | null): string {
  if (whole === null) return "see the output of `canon plan`";
  if (whole.url !== null) return `**[the whole plan](${whole.url})**`;
  return `the whole plan is what ${codeSpan(`git fetch origin ${whole.ref} && git show FETCH_HEAD:${whole.file}`)} shows`;
}

/** One line, for a check. */
export function botPlanTitle(plan: Plan | null): string {
  return plan === null ? NO_SPEC : viewOf(plan).summary.words.join(GLYPHS.dot);
}

/** A comment outlives "2h ago", and counts of other specs would move it for nothing: dates, and only what this one is about. */
function viewOf(plan: Plan): PlanView {
  const view = planView(plan, { now: NEVER });
  const isQuiet = view.summary.quiet && plan.conflicts.length + plan.questions.length === 0;
  const quiet = plan.diagnostics.some(({ severity }) => severity === "error") || plan.targets.some(({ complete }) => !complete) ? UNKNOWN : QUIET;
  const summary = { ...view.summary, effort: "", words: isQuiet ? [quiet] : view.summary.words };
  return { ...view, summary, inSync: [], notes: notesOf(plan, view), next: [] };
}

/** So far away that every moment is told by its date. */
const NEVER = "9999-12-31T00:00:00.000Z";

/** Why a target could not be read; what is left out elsewhere is not this pull request's business. */
function notesOf(plan: Plan, { notes }: PlanView): readonly string[] {
  return notes.filter((note) =>
    plan.targets.some(({ why, complete }) => (why !== null && note.endsWith(why)) || (!complete && note.includes("could not be read whole"))),
  );
}
