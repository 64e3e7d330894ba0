/** The folder `.canon/state`, and the claims in it: tickets whose markers are not seen in the specs yet. */

import { join } from "node:path";
import { array, discriminatedUnion, literal, object, string, type ZodMiniType } from "zod/mini";
import type { Claim } from "../core/model/claim.ts";
import { openCheckedLog, writeLine, type CheckedLog } from "./checked-log.ts";
import type { Disk } from "./disk.ts";
import { StateError } from "./state-error.ts";

/** Absolute path of `.canon/state`, which may not exist yet. Throws a StateError where it would lead out of the workspace. */
export async function stateDirOf(disk: Disk, root: string): Promise<string> {
  for (const name of [".canon", ".canon/state", ".canon/state/runs"]) {
    const facts = await disk.facts(join(root, name));
    if (facts === null || facts.kind === "folder") continue;
    const what = facts.kind === "link" ? "a symbolic link; nothing of it is kept outside the workspace" : "no folder";
    throw new StateError(
      "state-folder",
      `Canon keeps its state here, and this is ${what}.`,
      { path: name },
      `Remove ${name}, or move it away; Canon makes the folder itself.`,
    );
  }
  return join(root, ".canon", "state");
}

type ClaimRecord = { readonly kind: "add"; readonly claims: readonly Claim[] } | { readonly kind: "drop"; readonly tokens: readonly string[] };

const text = string();
export const claimSchema: ZodMiniType<Claim> = object({
  ...{ token: text, target: text, identity: text, key: text, id: text },
  ...{ path: text, section: text, title: text, body: text, run: text },
});
const claimRecordSchema: ZodMiniType<ClaimRecord> = discriminatedUnion("kind", [
  object({ kind: literal("add"), claims: array(claimSchema) }),
  object({ kind: literal("drop"), tokens: array(text) }),
]);

/** In the order in which they were made. Reads only. */
export async function readClaims(disk: Disk, stateDir: string): Promise<readonly Claim[]> {
  return [...claimsIn((await openClaims(disk, stateDir)).records).values()];
}

/** A claim for a token that has one replaces it. */
export async function addClaims(disk: Disk, stateDir: string, claims: readonly Claim[]): Promise<void> {
  if (claims.length === 0) return;
  await disk.makeDir(stateDir);
  await (await openClaims(disk, stateDir)).append([{ kind: "add", claims }]);
}

/** Only once the marker is on the disk: the claim is all that is known until then. Tokens without a claim are fine. */
export async function dropClaims(disk: Disk, stateDir: string, tokens: readonly string[]): Promise<void> {
  const log = await openClaims(disk, stateDir);
  const left = claimsIn(log.records);
  const known = tokens.filter((token) => left.delete(token));
  if (known.length === 0) return;
  await log.append([{ kind: "drop", tokens: known }]);
  if (left.size === 0) await disk.remove(claimsPath(stateDir));
  else if (log.records.length > COMPACT_AT) await compact(disk, claimsPath(stateDir), [...left.values()]);
}

/** Every change reads the whole file, so it may not grow with the number of changes. */
const COMPACT_AT = 100;

async function compact(disk: Disk, path: string, claims: readonly Claim[]): Promise<void> {
  const record: ClaimRecord = { kind: "add", claims };
  await disk.rename(await disk.writeTemp(path, Buffer.from(writeLine(record))), path);
}

function openClaims(disk: Disk, stateDir: string): Promise<CheckedLog<ClaimRecord>> {
  return openCheckedLog(disk, {
    path: claimsPath(stateDir),
    shown: ".canon/state/claims.jsonl",
    schema: claimRecordSchema,
    code: "claims-damaged",
    hint: "It keeps tickets from being created twice. Restore it from a backup; or remove it once canon plan proposes no section again that already has a ticket.",
  });
}

function claimsIn(records: readonly ClaimRecord[]): Map<string, Claim> {
  const claims = new Map<string, Claim>();
  for (const record of records) {
    if (record.kind === "drop") for (const token of record.tokens) claims.delete(token);
    else for (const claim of record.claims) claims.set(claim.token, claim);
  }
  return claims;
}

function claimsPath(stateDir: string): string {
  return join(stateDir, "claims.jsonl");
}
