/** Pull requests that were planned and are merged by now: what was reviewed there, and telling there what became of it. */

import { partOfPlan } from "../../core/bot/part-of-plan.ts";
import { reviewPrint } from "../../core/bot/review-print.ts";
import { hiddenTargets } from "../../core/bot/visible-targets.ts";
import { withoutLive } from "../../core/bot/without-live.ts";
import type { ApplyReport } from "../../core/model/apply-report.ts";
import type { Review } from "../../core/model/bot-memory.ts";
import type { Config } from "../../core/model/config.ts";
import type { Change, Plan } from "../../core/model/plan.ts";
import type { Forge } from "../../forges/forge.ts";
import type { BotWorld } from "./bot-world.ts";
import { recall, remember, remembered } from "./remember.ts";
import { keepComment } from "./sticky-comment.ts";

export interface MergedReview {
  readonly number: number;
  readonly review: Review;
}

/** Those that were closed without merging are forgotten: opened again, they are planned again. */
export async function findMerged(forge: Forge): Promise<readonly MergedReview[]> {
  const { defaultBranch } = await forge.repository();
  const found: MergedReview[] = [];
  const closed: number[] = [];
  for (const [key, review] of Object.entries((await recall(forge)).reviews)) {
    const number = Number(key);
    const { state, base } = await remembered(number, forge);
    if (state === "merged" && base.branch === defaultBranch) found.push({ number, review });
    else if (state !== "open") closed.push(number);
  }
  await forget(forge, closed);
  return found;
}

export interface Outcome {
  /** null: nothing was to be written. */
  readonly report: ApplyReport | null;
  readonly waiting: readonly Change[];
  /** Those of them that wait because a field of theirs went back and forth. */
  readonly stopped: readonly Change[];
  readonly plan: Plan;
  /** Sections that merged pull requests implement. */
  readonly realized: readonly { readonly number: number; readonly addresses: readonly string[] }[];
  /** Address of the pull request that proposes their markers; null: they stand there. */
  readonly markedBy: string | null;
}

/** On each of them once, in the comment that its plan stood in. */
export async function tellMerged(merged: readonly MergedReview[], outcome: Outcome, config: Config, { forge, words }: BotWorld): Promise<void> {
  const { account, visibility } = await forge.repository();
  const hidden = hiddenTargets(config, visibility);
  const printOf = new Map(outcome.plan.changes.map((change) => [change.digest, reviewPrint(change)] as const));
  const done = new Set(outcome.report?.results.flatMap(({ state, change }) => (state === "done" ? (printOf.get(change) ?? []) : [])) ?? []);
  for (const { number, review } of merged) {
    const code = outcome.realized.find((one) => one.number === number);
    // What stands below no plan is true after the merge as well.
    if (review.comment === null || (code === undefined && review.specs.length === 0)) continue;
    const waiting = withoutLive(
      partOfPlan({ ...outcome.plan, changes: outcome.waiting, observed: [], orphans: [], diagnostics: [] }, new Set(review.specs)),
      hidden,
    );
    const applied = review.changes.filter((print) => done.has(print)).length;
    const stopped = outcome.stopped.filter(({ digest }) => waiting.changes.some((one) => one.digest === digest)).length;
    // Where there was no plan, there is nothing that could have been applied.
    const isOnlyCode = code !== undefined && review.changes.length + waiting.changes.length === 0;
    const parts = [
      isOnlyCode ? "" : words.applied(applied, waiting, stopped),
      code === undefined ? "" : words.code.realized(number, code.addresses, outcome.markedBy),
    ];
    await keepComment(forge, number, review.comment, parts.filter((part) => part !== "").join("\n"), account);
  }
  await forget(
    forge,
    merged.map(({ number }) => number),
  );
}

async function forget(forge: Forge, numbers: readonly number[]): Promise<void> {
  const gone = new Set(numbers.map(String));
  await remember(forge, (memory) =>
    Object.keys(memory.reviews).some((number) => gone.has(number))
      ? { ...memory, reviews: Object.fromEntries(Object.entries(memory.reviews).filter(([number]) => !gone.has(number))) }
      : memory,
  );
}
