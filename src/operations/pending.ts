/** What earlier runs left open: tickets without a marker, and creates that nobody has settled. Reads only. */

import { parseAddress } from "../core/address.ts";
import type { Claim } from "../core/model/claim.ts";
import type { JournalRecord } from "../core/model/journal-record.ts";
import { createsInDoubt, type InDoubtCreate } from "../core/plan/in-doubt.ts";
import { unfinishedRuns, type Journal } from "../io/journal.ts";
import { readClaims, stateDirOf } from "../io/state.ts";
import type { OpenTarget } from "./read-targets.ts";
import type { Turns } from "./turns/open-turns.ts";
import type { Workspace } from "./workspace.ts";

export interface Pending {
  readonly claims: readonly Claim[];
  readonly inDoubt: readonly InDoubtCreate[];
}

/** `opened` null: nobody opened it yet, as nothing will be written. */
export async function readPending(workspace: Workspace, targets: ReadonlyMap<string, OpenTarget>, opened: Turns | null): Promise<Pending> {
  const stateDir = await stateDirOf(workspace.disk, workspace.home);
  const leased = opened?.leased ?? (await readLeases(workspace, stateDir, targets));
  const [claims, journals] = await Promise.all([readClaims(workspace.disk, stateDir), unfinishedRuns(workspace.disk, stateDir)]);
  const left = journals.flatMap((journal) => unmarkedCreates(journal, (name) => targets.get(name)?.tracker.identity ?? null));
  return {
    // What all clones know comes first.
    claims: oncePerToken([...leased.flatMap((turn) => turn.claims()), ...claims, ...left]),
    inDoubt: oncePerToken([...leased.flatMap((turn) => turn.inDoubt()), ...journals.flatMap(({ records }) => createsInDoubt(records))]),
  };
}

/** Loaded only where another clone could write: embedded targets need neither leases nor git. */
async function readLeases(workspace: Workspace, stateDir: string, targets: ReadonlyMap<string, OpenTarget>): Promise<Turns["leased"]> {
  if ([...targets.values()].every(({ tracker }) => tracker.capabilities.embedded)) return [];
  const [{ openTurns }, { remoteTargets }] = await Promise.all([import("./turns/open-turns.ts"), import("./turns/remote-targets.ts")]);
  return (await openTurns(workspace, stateDir, remoteTargets(targets.values()), "canon plan")).leased;
}

function oncePerToken<T extends { readonly token: string }>(all: readonly T[]): readonly T[] {
  const known = new Set<string>();
  return all.filter(({ token }) => !known.has(token) && known.add(token));
}

/** Tickets that a run created and whose markers it did not record, as claims; with `all` also those whose markers it did. */
export function unmarkedCreates(
  { run, records }: Pick<Journal, "run" | "records">,
  identityOf: (target: string) => string | null,
  all: (target: string) => boolean = () => false,
): readonly Claim[] {
  const marked = new Set(records.flatMap((record) => (record.kind === "marked" ? record.addresses : [])));
  const intents = new Map(records.flatMap((record) => (record.kind === "intent" ? record.creates.map((create) => [create.token, create] as const) : [])));
  return records.filter(isCreated).flatMap((record) => {
    const intent = intents.get(record.token);
    const identity = identityOf(record.target);
    if (!intent || identity === null || (marked.has(record.address) && !all(record.target))) return [];
    return claimOf(intent, { target: record.target, identity, run, ticket: record }) ?? [];
  });
}

/** null: its address is none, which no run writes. */
export function claimOf(
  { token, address, title, body }: Pick<InDoubtCreate, "token" | "address" | "title" | "body">,
  { target, identity, run, ticket: { key, id } }: { target: string; identity: string; run: string; ticket: { readonly key: string; readonly id: string } },
): Claim | null {
  const at = parseAddress(address);
  return at === null ? null : { token, target, identity, key, id, path: at.path, section: at.id, title, body, run };
}

function isCreated(record: JournalRecord): record is Extract<JournalRecord, { kind: "created" }> {
  return record.kind === "created";
}
