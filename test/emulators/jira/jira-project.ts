/** The projects of the emulated Jira: types and their levels, statuses, the workflow, and the fields with their ids. */

import type { JiraProject, JiraStatus, JiraTransition, JiraType } from "./jira-model.ts";
import type { JiraSettings } from "./jira-options.ts";

const STATUSES: readonly JiraStatus[] = [
  { id: "10000", name: "To Do", category: "new" },
  { id: "3", name: "In Progress", category: "indeterminate" },
  { id: "10002", name: "In Review", category: "indeterminate" },
  { id: "10003", name: "Blocked", category: "indeterminate" },
  { id: "10001", name: "Done", category: "done" },
  { id: "10004", name: "Won't Do", category: "done" },
];

/** Names of transitions say what one does, not where it ends: nobody may look a status up among them. */
const TRANSITIONS: readonly (readonly [string, string, string, readonly string[]])[] = [
  ["11", "Back to the list", "To Do", ["In Progress", "Done", "Won't Do"]],
  ["21", "Start work", "In Progress", ["To Do", "In Review", "Blocked"]],
  ["31", "Ask for review", "In Review", ["In Progress"]],
  ["41", "Put aside", "Blocked", ["In Progress"]],
  ["51", "Close as finished", "Done", ["In Review"]],
  ["61", "Drop", "Won't Do", ["To Do", "In Progress", "Blocked"]],
];

/** Hard-coded ids must fail: each flavour has its own. */
export interface JiraFieldIds {
  readonly epicName: string;
  readonly epicLink: string;
  readonly team: string;
}

export function fieldIds({ flavour }: JiraSettings): JiraFieldIds {
  return flavour === "cloud"
    ? { epicName: "customfield_10011", epicLink: "customfield_10014", team: "customfield_10200" }
    : { epicName: "customfield_10103", epicLink: "customfield_10101", team: "customfield_10300" };
}

export function jiraProjects({ style }: JiraSettings): readonly JiraProject[] {
  const project = (id: string, key: string, name: string, types: readonly JiraType[]): JiraProject => ({
    id,
    key,
    name,
    style,
    types,
    statuses: STATUSES,
    components: [
      { id: `${id}1`, name: "Payments" },
      { id: `${id}2`, name: "API" },
    ],
  });
  // Team-managed projects own their types: the same name has another id in each.
  const types = (prefix: string): readonly JiraType[] => [
    { id: `${prefix}0`, name: "Epic", level: 1 },
    { id: `${prefix}1`, name: "Story", level: 0 },
    { id: `${prefix}2`, name: "Task", level: 0 },
    { id: `${prefix}3`, name: "Bug", level: 0 },
    { id: `${prefix}4`, name: style === "team" ? "Subtask" : "Sub-task", level: -1 },
  ];
  return [project("10100", "PAY", "Payments", types("1010")), project("10200", "OPS", "Operations", types(style === "team" ? "1020" : "1010"))];
}

export function transitionsOf({ workflow }: JiraSettings, statuses: readonly JiraStatus[]): readonly JiraTransition[] {
  return TRANSITIONS.flatMap(([id, name, target, from]) => {
    const to = statuses.find((status) => status.name === target);
    return to ? [{ id, name, to, from: workflow === "free" ? null : from }] : [];
  });
}

export const INITIAL_STATUS = "To Do";

export function resolutionFor(status: JiraStatus): string | null {
  return status.category !== "done" ? null : status.name === "Won't Do" ? "Won't Do" : "Done";
}
