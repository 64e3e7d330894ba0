/** One field of a request: what it means for a ticket, or why Jira does not take it. */

import { asList, asObject, asText } from "../kit/json-value.ts";
import type { JiraTicket } from "./jira-model.ts";
import { fieldRefusal } from "./jira-refusal.ts";
import { acceptText } from "./jira-text.ts";
import type { JiraWorld } from "./jira-world.ts";

const TITLE_LIMIT = 255;

export function readField(world: JiraWorld, ticket: JiraTicket, field: string, value: unknown, isNew: boolean): Partial<JiraTicket> {
  const { fields, settings } = world;
  switch (field) {
    case "project":
      // It was read before there was a ticket.
      if (isNew) return {};
      throw notOnScreen(field);
    case "issuetype":
      return { type: readType(ticket, value, isNew) };
    case "summary":
      return { summary: readSummary(value) };
    case "description":
      return { description: acceptText(world, field, value, ticket.description) };
    case "labels":
      return { labels: [...new Set(asList(value).map(readLabel))] };
    case "components":
      return { components: asList(value).map((one) => readComponent(ticket, one)) };
    case "parent":
      return { parent: readParent(world, ticket, value, isNew) };
    case fields.epicName:
      if (ticket.type.level !== 1 || !(settings.epicName || settings.style === "company")) throw notOnScreen(field);
      if (typeof value !== "string") throw fieldRefusal(field, "Operation value must be a string");
      return { custom: new Map([...ticket.custom, [field, value]]) };
    case fields.epicLink:
      if (settings.style === "team" || ticket.type.level !== 0) throw notOnScreen(field);
      return { parent: readEpic(world, field, value) };
    case fields.team:
      if (!settings.requiredFields.includes("team")) throw notOnScreen(field);
      if (typeof value !== "string") throw fieldRefusal(field, "Operation value must be a string");
      return { custom: new Map([...ticket.custom, [field, value]]) };
    case "priority":
    case "reporter":
    case "assignee":
      return {};
    default:
      throw notOnScreen(field);
  }
}

function notOnScreen(field: string): ReturnType<typeof fieldRefusal> {
  return fieldRefusal(field, `Field '${field}' cannot be set. It is not on the appropriate screen, or unknown.`);
}

function readType(ticket: JiraTicket, value: unknown, isNew: boolean): JiraTicket["type"] {
  const { id, name } = asObject(value);
  const type = ticket.project.types.find((one) => (id === undefined ? one.name === name : one.id === id));
  // Changing the level is a move, which has no REST resource for one ticket.
  if (!type || (!isNew && type.level !== ticket.type.level)) throw fieldRefusal("issuetype", "Specify a valid issue type");
  return type;
}

function readSummary(value: unknown): string {
  const summary = (asText(value) ?? "").trim();
  if (summary === "") throw fieldRefusal("summary", "You must specify a summary of the issue.");
  if (/[\r\n]/.test(summary)) throw fieldRefusal("summary", "The summary is invalid because it contains newline characters.");
  if (summary.length > TITLE_LIMIT) throw fieldRefusal("summary", `Summary must be less than or equal to ${TITLE_LIMIT} characters.`);
  return summary;
}

function readLabel(value: unknown): string {
  const label = asText(value);
  if (label === null) throw fieldRefusal("labels", "data was not an array of strings");
  if (/\s/.test(label)) throw fieldRefusal("labels", `The label '${label}' contains spaces which is invalid.`);
  if (label === "" || label.length > 255) throw fieldRefusal("labels", "A label must have 1 to 255 characters.");
  return label;
}

function readComponent(ticket: JiraTicket, value: unknown): JiraTicket["components"][number] {
  const { id, name } = asObject(value);
  const component = ticket.project.components.find((one) => (id === undefined ? one.name === name : one.id === id));
  if (!component) throw fieldRefusal("components", `Component name '${String(name ?? id)}' is not valid`);
  return component;
}

function readParent(world: JiraWorld, ticket: JiraTicket, value: unknown, isNew: boolean): string | null {
  const isCloud = world.settings.flavour === "cloud";
  // Data Center knows parents of sub-tasks only, and only when they are made.
  if (!isCloud && (ticket.type.level !== -1 || !isNew)) throw notOnScreen("parent");
  const { key, id } = asObject(value);
  if (value === null || (key === undefined && id === undefined)) {
    if (ticket.type.level === -1) throw fieldRefusal("parent", "Issue type is a sub-task but parent issue key or id not specified.");
    return null;
  }
  const parent = world.find(String(key ?? id));
  if (!parent || parent.hidden) throw fieldRefusal("parent", "Could not find issue by id or key.");
  if (parent.type.level !== ticket.type.level + 1 || isBelow(world, parent, ticket)) {
    throw fieldRefusal("parentId", "Given parent work item does not belong to appropriate hierarchy.");
  }
  if (ticket.type.level === -1 && parent.project.id !== ticket.project.id) {
    throw fieldRefusal("parentId", "Sub-tasks must be created in the same project as the parent.");
  }
  return parent.id;
}

function readEpic(world: JiraWorld, field: string, value: unknown): string | null {
  if (value === null) return null;
  const key = asText(value) ?? "";
  const epic = world.find(key);
  if (epic?.type.level !== 1 || epic.hidden) throw fieldRefusal(field, `Issue '${key}' is not an epic.`);
  return epic.id;
}

function isBelow(world: JiraWorld, ticket: JiraTicket, ancestor: JiraTicket): boolean {
  for (let at: JiraTicket | null = ticket; at !== null; at = at.parent === null ? null : world.find(at.parent)) if (at.id === ancestor.id) return true;
  return false;
}
