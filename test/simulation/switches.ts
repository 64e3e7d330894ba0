/** What kind of tracker and project one sequence plays on, drawn once. */

import { LOCAL_REWRITES, type LocalBehaviour } from "../../src/trackers/local-desk.ts";
import type { Dice } from "./dice.ts";

export interface Switches {
  readonly behaviour: Partial<Pick<LocalBehaviour, "searchLag" | "conditionalWrite">>;
  /** D, in milliseconds. */
  readonly settle: number;
  readonly owners: Readonly<Record<string, string>>;
  readonly includeDone: boolean;
}

export interface LocalSwitches extends Switches {
  readonly behaviour: Partial<LocalBehaviour>;
}

/**
 * A tracker that neither takes conditions with a write nor shows by key what was just written hides a person's edit
 * from everybody who writes: that pair is not drawn.
 */
export function drawSwitches(dice: Dice): LocalSwitches {
  const conditionalWrite = dice.chance(0.7);
  const clientIds = dice.chance(0.6);
  return {
    behaviour: {
      rewrites: dice.maybe(LOCAL_REWRITES) ?? "none",
      searchLag: dice.pick(0, 0, 0, 4000),
      readLag: conditionalWrite ? dice.pick(0, 0, 0, 2000) : 0,
      clientIds,
      conditionalWrite,
      workflow: dice.pick("free", "free", "strict"),
      history: dice.chance(0.7),
    },
    settle: clientIds ? 0 : 20_000,
    owners: drawOwners(dice),
    includeDone: dice.chance(0.7),
  };
}

export function drawOwners(dice: Dice): Readonly<Record<string, string>> {
  return { ...(dice.chance(0.3) ? { body: "shared" } : {}), ...(dice.chance(0.3) ? { title: "shared" } : {}) };
}

/** One more key of a target in YAML's flow form. */
export function fieldsYaml(owners: Switches["owners"]): string {
  const fields = Object.entries(owners).map(([field, owner]) => `${field}: ${owner}`);
  return fields.length > 0 ? `, fields: { ${fields.join(", ")} }` : "";
}

export function configOf({ settle, owners }: Switches): string {
  return `id: sim
specs: { include: ["specs/**/*.md"], exclude_headings: [] }
ticket_systems:
  main: { system: local, project: PAY, settle: ${settle / 1000}s, transitions: walk${fieldsYaml(owners)} }
`;
}
