/**
 * Many writes in one request: aliased mutations, carried out in their order. Linear's mutation fields may not be null, so
 * the first one that is refused takes the whole answer with it and stops what comes after it (the rule of GraphQL for
 * serial execution): what stands before it has landed unseen, what stands after it has not been carried out and is sent
 * next. Were that ever wrong, nothing would be made twice: creates and comments carry their own ids, the rest sets values.
 */

import type { LinearDocument } from "@linear/sdk";
import { outcomeOfError } from "../http-client.ts";
import { TrackerError } from "../tracker-error.ts";
import type { LinearAnswer, LinearClient } from "./linear-client.ts";
import { COST_LIMIT, costOf } from "./linear-cost.ts";
import type { LinearProblem } from "./linear-problems.ts";

/** `selection` of the payload, besides `success`. */
export type Mutation = { readonly selection: string } & (
  | { readonly field: "issueCreate"; readonly input: LinearDocument.IssueCreateInput }
  | { readonly field: "issueUpdate"; readonly id: string; readonly input: LinearDocument.IssueUpdateInput }
  | { readonly field: "attachmentCreate"; readonly input: LinearDocument.AttachmentCreateInput }
  | { readonly field: "commentCreate"; readonly input: LinearDocument.CommentCreateInput }
  | { readonly field: "commentUpdate"; readonly id: string; readonly input: LinearDocument.CommentUpdateInput }
  | { readonly field: "issueLabelCreate"; readonly input: LinearDocument.IssueLabelCreateInput }
);

/** What belongs together: all of it is meant, in this order. */
export interface Work {
  /** The key it is about, for messages; null where it is about a ticket that is not there yet. */
  readonly ticket: string | null;
  readonly mutations: readonly Mutation[];
}

/** `payloads`: one per mutation; null where it was carried out and the answer does not show it. */
export type Fate =
  | { readonly state: "landed"; readonly payloads: readonly unknown[] | null }
  | { readonly state: "refused" | "unsent" | "unknown"; readonly error: TrackerError };

const INPUTS: Readonly<Record<Mutation["field"], string>> = {
  issueCreate: "IssueCreateInput",
  issueUpdate: "IssueUpdateInput",
  attachmentCreate: "AttachmentCreateInput",
  commentCreate: "CommentCreateInput",
  commentUpdate: "CommentUpdateInput",
  issueLabelCreate: "IssueLabelCreateInput",
};

/** More in one request would take longer than a deadline allows for. */
const PER_REQUEST = 50;

/** A work without mutations has landed: there is nothing to send. */
export async function runMutations(client: LinearClient, works: readonly Work[], about: string): Promise<readonly Fate[]> {
  const fates = (
    await runAll(
      client,
      works.filter(({ mutations }) => mutations.length > 0),
      about,
    )
  ).values();
  return works.map(({ mutations }) =>
    mutations.length === 0 ? { state: "landed", payloads: null } : (fates.next().value ?? { state: "unknown", error: nothingShown(client) }),
  );
}

async function runAll(client: LinearClient, works: readonly Work[], about: string): Promise<readonly Fate[]> {
  const fates: Fate[] = [];
  while (fates.length < works.length) {
    const sent = fitting(works.slice(fates.length, fates.length + PER_REQUEST));
    let answer: LinearAnswer;
    try {
      answer = await client.write({ ...documentOf(sent), about: `${about} ${sent.length}` });
    } catch (error) {
      if (!(error instanceof TrackerError)) throw error;
      const fate = outcomeOfError(error);
      fates.push(...sent.map(() => fate));
      const rest = fate.state === "unknown" ? unsentAfter(client) : fate;
      while (fates.length < works.length) fates.push(rest);
      break;
    }
    fates.push(...fatesOf(client, sent, answer));
  }
  return fates;
}

