/** Edits of one ticket: its fields, and its entity properties. */

import type { JiraCall, JiraHandler } from "./jira-call.ts";
import { DONE, listOf, ok, ticketOf, writableTicket } from "./jira-call.ts";
import { withComments } from "./jira-comments.ts";
import { bodyOf, editTicket } from "./jira-edit.ts";
import { checkProperty } from "./jira-properties.ts";
import { shown } from "./jira-reading.ts";
import { JiraRefusal } from "./jira-refusal.ts";

/** A transition in the body is ignored, as Jira ignores it. */
export const editOne: JiraHandler = (call) => {
  const { world, request } = call;
  const before = writableTicket(call, "EDIT_ISSUES");
  const { ticket, items, comments } = editTicket(world, before, bodyOf(request.json), false);
  const commented = withComments(world, ticket, comments);
  const isTouched = items.length > 0 || comments.length > 0 || (world.settings.propertiesTouch && ticket !== before);
  const after = world.put(commented, world.dana, items, isTouched);
  if (world.settings.flavour === "data-center" || request.query.get("returnIssue") !== "true") return DONE;
  return ok(shown(call, after, { fields: ["*all"], properties: [], expand: listOf(request.query, "expand") }));
};

export const listProperties: JiraHandler = (call) =>
  ok({ keys: [...ticketOf(call).properties.keys()].map((key) => ({ key, self: `${call.render.base}/issue/${ticketOf(call).id}/properties/${key}` })) });

export const readProperty: JiraHandler = (call) => {
  const { properties } = ticketOf(call);
  const key = keyOf(call);
  if (!properties.has(key)) throw new JiraRefusal(404, `The property with key '${key}' does not exist.`);
  return ok({ key, value: properties.get(key) });
};

export const writeProperty: JiraHandler = (call) => {
  const ticket = writableTicket(call, "EDIT_ISSUES");
  const key = keyOf(call);
  checkProperty(key, call.request.json);
  const isNew = !ticket.properties.has(key);
  call.world.put({ ...ticket, properties: new Map([...ticket.properties, [key, call.request.json]]) }, call.world.dana, [], false);
  return { status: isNew ? 201 : 200, body: null };
};

export const removeProperty: JiraHandler = (call) => {
  const ticket = writableTicket(call, "EDIT_ISSUES");
  const key = keyOf(call);
  if (!ticket.properties.has(key)) throw new JiraRefusal(404, `The property with key '${key}' does not exist.`);
  call.world.put({ ...ticket, properties: new Map([...ticket.properties].filter(([one]) => one !== key)) }, call.world.dana, [], false);
  return DONE;
};

function keyOf({ params }: JiraCall): string {
  return params[1] ?? "";
}
