/** What ^C does while something is being written: the first lets it come to a clean end, the second leaves at once. */

import { EXIT } from "../core/model/exit-code.ts";
import type { World } from "./world.ts";

/** `leave` is called on the second ^C, before the process ends. */
export async function withInterrupts<T>(world: World, leave: () => void, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const stop = world.onInterrupt(() => {
    if (!controller.signal.aborted) return controller.abort();
    leave();
    world.exit(EXIT.interrupted);
  });
  try {
    return await work(controller.signal);
  } finally {
    stop();
  }
}
