/** Reads of tickets by key: one, or up to a hundred with an error each. */

import type { JsonObject } from "../kit/json-value.ts";
import type { JiraCall, JiraHandler } from "./jira-call.ts";
import { listOf, ok, texts, ticketOf } from "./jira-call.ts";
import { bodyOf } from "./jira-edit.ts";
import type { JiraTicket } from "./jira-model.ts";
import { JiraRefusal, NO_TICKET } from "./jira-refusal.ts";
import { allowedFrom } from "./jira-transitions.ts";

export interface Wanted {
  readonly fields: readonly string[];
  readonly properties: readonly string[];
  readonly expand: readonly string[];
}

const LARGEST_FETCH = 100;
const MOST_PROPERTIES = 5;

export function shown({ world, render }: JiraCall, ticket: JiraTicket, { fields, properties, expand }: Wanted): JsonObject {
  const kept = fields.filter((field) => field !== "id" && field !== "key");
  const histories = ticket.changes.flatMap((change) => render.change(change) ?? []);
  const wantsAll = properties.includes("*all");
  return {
    expand: "renderedFields,names,schema,operations,editmeta,changelog,versionedRepresentations",
    id: ticket.id,
    self: `${render.base}/issue/${ticket.id}`,
    key: ticket.key,
    ...(kept.length > 0 || fields.length === 0 ? { fields: render.fields(ticket, kept) } : {}),
    ...(properties.length > 0 ? { properties: Object.fromEntries([...ticket.properties].filter(([key]) => wantsAll || properties.includes(key))) } : {}),
    ...(expand.includes("changelog") ? { changelog: { startAt: 0, maxResults: histories.length, total: histories.length, histories } } : {}),
    ...(expand.includes("transitions") ? { transitions: allowedFrom(world, ticket).map(render.transition) } : {}),
  };
}

export const readOne: JiraHandler = (call) => {
  const { query } = call.request;
  const fields = listOf(query, "fields");
  const wanted = { fields: fields.length === 0 ? ["*all"] : fields, properties: listOf(query, "properties"), expand: listOf(query, "expand") };
  return ok(shown(call, ticketOf(call), wanted));
};

export const readMany: JiraHandler = (call) => {
  const body = bodyOf(call.request.json);
  const asked = texts(body["issueIdsOrKeys"]);
  const properties = texts(body["properties"]);
  if (asked.length === 0 || asked.length > LARGEST_FETCH) throw new JiraRefusal(400, `The number of issues must be between 1 and ${LARGEST_FETCH}.`);
  if (properties.length > MOST_PROPERTIES) throw new JiraRefusal(400, `At most ${MOST_PROPERTIES} properties can be requested.`);
  const fields = texts(body["fields"]);
  const wanted = { fields: fields.length === 0 ? ["*navigable"] : fields, properties, expand: texts(body["expand"]) };
  const found = new Map<string, JiraTicket>();
  const issueErrors: JsonObject[] = [];
  for (const one of asked) {
    const ticket = call.world.seen(one);
    if (ticket) found.set(ticket.id, ticket);
    else issueErrors.push({ id: one, errorMessage: NO_TICKET });
  }
  const tickets = [...found.values()].sort((a, b) => Number(a.id) - Number(b.id));
  // In a partial failure Jira leaves tickets out, and says nothing of them.
  const answered = call.strike.partial ? tickets.slice(0, Math.floor(tickets.length / 2)) : tickets;
  return ok({ issues: answered.map((ticket) => shown(call, ticket, wanted)), issueErrors });
};
