/** Says on a pull request what merging it would do, as far as that is news there: its one comment, its check, and the bot's note of both. */

import { COMMENT_ROOM, NO_LIMIT, type PlanRoom } from "../../core/bot/plan-room.ts";
import { reviewPrint } from "../../core/bot/review-print.ts";
import type { CodeNews } from "../../core/bot/code-news.ts";
import { annotationsOf, conclusionOf } from "../../core/bot/review-check.ts";
import { canonicalJson } from "../../core/canonical-json.ts";
import { fingerprintOf } from "../../core/fingerprint.ts";
import type { Review } from "../../core/model/bot-memory.ts";
import type { Plan } from "../../core/model/plan.ts";
import { ForgeError } from "../../forges/forge-error.ts";
import type { CheckRun, Forge, PullRequest } from "../../forges/forge.ts";
import type { BotWorld } from "./bot-world.ts";
import { recall, remember } from "./remember.ts";
import { firstComment } from "./first-comment.ts";
import { keepWhole } from "./keep-whole.ts";
import { keepComment, ownComment } from "./sticky-comment.ts";

const CHECK = "canon plan";

export interface Said {
  /** Those that it changes. */
  readonly specs: readonly string[];
  /** null: no spec is changed any more. */
  readonly plan: Plan | null;
  /** The same, without what must not be seen there. */
  readonly shown: Plan | null;
  /** What it says of sections that it implements; null: nothing. */
  readonly code: CodeNews | null;
  /** From the top of the repository to the workspace. */
  readonly prefix: string;
}

export async function sayPlan(
  request: PullRequest,
  { specs, plan, shown, code, prefix }: Said,
  { forge, words, clock }: BotWorld,
): Promise<{ readonly checked: boolean }> {
  const { account } = await forge.repository();
  const all = commentOf({ shown, code }, words, NO_LIMIT);
  const planned = plan === null ? "success" : conclusionOf(plan);
  const conclusion = planned === "success" && (code?.unknown.length ?? 0) > 0 ? "neutral" : planned;
  const known = (await recall(forge)).reviews[String(request.number)] ?? null;
  const print = fingerprintOf([all, conclusion]);
  if (known?.shown === print && known.head === request.head.commit) return { checked: true };
  const whole = all.length <= COMMENT_ROOM ? null : await keepWhole(forge, request.number, all);
  const text = commentOf({ shown, code }, words, { room: COMMENT_ROOM, whole });
  const isQuiet = code === null && (plan === null || (conclusion === "success" && plan.observed.length + plan.orphans.length === 0));
  const comment = await say(request.number, { text, known, print, isQuiet, account }, { forge, clock });
  const check = {
    commit: request.head.commit,
    conclusion,
    title: code !== null && shown === null ? words.code.title(code) : words.planTitle(shown),
    summary: text,
    annotations: annotationsOf(shown?.diagnostics ?? []),
  };
  const checked = await setCheck(forge, check, prefix);
  // A check that was refused stands on no commit: the next run must know that the job itself has to be red.
  const head = checked ? request.head.commit : "";
  // Last: a crash before it costs a second look, never a second comment.
  const changes = (await isStillOpen(request, forge)) ? (plan?.changes ?? []).map(reviewPrint) : (known?.changes ?? []);
  const review: Review = { comment, writing: null, shown: print, specs, changes, head };
  await remember(forge, (all) => {
    const number = String(request.number);
    return canonicalJson(all.reviews[number] ?? null) === canonicalJson(review) ? all : { ...all, reviews: { ...all.reviews, [number]: review } };
  });
  return { checked };
}

/** Whoever merged before it was said has not read it. */
async function isStillOpen({ number }: PullRequest, forge: Forge): Promise<boolean> {
  return (await forge.pullRequest(number)).state === "open";
}

function commentOf({ shown, code }: Pick<Said, "shown" | "code">, words: BotWorld["words"], fit: PlanRoom): string {
  if (code === null) return words.plan(shown, fit);
  if (shown === null) return words.code.alone(code);
  const below = `\n${words.code.below(code)}`;
  return `${words.plan(shown, { ...fit, room: fit.room - below.length })}${below}`;
}

interface News {
  readonly text: string;
  readonly known: Review | null;
  readonly print: string;
  /** Nothing that a reviewer must know. */
  readonly isQuiet: boolean;
  readonly account: string;
}

/** Silent where there is nothing to say and nothing was said. */
async function say(
  number: number,
  { text, known, print, isQuiet, account }: News,
  { forge, clock }: Pick<BotWorld, "forge" | "clock">,
): Promise<string | null> {
  if (known?.shown === print) return known.comment;
  const spoken = known?.comment ?? (await ownComment(forge, number, account))?.id ?? null;
  if (spoken === null) return isQuiet ? null : firstComment({ forge, clock }, number, text, account);
  return keepComment(forge, number, spoken, text, account);
}

/** The check alone, where it is news: of a fork's pull request nothing else is said. */
export async function sayCheck(
  { number }: PullRequest,
  check: Omit<CheckRun, "name">,
  { specs, prefix }: Pick<Said, "specs" | "prefix">,
  { forge }: BotWorld,
): Promise<boolean> {
  const { commit, conclusion, title, annotations } = check;
  const print = fingerprintOf([conclusion, title, JSON.stringify(annotations)]);
  const known = (await recall(forge)).reviews[String(number)];
  if (known?.shown === print && known.head === commit) return true;
  if (!(await setCheck(forge, check, prefix))) return false;
  const review: Review = { comment: known?.comment ?? null, writing: null, shown: print, specs, changes: [], head: commit };
  await remember(forge, (memory) => ({ ...memory, reviews: { ...memory.reviews, [String(number)]: review } }));
  return true;
}

/** False: this account may set none (GitHub takes them from apps and its own Actions only). */
async function setCheck(forge: Forge, check: Omit<CheckRun, "name">, prefix: string): Promise<boolean> {
  const annotations = check.annotations.map((annotation) => ({ ...annotation, path: prefix + annotation.path }));
  try {
    await forge.setCheck({ ...check, name: CHECK, annotations });
    return true;
  } catch (error) {
    if (error instanceof ForgeError && error.kind === "forbidden") return false;
    throw error;
  }
}
