/** What the account may not do of all that Canon does: told before anything is written, because some trackers drop in silence what is not allowed. */

import type { Diagnostic, Severity } from "../core/model/diagnostic.ts";

export interface Scopes {
  readonly config: { readonly name: string };
  readonly granted: readonly string[];
  readonly needed: readonly string[];
}

/** Nothing where the tracker does not tell what is granted. */
export function lackingScopes({ config, granted, needed }: Scopes, severity: Severity): readonly Diagnostic[] {
  if (granted.length === 0) return [];
  return needed
    .filter((scope) => !granted.includes(scope))
    .map((scope) => ({
      code: "target-check",
      severity,
      message: `${config.name}: the account, or its token, lacks "${scope}".`,
      hint: "Give it to the account, or make a token that has it: docs/trackers say how.",
    }));
}
