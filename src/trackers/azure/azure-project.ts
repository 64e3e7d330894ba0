/** What the target's project is like: types with their states and steps, and how its backlog levels nest. */

import type { StatusCategory } from "../../core/model/status.ts";
import { nearestWord } from "../../core/text/nearest-word.ts";
import { TrackerError } from "../tracker-error.ts";
import type { ProjectShape, StatusInfo } from "../tracker.ts";
import type { AzureClient } from "./azure-client.ts";
import { backlogs, categoryList, projectList, typeList, type WireLevel, type WireType } from "./azure-project-wire.ts";

export interface AzureType {
  readonly name: string;
  /** In their order. */
  readonly states: readonly StatusInfo[];
  /** From → to; null where the process does not tell: any state from any other. */
  readonly steps: ReadonlyMap<string, readonly string[]> | null;
  /** The state that a new ticket of this type begins in. */
  readonly initial: string;
}

export interface AzureProject {
  readonly shape: ProjectShape;
  /** The type of a ticket that is created without one. */
  readonly defaultType: string;
  /** By name in lower case, those included that `shape` leaves out. */
  readonly types: ReadonlyMap<string, AzureType>;
}

const VERSION = "7.1";
const HIDDEN = "Microsoft.HiddenCategory";
const EPICS = "Microsoft.EpicCategory";

/** Throws TrackerError; a project that does not exist is told with the names of those there are. */
export async function loadProject(client: AzureClient): Promise<AzureProject> {
  const about = { method: "GET", inProject: true, version: VERSION } as const;
  try {
    const [types, categories, levels] = await Promise.all([
      client.read(typeList, { ...about, path: "wit/workitemtypes" }),
      client.read(categoryList, { ...about, path: "wit/workitemtypecategories" }),
      client.read(backlogs, { ...about, path: "work/backlogconfiguration" }),
    ]);
    const hidden = new Set(categories.value.find(({ referenceName }) => referenceName === HIDDEN)?.workItemTypes?.map(({ name }) => name) ?? []);
    const defaults = new Map(categories.value.flatMap(({ referenceName, defaultWorkItemType: type }) => (type ? [[referenceName, type.name] as const] : [])));
    const ordered = [...levels.portfolioBacklogs].sort((a, b) => (b.rank ?? 0) - (a.rank ?? 0));
    const all = [...ordered, ...(levels.requirementBacklog ? [levels.requirementBacklog] : []), ...(levels.taskBacklog ? [levels.taskBacklog] : [])];
    return projectOf(
      client,
      types.value,
      hidden,
      all.filter(({ workItemTypes }) => workItemTypes.length > 0),
      defaults,
    );
  } catch (error) {
    if (error instanceof TrackerError && error.kind === "not-found") throw await unknownProject(client, error);
    throw error;
  }
}

