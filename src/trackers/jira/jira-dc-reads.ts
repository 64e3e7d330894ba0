/**
 * Reads of Jira Data Center. Only a ticket that is asked for by itself comes as it is and with its property, so each
 * marked one is read so once; after that a search for keys tells, a hundred at a time, whose `updated` moved.
 */

import type { Found, FoundIssue, JiraApi } from "./jira-api.ts";
import { chunks, inPath } from "./jira-chunks.ts";
import type { JiraClient, JiraRequest } from "./jira-client.ts";
import { MARK, NO_PROPERTY, PROPERTY, propertyOf } from "./jira-property.ts";
import { issueSchema, pageSchema, updatedPageSchema, type WirePage } from "./jira-wire.ts";
import type { ZodMiniType } from "zod/mini";

/** jira.search.views.default.max as Data Center comes; one with less answers with less, and has a next page. */
const PAGE = 1_000;
/** Keys in one query. */
const KEYS = 100;

export interface DcReads {
  readonly byKeys: JiraApi["byKeys"];
  readonly byQuery: JiraApi["byQuery"];
  search(body: Readonly<Record<string, unknown>>): JiraRequest;
  /** What this process wrote to: a property moves nothing that people see, so `updated` would not tell. */
  forget(key: string): void;
}

type Get = (path: string, query?: JiraRequest["query"], what?: string) => JiraRequest;

export function openDcReads(client: JiraClient, get: Get, epicLink: () => Promise<string | null>): DcReads {
  const cache = new Map<string, FoundIssue>();
  const search = (body: Readonly<Record<string, unknown>>): JiraRequest => ({ method: "POST", path: "/rest/api/2/search", writes: false, body });
  const fields = async (): Promise<readonly string[]> => {
    const link = await epicLink();
    return [
      ...["summary", "issuetype", "status", "resolution", "labels", "parent", "description", "creator", "created", "updated", "archiveddate"],
      ...(link === null ? [] : [link]),
    ];
  };

  const pages = async <T extends { readonly id: string }>(asked: Readonly<Record<string, unknown>>, schema: ZodMiniType<WirePage<T>>): Promise<Listed<T>> => {
    const issues = new Map<string, T>();
    let complete = true;
    for (let startAt = 0; ;) {
      const page = await client.ask(search({ ...asked, startAt, maxResults: PAGE }), schema);
      for (const issue of page.issues) issues.set(issue.id, issue);
      startAt += page.issues.length;
      complete &&= (page.warningMessages ?? []).length === 0;
      if (startAt >= page.total) return { issues: [...issues.values()], complete };
      // Tickets may leave the result while it is paged, but not all at once.
      if (page.issues.length === 0) return { issues: [...issues.values()], complete: false };
    }
  };

  /** As it is now, by key or id, also where it moved. null where there is none. */
  const one = async (key: string): Promise<FoundIssue | null> => {
    const query = { fields: await fields(), properties: PROPERTY };
    const issue = await client.find(get(`/issue/${inPath(key)}`, query, key), issueSchema);
    if (issue === null) return null;
    const found = { issue, property: propertyOf(issue.properties?.[PROPERTY]) };
    cache.set(issue.id, found);
    return found;
  };
  const known = ({ id, fields: { updated } }: Dated): FoundIssue | null => {
    const found = cache.get(id);
    return found?.issue.fields.updated === updated ? found : null;
  };

  /** Those that were read before and have not moved since. */
  const unmoved = async (keys: readonly string[]): Promise<readonly FoundIssue[]> => {
    const jql = `key in (${keys.map((key) => JSON.stringify(key)).join(", ")})`;
    // Without validateQuery one key that nobody has makes the whole query fail.
    const { issues } = await pages({ jql, fields: ["updated"], validateQuery: false }, updatedPageSchema);
    return issues.flatMap((issue) => known(issue) ?? []);
  };

  return {
    search,
    forget: (key) => {
      const written = [...cache.values()].filter(({ issue }) => issue.key === key || issue.id === key);
      // Under a key that is not known here it may be any of them.
      if (written.length === 0) cache.clear();
      for (const { issue } of written) cache.delete(issue.id);
    },
    byKeys: async (asked) => {
      const keys = [...new Set(asked)];
      const cached = new Set([...cache.values()].map(({ issue }) => issue.key));
      const checked = await Promise.all(
        chunks(
          keys.filter((key) => cached.has(key)),
          KEYS,
        ).map(unmoved),
      );
      const kept = new Map(checked.flat().map((found) => [found.issue.key, found]));
      const read = await Promise.all(keys.filter((key) => !kept.has(key)).map(async (key) => [key, await one(key)] as const));
      return foundOf([...kept.values()], read);
    },
    byQuery: async (jql, isMarked) => {
      if (isMarked) {
        const { issues, complete } = await pages({ jql, fields: ["updated"] }, updatedPageSchema);
        const found = await Promise.all(issues.map(async (issue) => known(issue) ?? one(issue.id)));
        // One that the index still shows and nobody has was removed just now.
        return { ...NOTHING, issues: found.flatMap((entry) => entry ?? []), complete };
      }
      const { issues, complete } = await pages({ jql, fields: await fields() }, pageSchema);
      const found = await Promise.all(
        issues.map(async (issue) => (issue.fields.labels.includes(MARK) ? (known(issue) ?? one(issue.id)) : { issue, property: NO_PROPERTY })),
      );
      return { ...NOTHING, issues: found.flatMap((entry) => entry ?? []), complete };
    },
  };
}

const NOTHING: Found = { issues: [], missing: [], renamed: new Map(), complete: true };

interface Dated {
  readonly id: string;
  readonly fields: { readonly updated: string };
}

interface Listed<T> {
  readonly issues: readonly T[];
  readonly complete: boolean;
}

function foundOf(kept: readonly FoundIssue[], read: readonly (readonly [string, FoundIssue | null])[]): Found {
  const issues = new Map([...kept, ...read.flatMap(([, found]) => found ?? [])].map((found) => [found.issue.id, found]));
  const moved = read.flatMap(([key, found]) => (found === null || found.issue.key === key || found.issue.id === key ? [] : [[key, found.issue.key] as const]));
  return { issues: [...issues.values()], missing: read.flatMap(([key, found]) => (found === null ? [key] : [])), renamed: new Map(moved), complete: true };
}
