/** What an error of Linear means, read from its code: the SDK's own classification mistakes a bare 400 for a wrong key (FACTS.md [R]). */

import { kindOfStatus } from "../../io/http/remote-error.ts";
import type { TrackerErrorKind } from "../tracker-error.ts";

export interface LinearProblem {
  /** The vendor's sentence for people. */
  readonly words: string;
  /** Its sentence for programs. */
  readonly message: string;
  readonly code: string;
  readonly type: string;
  /** HTTP status of the answer it came with; errors also come with 200. */
  readonly status: number;
  /** Begins with the alias of the mutation that failed; empty: the whole request. */
  readonly path: readonly (string | number)[];
}

/** A refusal by the schema quotes the whole ticket: what it does not know is worth saying, the rest is ours. */
export function wordsOf({ words }: Pick<LinearProblem, "words">): string {
  const field = /Field "(\w+)" is not defined by type "IssueCreateInput"|"IssueCreateInput" not to include unknown field "(\w+)"/.exec(words);
  const near = /Did you mean "(\w+)"/.exec(words)?.[1];
  const name = field?.[1] ?? field?.[2];
  if (name !== undefined) return `A new ticket has no field "${name}", which create_fields sets.${near === undefined ? "" : ` Did you mean "${near}"?`}`;
  return words.replace(/[,.:]? found: [{[].*$/is, ".");
}

export function problemKind(problem: LinearProblem, writes: boolean): TrackerErrorKind {
  switch (problem.code) {
    case "AUTHENTICATION_ERROR":
      return "auth";
    case "FORBIDDEN":
    case "FEATURE_NOT_ACCESSIBLE":
      return "forbidden";
    case "RATELIMITED":
      return "rate-limited";
    case "INPUT_ERROR":
    case "INVALID_INPUT":
    case "USER_ERROR":
    case "BAD_USER_INPUT":
    case "GRAPHQL_VALIDATION_FAILED":
    case "GRAPHQL_PARSE_FAILED":
    case "USAGE_LIMIT_EXCEEDED":
      return refusalKind(problem.message);
    case "INTERNAL_SERVER_ERROR":
      return writes ? "unknown-outcome" : "unavailable";
    default:
      return kindOfType(problem, writes);
  }
}

/** The types that the SDK knows, for errors whose code is none of the above. */
function kindOfType({ type, status, message }: LinearProblem, writes: boolean): TrackerErrorKind {
  switch (type) {
    case "authentication error":
      return "auth";
    case "forbidden":
    case "feature not accessible":
      return "forbidden";
    case "ratelimited":
      return "rate-limited";
    case "invalid input":
    case "user error":
    case "graphql error":
    case "usage limit exceeded":
      return refusalKind(message);
    default:
      return status >= 400 ? kindOfStatus(status, writes) : writes ? "unknown-outcome" : "unavailable";
  }
}

/** One code covers all refusals; only the message tells these two apart ([F] for the second). */
function refusalKind(message: string): TrackerErrorKind {
  if (/^entity not found/i.test(message)) return "not-found";
  if (/conflict on insert/i.test(message)) return "conflict";
  return "invalid";
}
