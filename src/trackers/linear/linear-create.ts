/** Creating: ticket and base in one request, under an id derived from the token, so that a second create is refused. */

import * as z from "zod/mini";
import type { LinearDocument } from "@linear/sdk";
import type { Draft, Outcome } from "../tracker.ts";
import { TrackerError } from "../tracker-error.ts";
import { storeInput } from "./linear-base.ts";
import { PLACE, STORED_TICKET } from "./linear-documents.ts";
import { chosenId } from "./linear-ids.ts";
import { MARK } from "./linear-labels.ts";
import { refusalOf, stateFor } from "./linear-limits.ts";
import { runMutations, type Mutation, type Work } from "./linear-mutations.ts";
import { inPlace, outcomesOfFates, type Done } from "./linear-outcomes.ts";
import { echoOf, type LinearSession } from "./linear-session.ts";
import { storedSchema } from "./linear-wire.ts";

/** What Canon itself says of a ticket; `create_fields` may set the rest. */
const OWN = ["id", "teamId", "title", "description", "descriptionData", "stateId", "parentId", "labelIds"];

export function ticketIdOf(token: string): string {
  return chosenId("ticket", token);
}

export async function createTickets(session: LinearSession, drafts: readonly Draft[]): Promise<readonly Outcome[]> {
  const labels = await labelsFor(session, drafts);
  const planned = drafts.map((draft) => plannedFor(session, draft, labels));
  return inPlace(planned, async (some) => {
    const fates = await runMutations(
      session.client,
      some.map(({ work }) => work),
      "create",
    );
    const judged = fates.map((fate, index) => ({
      ref: { id: some[index]?.id ?? "" },
      fate,
      done: fate.state === "landed" ? doneOf(session, fate.payloads) : null,
    }));
    return outcomesOfFates(session, judged);
  });
}

interface Planned {
  readonly id: string;
  readonly work: Work;
}

type Labels = ReadonlyMap<string, string | TrackerError>;

async function labelsFor({ labels, client }: LinearSession, drafts: readonly Draft[]): Promise<Labels> {
  const names = [...new Set([MARK, ...drafts.filter((draft) => refusalOf(client, draft) === null).flatMap((draft) => draft.labels)])];
  if (drafts.length === 0) return new Map();
  try {
    return await labels.ensure(names);
  } catch (error) {
    if (!(error instanceof TrackerError)) throw error;
    return new Map(names.map((name) => [name, error]));
  }
}

function plannedFor({ client, project, seen }: LinearSession, draft: Draft, labels: Labels): Planned | TrackerError {
  const refused = refusalOf(client, draft) ?? refusedField(client, draft);
  if (refused) return refused;
  const state = draft.status === null ? project().initial : stateFor(client, project(), draft.status);
  if (state instanceof TrackerError) return state;
  const ids = [MARK, ...draft.labels].map((name) => labels.get(name));
  const failed = ids.find((id) => id instanceof TrackerError);
  if (failed) return failed;
  const id = ticketIdOf(draft.token);
  const input: LinearDocument.IssueCreateInput = {
    ...draft.extra,
    id,
    teamId: project().team.id,
    title: draft.title,
    description: draft.body,
    // Said always: a team with triage would put it there else, and it leaves triage only with a priority.
    stateId: state.id,
    labelIds: [...new Set(ids.flatMap((one) => (typeof one === "string" ? [one] : [])))],
    ...(draft.parent === null ? {} : { parentId: seen.get(draft.parent)?.id ?? draft.parent }),
  };
  const mutations: readonly Mutation[] = [
    { field: "issueCreate", input, selection: `issue { ${PLACE} }` },
    { field: "attachmentCreate", input: storeInput(id, { ...draft.base, token: draft.token }, id), selection: `attachment { ${STORED_TICKET} }` },
  ];
  return { id, work: { ticket: null, mutations } };
}

function refusedField(client: LinearSession["client"], { extra }: Draft): TrackerError | null {
  const own = Object.keys(extra).find((name) => OWN.includes(name));
  return own === undefined
    ? null
    : client.error("invalid", `create_fields sets ${own}, which is Canon's own.`, `Take ${own} out of create_fields of this target.`);
}

const storePayload = z.object({ attachment: storedSchema });

/** The attachment's answer comes last and shows the ticket with all that was just written. */
export function doneOf(session: LinearSession, payloads: readonly unknown[] | null): Done | null {
  const parsed = z.safeParse(storePayload, payloads?.at(-1));
  if (!parsed.success) return null;
  const { issue, ...store } = parsed.data.attachment;
  return { state: "done", id: issue.id, key: issue.identifier, echo: echoOf(session, { wire: issue, store }) };
}
