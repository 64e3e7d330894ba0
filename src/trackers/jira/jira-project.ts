/** What the project is like: types and their levels, statuses, the forms that create tickets. Asked once, kept while the tracker is open. */

import { nearestWord } from "../../core/text/nearest-word.ts";
import type { ProjectShape, StatusInfo } from "../tracker.ts";
import { TrackerError } from "../tracker-error.ts";
import type { JiraApi } from "./jira-api.ts";
import type { JiraClient } from "./jira-client.ts";
import { noProject } from "./jira-error-client.ts";
import { categoryOf } from "./jira-map.ts";
import type { WireField, WireProject, WireProjectNames, WireType, WireTypeStatuses } from "./jira-wire.ts";

export interface JiraType {
  readonly id: string;
  readonly name: string;
  /** 1 epics, 0 what stands below them, -1 sub-tasks; more above in some Clouds. */
  readonly level: number;
}

export interface ProjectFacts {
  readonly key: string;
  readonly name: string;
  /** From the top. */
  readonly types: readonly JiraType[];
  /** Type id → its workflow's statuses. */
  readonly statuses: ReadonlyMap<string, readonly StatusInfo[]>;
  readonly initialStatus: string;
}

/** The field of an epic that old projects demand. */
export const EPIC_NAME = "com.pyxis.greenhopper.jira:gh-epic-label";

export interface JiraProject {
  /** Throws TrackerError. */
  facts(): Promise<ProjectFacts>;
  form(type: string): Promise<readonly WireField[]>;
}

export function openJiraProject(api: JiraApi, client: JiraClient, key: string): JiraProject {
  const forms = new Map<string, Promise<readonly WireField[]>>();
  let known: Promise<ProjectFacts> | undefined;
  const form = async (type: string): Promise<readonly WireField[]> => kept(forms, type, async () => api.form(key, type));

  const ask = async (): Promise<ProjectFacts> => {
    const statuses = api.statuses(key);
    // Where there is no project, it has no statuses either.
    statuses.catch(() => undefined);
    const project = await api.project(key);
    if (project === null) throw await unknownProject(api, client, key);
    return factsOf(project, await statuses, await epicTypes(project, form));
  };
  return {
    form,
    facts: async () => {
      known ??= ask();
      try {
        return await known;
      } catch (error) {
        known = undefined;
        throw error;
      }
    },
  };
}

async function kept<T>(cache: Map<string, Promise<T>>, key: string, ask: () => Promise<T>): Promise<T> {
  const asked = cache.get(key) ?? ask();
  cache.set(key, asked);
  try {
    return await asked;
  } catch (error) {
    cache.delete(key);
    throw error;
  }
}

async function unknownProject(api: JiraApi, client: JiraClient, key: string): Promise<TrackerError> {
  const names = (await visibleProjects(api))?.map((project) => project.key) ?? null;
  if (names === null) return noProject(client.site.host, key, null);
  const near = nearestWord(key, names);
  return noProject(client.site.host, key, near === null ? names : [near, ...names.filter((name) => name !== near)]);
}

/** For the hint only: what keeps them from being read is not what is wrong. */
async function visibleProjects(api: JiraApi): Promise<WireProjectNames | null> {
  try {
    return await api.projects();
  } catch (error) {
    if (error instanceof TrackerError) return null;
    throw error;
  }
}

/** The Cloud tells levels. Data Center does not: an epic is the type with an Epic Name, called Epic unless somebody renamed it. */
async function epicTypes({ issueTypes }: WireProject, form: JiraProject["form"]): Promise<ReadonlySet<string>> {
  if (issueTypes.some(({ hierarchyLevel }) => hierarchyLevel !== undefined)) return new Set();
  const standard = issueTypes.filter(({ subtask }) => subtask !== true);
  const named = standard.filter(({ name }) => /^epic$/i.test(name));
  if (named.length > 0) return new Set(named.map(({ id }) => id));
  const forms = await Promise.all(standard.map(async ({ id }) => ((await form(id)).some(({ schema }) => schema.custom === EPIC_NAME) ? id : [])));
  return new Set(forms.flat());
}

function factsOf(project: WireProject, typeStatuses: readonly WireTypeStatuses[], epics: ReadonlySet<string>): ProjectFacts {
  const levelOf = ({ id, subtask, hierarchyLevel }: WireType): number => hierarchyLevel ?? (subtask === true ? -1 : epics.has(id) ? 1 : 0);
  const types = project.issueTypes.map((type) => ({ id: type.id, name: type.name, level: levelOf(type) })).sort((a, b) => b.level - a.level);
  const statuses = new Map(
    typeStatuses.map((type) => [type.id, type.statuses.map((status) => ({ name: status.name, category: categoryOf(status, null) }))] as const),
  );
  const all = [...statuses.values()].flat();
  return {
    key: project.key,
    name: project.name,
    types,
    statuses,
    // Only administrators may read a workflow: its first open status is where tickets begin in all that Jira comes with.
    initialStatus: (all.find(({ category }) => category === "open") ?? all[0])?.name ?? "",
  };
}

export function shapeOf({ name, types, statuses, initialStatus }: ProjectFacts): ProjectShape {
  const below = (level: number): readonly string[] => types.filter((type) => type.level === level - 1).map((type) => type.name);
  const nesting = Object.fromEntries(types.map((type) => [type.name, below(type.level)] as const));
  return {
    name,
    types: types.map((type) => type.name),
    nesting: { ...nesting, "": types.filter(({ level }) => level >= 0).map((type) => type.name) },
    defaultTypes: defaultTypes(types),
    statuses: allStatuses(statuses),
    initialStatus,
  };
}

export function allStatuses(statuses: ProjectFacts["statuses"]): readonly StatusInfo[] {
  return [...new Map([...statuses.values()].flat().map((status) => [status.name, status] as const)).values()];
}

/** Epic, Story and Sub-task, or what stands in their places. */
function defaultTypes(types: readonly JiraType[]): readonly string[] {
  const chosen = [
    [1, "Epic"],
    [0, "Story"],
    [-1, "Sub-task"],
  ] as const;
  return chosen.flatMap(([level, usual]) => {
    const there = types.filter((type) => type.level === level);
    const type = there.find(({ name }) => name === usual) ?? there.find(({ name }) => name === "Task") ?? there[0];
    return type === undefined ? [] : [type.name];
  });
}
