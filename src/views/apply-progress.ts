/** How far an apply has come, gathered from its events, so that a live view is nothing but this value drawn again. */

import type { ApplyEvent, ChangeState } from "../core/model/apply-report.ts";
import { wholeSeconds } from "./words.ts";

export interface Step {
  readonly state: ChangeState;
  readonly key: string | null;
  readonly message: string | null;
}

/** Written by `advance` only, and in place: runs have tens of thousands of steps. */
export interface ApplyProgress {
  /** By digest of the change; a change that is not in it waits for its turn. */
  readonly steps: Map<string, Step>;
  marked: number;
  /** Columns of the widest key so far: new tickets get theirs on the way. */
  widestKey: number;
  /** What everything is waiting for; null while it runs. */
  waiting: string | null;
  draining: boolean;
}

export function notStarted(): ApplyProgress {
  return { steps: new Map(), marked: 0, widestKey: 0, waiting: null, draining: false };
}

export function advance(progress: ApplyProgress, event: ApplyEvent): void {
  progress.waiting = event.kind === "waiting" || event.kind === "recovering" ? waitingWords(event) : null;
  if (event.kind === "change") {
    progress.steps.set(event.change, { state: event.state, key: event.key, message: event.message });
    progress.widestKey = Math.max(progress.widestKey, event.key?.length ?? 0);
  }
  if (event.kind === "marked") progress.marked += 1;
  if (event.kind === "draining") progress.draining = true;
}

/** In a log a wait is told once a minute, and at 30 and 10 seconds; a line for each second would bury the rest. `told`: the seconds of its last line. */
export function isWorthALine(seconds: number, told: number): boolean {
  const next = told > 60 ? (Math.ceil(told / 60) - 1) * 60 : told > 30 ? 30 : told > 10 ? 10 : 0;
  return seconds > told || (next > 0 && seconds <= next);
}

/** "engineering: rate limit, 12 s". */
export function waitingWords(event: Extract<ApplyEvent, { kind: "waiting" | "recovering" }>): string {
  if (event.kind === "waiting") return `${event.target}: ${event.why}, ${wholeSeconds(event.seconds)}`;
  const doubt = event.inDoubt === 1 ? "1 create is in doubt" : `${event.inDoubt} creates are in doubt`;
  return event.waitSeconds > 0
    ? `run ${event.run} was cut off: ${doubt}, settled in ${wholeSeconds(event.waitSeconds)}`
    : `run ${event.run} was cut off: ${doubt}, being settled`;
}
