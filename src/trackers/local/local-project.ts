/** What a local project is like: types, nesting, statuses and the steps between them. */

import type { StatusCategory } from "../../core/model/status.ts";
import type { Capabilities, ProjectShape, StatusInfo } from "../tracker.ts";
import type { LocalBehaviour } from "../local-desk.ts";

/** The part of a shape that is stored with a project. */
export interface LocalShape {
  readonly types: readonly string[];
  readonly nesting: Readonly<Record<string, readonly string[]>>;
  readonly defaultTypes: readonly string[];
  readonly statuses: readonly StatusInfo[];
  readonly initialStatus: string;
  /** Steps of the strict workflow: status → those it may go to. */
  readonly steps: Readonly<Record<string, readonly string[]>>;
}

export const DEFAULT_SHAPE: LocalShape = {
  types: ["Epic", "Story", "Task", "Bug", "Sub-task"],
  nesting: { Epic: ["Story", "Task", "Bug"], Story: ["Sub-task"], Task: ["Sub-task"], Bug: ["Sub-task"], "Sub-task": [] },
  defaultTypes: ["Epic", "Story", "Sub-task"],
  statuses: [
    { name: "Backlog", category: "open" },
    { name: "Todo", category: "open" },
    { name: "In Progress", category: "in_progress" },
    { name: "In Review", category: "in_progress" },
    { name: "Blocked", category: "in_progress" },
    { name: "Done", category: "done" },
    { name: "Canceled", category: "canceled" },
  ],
  initialStatus: "Backlog",
  steps: {
    Backlog: ["Todo", "Canceled"],
    Todo: ["Backlog", "In Progress", "Canceled"],
    "In Progress": ["Todo", "In Review", "Blocked", "Canceled"],
    "In Review": ["In Progress", "Done"],
    Blocked: ["In Progress", "Canceled"],
    Done: ["In Progress"],
    Canceled: ["Backlog"],
  },
};

export const DEFAULT_BEHAVIOUR: LocalBehaviour = {
  rewrites: "none",
  searchLag: 0,
  readLag: 0,
  clientIds: true,
  conditionalWrite: true,
  workflow: "free",
  nesting: "default",
  history: true,
  convertsTypes: true,
  embedded: true,
};

export const TITLE_LIMIT = 255;
export const BODY_LIMIT = 1_000_000;

export function capabilitiesOf(behaviour: LocalBehaviour): Capabilities {
  return {
    batch: { read: 500, create: 100, update: 100 },
    hierarchy: true,
    types: true,
    transitions: behaviour.workflow === "free" ? "free" : "workflow",
    conditionalWrite: behaviour.conditionalWrite,
    clientIds: behaviour.clientIds,
    rewritesText: behaviour.rewrites !== "none",
    indexLag: behaviour.searchLag > 0,
    history: behaviour.history,
    convertsTypes: behaviour.convertsTypes,
    baseAlone: true,
    embedded: behaviour.embedded,
    titleLimit: TITLE_LIMIT,
    bodyLimit: BODY_LIMIT,
    childLimit: null,
    depthLimit: null,
    creationsPerHour: null,
  };
}

export function projectShape(name: string, shape: LocalShape, behaviour: LocalBehaviour): ProjectShape {
  const { types, defaultTypes, statuses, initialStatus } = shape;
  const steps = behaviour.workflow === "strict" ? { steps: { "": shape.steps } } : {};
  return { name, types, nesting: declaredNesting(shape, behaviour), defaultTypes, statuses, initialStatus, ...steps };
}

export function mayNest(shape: LocalShape, behaviour: LocalBehaviour, parent: string, child: string): boolean {
  if (behaviour.nesting === "surprise") return false;
  return declaredNesting(shape, behaviour)[parent]?.includes(child) ?? false;
}

export function categoryOf(shape: LocalShape, status: string): StatusCategory {
  return shape.statuses.find(({ name }) => name === status)?.category ?? "open";
}

/** Where one step leads from `status`. */
export function nextStatuses(shape: LocalShape, behaviour: LocalBehaviour, status: string): readonly string[] {
  if (behaviour.workflow === "strict") return shape.steps[status] ?? [];
  return shape.statuses.map(({ name }) => name).filter((name) => name !== status);
}

/** The fewest steps from one status to another, without the first and with the last; null where none lead there. */
export function pathBetween(shape: LocalShape, behaviour: LocalBehaviour, from: string, to: string): readonly string[] | null {
  const reached = new Map<string, readonly string[]>([[from, []]]);
  const waiting = [from];
  for (let at = waiting.shift(); at !== undefined; at = waiting.shift()) {
    const path = reached.get(at) ?? [];
    if (at === to) return path;
    for (const next of nextStatuses(shape, behaviour, at)) {
      if (reached.has(next)) continue;
      reached.set(next, [...path, next]);
      waiting.push(next);
    }
  }
  return null;
}

function declaredNesting(shape: LocalShape, behaviour: LocalBehaviour): Readonly<Record<string, readonly string[]>> {
  if (behaviour.nesting !== "none") return shape.nesting;
  return Object.fromEntries(shape.types.map((type) => [type, []]));
}
