/**
 * Whether the bot brought the markers of a merged pull request before: asked where its memory does not say. Who took a marker
 * out of the spec since does not get it back because the memory was lost.
 */

import { realizedToken } from "../../core/spec/print-marker.ts";
import type { Commit, Forge } from "../../forges/forge.ts";
import { saysItIsOwn } from "./own-commits.ts";

/** `since`: commits after its merge. `paths`: the specs of its sections, from the top of the repository. */
export async function wasMarked(pullRequest: number, since: readonly Commit[], paths: readonly string[], forge: Forge): Promise<boolean> {
  for (const { id } of since.filter(({ message }) => saysItIsOwn(message))) {
    const texts = await forge.read(id, paths);
    if ([...texts.values()].some((text) => text.includes(`canon:${realizedToken(pullRequest)} `))) return true;
  }
  return false;
}
