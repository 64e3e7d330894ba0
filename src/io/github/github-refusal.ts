/** What GitHub says when it refuses, to whoever asked: its errors over REST and GraphQL, what they mean, and its words. */

import { array, nullable, number, object, optional, string, union, catch as orElse, safeParse, type ZodMiniType } from "zod/mini";
import { cleanLine } from "../../core/text/terminal-text.ts";
import { kindOfStatus, type RemoteErrorKind } from "../http/remote-error.ts";
import type { HttpAnswer } from "../http/rate-rules.ts";

export interface GraphqlError {
  readonly message: string;
  readonly type?: string | undefined;
  /** The field that it is about, and what stands above it. */
  readonly path?: readonly (string | number)[] | null | undefined;
  readonly extensions?: { readonly code?: string | undefined } | undefined;
}

export const graphqlError: ZodMiniType<GraphqlError> = object({
  message: string(),
  type: optional(string()),
  path: optional(nullable(array(union([string(), number()])))),
  extensions: optional(object({ code: optional(string()) })),
});

/** Text, or an object for each field. */
const detail = union([string(), object({ field: optional(string()), code: optional(string()), message: optional(nullable(string())) })]);

const restProblem = object({ message: string(), errors: orElse(optional(array(detail)), undefined) });

/** Undefined where the text is no JSON; null where there is none. */
export function parseJson(text: string): unknown {
  try {
    return text === "" ? null : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** An answer of REST that is not the one asked for. `said`: GitHub's words; null: it is none of GitHub's. */
export function readRefusal({ status, text }: HttpAnswer, writes: boolean): { readonly kind: RemoteErrorKind; readonly said: string | null } {
  const problem = safeParse(restProblem, parseJson(text));
  // A write that is answered with a redirect was not carried out there.
  const kind = status >= 300 && status < 400 ? "not-found" : kindOfStatus(status, writes);
  if (!problem.success) return { kind, said: null };
  const details = (problem.data.errors ?? []).map((one) =>
    typeof one === "string" ? one : (one.message ?? [one.field, one.code].filter((part) => part !== undefined).join(" ")),
  );
  return { kind, said: quoted([problem.data.message, ...details].filter((part) => part !== "").join("; ")) };
}

export function kindOfGraphql({ type, message, extensions }: GraphqlError, writes: boolean): RemoteErrorKind {
  // The limit on creations, met within a request, comes as an invalid value [E-github; GitHub's own words].
  if (type === "RATE_LIMITED" || /was submitted too quickly/i.test(message)) return "rate-limited";
  switch (type) {
    case "NOT_FOUND":
      return "not-found";
    case "FORBIDDEN":
    case "INSUFFICIENT_SCOPES":
      return "forbidden";
    case "STALE_DATA":
      return "conflict";
    case "UNPROCESSABLE":
    case "VALIDATION":
    case "INVALID":
      return "invalid";
    default:
      // A query that the schema refuses has a code and was not begun; anything else may have been.
      if (extensions?.code !== undefined) return "invalid";
      return writes ? "unknown-outcome" : "unavailable";
  }
}

/** Words of the vendor, safe to print and not endless. */
export function quoted(text: string): string {
  const line = cleanLine(text).trim();
  return line.length > 300 ? `${line.slice(0, 299)}…` : line;
}
