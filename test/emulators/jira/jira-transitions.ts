/** The workflow over the wire: what leaves a status, one step at a time, and steps of many tickets as a task. */

import { asObject } from "../kit/json-value.ts";
import type { JiraHandler } from "./jira-call.ts";
import { DONE, ok, ticketOf, writableTicket } from "./jira-call.ts";
import { changeItems } from "./jira-changes.ts";
import { bodyOf, editTicket } from "./jira-edit.ts";
import type { JiraTicket, JiraTransition, JiraUser } from "./jira-model.ts";
import { JiraRefusal } from "./jira-refusal.ts";
import { withStatus } from "./jira-render.ts";
import type { JiraWorld } from "./jira-world.ts";

export function allowedFrom({ transitions }: JiraWorld, { status }: JiraTicket): readonly JiraTransition[] {
  return transitions.filter(({ from }) => from === null || from.includes(status.name));
}

export const listTransitions: JiraHandler = (call) => {
  const wanted = call.request.query.get("transitionId");
  const allowed = call.world.denied.has("TRANSITION_ISSUES") ? [] : allowedFrom(call.world, ticketOf(call));
  const transitions = allowed.filter(({ id }) => wanted === null || id === wanted).map(call.render.transition);
  return ok(call.world.settings.flavour === "cloud" ? { expand: "transitions", transitions } : { transitions });
};

export const transitionOne: JiraHandler = (call) => {
  const { world } = call;
  const ticket = writableTicket(call, "TRANSITION_ISSUES");
  const body = bodyOf(call.request.json);
  const collision = world.collisions.get(ticket.id);
  if (collision !== undefined) {
    world.collisions.delete(ticket.id);
    throw new JiraRefusal(collision, "The issue could not be transitioned: another transition of it is in progress.");
  }
  const transition = allowedFrom(world, ticket).find(({ id }) => id === String(asObject(body["transition"])["id"]));
  if (!transition) {
    throw new JiraRefusal(
      400,
      "It seems that you have tried to perform an illegal workflow operation: the transition is not valid for the current state of the issue.",
    );
  }
  const { ticket: edited } = editTicket(world, ticket, body, false);
  carryOut(world, ticket, edited, transition, world.dana);
  return DONE;
};

export function carryOut(world: JiraWorld, before: JiraTicket, edited: JiraTicket, { to }: Pick<JiraTransition, "to">, author: JiraUser): JiraTicket {
  const after = withStatus(edited, to);
  return world.put(after, author, changeItems(world, before, after));
}
