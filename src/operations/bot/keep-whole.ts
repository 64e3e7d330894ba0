/**
 * Keeps a plan that is longer than a comment may be where people can read all of it: a file of a commit that a reference of
 * its own holds, so that the link in the comment lives as long as the pull request does. It holds what the comment may hold.
 */

import type { WholePlan } from "../../core/bot/plan-room.ts";
import type { Forge } from "../../forges/forge.ts";

const FILE = "plan.md";

/** Runs that overlap write once or twice. */
const TRIES = 4;

/** null: other runs go on writing another one. */
export async function keepWhole(forge: Forge, number: number, text: string): Promise<WholePlan | null> {
  const ref = `refs/canon/plans/${number}`;
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const stands = await forge.head(ref);
    const isThere = stands !== null && (await forge.read(stands, [FILE])).get(FILE) === text;
    const message = `Canon's plan of #${number}\n\nCanon-Bot: plan\n`;
    const kept = isThere
      ? ({ state: "done", commit: stands } as const)
      : await forge.commit({ ref, expected: stands, parent: null, files: [{ path: FILE, text }], message });
    if (kept.state === "done") return { url: await forge.fileUrl(kept.commit, FILE), ref, file: FILE };
  }
  return null;
}
