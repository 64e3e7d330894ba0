/** Asks every target of a workspace what it is and what it holds, with as few requests as its flags allow. */

import { nameOriginals } from "../core/plan/copies.ts";
import { statusNames } from "../core/plan/status-names.ts";
import type { TargetView } from "../core/plan/target-view.ts";
import type { Blocked, TargetState } from "../core/plan/plan-input.ts";
import type { Claim } from "../core/model/claim.ts";
import type { TargetConfig } from "../core/model/config.ts";
import type { Diagnostic } from "../core/model/diagnostic.ts";
import type { Ticket } from "../core/model/ticket.ts";
import type { ProjectShape, Snapshot, Tracker } from "../trackers/tracker.ts";
import { TrackerError } from "../trackers/tracker-error.ts";
import { lackingScopes } from "./lacking-scopes.ts";
import { watchTracker } from "./watch-tracker.ts";
import type { Workspace } from "./workspace.ts";

/** A target that answered. */
export interface OpenTarget {
  readonly config: TargetConfig;
  readonly tracker: Tracker;
  /** How many requests it has taken so far. */
  readonly requests: () => number;
  readonly account: string;
  readonly project: ProjectShape;
  /** Scopes and permissions as the check tells them. */
  readonly granted: readonly string[];
  readonly needed: readonly string[];
}

export interface OpenTargets {
  readonly targets: ReadonlyMap<string, OpenTarget>;
  /** Why the others cannot be planned, by target name. */
  readonly unreachable: ReadonlyMap<string, Diagnostic>;
}

export async function openTargets(workspace: Workspace, names: readonly string[]): Promise<OpenTargets> {
  const wanted = workspace.config.targets.filter(({ name }) => names.length === 0 || names.includes(name));
  const targets = new Map<string, OpenTarget>();
  const unreachable = new Map<string, Diagnostic>();
  await Promise.all(
    wanted.map(async (config) => {
      const opened = await openTarget(workspace, config);
      if ("tracker" in opened) targets.set(config.name, opened);
      else unreachable.set(config.name, opened);
    }),
  );
  return { targets: inOrder(targets, wanted), unreachable };
}

async function openTarget(workspace: Workspace, config: TargetConfig): Promise<OpenTarget | Diagnostic> {
  const connection = await workspace.connect(config);
  if (!connection.ok) return unreachableBecause(config, connection.message, connection.hint);
  const { tracker, requests: supposed } = watchTracker(connection.tracker, config.name, workspace.log, () => workspace.clock.monotonic());
  const check = await tracker.check();
  const requests = connection.requests ?? supposed;
  if (check.ok) return { config, tracker, requests, account: check.account, project: check.project, granted: check.granted, needed: check.needed };
  await tracker.close();
  return unreachableBecause(config, check.error.message, check.error.hint);
}

function unreachableBecause(config: TargetConfig, message: string, hint: string | null): Diagnostic {
  return {
    code: "tracker-unreachable",
    severity: "error",
    message: `${config.name} (${config.system} ${config.project}): ${message}`,
    ...(hint === null ? {} : { hint }),
  };
}

/** Maps keep insertion order, and requests end in any: plans must not depend on which answered first. */
function inOrder<T>(map: ReadonlyMap<string, T>, order: readonly TargetConfig[]): ReadonlyMap<string, T> {
  return new Map(
    order.flatMap(({ name }) => {
      const value = map.get(name);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

/** `problems` of its configuration keep it from being written. */
export async function readTarget(
  target: OpenTarget,
  keys: readonly string[],
  claims: readonly Claim[],
  blocked: Blocked | null,
  problems: readonly Diagnostic[],
): Promise<{ state: TargetState; diagnostics: readonly Diagnostic[] }> {
  const { config, tracker } = target;
  const read = await readTickets(tracker, [...new Set([...keys, ...claims.map(({ key }) => key)])]);
  const view = viewOf(target);
  const diagnostics = [
    ...problems,
    ...lackingScopes(target, "warning"),
    ...(read.failure === null ? [] : [unreachableBecause(config, read.failure.message, read.failure.hint)]),
  ];
  const state: TargetState = {
    view,
    identity: tracker.identity,
    account: target.account,
    batch: tracker.capabilities.batch,
    baseAlone: tracker.capabilities.baseAlone,
    followsMerged: !tracker.capabilities.embedded,
    limits: limitsOf(tracker),
    ...read,
    found: [],
    blocked: blocked ?? refusalOf(problems, read),
  };
  return { state, diagnostics };
}

function limitsOf({ capabilities: { bodyLimit, childLimit, depthLimit, creationsPerHour } }: Tracker): TargetState["limits"] {
  return { body: bodyLimit, children: childLimit, depth: depthLimit, creationsPerHour };
}

function refusalOf([unknown]: readonly Diagnostic[], { failure }: Read): Blocked | null {
  if (unknown) return { code: unknown.code, message: unknown.message };
  return failure === null ? null : { code: "tracker-unreachable", message: failure.message };
}

/** What comparing needs to know of a target. */
export function viewOf({ config, tracker, project }: Pick<OpenTarget, "config" | "tracker" | "project">): TargetView {
  const { hierarchy, types, convertsTypes } = tracker.capabilities;
  return { config, format: tracker.format, statuses: statusNames(config.statusMap, project), hierarchy, types, convertsTypes, nesting: project.nesting };
}

interface Failure {
  readonly message: string;
  readonly hint: string | null;
}

const IN_PART: Failure = { message: "not all of its tickets could be read, so nothing is written to it.", hint: "Run the command again." };

interface Read extends Pick<TargetState, "tickets" | "missing" | "renamed" | "complete" | "discovered" | "requests"> {
  /** Why it is not complete; null when it is. */
  readonly failure: Failure | null;
}

/** Managed tickets first; by key those that the list does not show, or all where the list may lag behind the tickets. */
async function readTickets(tracker: Tracker, keys: readonly string[]): Promise<Read> {
  try {
    const managed = await tracker.read({ managed: true });
    const listed = new Set(tracker.capabilities.indexLag ? [] : managed.tickets.map(({ key }) => key));
    const rest = keys.filter((key) => !listed.has(key));
    const byKey: Snapshot = rest.length > 0 ? await tracker.read({ keys: rest }) : { tickets: [], missing: [], renamed: {}, complete: true };
    const { read } = tracker.capabilities.batch;
    const complete = managed.complete && byKey.complete;
    return {
      tickets: nameOriginals(merge(managed.tickets, byKey.tickets)),
      missing: byKey.missing,
      renamed: byKey.renamed,
      complete,
      failure: complete ? null : IN_PART,
      discovered: managed.complete,
      requests: 1 + 1 + Math.ceil(rest.length / read),
    };
  } catch (error) {
    if (!(error instanceof TrackerError)) throw error;
    return { tickets: [], missing: [], renamed: {}, complete: false, discovered: false, requests: 1, failure: { message: error.message, hint: error.hint } };
  }
}

function merge(listed: readonly Ticket[], byKey: readonly Ticket[]): readonly Ticket[] {
  if (byKey.length === 0) return listed;
  const fresh = new Set(byKey.map(({ id }) => id));
  return [...listed.filter(({ id }) => !fresh.has(id)), ...byKey];
}
