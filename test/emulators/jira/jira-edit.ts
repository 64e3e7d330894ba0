/** Turns `fields` and `update` of a request into a changed ticket and the history of it, or says which field is wrong. */

import { asList, asObject, asText, isObject } from "../kit/json-value.ts";
import type { JsonObject } from "../kit/json-value.ts";
import { fieldRefusal, JiraRefusal } from "./jira-refusal.ts";
import { readField } from "./jira-field-values.ts";
import { changeItems } from "./jira-changes.ts";
import type { JiraChangeItem, JiraTicket } from "./jira-model.ts";
import { checkProperties } from "./jira-properties.ts";
import type { JiraWorld } from "./jira-world.ts";

export interface JiraEdit {
  readonly ticket: JiraTicket;
  readonly items: readonly JiraChangeItem[];
  /** Texts of comments that `update.comment` adds. */
  readonly comments: readonly unknown[];
}

/** `isNew`: a create, whose required fields must be there. */
export function editTicket(world: JiraWorld, before: JiraTicket, body: JsonObject, isNew: boolean): JiraEdit {
  const problems: Record<string, string> = {};
  let ticket = before;
  const attempt = (field: string, change: () => void): void => {
    try {
      change();
    } catch (error) {
      // Jira tells every field that is wrong; what is wrong with the whole stops at once.
      if (!(error instanceof JiraRefusal) || error.details.errorMessages.length > 0) throw error;
      Object.assign(problems, Object.keys(error.details.errors).length > 0 ? error.details.errors : { [field]: error.message });
    }
  };
  const fields = asObject(body["fields"]);
  const updates = asObject(body["update"]);
  // The type decides which parents are possible, so it comes first.
  for (const field of ordered(Object.keys(fields))) {
    attempt(field, () => {
      if (field in updates) throw fieldRefusal(field, `Field '${field}' cannot appear in both 'fields' and 'update'`);
      ticket = { ...ticket, ...readField(world, ticket, field, fields[field], isNew) };
    });
  }
  const comments: unknown[] = [];
  for (const field of ordered(Object.keys(updates))) {
    for (const operation of asList(updates[field])) {
      attempt(field, () => {
        const [[verb, value] = ["", null]] = Object.entries(asObject(operation));
        if (field === "comment" && verb === "add") comments.push(asObject(value)["body"]);
        else ticket = { ...ticket, ...updated(world, ticket, field, verb, value, isNew) };
      });
    }
  }
  attempt("properties", () => {
    const properties = checkProperties(body["properties"]);
    if (properties.size > 0) ticket = { ...ticket, properties: new Map([...ticket.properties, ...properties]) };
  });
  if (isNew) Object.assign(problems, missingFields(world, ticket, problems));
  if (Object.keys(problems).length > 0) throw new JiraRefusal(400, "", problems);
  return { ticket, items: isNew ? [] : changeItems(world, before, ticket), comments };
}

function ordered(fields: readonly string[]): readonly string[] {
  const rank = (field: string): number => ["project", "issuetype"].indexOf(field);
  return fields.toSorted((a, b) => (rank(a) < 0 ? 9 : rank(a)) - (rank(b) < 0 ? 9 : rank(b)));
}

function updated(world: JiraWorld, ticket: JiraTicket, field: string, verb: string, value: unknown, isNew: boolean): Partial<JiraTicket> {
  if (verb === "set") return readField(world, ticket, field, value, isNew);
  if (field === "labels" && (verb === "add" || verb === "remove")) {
    const label = asText(value) ?? "";
    const rest = ticket.labels.filter((one) => one !== label);
    return verb === "remove" ? { labels: rest } : readField(world, ticket, field, [...rest, label], isNew);
  }
  if (field === "components" && (verb === "add" || verb === "remove")) {
    const { components = [] } = readField(world, ticket, field, [value], isNew);
    const rest = ticket.components.filter(({ id }) => !components.some((one) => one.id === id));
    return { components: verb === "remove" ? rest : [...rest, ...components] };
  }
  throw fieldRefusal(field, `Field '${field}' does not support operation '${verb}'`);
}

function missingFields(world: JiraWorld, ticket: JiraTicket, problems: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const { fields, settings } = world;
  const missing: Record<string, string> = {};
  if (ticket.summary === "" && !("summary" in problems)) missing["summary"] = "You must specify a summary of the issue.";
  if (ticket.type.level === -1 && ticket.parent === null && !("parent" in problems))
    missing["parent"] = "Issue type is a sub-task but parent issue key or id not specified.";
  if (settings.epicName && ticket.type.level === 1 && !ticket.custom.has(fields.epicName)) missing[fields.epicName] = "Epic Name is required.";
  if (settings.requiredFields.includes("components") && ticket.components.length === 0) missing["components"] = "Component/s is required.";
  if (settings.requiredFields.includes("team") && !ticket.custom.has(fields.team)) missing[fields.team] = "Team Name is required.";
  return missing;
}

/** The body of a request, which must be an object. */
export function bodyOf(json: unknown): JsonObject {
  if (!isObject(json)) throw new JiraRefusal(400, "Invalid request payload. Refer to the REST API documentation and try again.");
  return json;
}
