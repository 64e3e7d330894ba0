/** Refusals and failures in the form of GitHub's REST, and the headers that stand on every answer. */

import { createHash } from "node:crypto";
import type { WireAnswer } from "../kit/wire.ts";
import type { GithubToken } from "./github-access.ts";
import type { GithubRefusal } from "./github-refusal.ts";
import { secondaryAnswer } from "./github-limits.ts";

const DOCS = "https://docs.github.com/rest";

export function errorAnswer(status: number, message: string, extra: Readonly<Record<string, unknown>> = {}): WireAnswer {
  return { status, body: { message, ...extra, documentation_url: DOCS, status: String(status) } };
}

export function refusalAnswer(refusal: GithubRefusal, limited: { readonly seconds: number; readonly status: 403 | 429 }): WireAnswer {
  switch (refusal.kind) {
    case "not-found":
      return errorAnswer(404, refusal.message);
    case "gone":
      return errorAnswer(410, refusal.message);
    case "forbidden":
      return refusal.message.startsWith("Resource not accessible")
        ? { ...errorAnswer(403, refusal.message), headers: { "x-accepted-github-permissions": refusal.accepted ?? "issues=write" } }
        : errorAnswer(403, refusal.message);
    // GitHub's schema has no `status` in these, and only objects in `errors`.
    case "unprocessable":
      return {
        status: 422,
        body:
          refusal.problems.length > 0
            ? { message: "Validation Failed", errors: refusal.problems, documentation_url: DOCS }
            : { message: refusal.message, documentation_url: DOCS },
      };
    // A token without the scope is told nothing: the place is not there for it.
    case "scopes":
      return errorAnswer(404, "Not Found");
    case "too-quick": {
      const answer = secondaryAnswer(limited.seconds, limited.status);
      return {
        ...answer,
        body: {
          message: "You have exceeded a secondary rate limit and have been temporarily blocked from content creation. Please retry your request again later.",
          documentation_url: "https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits",
          status: String(limited.status),
        },
      };
    }
    case "bad-request":
    case "graphql":
      return errorAnswer(400, refusal.message);
    case "conflict":
      return errorAnswer(409, refusal.message);
    case "broken":
      return errorAnswer(502, refusal.message);
  }
}

/** Classic tokens are told their scopes; fine-grained ones are not. */
export function tokenHeaders(token: GithubToken): Readonly<Record<string, string>> {
  return {
    ...(token.kind === "classic" ? { "x-oauth-scopes": token.scopes.join(", "), "x-accepted-oauth-scopes": "" } : {}),
    ...(token.expiresAt === null
      ? {}
      : {
          "github-authentication-token-expiration": new Date(token.expiresAt)
            .toISOString()
            .replace("T", " ")
            .replace(/\.\d+Z/u, " UTC"),
        }),
  };
}

export function etagOf(body: unknown): string {
  return `W/"${createHash("sha256").update(JSON.stringify(body)).digest("hex")}"`;
}
