/** Says beforehand when a plan may not be carried out at all, so that nobody is asked to approve what cannot happen. */

import type { Diagnostic } from "../model/diagnostic.ts";
import { EXIT, type ExitCode } from "../model/exit-code.ts";
import type { Plan } from "../model/plan.ts";

export interface Refusal {
  readonly diagnostics: readonly Diagnostic[];
  readonly exitCode: ExitCode;
}

/** null: at least one change goes to a target that may be written. */
export function refusalOf(plan: Plan): Refusal | null {
  const wanted = plan.targets.filter(({ name }) => plan.changes.some(({ target }) => target === name));
  if (wanted.length === 0 || wanted.some(({ applyable }) => applyable)) return null;
  const diagnostics = wanted.flatMap(({ why, whyCode }): readonly Diagnostic[] =>
    why === null || whyCode === null ? [] : [told(why, plan) ?? { code: whyCode, severity: "error", message: why }],
  );
  return { diagnostics, exitCode: wanted.every(({ whyCode }) => whyCode === "branch-not-default") ? EXIT.stale : EXIT.error };
}

/** The plan's own words for it, which know the place. */
function told(why: string, { diagnostics }: Plan): Diagnostic | undefined {
  return diagnostics.find(({ message }) => message === why);
}
