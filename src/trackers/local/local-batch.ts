/** Carries out a batch of writes: one outcome per element, one that fails never stops the rest, faults where they were set. */

import { setTimeout as sleep } from "node:timers/promises";
import { TrackerError } from "../tracker-error.ts";
import type { Outcome } from "../tracker.ts";
import { die } from "./local-calls.ts";
import { forbidden, rateLimited, unavailable, unknownOutcome } from "./local-client.ts";
import { takeFault } from "./local-faults.ts";
import type { StrikingFault } from "./local-faults.ts";
import { delay } from "./local-pending.ts";
import { carryOut } from "./local-requests.ts";
import type { LocalSession } from "./local-session.ts";
import type { LocalStore } from "./local-store.ts";
import type { LocalRequest } from "./local-wire.ts";

interface BatchResult {
  readonly outcomes: readonly Outcome[];
  /** Milliseconds that the sender waits in vain. */
  readonly wait: number;
  /** The sender dies here; what came before has landed. */
  readonly dies: boolean;
}

export async function runBatch(store: LocalStore, requests: readonly LocalRequest[]): Promise<readonly Outcome[]> {
  if (requests.length === 0) return [];
  const { outcomes, wait, dies } = send(store, requests);
  if (dies) return die();
  if (wait > 0) await sleep(wait);
  return outcomes;
}

/** One transaction: when the file itself fails, nothing of the batch was written. */
function send(store: LocalStore, requests: readonly LocalRequest[]): BatchResult {
  try {
    return store.write((session) => carryOutAll(session, requests));
  } catch (error) {
    if (!(error instanceof TrackerError)) throw error;
    return { outcomes: requests.map(() => ({ state: "unsent", error })), wait: 0, dies: false };
  }
}

function carryOutAll(session: LocalSession, requests: readonly LocalRequest[]): BatchResult {
  const outcomes: Outcome[] = [];
  let wait = 0;
  for (const request of requests) {
    const fault = takeFault(session, request.operation);
    if (fault?.kind === "die-before") return { outcomes, wait, dies: true };
    outcomes.push(fault ? faultyOutcome(session, request, fault) : outcomeOf(session, request));
    if (fault?.kind === "die-after") return { outcomes, wait, dies: true };
    if (fault?.kind === "hang") wait = Math.max(wait, fault.ms);
  }
  return { outcomes, wait, dies: false };
}

function outcomeOf(session: LocalSession, request: LocalRequest): Outcome {
  try {
    const ticket = carryOut(session, request);
    return { state: "done", id: ticket.id, key: ticket.key, echo: ticket };
  } catch (error) {
    if (error instanceof TrackerError && error.kind !== "unavailable") return { state: "refused", error };
    throw error;
  }
}

function faultyOutcome(session: LocalSession, request: LocalRequest, fault: StrikingFault): Outcome {
  switch (fault.kind) {
    case "refuse":
      return { state: "refused", error: forbidden("The tracker refuses.") };
    case "unavailable":
      return { state: "unsent", error: unavailable("The tracker cannot be reached.") };
    case "rate-limited":
      return { state: "unsent", error: rateLimited(fault.ms) };
    case "drop-answer":
    case "garbage":
    case "partial":
      outcomeOf(session, request);
      return {
        state: "unknown",
        error: unknownOutcome(fault.kind === "drop-answer" ? "The connection broke before the answer came." : "The tracker's answer cannot be read."),
      };
    case "late":
      delay(session, request, fault.ms);
      return { state: "unknown", error: unknownOutcome("No answer came in time; the request may still land.") };
    case "hang":
      return { state: "unknown", error: unknownOutcome(`No answer within ${fault.ms} ms.`) };
    case "die-before":
    case "die-after":
      return outcomeOf(session, request);
  }
}
