/** Turns what Jira answers into the errors of the contract: its own words, cut and made safe, and what to do next. */

import { nearestWord } from "../../core/text/nearest-word.ts";
import { cleanLine } from "../../core/text/terminal-text.ts";
import { kindOfStatus } from "../../io/http/remote-error.ts";
import { TrackerError, type TrackerErrorKind } from "../tracker-error.ts";
import { wordsOfText, type JiraWords } from "./jira-words.ts";

/** Characters of a stranger's text in a message. */
const LONGEST = 300;

export function shown(text: string): string {
  const line = cleanLine(text).trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}

export function invalid(message: string, hint: string): TrackerError {
  return new TrackerError("invalid", message, { hint });
}

export function notFound(key: string, site: string): TrackerError {
  return new TrackerError("not-found", `${shown(key)} does not exist on ${site}, or may not be seen with this account.`, {
    hint: "Check the key; a ticket behind a security level needs an account that may see it.",
  });
}

/** An answer came, and it is none that Jira would give. */
export function unreadable(subject: string, writes: boolean, cause?: unknown): TrackerError {
  return new TrackerError(writes ? "unknown-outcome" : "unavailable", `${subject} gave an answer that cannot be read.`, {
    hint: "Run the command again; if it stays so, check that base_url is the address of Jira itself and not of something before it.",
    ...(cause === undefined ? {} : { cause }),
  });
}

export interface Refusal {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
  readonly writes: boolean;
  /** Who answered, to begin the message with: `PAY-7: Jira` or `acme.atlassian.net`. */
  readonly subject: string;
  /** Seconds, where the answer was a limit. */
  readonly retryAfter: number | null;
  /** Whether the credential is an API token of the Cloud; null: neither the address nor the server has told. */
  readonly isCloud: boolean | null;
  readonly envPrefix: string;
  /** What the account must be allowed to do for this. */
  readonly needs: string | null;
}

export function refusalError(refusal: Refusal): TrackerError {
  const { status, text, headers, writes, subject, retryAfter, needs } = refusal;
  const words = wordsOf(text);
  const said = words === null ? `answered ${status}` : `says: ${words}`;
  if (retryAfter !== null) {
    return new TrackerError("rate-limited", `${subject} takes no more requests for ${Math.ceil(retryAfter)} s.`, {
      hint: "Run the command again then: nothing is lost.",
      retryAfter,
    });
  }
  // Scoped tokens: the vendor answers 401, though the token itself is good.
  if (status === 401 && words !== null && /scope/i.test(words)) {
    return new TrackerError("forbidden", `${subject} ${said}: the API token lacks a scope.`, {
      hint: `Make a token with the scopes read:jira-work, write:jira-work and read:jira-user, and set ${refusal.envPrefix}JIRA_API_TOKEN to it.`,
    });
  }
  // Data Center: after wrong passwords only the browser can answer its puzzle.
  if (/AUTHENTICATION_DENIED|AUTHENTICATED_FAILED/.test(headers.get("x-seraph-loginreason") ?? "")) {
    return new TrackerError("auth", `${subject} refuses to log this account in.`, { hint: loginHint(refusal) });
  }
  const kind = kindOfStatus(status, writes);
  return new TrackerError(kind, `${subject} ${said}${words === null ? "." : ""}`, { hint: hintOf(kind, refusal, needs) });
}

function hintOf(kind: TrackerErrorKind, refusal: Refusal, needs: string | null): string {
  switch (kind) {
    case "auth":
      return loginHint(refusal);
    case "forbidden":
      return needs === null
        ? "Ask an administrator of the project to allow it to this account."
        : `The account needs the permission ${needs} in this project: an administrator grants it under Project settings, Permissions.`;
    case "not-found":
      return "It does not exist, or this account may not see it.";
    case "conflict":
      return "Somebody changed it at the same moment. Run the command again.";
    case "invalid":
      return "Change what Jira names, and run the command again.";
    case "rate-limited":
    case "unavailable":
    case "unknown-outcome":
      return "Run the command again.";
  }
}

