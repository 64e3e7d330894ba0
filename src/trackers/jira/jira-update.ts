/** Updates: one PUT per ticket with fields and base together; a base alone goes where nobody sees it. */

import { TrackerError } from "../tracker-error.ts";
import type { Outcome, Patch } from "../tracker.ts";
import type { IssueEdit } from "./jira-api.ts";
import { byTicket } from "./jira-by-ticket.ts";
import { bodyTooLong, noType, notFound, propertyTooLong } from "./jira-error-client.ts";
import { labelOperations } from "./jira-labels.ts";
import type { SeenTicket } from "./jira-memory.ts";
import { parentFields } from "./jira-parent.ts";
import { PROPERTY_LIMIT, type JiraProperty } from "./jira-property.ts";
import { BODY_LIMIT, type JiraSession } from "./jira-session.ts";

export async function updateJira(session: JiraSession, patches: readonly Patch[]): Promise<readonly Outcome[]> {
  const unread = await lookUp(
    session,
    patches.map(({ key }) => key),
  );
  return byTicket(patches, async (patch) => {
    if (unread !== null) throw unread;
    return updateOne(session, patch);
  });
}

/** Writes need what a read shows: ids, the mark, the token. What this process has read already is not read again. */
export async function lookUp({ api, memory }: JiraSession, keys: readonly string[]): Promise<TrackerError | null> {
  const unknown = [...new Set(keys)].filter((key) => memory.get(key) === null);
  if (unknown.length === 0) return null;
  try {
    memory.see(await api.byKeys(unknown));
    return null;
  } catch (error) {
    if (error instanceof TrackerError) return error;
    throw error;
  }
}

async function updateOne(session: JiraSession, patch: Patch): Promise<Outcome> {
  const { api, memory, client } = session;
  const seen = memory.get(patch.key);
  if (seen === null) throw notFound(patch.key, client.site.host);
  const property = patch.base === undefined ? null : { token: seen.property.token, base: patch.base };
  checkSizes(patch, property);
  const edit = await editOf(session, seen, patch, property);
  if (Object.keys(edit.fields).length + Object.keys(edit.update).length === 0) {
    if (property !== null) await writeBase(session, seen, property);
    return { state: "done", id: seen.id, key: seen.key, echo: null };
  }
  const issue = await api.edit(seen.key, edit);
  const written = property ?? seen.property;
  memory.change(seen.key, { property: written, ...(property === null ? {} : { isMarked: true }) });
  if (issue === null) return { state: "done", id: seen.id, key: seen.key, echo: null };
  memory.put({ ...seen, id: issue.id, key: issue.key, property: written, type: issue.fields.issuetype.id, status: issue.fields.status.name });
  return { state: "done", id: issue.id, key: issue.key, echo: await session.ticket({ issue, property: written }) };
}

/** The property resource moves nothing that people see, not even the time of the last change. */
export async function writeBase({ api, memory }: JiraSession, { key }: Pick<SeenTicket, "key">, property: JiraProperty): Promise<void> {
  await api.setProperty(key, property);
  memory.change(key, { property });
}

function checkSizes({ key, body }: Patch, property: JiraProperty | null): void {
  if (body !== undefined && body.length > BODY_LIMIT) throw bodyTooLong(key, body.length, BODY_LIMIT);
  if (property !== null && JSON.stringify(property).length > PROPERTY_LIMIT) throw propertyTooLong(key, PROPERTY_LIMIT);
}

/** Only what the patch names; the mark where a base comes to a ticket that lacks it. */
async function editOf(session: JiraSession, seen: SeenTicket, patch: Patch, property: JiraProperty | null): Promise<IssueEdit> {
  const { types } = await session.project.facts();
  const type = patch.type === undefined ? types.find(({ id }) => id === seen.type) : types.find(({ name }) => name === patch.type);
  if (patch.type !== undefined && type === undefined)
    throw noType(
      session.key,
      patch.type,
      types.map(({ name }) => name),
    );
  const parent = patch.parent === undefined ? null : parentFields(patch.parent, type?.level ?? 0, await session.api.epicLink());
  const labels = labelOperations(patch.labels ?? { add: [], remove: [] }, property !== null && !seen.isMarked);
  return {
    fields: {
      ...(patch.title === undefined ? {} : { summary: patch.title }),
      ...(patch.type === undefined || type === undefined ? {} : { issuetype: { id: type.id } }),
      ...(patch.body === undefined ? {} : { description: session.api.description(patch.body) }),
      ...parent?.fields,
    },
    update: { ...(labels.length === 0 ? {} : { labels }), ...parent?.update },
    property,
  };
}
