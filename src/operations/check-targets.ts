/** Asks targets who Canon is there, what it may do and what the project is like, and says exactly what to change. */

import { levelsOf } from "../core/plan/default-hierarchy.ts";
import type { Diagnostic } from "../core/model/diagnostic.ts";
import { SPEC_STATUSES } from "../core/model/status.ts";
import type { TargetConfig } from "../core/model/config.ts";
import type { NetworkReport, TargetReport } from "../core/model/target-report.ts";
import { readRepository } from "../io/git.ts";
import { HttpFailure } from "../io/http/http-failure.ts";
import { TrackerError } from "../trackers/tracker-error.ts";
import { lackingScopes } from "./lacking-scopes.ts";
import { openTargets, viewOf, type OpenTarget } from "./read-targets.ts";
import { readSpecs } from "./read-specs.ts";
import { targetProblems } from "./target-problems.ts";
import type { Workspace } from "./workspace.ts";

export interface CheckedTargets {
  readonly targets: readonly TargetReport[];
  readonly network: NetworkReport | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** `names` empty: all. Writes nothing. */
export async function checkTargets(workspace: Workspace, names: readonly string[]): Promise<CheckedTargets> {
  const wanted = workspace.config.targets.filter(({ name }) => names.length === 0 || names.includes(name));
  const { targets, unreachable } = await openTargets(
    workspace,
    wanted.map(({ name }) => name),
  );
  const [keys, repository] = await Promise.all([knownKeys(workspace), readRepository(workspace.root, { env: workspace.env, log: workspace.log })]);
  const remote = repository?.remote?.url ?? null;
  const reports = await Promise.all(
    wanted.map(async (config): Promise<TargetReport> => {
      const open = targets.get(config.name);
      if (!open) return unreached(config, unreachable.get(config.name));
      try {
        return await reportOf(open, { key: keys.get(config.name) ?? null, remote }, workspace);
      } finally {
        await open.tracker.close();
      }
    }),
  );
  return { targets: reports, network: await networkReport(workspace), diagnostics: reports.flatMap(({ diagnostics }) => diagnostics) };
}

function unreached({ name, system, project }: TargetConfig, why: Diagnostic | undefined): TargetReport {
  const nothing = { identity: null, account: null, proof: null, types: [], hierarchy: [], forward: [], backward: [], granted: [], needed: [], limits: null };
  return { name, system, project, ...nothing, diagnostics: why ? [why] : [] };
}

/** What the workspace knows: a ticket there that its specs name, and the repository that holds them. */
interface Known {
  readonly key: string | null;
  readonly remote: string | null;
}

async function reportOf(open: OpenTarget, { key, remote }: Known, workspace: Workspace): Promise<TargetReport> {
  const { config, tracker, project, account, granted, needed } = open;
  const { statuses } = viewOf(open);
  const { titleLimit, bodyLimit, childLimit, depthLimit, creationsPerHour, types, embedded } = tracker.capabilities;
  const levels = levelsOf(config, project.defaultTypes);
  const proof = key === null ? null : await readProof(open, key);
  return {
    ...{ name: config.name, system: config.system, project: config.project, identity: tracker.identity, account },
    proof: proof !== null && "title" in proof ? proof : null,
    types: project.types,
    hierarchy: [...levels.depths].map((depth) => ({ depth, type: types ? levels.typeOf(depth) : null })),
    forward: SPEC_STATUSES.map((state) => ({ state, status: statuses.forward(state) })),
    backward: project.statuses.map(({ name, category }) => ({ status: name, category, states: statuses.backward(name) })),
    ...{ granted, needed },
    limits: embedded ? null : { title: titleLimit, body: bodyLimit, children: childLimit, depth: depthLimit, creationsPerHour },
    diagnostics: [
      ...(await targetProblems(open, workspace, remote)),
      ...lackingScopes(open, "error"),
      ...(proof !== null && !("title" in proof) ? [proof] : []),
    ],
  };
}

/** A ticket that a spec names is read as every plan would. */
async function readProof({ tracker, config }: OpenTarget, key: string): Promise<{ readonly key: string; readonly title: string } | Diagnostic> {
  try {
    const { tickets } = await tracker.read({ keys: [key] });
    const [ticket] = tickets;
    if (ticket) return { key: ticket.key, title: ticket.title };
    const hint = "Check that it still exists, and that the account may see it.";
    return { code: "target-check", severity: "error", message: `${config.name}: ${key} stands in a spec, and cannot be read.`, hint };
  } catch (error) {
    if (!(error instanceof TrackerError)) throw error;
    return { code: "target-check", severity: "error", message: `${config.name}: ${error.message}`, ...(error.hint === null ? {} : { hint: error.hint }) };
  }
}

/** The first ticket that the specs name, by target. */
async function knownKeys(workspace: Workspace): Promise<ReadonlyMap<string, string>> {
  const { ownerOfKey } = await import("../core/plan/key-owner.ts");
  const { docs } = await readSpecs(workspace);
  const keys = new Map<string, string>();
  for (const { sections } of docs) {
    for (const { ticket } of sections) {
      const owner = ticket === null ? null : ownerOfKey(ticket, workspace.config);
      if (ticket !== null && owner?.state === "owned" && !keys.has(owner.target.name)) keys.set(owner.target.name, ticket.key);
    }
  }
  return keys;
}

async function networkReport({ config, env }: Workspace): Promise<NetworkReport | null> {
  if (config.targets.every(({ system }) => system === "local")) return null;
  const { prepareNetwork } = await import("../io/http/network.ts");
  try {
    return prepareNetwork(env);
  } catch (error) {
    // Each target that needs the network has said it.
    if (error instanceof HttpFailure) return null;
    throw error;
  }
}
