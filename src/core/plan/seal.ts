/** Puts a plan's digests on: one per change, and one of all, over everything that decides what apply does. */

import { canonicalJson } from "../canonical-json.ts";
import { fingerprint } from "../fingerprint.ts";
import type { Change, FieldChange, Plan } from "../model/plan.ts";

export function sealChange(change: Omit<Change, "digest">): Change {
  return { ...change, digest: fingerprint(canonicalJson(bareChange(change))) };
}

/** Outside the digest: creation time, estimates, account names, previews, and who edited when. */
export function sealPlan(plan: Omit<Plan, "digest">): Plan {
  return { ...plan, digest: planDigest(plan) };
}

/** True when nobody altered the plan since it was sealed. */
export function isSealed(plan: Plan): boolean {
  return plan.digest === planDigest(plan) && [...plan.changes, ...plan.observed, ...plan.conflicts].every((change) => change.digest === sealChange(change).digest);
}

function planDigest(plan: Omit<Plan, "digest">): string {
  const { format, canon, workspace, commit, unpushed, configDigest, parser, selection, sections, questions, orphans } = plan;
  const digests = (changes: readonly Change[]): readonly string[] => changes.map((change) => change.digest);
  const targets = plan.targets.map(({ account: _account, estimate: _estimate, ...sealed }) => sealed);
  return fingerprint(
    canonicalJson({
      ...{ format, canon, workspace, commit, unpushed, configDigest, parser, selection, sections, questions, orphans, targets },
      changes: digests(plan.changes),
      observed: digests(plan.observed),
      conflicts: digests(plan.conflicts),
    }),
  );
}

function bareChange(change: Omit<Change, "digest"> & { readonly digest?: string }): unknown {
  const { digest: _digest, fields, held, ...rest } = change;
  return { ...rest, fields: fields.map(bareField), held: held.map(bareField) };
}

function bareField({ field, verdict, base, spec, live }: FieldChange): unknown {
  return { field, verdict, base, spec, live };
}
