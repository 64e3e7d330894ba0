/** Waits out a limit of a tracker, second by second, so that people see for how long and can stop it. */

import type { RunContext } from "./run-context.ts";

export type WaitContext = Pick<RunContext, "workspace" | "emit" | "signal">;

/** False when it was interrupted: nothing may be sent then. */
export async function waitForLimit(target: string, seconds: number, { workspace: { clock }, emit, signal }: WaitContext): Promise<boolean> {
  const end = clock.monotonic() + Math.max(1, seconds) * 1000;
  for (let left = end - clock.monotonic(); left > 0; left = end - clock.monotonic()) {
    if (signal.aborted) return false;
    emit({ kind: "waiting", target, seconds: Math.ceil(left / 1000), why: "its limit of requests is reached" });
    await clock.sleep(Math.min(left, 1000), signal).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }
  return !signal.aborted;
}
