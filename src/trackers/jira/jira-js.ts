/**
 * How requests to Jira Cloud look, as the vendor's client library has it: its endpoint functions say what they would
 * send, and Canon's own client sends it (deadline, limits, redirects, one log, our own schemas for the answers).
 */

import type { JiraRequest } from "./jira-client.ts";

/** From source all of the library loads, which takes half a second; bundled, only the functions that are named. */
export type JiraJs = typeof import("./jira-endpoints.ts");

let loading: Promise<JiraJs> | undefined;

export async function loadJiraJs(): Promise<JiraJs> {
  loading ??= import("./jira-endpoints.ts");
  return loading;
}

type Library = Parameters<JiraJs["getCurrentUser"]>[0];
type Sent = Pick<JiraRequest, "method" | "path" | "query" | "body">;

type Ask = (library: Library) => Promise<unknown>;

/** What `ask` would send. Endpoint functions send before they wait for anything, so it is known when they return. */
function shapeOf(ask: Ask): Sent {
  let sent: Sent | undefined;
  void ask({
    sendRequest: ({ url, method = "GET", searchParams, body }) => {
      sent ??= { method, path: url, ...(searchParams === undefined ? {} : { query: searchParams }), ...(body === undefined ? {} : { body }) };
      // Nobody waits for this answer: it comes another way.
      return new Promise(() => {});
    },
  });
  if (sent === undefined) throw new Error("jira.js sent nothing at once");
  return sent;
}

/** `what`: the ticket that it is about. */
export function readRequest(ask: Ask, what?: string): JiraRequest {
  return { ...shapeOf(ask), writes: false, ...(what === undefined ? {} : { what }) };
}

/** `needs`: the permission that it takes, as people read it in Jira. */
export function writeRequest(ask: Ask, what: string, needs: string): JiraRequest {
  return { ...shapeOf(ask), writes: true, what, needs };
}
