/** Which type a depth has where the configuration says nothing: Epic, Story, Sub-task as far as a tracker has them. */

import type { Hierarchy, TargetConfig } from "../model/config.ts";
import type { System } from "../model/system.ts";

const DEPTHS = [2, 3, 4] as const;

/** null: plain nesting, tickets without a type. */
const TYPES: Readonly<Record<System, readonly string[] | null>> = {
  jira: ["Epic", "Story", "Sub-task"],
  local: ["Epic", "Story", "Sub-task"],
  azure: ["Epic", "User Story", "Task"],
  linear: null,
  github: null,
};

export interface Levels {
  /** Depths whose headings become items; 0 is the document. */
  readonly depths: ReadonlySet<number>;
  /** null where the depth has none: then the type is not Canon's. */
  readonly typeOf: (depth: number) => string | null;
}

/** `defaultTypes` are the target's own, when it has been asked; offline its system's usual ones serve. */
export function levelsOf(target: TargetConfig, defaultTypes: readonly string[] | null): Levels {
  if (target.hierarchy) return fromHierarchy(target.hierarchy);
  const types = defaultTypes ?? TYPES[target.system];
  return { depths: new Set(DEPTHS), typeOf: (depth) => types?.[Math.min(depth, 4) - 2] ?? null };
}

function fromHierarchy(hierarchy: Hierarchy): Levels {
  return { depths: new Set(hierarchy.keys()), typeOf: (depth) => hierarchy.get(depth) ?? null };
}
