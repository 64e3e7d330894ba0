/** Carries the changes of one target out: creates level by level, then the other writes, closings last and children first. What is given back comes after. */

import type { Change } from "../../core/model/plan.ts";
import { isClosed } from "../../core/plan/is-closed.ts";
import { isRelease } from "../../core/plan/release.ts";
import type { OpenTarget } from "../read-targets.ts";
import { createBatch } from "./create-batch.ts";
import { guardWindow } from "./guard-window.ts";
import type { RunContext } from "./run-context.ts";
import { updateBatch } from "./update-batch.ts";

type WriteBatch = (changes: readonly Change[], target: OpenTarget, context: RunContext) => Promise<void>;

export async function applyChanges(changes: readonly Change[], target: OpenTarget, context: RunContext): Promise<void> {
  const { batch } = target.tracker.capabilities;
  const guarded = guardWindow(batch);
  const creates = changes.filter(({ action }) => action === "create");
  const others = changes.filter((change) => change.action !== "create" && !isRelease(change));
  const closings = others.filter((change) => isClosing(change, target));
  await inLevels(creates, batch.create, createBatch, target, context);
  await inLevels(
    others.filter((change) => !closings.includes(change)),
    guarded,
    updateBatch,
    target,
    context,
  );
  await inLevels([...closings].reverse(), guarded, updateBatch, target, context);
}

/** A level is all that waits for nothing any more; what waits for a failure is held. */
async function inLevels(changes: readonly Change[], size: number, write: WriteBatch, target: OpenTarget, context: RunContext): Promise<void> {
  let waiting = [...changes];
  while (waiting.length > 0) {
    const ready = waiting.filter((change) => change.after.every((address) => context.ledger.keyOf(address) !== null));
    if (ready.length === 0) break;
    for (let start = 0; start < ready.length; start += size) {
      if (context.signal.aborted) break;
      // Here as well as before each request, so that what is not to be sent is not called sent.
      await context.turns.of(target.config.name).ensure();
      await write(ready.slice(start, start + size), target, context);
    }
    const done = new Set(ready);
    waiting = waiting.filter((change) => !done.has(change));
    if (context.signal.aborted) break;
  }
  for (const change of changes)
    if (context.ledger.stateOf(change) === null) context.ledger.settle(change, { state: "held", message: whyHeld(change, context) });
}

function whyHeld(change: Change, { signal, ledger }: RunContext): string {
  if (signal.aborted) return "Interrupted before it was begun.";
  const parents = change.after.join(", ");
  const inDoubt = change.after.some((address) => ledger.isInDoubt(address));
  return inDoubt ? `Nothing was heard of the ticket of ${parents} when its turn came.` : `The ticket of ${parents} was not created.`;
}

function isClosing({ fields }: Change, { project }: OpenTarget): boolean {
  const status = fields.find(({ field }) => field === "status")?.spec;
  const category = project.statuses.find(({ name }) => name === status)?.category;
  return category !== undefined && isClosed(category);
}