/** Of the works that were sent, up to and including the first that was refused. */
function fatesOf(client: LinearClient, sent: readonly Work[], { data, problems }: LinearAnswer): readonly Fate[] {
  if (data !== null) return sent.map((work, index) => landed(client, work, index, data));
  const stopped = sent.findIndex((_work, index) => problemAt(index, problems) !== undefined);
  const work = sent[stopped];
  const problem = problemAt(stopped, problems);
  if (!work || !problem) {
    const [first] = problems;
    const error = first ? client.reworded(client.errorOf(first, true), { kind: "unknown-outcome" }) : nothingShown(client);
    return sent.map(() => ({ state: "unknown", error }));
  }
  const before: Fate = { state: "landed", payloads: null };
  return [...sent.slice(0, stopped).map(() => before), fateOfProblem(client, work, stopped, problem)];
}

function landed(client: LinearClient, { ticket, mutations }: Work, index: number, data: Readonly<Record<string, unknown>>): Fate {
  const payloads = mutations.map((_mutation, part) => data[alias(index, part)]);
  if (payloads.every((payload) => successOf(payload) === true)) return { state: "landed", payloads };
  const refused = successOf(payloads[0]) === false;
  const error = client.error(
    refused ? "invalid" : "unknown-outcome",
    `${ticket ?? "a new ticket"}: Linear ${refused ? "did not do it" : "did not show all of what it did"} and gave no reason.`,
    "Run the command again.",
  );
  return refused ? { state: "refused", error } : { state: "unknown", error };
}

/** Only the first of a work leaves nothing behind when it fails. */
function fateOfProblem(client: LinearClient, work: Work, index: number, problem: LinearProblem): Fate {
  const error = client.errorOf(problem, true, work.ticket ?? undefined);
  if (problem.path[0] === alias(index, 0)) return outcomeOfError(error);
  return {
    state: "unknown",
    error: client.reworded(error, { kind: "unknown-outcome", words: (message) => `a part was written, then: ${message}` }),
  };
}

function problemAt(index: number, problems: readonly LinearProblem[]): LinearProblem | undefined {
  return problems.find(({ path }) => String(path[0]).startsWith(`e${index}p`));
}

function alias(index: number, part: number): string {
  return `e${index}p${part}`;
}

/** The first of them that one request may hold. */
function fitting(works: readonly Work[]): readonly Work[] {
  let cost = 0;
  const fits = works.findIndex(({ mutations }) => {
    for (const { selection } of mutations) cost += 1.1 + costOf(selection);
    return cost > COST_LIMIT;
  });
  return fits === -1 ? works : works.slice(0, Math.max(1, fits));
}

function documentOf(works: readonly Work[]): { readonly query: string; readonly variables: Readonly<Record<string, unknown>> } {
  const named = works.flatMap(({ mutations }, index) => mutations.map((mutation, part) => ({ mutation, name: alias(index, part) })));
  const ids = named.flatMap(({ mutation, name }) => ("id" in mutation ? [{ name: `${name}id`, id: mutation.id }] : []));
  const declared = [...named.map(({ mutation, name }) => `$${name}: ${INPUTS[mutation.field]}!`), ...ids.map(({ name }) => `$${name}: String!`)];
  const fields = named.map(({ mutation, name }) => {
    const id = "id" in mutation ? `id: $${name}id, ` : "";
    return `  ${name}: ${mutation.field}(${id}input: $${name}) { success ${mutation.selection} }`;
  });
  return {
    query: `mutation Canon(${declared.join(", ")}) {\n${fields.join("\n")}\n}`,
    variables: {
      ...Object.fromEntries(named.map(({ mutation, name }) => [name, mutation.input])),
      ...Object.fromEntries(ids.map(({ name, id }) => [name, id])),
    },
  };
}

/** null where the payload is not there. */
function successOf(payload: unknown): boolean | null {
  return typeof payload === "object" && payload !== null && "success" in payload && typeof payload.success === "boolean" ? payload.success : null;
}

function unsentAfter(client: LinearClient): Fate {
  return { state: "unsent", error: client.error("unavailable", "not sent, because the request before it got no answer.", "Run the command again.") };
}

function nothingShown(client: LinearClient): TrackerError {
  return client.error("unknown-outcome", "the answer shows nothing of what was sent.", "Run the command again.");
}
