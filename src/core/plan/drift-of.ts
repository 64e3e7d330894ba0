/** What people changed on tickets and the spec does not follow yet; that both sides differ as they left each other is no drift. */

import type { Change, Plan } from "../model/plan.ts";

export function driftOf({ observed }: Pick<Plan, "observed">): readonly Change[] {
  return observed.filter(({ fields, held }) => [...fields, ...held].some(({ verdict }) => verdict === "pull"));
}
