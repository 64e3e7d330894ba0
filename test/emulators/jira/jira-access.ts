/** Who may in: tokens that work, that have expired, and that lack scopes, each answered as Jira does. */

import type { WireAnswer, WireRequest } from "../kit/wire.ts";
import type { JiraFlavour } from "./jira-options.ts";

export const EMAIL = "dana@acme.example";

export const TOKENS = {
  good: "jira-token-of-dana",
  expired: "jira-token-expired",
  /** May read, and nothing else. */
  narrow: "jira-token-read-only",
} as const;

/** Data Center also takes a name with a password. */
const PASSWORD = "dana:a-password";

/** null: let in. */
export function turnedAway(flavour: JiraFlavour, { headers, method, path }: WireRequest): WireAnswer | null {
  const token = tokenOf(flavour, headers.authorization ?? "");
  if (token === TOKENS.good) return null;
  if (token !== TOKENS.narrow) {
    // No JSON: the gateway answers before Jira does.
    const seraph = { "x-seraph-loginreason": "AUTHENTICATED_FAILED", "www-authenticate": flavour === "cloud" ? 'OAuth realm="jira"' : 'Basic realm="Jira"' };
    return { status: 401, headers: { ...seraph, "content-type": "text/html;charset=UTF-8" }, body: "Client must be authenticated to access this resource." };
  }
  const isRead = method === "GET" || /\/(bulkfetch|search|search\/jql|comment\/list|changelog\/list)$/.test(path);
  if (isRead) return null;
  return flavour === "cloud"
    ? { status: 401, body: { code: 401, message: "Unauthorized; scope does not match" } }
    : { status: 403, body: { errorMessages: ["The token does not allow writes."], errors: {} } };
}

function tokenOf(flavour: JiraFlavour, authorization: string): string | null {
  const [, scheme = "", value = ""] = /^(\w+) (.+)$/.exec(authorization) ?? [];
  if (scheme === "Bearer") return flavour === "data-center" ? value : null;
  if (scheme !== "Basic") return null;
  const plain = Buffer.from(value, "base64").toString("utf8");
  if (flavour === "data-center") return plain === PASSWORD ? TOKENS.good : null;
  return plain.startsWith(`${EMAIL}:`) ? plain.slice(EMAIL.length + 1) : null;
}