function loginHint({ isCloud, envPrefix }: Refusal): string {
  if (isCloud === null)
    return `Check ${envPrefix}JIRA_EMAIL and ${envPrefix}JIRA_API_TOKEN: in the Cloud an API token, which expires, from https://id.atlassian.com/manage-profile/security/api-tokens; on Data Center a personal access token without ${envPrefix}JIRA_EMAIL.`;
  return isCloud
    ? `Check ${envPrefix}JIRA_EMAIL and ${envPrefix}JIRA_API_TOKEN; tokens expire, and are made at https://id.atlassian.com/manage-profile/security/api-tokens.`
    : `Check ${envPrefix}JIRA_API_TOKEN: a personal access token (Profile, Personal Access Tokens), or a password together with ${envPrefix}JIRA_EMAIL as user name; log in once with the browser if Jira asks for it.`;
}

/** Everything that Jira said, in one line; null where it said nothing that a person could read. */
export function wordsOf(text: string): string | null {
  const words = wordsOfText(text);
  return words === null ? null : joined(words);
}

export function joined({ messages, fields }: JiraWords): string | null {
  const all = [...messages, ...[...fields].map(([field, problem]) => `${field}: ${problem}`)];
  return all.length === 0 ? null : shown(all.join(" "));
}

/** One element of a batch that Jira refused. */
export function elementError(what: string, status: number, words: JiraWords, hint: string): TrackerError {
  return new TrackerError(kindOfStatus(status, true), `${what}: Jira says: ${joined(words) ?? `no (${status})`}`, { hint });
}

/** `names`: the projects there are, the nearest first; null where that could not be asked. */
export function noProject(host: string, key: string, names: readonly string[] | null): TrackerError {
  return new TrackerError("not-found", `${host} has no project ${shown(key)}, or this account may not see it.`, { hint: hintOfProjects(names) });
}

function hintOfProjects(names: readonly string[] | null): string {
  if (names === null) return "Check project: of this target.";
  if (names.length === 0) return "The account sees no project at all: ask an administrator for the permission Browse projects.";
  return `It sees ${names.slice(0, 20).map(shown).join(", ")}${names.length > 20 ? ", …" : ""}.`;
}

/** A person's own query that Jira cannot understand. */
export function badQuery(error: TrackerError): TrackerError {
  return new TrackerError("invalid", error.message, {
    hint: `inbox: must be a condition in JQL, such as labels = triage. Try it in Jira's search first.`,
    cause: error,
  });
}

export function noType(project: string, type: string, types: readonly string[]): TrackerError {
  return invalid(`${project} has no type ${shown(type)}.`, `It has ${types.join(", ")}: name one of them in hierarchy: of this target.`);
}

export function noStatus(where: string, status: string, statuses: readonly string[]): TrackerError {
  const near = nearestWord(status, statuses);
  return invalid(`${where} has no status ${shown(status)}.`, `${near === null ? "" : `Did you mean ${near}? `}There are ${statuses.join(", ")}.`);
}

export function bodyTooLong(what: string, length: number, limit: number): TrackerError {
  return invalid(
    `${shown(what)}: its text has ${length} characters as Jira stores it, and Jira takes ${limit}. Nothing was sent.`,
    "Split the section with headings that become tickets of their own.",
  );
}

export function propertyTooLong(what: string, limit: number): TrackerError {
  return invalid(
    `${shown(what)}: what Canon keeps on the ticket is longer than the ${limit} characters of a property. Nothing was sent.`,
    "Split the section: it has too many criteria or labels.",
  );
}

export function noStep(key: string, from: string, to: string, leads: readonly string[]): TrackerError {
  return invalid(
    `${key}: the workflow has no step from ${shown(from)} to ${shown(to)}.`,
    `It leads to ${leads.length === 0 ? "nothing for this account" : leads.map(shown).join(", ")}. With transitions: walk in this target Canon takes a way of several steps.`,
  );
}

export function noWay(key: string, at: string, to: string, leads: readonly string[]): TrackerError {
  return invalid(
    `${key}: no way was found through the workflow to ${shown(to)}; it stands at ${shown(at)} now.`,
    `From there it leads to ${leads.length === 0 ? "nothing for this account" : leads.map(shown).join(", ")}.`,
  );
}

export function badKey(key: string): TrackerError {
  return invalid(`${shown(key)} is no key of a Jira ticket.`, "Keys look like PAY-143.");
}

/** A walk that broke off on its way. */
export function stoppedAt(key: string, at: string, error: TrackerError): TrackerError {
  return new TrackerError(error.kind, `${key} was moved as far as ${shown(at)}. ${error.message}`, {
    ...(error.hint === null ? {} : { hint: error.hint }),
    ...(error.retryAfter === null ? {} : { retryAfter: error.retryAfter }),
    cause: error,
  });
}
