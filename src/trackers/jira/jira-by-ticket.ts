/** Runs writes of a batch: those to one ticket in their order, those to different tickets side by side. */

import { TrackerError } from "../tracker-error.ts";
import { outcomeOfError } from "../http-client.ts";
import type { Outcome } from "../tracker.ts";

export async function byTicket<T extends { readonly key: string }>(
  elements: readonly T[],
  write: (element: T) => Promise<Outcome>,
): Promise<readonly Outcome[]> {
  const lanes = new Map<string, Promise<unknown>>();
  return Promise.all(
    elements.map(async (element) => {
      const before = lanes.get(element.key) ?? Promise.resolve();
      const mine = before.then(async () => attempted(element, write));
      lanes.set(element.key, mine);
      return mine;
    }),
  );
}

/** Ours (anything but a TrackerError) goes on. */
async function attempted<T>(element: T, write: (element: T) => Promise<Outcome>): Promise<Outcome> {
  try {
    return await write(element);
  } catch (error) {
    if (error instanceof TrackerError) return outcomeOfError(error);
    throw error;
  }
}
