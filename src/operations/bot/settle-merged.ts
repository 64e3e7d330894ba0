/** What became of answers whose pull request was merged: their tickets take note of what stands in the specs now. */

import { ANSWERS } from "../../core/bot/propose.ts";
import { unreadTargets } from "../../core/bot/whole-plan.ts";
import type { BotAnswer } from "../../core/model/bot-answer.ts";
import type { Proposal } from "../../core/model/bot-memory.ts";
import type { Selection } from "../../core/model/plan.ts";
import { FORWARD } from "../../core/plan/selection.ts";
import { AddressError } from "../check-addresses.ts";
import type { Workspace } from "../workspace.ts";
import type { BotWorld } from "./bot-world.ts";
import { followProposals } from "./follow-proposals.ts";
import { inSession } from "./in-session.ts";
import { takeNote } from "./note-taken.ts";
import { settle } from "./propose-answers.ts";
import { recall } from "./remember.ts";

export async function settleMerged(workspace: Workspace, world: BotWorld, signal: AbortSignal): Promise<void> {
  const waiting = (await recall(world.forge)).questions.answers.filter(({ state }) => state === "proposed");
  if (waiting.length === 0) return;
  const { proposals } = await followProposals(world);
  const merged = new Map(proposals.flatMap((one) => (one.spec === ANSWERS && one.state === "merged" ? [[one.number, one] as const] : [])));
  for (const answer of waiting) {
    const proposal = merged.get(answer.request ?? 0);
    if (proposal === undefined) continue;
    if (await noteAnswer(answer, proposal, workspace, signal)) await settle(world.forge, [answer.question], { state: "done" });
  }
}

/** False: it is tried again by the next run. */
async function noteAnswer(answer: BotAnswer, proposal: Proposal, workspace: Workspace, signal: AbortSignal): Promise<boolean> {
  const { word, address, target, key } = answer;
  if (address === null || key === null) return true;
  if (word === "keep-tracker") return takeNote({ ...proposal, addresses: [address] }, workspace, signal);
  if (word !== "add") return true;
  // The section is there by now: what is left of `canon ticket accept` is the ticket's base.
  const selection: Selection = {
    ...{ addresses: [address], exclude: [], targets: [], includeDone: true, ...FORWARD },
    decisions: [{ kind: "accept", address, target, key }],
  };
  try {
    const linked = await inSession(workspace, selection, signal, async (session) => {
      if (unreadTargets(session.plan, workspace.config).has(target)) return false;
      // Whoever merged took the section out again: nobody writes it once more.
      const isThere = session.plan.changes.length > 0 && session.plan.changes.every(({ edits }) => edits.length === 0);
      return isThere ? (await session.run({ create: [], close: [] })).ok : true;
    });
    return linked ?? false;
  } catch (error) {
    if (error instanceof AddressError) return true;
    throw error;
  }
}
