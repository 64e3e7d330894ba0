/**
 * Lets tickets take note of proposals that were merged. The spec says by now what they say, but their bases do not know it:
 * without that the next edit on a ticket would count as made on both sides, and nobody would know whose it is.
 */

import { ANSWERS, isStanding } from "../../core/bot/propose.ts";
import { unreadTargets } from "../../core/bot/whole-plan.ts";
import type { Proposal } from "../../core/model/bot-memory.ts";
import { EXIT } from "../../core/model/exit-code.ts";
import type { Change, Selection } from "../../core/model/plan.ts";
import { FORWARD } from "../../core/plan/selection.ts";
import { AddressError } from "../check-addresses.ts";
import type { Workspace } from "../workspace.ts";
import type { BotWorld } from "./bot-world.ts";
import { followProposals, note } from "./follow-proposals.ts";
import { inSession } from "./in-session.ts";

export async function noteTaken(workspace: Workspace, world: BotWorld, signal: AbortSignal): Promise<void> {
  for (const proposal of (await followProposals(world)).proposals) {
    // What answers bring is settled answer by answer.
    if (proposal.spec === ANSWERS || proposal.addresses.length === 0 || isStanding(proposal.state)) continue;
    if (proposal.state === "merged" && !(await takeNote(proposal, workspace, signal))) continue;
    await note(world.forge, proposal, { addresses: [] });
  }
}

/** False: it is tried again by the next run. */
export async function takeNote({ addresses }: Proposal, workspace: Workspace, signal: AbortSignal): Promise<boolean> {
  try {
    const plain = await inSession(workspace, takingNote(addresses), signal, async ({ plan }) =>
      unreadTargets(plan, workspace.config).size > 0 ? null : plan.changes.filter(isOnlyNote).map(({ address }) => address),
    );
    if (plain === null) return false;
    if (plain.length === 0) return true;
    const outcome = await inSession(workspace, takingNote(plain), signal, async (session) =>
      session.plan.changes.every(isOnlyNote) ? session.run({ create: [], close: [] }) : null,
    );
    return outcome !== null && outcome.ok && (outcome.report.exitCode === EXIT.ok || outcome.report.exitCode === EXIT.conflicts);
  } catch (error) {
    // The sections are gone or have another name by now: there is nothing to take note of.
    if (error instanceof AddressError) return true;
    throw error;
  }
}

function takingNote(addresses: readonly string[]): Selection {
  const decisions = addresses.map((address) => ({ kind: "taken", address }) as const);
  return { ...{ addresses, exclude: [], targets: [], includeDone: false }, ...FORWARD, direction: "back", decisions };
}

/** People went on meanwhile where more is planned: that is for a proposal of its own. */
function isOnlyNote({ action, fields, edits }: Change): boolean {
  return action === "pull" && fields.length === 0 && edits.length === 0;
}
