/** What was changed and said on tickets of Jira Cloud: changelogs of many at once, comments with the tickets. */

import { chunks, inPath } from "./jira-chunks.ts";
import type { Logged } from "./jira-api.ts";
import type { JiraClient } from "./jira-client.ts";
import { readRequest, type JiraJs } from "./jira-js.ts";
import { signedIn, type SignedComment } from "./jira-note.ts";
import { allLoggedSchema, bulkChangesSchema, commentListSchema, commentsSchema, type WireChange, type WireComment, type WireComments } from "./jira-wire.ts";

export async function cloudLog(client: JiraClient, js: JiraJs, keys: readonly string[]): Promise<readonly Logged[]> {
  const asked = { issueIdsOrKeys: [...keys], fields: ["comment"] };
  // First those that are there: what the changelogs answer to a key that nobody has is written nowhere.
  const { issues } = await client.ask(
    readRequest((library) => js.bulkFetchIssues(library, asked)),
    allLoggedSchema,
  );
  if (issues.length === 0) return [];
  const changes = await cloudChanges(
    client,
    js,
    issues.map(({ id }) => id),
  );
  return Promise.all(
    issues.map(async ({ id, key, fields }) => ({ id, key, changes: changes.get(id) ?? [], comments: await allComments(client, js, key, fields.comment) })),
  );
}

async function cloudChanges(client: JiraClient, js: JiraJs, keys: readonly string[]): Promise<ReadonlyMap<string, readonly WireChange[]>> {
  const changes = new Map<string, WireChange[]>();
  for (let nextPageToken: string | undefined; ;) {
    const asked = { issueIdsOrKeys: [...keys], maxResults: 1_000, ...(nextPageToken === undefined ? {} : { nextPageToken }) };
    const page = await client.ask(
      readRequest((library) => js.getBulkChangelogs(library, asked)),
      bulkChangesSchema,
    );
    for (const { issueId, changeHistories } of page.issueChangeLogs ?? []) changes.set(issueId, [...(changes.get(issueId) ?? []), ...changeHistories]);
    if (!page.nextPageToken || page.nextPageToken === nextPageToken) return changes;
    nextPageToken = page.nextPageToken;
  }
}

/** `first`: those that came with the ticket. */
async function allComments(client: JiraClient, js: JiraJs, key: string, first: WireComments | undefined): Promise<readonly WireComment[]> {
  const comments = [...(first?.comments ?? [])];
  for (let total = first?.total ?? 1; comments.length < total;) {
    const asked = { issueIdOrKey: inPath(key), startAt: comments.length, maxResults: 100 };
    const page = await client.ask(
      readRequest((library) => js.getComments(library, asked), key),
      commentsSchema,
    );
    if (page.comments.length === 0) break;
    comments.push(...page.comments);
    total = page.total;
  }
  return comments;
}

/** The list of a ticket's comments lacks their properties; asked for by id they have them [S]. */
export async function cloudSigned(client: JiraClient, js: JiraJs, key: string): Promise<readonly SignedComment[]> {
  const ids = (await allComments(client, js, key, undefined)).map(({ id }) => Number(id));
  const pages = await Promise.all(
    chunks(ids, 1_000).map(async (some) =>
      client.ask(
        readRequest((library) => js.getCommentsByIds(library, { ids: [...some], expand: "properties" }), key),
        commentListSchema,
      ),
    ),
  );
  return pages.flatMap(({ values }) => values.flatMap(signedIn));
}
