/** One issue changed by REST: what GraphQL cannot say (why it is closed, its type) together with the text that carries the base. */

import { outcomeOfError } from "../http-client.ts";
import { TrackerError } from "../tracker-error.ts";
import type { Outcome } from "../tracker.ts";
import { refusal } from "./github-client.ts";
import { fromRest, withUntold, type Held } from "./github-map.ts";
import type { GithubSession } from "./github-session.ts";
import type { GithubStatus } from "./github-statuses.ts";
import { learnType } from "./github-types.ts";
import { restIssue } from "./github-wire.ts";

export interface IssuePatch {
  readonly title?: string;
  /** The whole text, hidden line included. */
  readonly body?: string;
  readonly type?: string;
  readonly status?: GithubStatus;
}

/** Throws TrackerError. Everything goes in one request but for one case: a reason changes only together with the state. */
export async function patchIssue(session: GithubSession, held: Held, { status, ...fields }: IssuePatch): Promise<Held> {
  const isClosed = held.ticket.category !== "open";
  const current = held.ticket.status;
  if (status && status.reason !== null && isClosed && current !== status.name) await send(session, held, { state: "open" });
  const state = !status || current === status.name ? {} : status.reason === null ? { state: "open" } : { state: "closed", state_reason: status.reason };
  const kept = withUntold(await send(session, held, { ...fields, ...state }), held);
  learnType(session, kept);
  session.memory.keep(kept);
  if (status && kept.ticket.status !== status.name)
    throw refusal(
      "forbidden",
      `GitHub left ${held.ticket.key} at "${kept.ticket.status}".`,
      "Closing issues of other people needs the triage role or more in the repository.",
    );
  return kept;
}

async function send({ client }: GithubSession, { place }: Held, fields: Readonly<Record<string, unknown>>): Promise<Held> {
  const parameters = { owner: place.owner, repo: place.name, issue_number: place.number, ...fields };
  return fromRest((await client.rest({ route: "PATCH /repos/{owner}/{repo}/issues/{issue_number}", parameters }, restIssue)).value);
}

export async function patchOutcome(session: GithubSession, held: Held, patch: IssuePatch): Promise<Outcome> {
  try {
    const { ticket } = await patchIssue(session, held, patch);
    return { state: "done", id: ticket.id, key: ticket.key, echo: ticket };
  } catch (error) {
    if (error instanceof TrackerError) return outcomeOfError(error);
    throw error;
  }
}
