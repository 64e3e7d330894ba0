/** Bulk operations of the Cloud: they answer with a task at once and are carried out later, ticket by ticket. */

import { asList, asObject, asText } from "../kit/json-value.ts";
import type { JiraHandler } from "./jira-call.ts";
import { listOf, ok, texts } from "./jira-call.ts";
import { changeItems } from "./jira-changes.ts";
import { bodyOf } from "./jira-edit.ts";
import type { JiraTicket } from "./jira-model.ts";
import type { WireAnswer } from "../kit/wire.ts";
import type { JiraWorld } from "./jira-world.ts";
import { allowedFrom, carryOut } from "./jira-transitions.ts";

const MOST_TICKETS = 1_000;

/** What became of one ticket: null when it went well. */
type Work = (id: string) => string | null;

interface Task {
  readonly id: string;
  readonly created: number;
  readonly due: number;
  readonly ids: readonly string[];
  readonly unseen: number;
  readonly work: Work;
  readonly failed: Map<string, string>;
  done: boolean;
}

export interface JiraTasks {
  /** Carries out what is due. */
  run(): void;
  readonly submitTransitions: JiraHandler;
  readonly submitFields: JiraHandler;
  readonly read: JiraHandler;
}

export function jiraTasks(world: JiraWorld): JiraTasks {
  const tasks = new Map<string, Task>();

  const submit = (asked: readonly string[], work: Work): WireAnswer => {
    if (world.denied.has("BULK_CHANGE")) return refusal(403, "You do not have the global permission to make bulk changes.");
    if (asked.length === 0 || asked.length > MOST_TICKETS) return refusal(400, `Between 1 and ${MOST_TICKETS} issues must be selected.`);
    const ids = asked.flatMap((one) => world.seen(one)?.id ?? []);
    const now = world.clock.now();
    const id = String(world.nextNumber());
    tasks.set(id, { id, created: now, due: now + world.settings.taskTime, ids, unseen: asked.length - ids.length, work, failed: new Map(), done: false });
    return ok({ taskId: id }, 201);
  };

  return {
    run: () => {
      for (const task of tasks.values()) {
        if (task.done || task.due > world.clock.now()) continue;
        task.done = true;
        for (const id of task.ids) {
          const problem = task.work(id);
          if (problem !== null) task.failed.set(id, problem);
        }
      }
    },
    submitTransitions: (call) => {
      const inputs = asList(bodyOf(call.request.json)["bulkTransitionInputs"]).map(asObject);
      const wanted = new Map(
        inputs.flatMap((input) =>
          texts(input["selectedIssueIdsOrKeys"]).flatMap((one) => [[world.seen(one)?.id ?? one, asText(input["transitionId"]) ?? ""] as const]),
        ),
      );
      return submit(
        inputs.flatMap((input) => texts(input["selectedIssueIdsOrKeys"])),
        (id) => {
          const ticket = changeable(world, id, "TRANSITION_ISSUES");
          const transition = ticket && allowedFrom(world, ticket).find((one) => one.id === wanted.get(id));
          if (!ticket || !transition) return "The transition is not valid for the current state of the issue.";
          carryOut(world, ticket, ticket, transition, world.dana);
          return null;
        },
      );
    },
    submitFields: (call) => {
      const body = bodyOf(call.request.json);
      const edits = asList(asObject(body["editedFieldsInput"])["labelsFields"]).map(asObject);
      const actions = texts(body["selectedActions"]);
      if (actions.some((action) => action !== "labels")) return refusal(400, "The emulated Jira edits labels in bulk, and nothing else.");
      return submit(texts(body["selectedIssueIdsOrKeys"]), (id) => {
        const ticket = changeable(world, id, "EDIT_ISSUES");
        if (!ticket) return "You do not have permission to edit the issue.";
        const after = edits.reduce<JiraTicket>((made, edit) => ({ ...made, labels: relabelled(made.labels, edit) }), ticket);
        world.put(after, world.dana, changeItems(world, ticket, after));
        return null;
      });
    },
    read: ({ params, render }) => {
      const task = tasks.get(params[0] ?? "");
      if (!task) return refusal(400, "The task does not exist.");
      const { id, created, due, ids, unseen, failed, done } = task;
      return ok({
        taskId: id,
        status: done ? "COMPLETE" : "RUNNING",
        progressPercent: done ? 100 : 0,
        totalIssueCount: ids.length + unseen,
        invalidOrInaccessibleIssueCount: unseen,
        processedAccessibleIssues: done ? ids.filter((one) => !failed.has(one)).map(Number) : [],
        failedAccessibleIssues: Object.fromEntries([...failed].map(([one, problem]) => [one, [problem]])),
        created: render.time(created),
        started: render.time(created),
        updated: render.time(done ? due : created),
      });
    },
  };
}

export const transitionsInBulk: JiraHandler = ({ world, request }) => {
  if (world.denied.has("BULK_CHANGE")) return refusal(403, "You do not have the global permission to make bulk changes.");
  const tickets = listOf(request.query, "issueIdsOrKeys").flatMap((one) => world.seen(one) ?? []);
  // What every one of them can do: tickets in other statuses take transitions away.
  const shared = world.transitions.filter((transition) => tickets.every((ticket) => allowedFrom(world, ticket).includes(transition)));
  const transitions = shared.map(({ id, name, to }) => ({
    transitionId: Number(id),
    transitionName: name,
    to: { statusId: Number(to.id), statusName: to.name },
  }));
  return ok({
    availableTransitions: [{ isTransitionsFiltered: shared.length < world.transitions.length, issues: tickets.map(({ key }) => key), transitions }],
  });
};

function changeable(world: JiraWorld, id: string, permission: string): JiraTicket | null {
  const ticket = world.denied.has(permission) ? null : world.find(id);
  return ticket?.archived === null ? ticket : null;
}

function relabelled(labels: readonly string[], edit: Readonly<Record<string, unknown>>): readonly string[] {
  const names = asList(edit["labels"]).flatMap((one) => asText(asObject(one)["name"]) ?? []);
  switch (edit["bulkEditMultiSelectFieldOption"]) {
    case "ADD":
      return [...new Set([...labels, ...names])];
    case "REMOVE":
      return labels.filter((label) => !names.includes(label));
    default:
      return names;
  }
}

/** Bulk operations have an error form of their own. */
function refusal(status: number, message: string): WireAnswer {
  return { status, body: { errors: [{ message }] } };
}
