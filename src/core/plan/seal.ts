/** Puts a plan's digests on: one per change, and one of all, over everything that decides what apply does. */

import { canonicalJson } from "../canonical-json.ts";
import { fingerprint, fingerprintOfMany } from "../fingerprint.ts";
import type { Change, FieldChange, Plan } from "../model/plan.ts";

type Unsealed = Omit<Change, "digest">;

export function sealChange(change: Unsealed): Change {
  return { ...change, digest: changeDigest(change) };
}

/** Outside the digest: creation time, estimates, account names, previews, and who edited when. */
export function sealPlan(plan: Omit<Plan, "digest">): Plan {
  return { ...plan, digest: planDigest(plan) };
}

/** True when nobody altered the plan since it was sealed. */
export function isSealed(plan: Plan): boolean {
  return plan.digest === planDigest(plan) && [...plan.changes, ...plan.observed, ...plan.conflicts].every((change) => change.digest === changeDigest(change));
}

function planDigest(plan: Omit<Plan, "digest">): string {
  const { format, canon, workspace, commit, unpushed, configDigest, parser, selection, questions, orphans } = plan;
  const digests = (changes: readonly Change[]): string => fingerprintOfMany(changes.map((change) => change.digest));
  const targets = plan.targets.map(({ account: _account, estimate: _estimate, ...sealed }) => sealed);
  return fingerprint(
    canonicalJson({
      ...{ format, canon, workspace, commit, unpushed, configDigest, parser, selection, orphans, targets },
      // What a question says may be a verifier's words: another time it says the same in others.
      questions: questions.map(({ kind, target, address, key }) => ({ kind, target, address, key })),
      changes: digests(plan.changes),
      observed: digests(plan.observed),
      conflicts: digests(plan.conflicts),
    }),
  );
}

/** Members in one written order: as canonical as sorted keys, and five times as fast; a plan has one of these for every section. */
function changeDigest({
  action,
  reason,
  target,
  address,
  from,
  key,
  type,
  title,
  parent,
  token,
  itemHash,
  fields,
  pulled,
  edits,
  held,
  guards,
  after,
  splice,
}: Unsealed): string {
  const bare = {
    ...{ action, reason, target, address, from, key, type, title, parent, token, itemHash, after },
    fields: fields.map(bareField),
    pulled: pulled.map(bareField),
    edits: edits.map(({ path, line, before, after: written }) => ({ path, line, before, after: written })),
    held: held.map(bareField),
    guards: guards.map(({ field, live }) => ({ field, live })),
    splice: splice && { path: splice.path, line: splice.line, heading: splice.heading, before: splice.before, after: splice.after },
  } satisfies Record<keyof Unsealed, unknown>;
  return fingerprint(JSON.stringify(bare));
}

function bareField({ field, verdict, base, spec, live }: FieldChange): unknown {
  return { field, verdict, base, spec, live };
}
