/** Creates: fifty tickets in a request, each with its property, so that a ticket never stands there without its token. */

import { TrackerError } from "../tracker-error.ts";
import { outcomeOfError, outcomesOf } from "../http-client.ts";
import type { Draft, Outcome } from "../tracker.ts";
import type { NewIssue } from "./jira-api.ts";
import { chunks } from "./jira-chunks.ts";
import { createRefusal } from "./jira-create-refusal.ts";
import { bodyTooLong, invalid, noStatus, noType, propertyTooLong, unreadable } from "./jira-error-client.ts";
import { extraFields } from "./jira-extra.ts";
import { newLabels } from "./jira-labels.ts";
import { parentFields } from "./jira-parent.ts";
import { allStatuses, EPIC_NAME, type JiraType, type ProjectFacts } from "./jira-project.ts";
import { PROPERTY_LIMIT } from "./jira-property.ts";
import { BODY_LIMIT, type JiraSession } from "./jira-session.ts";
import { transitionJira } from "./jira-transition.ts";
import type { WireCreated } from "./jira-wire.ts";

/** [S] */
const LARGEST_CREATE = 50;

interface Ready {
  /** Where in the batch it stands. */
  readonly index: number;
  readonly draft: Draft;
  readonly type: JiraType;
  readonly issue: NewIssue;
}

export async function createJira(session: JiraSession, drafts: readonly Draft[]): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  const ready: Ready[] = [];
  const prepared = await Promise.all(drafts.map(async (draft, index) => prepare(session, draft, index)));
  for (const [index, one] of prepared.entries()) {
    if (one instanceof TrackerError) outcomes[index] = outcomeOfError(one);
    else ready.push(one);
  }
  // One after another: tickets below one parent stand in the order of their creation.
  for (const batch of chunks(ready, LARGEST_CREATE)) {
    const answers = await send(session, batch);
    for (const [at, { index }] of batch.entries()) {
      const answer = answers[at];
      if (answer !== undefined) outcomes[index] = answer;
    }
  }
  return outcomes;
}

/** What is wrong with it before anything is sent is its refusal. */
async function prepare(session: JiraSession, draft: Draft, index: number): Promise<Ready | TrackerError> {
  try {
    const facts = await session.project.facts();
    const type = await typeOf(session, facts, draft);
    const property = { token: draft.token, base: draft.base };
    checkSizes(draft, property);
    checkStatus(session, facts, type, draft);
    const epicLink = await session.api.epicLink();
    const parent = draft.parent === null ? null : parentFields(draft.parent, type.level, epicLink);
    const fields = {
      ...(await extraFields(session, type, draft.extra)),
      project: { key: session.key },
      issuetype: { id: type.id },
      summary: draft.title,
      labels: newLabels(draft.labels),
      ...(draft.body === "" ? {} : { description: session.api.description(draft.body) }),
      ...(await epicName(session, type, draft.title)),
      ...parent?.fields,
    };
    return { index, draft, type, issue: { fields, property } };
  } catch (error) {
    if (error instanceof TrackerError) return error;
    throw error;
  }
}

async function typeOf(session: JiraSession, { types }: ProjectFacts, draft: Draft): Promise<JiraType> {
  const named = draft.type === null ? undefined : types.find(({ name }) => name === draft.type);
  if (draft.type !== null && named === undefined) {
    throw noType(
      session.key,
      draft.type,
      types.map(({ name }) => name),
    );
  }
  if (named !== undefined) return named;
  const level = draft.parent === null ? 0 : (await levelOf(session, types, draft.parent)) - 1;
  const usual = types.filter((type) => type.level === level);
  const chosen = usual.find(({ name }) => name === "Task") ?? usual[0];
  if (chosen === undefined)
    throw invalid(`${session.key} has no type that can stand below ${draft.parent ?? "nothing"}.`, "Name one in hierarchy: of this target.");
  return chosen;
}

async function levelOf({ api, memory }: JiraSession, types: readonly JiraType[], parent: string): Promise<number> {
  if (memory.get(parent) === null) memory.see(await api.byKeys([parent]));
  const type = memory.get(parent)?.type;
  return types.find(({ id }) => id === type)?.level ?? 1;
}

function checkSizes({ title, body }: Draft, property: NewIssue["property"]): void {
  if (body.length > BODY_LIMIT) throw bodyTooLong(title, body.length, BODY_LIMIT);
  if (JSON.stringify(property).length > PROPERTY_LIMIT) throw propertyTooLong(title, PROPERTY_LIMIT);
}

function checkStatus(session: JiraSession, { statuses }: ProjectFacts, type: JiraType, { status }: Draft): void {
  const there = statuses.get(type.id) ?? allStatuses(statuses);
  if (status !== null && !there.some(({ name }) => name === status))
    throw noStatus(
      `A ${type.name} of ${session.key}`,
      status,
      there.map(({ name }) => name),
    );
}

/** Projects from before `parent` demand a name of every epic; a form is asked for only where there may be such a field. */
async function epicName(session: JiraSession, type: JiraType, title: string): Promise<Readonly<Record<string, string>>> {
  if (type.level !== 1) return {};
  const field = (await session.project.form(type.id)).find(({ schema }) => schema.custom === EPIC_NAME);
  return field === undefined ? {} : { [field.fieldId]: title };
}

async function send(session: JiraSession, batch: readonly Ready[]): Promise<readonly Outcome[]> {
  return outcomesOf(batch.length, async () => {
    const created = await session.api.create(batch.map(({ issue }) => issue));
    return Promise.all(answersOf(session, batch, created));
  });
}

/** Successes stand in the order of what was sent; failures say which element they were. */
function answersOf(session: JiraSession, batch: readonly Ready[], { issues = [], errors = [] }: WireCreated): readonly Promise<Outcome>[] {
  const failed = new Map(errors.map((error) => [error.failedElementNumber, error]));
  if (issues.length + failed.size !== batch.length || [...failed.keys()].some((at) => batch[at] === undefined))
    throw unreadable(session.client.site.host, true);
  const left = [...issues];
  return batch.map(async (ready, at): Promise<Outcome> => {
    const error = failed.get(at);
    if (error !== undefined) return outcomeOfError(await createRefusal(session, ready.type, ready.draft, error));
    const issue = left.shift();
    if (issue === undefined) throw unreadable(session.client.site.host, true);
    const { initialStatus } = await session.project.facts();
    session.memory.put({ ...issue, type: ready.type.id, status: initialStatus, isMarked: true, wasRead: false, property: ready.issue.property });
    await begin(session, issue.key, ready.draft.status, initialStatus);
    return { state: "done", id: issue.id, key: issue.key, echo: null };
  });
}

/** A step that is refused leaves the ticket created, and its status for the next plan. */
async function begin(session: JiraSession, key: string, status: string | null, initial: string): Promise<void> {
  if (status !== null && status !== initial) await transitionJira(session, [{ key, expectRevision: null, to: status, walk: false }]);
}
