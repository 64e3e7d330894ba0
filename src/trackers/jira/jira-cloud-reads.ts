/** Reads of Jira Cloud: a hundred tickets with their property in a request, and JQL for ids only, because its index lags. */

import { chunks, inPath } from "./jira-chunks.ts";
import type { Found } from "./jira-api.ts";
import type { JiraClient } from "./jira-client.ts";
import { readRequest, type JiraJs } from "./jira-js.ts";
import { projectOf } from "./jira-map.ts";
import { PROPERTY, propertyOf } from "./jira-property.ts";
import { keySchema, idsSchema, issuesSchema, type WireIssues } from "./jira-wire.ts";

const LARGEST_FETCH = 100;
/** The vendor says up to 5,000 where only ids are asked for, and answers with less as it likes. */
const LARGEST_SEARCH = 1_000;
/** An archived ticket carries its date under one of two names. */
const FIELDS = [
  ...["summary", "issuetype", "status", "resolution", "labels", "parent", "description", "creator", "created", "updated"],
  ...["archiveddate", "archivedDate"],
];

export async function cloudIds(client: JiraClient, js: JiraJs, jql: string): Promise<{ readonly ids: readonly string[]; readonly complete: boolean }> {
  const ids = new Set<string>();
  const tokens = new Set<string>();
  for (let nextPageToken: string | undefined; ;) {
    const asked = { jql, maxResults: LARGEST_SEARCH, fields: ["id"], ...(nextPageToken === undefined ? {} : { nextPageToken }) };
    const page = await client.ask(
      readRequest((library) => js.searchAndReconsileIssuesUsingJqlPost(library, asked)),
      idsSchema,
    );
    for (const { id } of page.issues) ids.add(id);
    const next = page.nextPageToken ?? undefined;
    // A page that is not the last and leads no further breaks off.
    if (next === undefined) return { ids: [...ids], complete: page.isLast !== false };
    if (page.isLast === true || tokens.has(next)) return { ids: [...ids], complete: page.isLast === true };
    tokens.add(next);
    nextPageToken = next;
  }
}

export async function cloudIssues(client: JiraClient, js: JiraJs, keys: readonly string[]): Promise<Found> {
  const pages = await Promise.all(
    chunks([...new Set(keys)], LARGEST_FETCH).map(async (some) => {
      const asked = { issueIdsOrKeys: [...some], fields: FIELDS, properties: [PROPERTY] };
      const answer = await client.ask(
        readRequest((library) => js.bulkFetchIssues(library, asked)),
        issuesSchema,
      );
      return foundOf(some, answer, async (key) => currentKey(client, js, key));
    }),
  );
  return {
    issues: pages.flatMap(({ issues }) => issues),
    missing: pages.flatMap(({ missing }) => missing),
    renamed: new Map(pages.flatMap(({ renamed }) => [...renamed])),
    complete: pages.every(({ complete }) => complete),
  };
}

/** null where there is no such ticket, or it may not be seen. */
async function currentKey(client: JiraClient, js: JiraJs, key: string): Promise<string | null> {
  const request = readRequest((library) => js.getIssue(library, { issueIdOrKey: inPath(key), fields: ["summary"] }), key);
  return (await client.find(request, keySchema))?.key ?? null;
}

/**
 * The answer names no ticket by the key that was asked for: a moved one comes under its new key, and one that is
 * gone stands among the errors, or nowhere. What cannot be told from the answer is asked for by itself.
 */
async function foundOf(
  asked: readonly string[],
  { issues, issueErrors = [] }: WireIssues,
  currentKeyOf: (key: string) => Promise<string | null>,
): Promise<Found> {
  const answered = new Set(issues.flatMap(({ id, key }) => [id, key]));
  const failed = new Map(issueErrors.map(({ id, errorMessage }) => [id, errorMessage ?? ""]));
  const absent = asked.filter((key) => !answered.has(key));
  const silent = absent.filter((key) => !failed.has(key));
  const strays = issues.filter(({ id, key }) => !asked.includes(key) && !asked.includes(id)).map(({ key }) => key);
  const gone = absent.filter((key) => /not exist/i.test(failed.get(key) ?? ""));
  // Words of another language, or another reason.
  const unclear = absent.filter((key) => failed.has(key) && !gone.includes(key));
  const alone = await Promise.all(unclear.map(async (key) => ((await currentKeyOf(key)) === null ? [key] : [])));
  const missing = [...gone, ...alone.flat()];
  const renamed = new Map<string, string>();
  const [onlySilent, onlyStray] = [silent[0], strays[0]];
  if (silent.length === 1 && strays.length === 1 && onlySilent !== undefined && onlyStray !== undefined) renamed.set(onlySilent, onlyStray);
  // A ticket may have been asked for under its old key and its new one: then nothing strays.
  else if (strays.length > 0 || silent.some((key) => issues.some((issue) => projectOf(issue.key) !== projectOf(key)))) {
    const current = await Promise.all(silent.map(async (key) => [key, await currentKeyOf(key)] as const));
    for (const [key, now] of current) if (now !== null && answered.has(now)) renamed.set(key, now);
  }
  const told = missing.length + renamed.size;
  return {
    issues: issues.map((issue) => ({ issue, property: propertyOf(issue.properties?.[PROPERTY]) })),
    missing,
    renamed,
    complete: told === absent.length,
  };
}
