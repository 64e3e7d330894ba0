/** Whether a plan saw everything: only then is a question that it does not hold one that nobody asks any more. */

import type { Config } from "../model/config.ts";
import type { Plan } from "../model/plan.ts";

type Targets = Pick<Config, "targets">;

/** A tracker that does not answer and a spec with an error hide questions. */
export function isWholePlan(plan: Pick<Plan, "targets" | "diagnostics">, config: Targets): boolean {
  return unreadTargets(plan, config).size === 0 && plan.diagnostics.every(({ code, severity }) => code !== "discovery-partial" && severity !== "error");
}

/** Targets some of whose tickets, or all, could not be read. */
export function unreadTargets({ targets }: Pick<Plan, "targets">, config: Targets): ReadonlySet<string> {
  const read = new Set(targets.flatMap(({ name, complete }) => (complete ? [name] : [])));
  return new Set(config.targets.flatMap(({ name }) => (read.has(name) ? [] : [name])));
}
