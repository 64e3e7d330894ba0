/** Brings new tickets to their status where a strict workflow lets them begin in its initial one only. */

import type { Change } from "../../core/model/plan.ts";
import { echoedBase, type CreateContent } from "../../core/plan/write-content.ts";
import type { Ticket } from "../../core/model/ticket.ts";
import type { OpenTarget } from "../read-targets.ts";
import { attemptInTurn } from "./attempt-in-turn.ts";
import type { RunContext } from "./run-context.ts";

export interface NewTicket {
  readonly change: Change;
  readonly key: string;
  readonly content: CreateContent;
  readonly echo: Ticket | null;
}

/** True where the create itself cannot carry the status. */
export function needsStep(wanted: string | null, { tracker, project }: OpenTarget): boolean {
  return tracker.capabilities.transitions === "workflow" && wanted !== null && wanted !== project.initialStatus;
}

/** A step that is refused leaves the ticket created, and its status for the next plan. */
export async function stepCreated(tickets: readonly NewTicket[], target: OpenTarget, context: RunContext): Promise<void> {
  const { tracker, config } = target;
  const steps = tickets.flatMap(({ change, key, content, echo }) => {
    const { laterStatus: to } = content;
    if (to === null) return [];
    const written = { ...content.written, status: to, statusSpec: content.written.item.fields.status };
    // Where the answer shows no fields the status is known all the same: without it in the base, Canon's own step would pass for somebody's.
    const base = echoedBase(content.base, written, echo && { ...echo, status: to }, tracker.format);
    return [
      {
        change,
        key,
        step: {
          key,
          expectRevision: tracker.capabilities.conditionalWrite ? (echo?.revision ?? null) : null,
          to,
          walk: config.transitions === "walk",
          base,
        },
      },
    ];
  });
  if (steps.length === 0) return;
  const outcomes = await attemptInTurn(
    steps,
    { size: tracker.capabilities.batch.update, target: config.name, send: (some) => tracker.transition(some.map(({ step }) => step)) },
    context,
  );
  steps.forEach(({ change, key, step }, index) => {
    const outcome = outcomes[index];
    if (outcome?.state === "done") return;
    const error = outcome?.error;
    context.ledger.settle(change, {
      state: outcome?.state === "unknown" ? "unknown" : "failed",
      key,
      message: `${key} was created, but not moved to ${step.to}: ${error?.message ?? "the tracker did not answer for it"}`,
      hint: error?.hint ?? null,
    });
  });
}
