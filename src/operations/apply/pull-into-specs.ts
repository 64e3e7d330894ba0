/** Brings what people changed on tickets into the specs, file by file, before anything of these changes is sent. */

import type { Change } from "../../core/model/plan.ts";
import type { Ticket } from "../../core/model/ticket.ts";
import { brokenGuard } from "../../core/plan/broken-guard.ts";
import { TrackerError } from "../../trackers/tracker-error.ts";
import { pathOfAddress } from "../../core/address.ts";
import type { OpenTarget } from "../read-targets.ts";
import { hasMovedBase } from "./moved-base.ts";
import type { RunContext } from "./run-context.ts";

/**
 * The spec first, the ticket's base after it: killed in between, the next run finds both sides equal. The other way
 * round it would take the old spec for an edit and undo the person's. Answers the changes that may go on.
 */
export async function pullIntoSpecs(changes: readonly Change[], context: RunContext): Promise<readonly Change[]> {
  const pulls = changes.filter(({ pulled, edits }) => pulled.length + edits.length > 0);
  if (pulls.length === 0) return changes;
  for (const [name, target] of context.gathered.targets) {
    await checkGuards(
      pulls.filter((change) => change.target === name),
      target,
      context,
    );
  }
  const open = pulls.filter((change) => context.ledger.stateOf(change) === null && change.edits.length > 0);
  for (const [path, group] of Map.groupBy(open, ({ address }) => pathOfAddress(address))) {
    if (context.signal.aborted) break;
    await editSpec(path, group, context);
  }
  context.items = new Map([...context.items, ...context.gathered.compile(context.markers.docs().filter(({ path }) => context.pulled.has(path)))]);
  for (const change of open)
    if (context.signal.aborted && !context.pulled.has(pathOfAddress(change.address)))
      context.ledger.settle(change, { state: "held", message: "Interrupted before it was begun." });
  return changes.filter((change) => context.ledger.stateOf(change) === null);
}

async function checkGuards(changes: readonly Change[], { tracker }: OpenTarget, context: RunContext): Promise<void> {
  const { ledger, pulledFrom } = context;
  const size = tracker.capabilities.batch.read;
  for (let start = 0; start < changes.length; start += size) {
    const batch = changes.slice(start, start + size);
    const tickets = new Map<string, Ticket>();
    try {
      const snapshot = await tracker.read({ keys: batch.flatMap(({ key }) => key ?? []) });
      for (const ticket of snapshot.tickets) tickets.set(ticket.key, ticket);
    } catch (error) {
      if (!(error instanceof TrackerError)) throw error;
      for (const change of batch) ledger.settle(change, { state: "failed", message: error.message, hint: error.hint });
      continue;
    }
    for (const change of batch) {
      const ticket = tickets.get(change.key ?? "");
      const broken = ticket ? brokenGuard(change, ticket, tracker.format) : undefined;
      const isRebased = ticket !== undefined && hasMovedBase(change, ticket, context);
      if (ticket && !broken && !isRebased) {
        pulledFrom.set(change.address, ticket);
        continue;
      }
      const why = broken
        ? `was edited since the plan was made (${broken.field})`
        : isRebased
          ? "holds another note of what was agreed than the plan saw"
          : "could not be read again";
      ledger.settle(change, { state: "held", message: `${change.key ?? "The ticket"} ${why}.`, hint: "Run canon plan again and read what changed." });
    }
  }
}

async function editSpec(path: string, changes: readonly Change[], { gathered, journal, ledger, markers, emit, pulled }: RunContext): Promise<void> {
  const problem = await markers.edit(
    path,
    changes.flatMap(({ address }) => gathered.made.edits.get(address) ?? []),
  );
  if (problem !== null) {
    for (const change of changes)
      ledger.settle(change, {
        state: "failed",
        message: `${path} ${problem}.`,
        hint: "Run canon plan again: nothing of this section was written, here or there.",
      });
    return;
  }
  await journal.append({ kind: "pulled", path, addresses: changes.map(({ address }) => address) });
  pulled.add(path);
  emit({ kind: "pulled", path });
}
