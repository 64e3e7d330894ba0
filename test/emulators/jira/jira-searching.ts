/** Search over the wire: pages by token in the Cloud, by position in Data Center. */

import { asText } from "../kit/json-value.ts";
import { asList } from "../kit/json-value.ts";
import type { WireAnswer } from "../kit/wire.ts";
import type { JiraCall, JiraHandler } from "./jira-call.ts";
import { listOf, ok, texts } from "./jira-call.ts";
import { bodyOf } from "./jira-edit.ts";
import type { JiraTicket } from "./jira-model.ts";
import { shown } from "./jira-reading.ts";
import { JiraRefusal } from "./jira-refusal.ts";
import { parseJql } from "./jql-parse.ts";
import type { Jql } from "./jql-parse.ts";
import { searchJql } from "./jql-search.ts";

const LARGEST_OF_IDS = 5_000;
const LARGEST_OF_FIELDS = 100;
const MOST_PROPERTIES = 5;
const MOST_RECONCILED = 50;
const LARGEST_IN_DATA_CENTER = 1_000;

interface CloudQuery {
  readonly jql: string;
  readonly nextPageToken: string | null;
  readonly maxResults: number;
  readonly fields: readonly string[];
  readonly properties: readonly string[];
  readonly expand: readonly string[];
  readonly reconcileIssues: readonly string[];
}

export const postCloudSearch: JiraHandler = (call) => {
  const body = bodyOf(call.request.json);
  return cloudSearch(call, {
    jql: asText(body["jql"]) ?? "",
    nextPageToken: asText(body["nextPageToken"]),
    maxResults: Number(body["maxResults"] ?? 50),
    fields: texts(body["fields"]),
    properties: texts(body["properties"]),
    expand: (asText(body["expand"]) ?? "").split(","),
    reconcileIssues: asList(body["reconcileIssues"]).map(String),
  });
};

export const getCloudSearch: JiraHandler = (call) => {
  const { query } = call.request;
  return cloudSearch(call, {
    jql: query.get("jql") ?? "",
    nextPageToken: query.get("nextPageToken"),
    maxResults: Number(query.get("maxResults") ?? 50),
    fields: listOf(query, "fields"),
    properties: listOf(query, "properties"),
    expand: listOf(query, "expand"),
    reconcileIssues: listOf(query, "reconcileIssues"),
  });
};

function cloudSearch(call: JiraCall, { jql, nextPageToken, maxResults, fields, properties, expand, reconcileIssues }: CloudQuery): WireAnswer {
  if (properties.length > MOST_PROPERTIES) throw new JiraRefusal(400, `At most ${MOST_PROPERTIES} properties can be requested.`);
  if (reconcileIssues.length > MOST_RECONCILED) throw new JiraRefusal(400, `At most ${MOST_RECONCILED} issues can be reconciled.`);
  const { tickets } = searchJql(call.world, bounded(parseJql(jql)), index(call, reconcileIssues), { lenient: false });
  const isLight = [...fields].every((field) => field === "id" || field === "key") && properties.length === 0;
  const size = Math.max(1, Math.min(maxResults, isLight ? LARGEST_OF_IDS : LARGEST_OF_FIELDS));
  const startAt = nextPageToken === null ? 0 : positionIn(nextPageToken, jql);
  const all = tickets.slice(startAt, startAt + size);
  const page = call.strike.partial ? all.slice(0, Math.floor(all.length / 2)) : all;
  const issues = page.map((ticket) =>
    fields.length === 0 && properties.length === 0
      ? { id: ticket.id }
      : shown(call, ticket, { fields: fields.length === 0 ? ["id"] : fields, properties, expand }),
  );
  // A page that failed ends without a token for the next, and without being the last.
  if (call.strike.partial) return ok({ issues, isLast: false });
  const isLast = startAt + size >= tickets.length;
  return ok({ issues, isLast, ...(isLast ? {} : { nextPageToken: tokenFor(startAt + size, jql) }) });
}

/** The index, with the tickets that the sender wants as they stand now. */
function index({ world }: JiraCall, reconciled: readonly string[]): readonly JiraTicket[] {
  if (reconciled.length === 0) return world.indexed();
  const fresh = reconciled.flatMap((id) => world.seen(id) ?? []).filter(({ archived }) => archived === null);
  return [...world.indexed().filter(({ id }) => !reconciled.includes(id)), ...fresh];
}

export const countCloud: JiraHandler = (call) => {
  const { world, request } = call;
  const jql = bounded(parseJql(asText(bodyOf(request.json)["jql"]) ?? ""));
  return ok({ count: searchJql(world, jql, world.indexed(), { lenient: false }).tickets.length });
};

function bounded(jql: Jql): Jql {
  if (jql.where === null) throw new JiraRefusal(400, "Unbounded JQL queries are not allowed here. Please add a search restriction to your query.");
  return jql;
}

function tokenFor(position: number, jql: string): string {
  return Buffer.from(JSON.stringify([position, jql])).toString("base64url");
}

function positionIn(token: string, jql: string): number {
  const [position, of] = readToken(token);
  if (typeof position !== "number" || of !== jql) throw new JiraRefusal(400, "The nextPageToken is invalid or belongs to another query.");
  return position;
}

function readToken(token: string): readonly unknown[] {
  try {
    return asList(JSON.parse(Buffer.from(token, "base64url").toString("utf8")));
  } catch {
    return [];
  }
}

export const goneSearch: JiraHandler = () => {
  throw new JiraRefusal(410, "The requested API has been removed. Please migrate to the /rest/api/3/search/jql API.");
};

export const postDataCenterSearch: JiraHandler = (call) => {
  const { jql, startAt, maxResults, fields, expand, validateQuery } = bodyOf(call.request.json);
  return dataCenterSearch(call, asText(jql) ?? "", Number(startAt ?? 0), Number(maxResults ?? 50), texts(fields), texts(expand), validateQuery !== false);
};

export const getDataCenterSearch: JiraHandler = (call) => {
  const { query } = call.request;
  const [startAt, maxResults] = [Number(query.get("startAt") ?? 0), Number(query.get("maxResults") ?? 50)];
  return dataCenterSearch(
    call,
    query.get("jql") ?? "",
    startAt,
    maxResults,
    listOf(query, "fields"),
    listOf(query, "expand"),
    query.get("validateQuery") !== "false",
  );
};

function dataCenterSearch(
  call: JiraCall,
  jql: string,
  startAt: number,
  maxResults: number,
  fields: readonly string[],
  expand: readonly string[],
  validates: boolean,
): WireAnswer {
  const { world, strike } = call;
  const { tickets, warnings } = searchJql(world, parseJql(jql), world.indexed(), { lenient: !validates });
  // What could not be read is left out, and a warning says so.
  const found = strike.partial ? tickets.slice(0, Math.floor(tickets.length / 2)) : tickets;
  const warningMessages = strike.partial ? [...warnings, "Some issues could not be read from the index."] : warnings;
  const size = Math.max(0, Math.min(maxResults, LARGEST_IN_DATA_CENTER));
  const wanted = { fields: fields.length === 0 ? ["*navigable"] : fields, properties: [], expand };
  return ok({
    expand: "schema,names",
    startAt,
    maxResults: size,
    total: found.length,
    issues: found.slice(startAt, startAt + size).map((ticket) => shown(call, ticket, wanted)),
    ...(warningMessages.length > 0 ? { warningMessages } : {}),
  });
}
