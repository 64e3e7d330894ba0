/** Carries out a call that only reads, with the fault that was set for it. */

import { setTimeout as sleep } from "node:timers/promises";
import type { LocalOperation } from "../local-desk.ts";
import { forbidden, rateLimited, unavailable } from "./local-client.ts";
import { hasFault, takeFault } from "./local-faults.ts";
import type { StrikingFault } from "./local-faults.ts";
import type { LocalSession } from "./local-session.ts";
import type { LocalStore } from "./local-store.ts";

/** `partly` is what is left of an answer of which a part is missing; an answer that has no parts fails instead. */
export async function callWithFaults<T>(
  store: LocalStore,
  operation: LocalOperation,
  work: (session: LocalSession) => T,
  partly?: (answer: T) => T,
): Promise<T> {
  const fault = store.read((session) => hasFault(session, operation)) ? store.write((session) => takeFault(session, operation)) : null;
  if (fault === null) return store.read(work);
  return faultyAnswer(fault, () => store.read(work), partly);
}

async function faultyAnswer<T>(fault: StrikingFault, answer: () => T, partly?: (answer: T) => T): Promise<T> {
  switch (fault.kind) {
    case "refuse":
      throw forbidden("The tracker refuses.");
    case "rate-limited":
      throw rateLimited(fault.ms);
    case "unavailable":
      throw unavailable("The tracker cannot be reached.");
    case "drop-answer":
      throw unavailable("The connection broke before the answer came.");
    case "garbage":
      throw unavailable("The tracker's answer cannot be read.");
    case "late":
    case "hang":
      await sleep(fault.ms);
      throw unavailable(`No answer within ${fault.ms} ms.`);
    case "partial":
      if (partly) return partly(answer());
      throw unavailable("A part of the tracker's answer is missing.");
    case "die-before":
    case "die-after":
      return die();
  }
}

/** The moment of a kill -9: nothing after it runs. */
export async function die(): Promise<never> {
  process.kill(process.pid, "SIGKILL");
  return sleep(60_000).then(die);
}