function projectOf(
  client: AzureClient,
  wires: readonly WireType[],
  hidden: ReadonlySet<string>,
  levels: readonly WireLevel[],
  defaults: ReadonlyMap<string, string>,
): AzureProject {
  const types = new Map(wires.filter(({ isDisabled }) => isDisabled !== true).map((wire) => [wire.name.toLowerCase(), typeOf(wire)]));
  const known = (name: string): AzureType | null => types.get(name.toLowerCase()) ?? null;
  // The default of each level leads: what has no type gets it, and a parent's children are it rather than bugs.
  const named = levels.map(({ id, workItemTypes }) => {
    const names = workItemTypes.flatMap(({ name }) => known(name)?.name ?? []);
    const first = names.find((name) => name === defaults.get(id)) ?? names[0];
    return { id, names: [...(first === undefined ? [] : [first]), ...names.filter((name) => name !== first)] };
  });
  const onBacklogs = [...new Set(named.flatMap(({ names }) => names))];
  const others = [...types.values()].map(({ name }) => name).filter((name) => !onBacklogs.includes(name) && !hidden.has(name));
  const nesting: Record<string, readonly string[]> = {};
  for (const [index, { names }] of named.entries()) for (const name of names) nesting[name] = named[index + 1]?.names ?? [];
  const epics = Math.max(
    0,
    named.findIndex(({ id }) => id === EPICS),
  );
  const defaultTypes = named.slice(epics, epics + 3).flatMap(({ names }) => names[0] ?? []);
  // Of the types on no backlog (test plans, reviews) only a ticket of theirs has the states: no section becomes one unasked.
  const statuses = new Map<string, StatusInfo>();
  for (const name of onBacklogs.length > 0 ? onBacklogs : others)
    for (const state of known(name)?.states ?? []) if (!statuses.has(state.name)) statuses.set(state.name, state);
  const requirement = levels.find(({ id }) => id === "Microsoft.RequirementCategory");
  const defaultType = (requirement && named.find(({ id }) => id === requirement.id)?.names[0]) ?? defaultTypes.at(-1) ?? others[0];
  const initial = defaultType === undefined ? undefined : known(defaultType)?.initial;
  if (defaultType === undefined || initial === undefined)
    throw client.error("invalid", "The project has no types of work items.", "Check the project's process.");
  const shape: ProjectShape = {
    name: client.place.project,
    types: [...onBacklogs, ...others],
    nesting,
    defaultTypes,
    statuses: [...statuses.values()],
    initialStatus: initial,
    steps: Object.fromEntries([...types.values()].flatMap(({ name, steps }) => (steps === null ? [] : [[name, Object.fromEntries(steps)] as const]))),
  };
  return { shape, defaultType, types };
}

function typeOf({ name, states, transitions }: WireType): AzureType {
  const infos = (states ?? []).map((state) => ({ name: state.name, category: categoryOf(state.category) }));
  const steps = transitions ? new Map(Object.entries(transitions).map(([from, to]) => [from, (to ?? []).map((one) => one.to)] as const)) : null;
  // "" alone tells where tickets begin, not how they go on.
  const tells = steps !== null && [...steps.keys()].some((from) => from !== "");
  return { name, states: infos, steps: tells ? steps : null, initial: steps?.get("")?.[0] ?? infos[0]?.name ?? "" };
}

/** Resolved is work that is finished and not yet accepted: boards count only Completed as done, and so does Canon. */
export function categoryOf(category: string): StatusCategory {
  switch (category) {
    case "InProgress":
    case "Resolved":
      return "in_progress";
    case "Completed":
      return "done";
    case "Removed":
      return "canceled";
    default:
      return "open";
  }
}

/** null where no type of the project is called so. */
export function typeNamed({ types }: AzureProject, name: string): AzureType | null {
  return types.get(name.toLowerCase()) ?? null;
}

/** The category of a state of a type; of a type that the project lacks (the ticket moved away), that of any type's state by this name. */
export function categoryIn(project: AzureProject, type: string, state: string): StatusCategory {
  const own = typeNamed(project, type)?.states.find(({ name }) => name === state);
  if (own) return own.category;
  for (const { states } of project.types.values()) for (const one of states) if (one.name === state) return one.category;
  return "open";
}

/** The list of projects needs another scope than work items do: without it the refusal stands as it is. */
async function unknownProject(client: AzureClient, error: TrackerError): Promise<TrackerError> {
  try {
    const { value } = await client.read(projectList, { method: "GET", path: "projects", version: VERSION, query: { $top: "500" } });
    const names = value.map(({ name }) => name);
    const nearest = nearestWord(client.place.project, names);
    const sorted = [...(nearest === null ? [] : [nearest]), ...names.filter((name) => name !== nearest)];
    const shown = sorted.slice(0, 20).join(", ");
    const hint =
      names.length === 0
        ? "The account sees no project there: have it added to one."
        : `There ${sorted.length === 1 ? "is" : "are"} ${shown}${sorted.length > 20 ? " and more" : ""}.`;
    return client.error("not-found", `There is no project ${client.place.project}, or the account may not see it.`, hint);
  } catch (failure) {
    if (failure instanceof TrackerError) return error;
    throw failure;
  }
}
