/** Keys of tickets as people type them: which target each belongs to, and what is wrong with the others. */

import type { Config, TargetConfig } from "../core/model/config.ts";
import type { Diagnostic } from "../core/model/diagnostic.ts";
import { fullKey, ownersOfKey } from "../core/plan/key-owner.ts";

export interface TypedKey {
  readonly key: string;
  readonly target: TargetConfig;
}

export interface TypedKeys {
  readonly keys: readonly TypedKey[];
  readonly diagnostics: readonly Diagnostic[];
}

/** `among`: names of targets that were typed with them; empty: all. */
export function typedKeys(typed: readonly string[], among: readonly string[], { targets }: Pick<Config, "targets">): TypedKeys {
  const asked = targets.filter(({ name }) => among.length === 0 || among.includes(name));
  const keys: TypedKey[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const key of new Set(typed)) {
    const owners = ownersOfKey(key, { targets: asked });
    const [target, ...others] = owners;
    if (target && others.length === 0) keys.push({ key: fullKey(target, key), target });
    else diagnostics.push(target ? ambiguous(key, owners) : unowned(key, asked));
  }
  return { keys, diagnostics };
}

function ambiguous(key: string, owners: readonly TargetConfig[]): Diagnostic {
  const names = owners.map(({ name }) => name);
  return {
    code: "key-ambiguous",
    severity: "error",
    message: `${key} could be a ticket of ${names.join(" or ")}.`,
    hint: `Say which: --target ${names[0] ?? ""}.`,
  };
}

function unowned(key: string, asked: readonly TargetConfig[]): Diagnostic {
  return {
    code: "ticket-unknown",
    severity: "error",
    message: `${key} is no key of ${asked.map(({ name, system, project }) => `${name} (${system} ${project})`).join(", ")}.`,
  };
}
