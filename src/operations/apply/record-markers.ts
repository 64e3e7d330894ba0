/** Writes the markers of a batch and records them; tickets whose marker cannot be written are kept by claims. */

import type { Claim } from "../../core/model/claim.ts";
import type { JournalRecord } from "../../core/model/journal-record.ts";
import type { OpenTarget } from "../read-targets.ts";
import type { MarkerWish } from "./marker-writer.ts";
import type { RunContext } from "./run-context.ts";
import { addressOfItem } from "./write-context.ts";

export async function recordMarkers(wishes: readonly MarkerWish[], target: OpenTarget, context: RunContext): Promise<void> {
  if (wishes.length === 0) return;
  // A marker in the work tree can be thrown away by a checkout: where tickets follow merged specs, the claim comes first.
  const turn = context.turns.of(target.config.name);
  if (!target.tracker.capabilities.embedded) await turn.keep(wishes.map((wish) => claimOf(wish, target, context.run)));
  const outcomes = await context.markers.write(wishes);
  const written = outcomes.filter(({ problem }) => problem === null);
  const kept = outcomes.filter(({ problem }) => problem !== null);
  await turn.keep(kept.flatMap((outcome) => outcome.wishes.map((wish) => claimOf(wish, target, context.run))));
  if (written.length > 0)
    await context.journal.append(
      ...written.map(({ path, wishes: done }): JournalRecord => ({ kind: "marked", path, addresses: done.map(({ item }) => addressOfItem(item)) })),
    );
  for (const { path } of written) context.emit({ kind: "marked", path });
  for (const { path, wishes: done, problem } of kept)
    context.unmarked.push(...done.map(({ item, key }) => ({ address: addressOfItem(item), key, why: `${path} ${problem ?? ""}` })));
  for (const { path } of written) context.marked.add(path);
}

function claimOf({ item, key, id }: MarkerWish, { config, tracker }: OpenTarget, run: string): Claim {
  const { address, token, fields } = item;
  return {
    token,
    target: config.name,
    identity: tracker.identity,
    key,
    id,
    path: address.path,
    section: address.id,
    title: fields.title,
    body: fields.body.whole,
    run,
  };
}
