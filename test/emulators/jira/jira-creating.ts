/** Creates of the emulated Jira: one, or up to fifty with an outcome each. */

import { asList, asObject } from "../kit/json-value.ts";
import type { JsonObject } from "../kit/json-value.ts";
import type { JiraCall, JiraHandler } from "./jira-call.ts";
import { ok } from "./jira-call.ts";
import { bodyOf, editTicket } from "./jira-edit.ts";
import type { JiraTicket } from "./jira-model.ts";
import { INITIAL_STATUS } from "./jira-project.ts";
import { fieldRefusal, JiraRefusal } from "./jira-refusal.ts";
import { withStatus } from "./jira-render.ts";
import { allowedFrom } from "./jira-transitions.ts";

const LARGEST_BATCH = 50;

export const createOne: JiraHandler = (call) => ok(created(call, bodyOf(call.request.json)), 201);

export const createMany: JiraHandler = (call) => {
  const elements = asList(bodyOf(call.request.json)["issueUpdates"]);
  if (elements.length === 0 || elements.length > LARGEST_BATCH) {
    const { status, details } = new JiraRefusal(400, `The number of issues to create must be between 1 and ${LARGEST_BATCH}.`);
    return ok({ issues: [], errors: [{ status, elementErrors: details, failedElementNumber: LARGEST_BATCH }] }, status);
  }
  const issues: unknown[] = [];
  const errors: unknown[] = [];
  elements.forEach((element, failedElementNumber) => {
    try {
      if (call.strike.refused.has(failedElementNumber)) throw new JiraRefusal(403, "You do not have permission to create issues in this project.");
      issues.push(created(call, bodyOf(element)));
    } catch (error) {
      if (!(error instanceof JiraRefusal)) throw error;
      errors.push({ status: error.status, elementErrors: error.details, failedElementNumber });
    }
  });
  return ok({ issues, errors }, issues.length > 0 ? 201 : 400);
};

function created(call: JiraCall, body: JsonObject): JsonObject {
  const { world, render } = call;
  const fields = asObject(body["fields"]);
  const { id, key } = asObject(fields["project"]);
  const project = world.project(String(id ?? key));
  if (!project || world.denied.has("BROWSE_PROJECTS")) throw fieldRefusal("project", "Specify a valid project ID or key");
  if (world.denied.has("CREATE_ISSUES")) throw fieldRefusal("project", "You do not have permission to create issues in this project.");
  const initial = project.statuses.find(({ name }) => name === INITIAL_STATUS);
  const [type] = project.types;
  if (!initial || !type) throw new Error(`project ${project.key} has no initial status`);
  if (fields["issuetype"] === undefined) throw fieldRefusal("issuetype", "Specify an issue type");
  const now = world.clock.now();
  const blank: JiraTicket = {
    id: "",
    key: "",
    project,
    type,
    summary: "",
    description: null,
    status: initial,
    resolution: null,
    parent: null,
    labels: [],
    components: [],
    custom: new Map(),
    properties: new Map(),
    comments: [],
    links: [],
    changes: [],
    creator: world.dana,
    created: now,
    updated: now,
    archived: null,
    hidden: false,
  };
  const { ticket: filled } = editTicket(world, blank, body, true);
  // Ids and keys are spent only by what is really made.
  const ticket = world.put({ ...filled, id: String(world.nextNumber()), key: world.nextKey(project) }, world.dana, []);
  return { id: ticket.id, key: ticket.key, self: `${render.base}/issue/${ticket.id}`, ...transitioned(call, ticket, body["transition"]) };
}

/** The ticket stays when the transition fails: the answer tells both. */
function transitioned({ world }: JiraCall, ticket: JiraTicket, wanted: unknown): JsonObject {
  if (wanted === undefined) return {};
  const transition = allowedFrom(world, ticket).find(({ id }) => id === String(asObject(wanted)["id"]));
  const errorMessages = transition ? [] : ["The transition is not valid for the current state of the issue."];
  if (transition) world.put(withStatus(ticket, transition.to), world.dana, []);
  // Data Center carries it out without a word.
  return world.settings.flavour === "cloud" ? { transition: { status: transition ? 200 : 400, errorCollection: { errorMessages, errors: {} } } } : {};
}
