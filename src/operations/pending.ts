/** What earlier runs left open: tickets without a marker, and creates that nobody has settled. Reads only. */

import { parseAddress } from "../core/address.ts";
import type { Claim } from "../core/model/claim.ts";
import type { JournalRecord } from "../core/model/journal-record.ts";
import { createsInDoubt, type InDoubtCreate } from "../core/plan/in-doubt.ts";
import { unfinishedRuns, type Journal } from "../io/journal.ts";
import { readClaims, stateDirOf } from "../io/state.ts";
import type { Workspace } from "./workspace.ts";

export interface Pending {
  readonly claims: readonly Claim[];
  readonly inDoubt: readonly InDoubtCreate[];
}

export async function readPending(workspace: Workspace, identityOf: (target: string) => string | null): Promise<Pending> {
  const stateDir = await stateDirOf(workspace.disk, workspace.root);
  const [claims, journals] = await Promise.all([readClaims(workspace.disk, stateDir), unfinishedRuns(workspace.disk, stateDir)]);
  const left = journals.flatMap((journal) => unmarkedCreates(journal, identityOf));
  const known = new Set(claims.map(({ token }) => token));
  return { claims: [...claims, ...left.filter(({ token }) => !known.has(token))], inDoubt: journals.flatMap(({ records }) => createsInDoubt(records)) };
}

/** Tickets that a run created and whose markers it did not record, as claims. */
export function unmarkedCreates({ run, records }: Pick<Journal, "run" | "records">, identityOf: (target: string) => string | null): readonly Claim[] {
  const marked = new Set(records.flatMap((record) => (record.kind === "marked" ? record.addresses : [])));
  const intents = new Map(records.flatMap((record) => (record.kind === "intent" ? record.creates.map((create) => [create.token, create] as const) : [])));
  return records.filter(isCreated).flatMap((record) => {
    const intent = intents.get(record.token);
    const identity = identityOf(record.target);
    const address = parseAddress(record.address);
    if (!intent || !address || identity === null || marked.has(record.address)) return [];
    const { token, target, key, id } = record;
    return [{ token, target, identity, key, id, path: address.path, section: address.id, title: intent.title, body: intent.body, run }];
  });
}

function isCreated(record: JournalRecord): record is Extract<JournalRecord, { kind: "created" }> {
  return record.kind === "created";
}
