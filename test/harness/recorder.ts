/** Keeps every mutating request that passes, with what became of it. */

import type { Outcome } from "../../src/trackers/tracker.ts";
import { connect } from "../../src/wiring.ts";
import { watching, type Request } from "./watched-tracker.ts";
import type { World } from "./project-at.ts";

export interface Sent {
  readonly request: Request;
  readonly outcomes: readonly Outcome[];
}

export interface Recorder {
  readonly sent: Sent[];
  readonly world: Pick<World, "connect">;
  /** Forgets what passed so far. */
  clear(): void;
}

export function recorder(): Recorder {
  const sent: Sent[] = [];
  const door = watching(connect, async (request, send) => {
    const outcomes = await send();
    sent.push({ request, outcomes });
    return outcomes;
  });
  return { sent, world: { connect: door }, clear: () => void sent.splice(0) };
}
