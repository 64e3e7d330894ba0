/** The part of a plan that some specs are about: what a pull request that touches them has to answer for. */

import type { Diagnostic } from "../model/diagnostic.ts";
import type { Plan } from "../model/plan.ts";
import { pathOfAddress } from "../address.ts";

/** Made of a plan of everything, because only that knows what became of sections that are gone. */
export function partOfPlan(plan: Plan, paths: ReadonlySet<string>): Plan {
  const isAbout = (address: string | null): boolean => address !== null && paths.has(pathOfAddress(address));
  const ofPart = ({ address, from }: { readonly address: string; readonly from: string | null }): boolean => isAbout(address) || isAbout(from);
  const told = ({ place, also = [] }: Diagnostic): boolean => place === undefined || [place, ...also].some(({ path }) => paths.has(path));
  return {
    ...plan,
    changes: plan.changes.filter(ofPart),
    observed: plan.observed.filter(ofPart),
    conflicts: plan.conflicts.filter(ofPart),
    questions: plan.questions.filter(({ address }) => isAbout(address)),
    orphans: plan.orphans.filter(({ address }) => isAbout(address)),
    diagnostics: plan.diagnostics.filter(told),
  };
}
