/** Writes what happened to an issue into its history. */

import type { Account, Issue, IssueEvent } from "./github-state.ts";
import { nodeId, takeId } from "./github-world.ts";
import type { World } from "./github-world.ts";

export function record(world: World, issue: Issue, actor: Account, event: Omit<IssueEvent, "id" | "nodeId" | "actor" | "at">): void {
  const id = takeId(world);
  issue.events.push({ id, nodeId: nodeId("EV", id), actor, at: world.clock.now(), ...event });
}
