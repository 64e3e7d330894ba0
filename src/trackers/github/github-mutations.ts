/** Several mutations in one request, each under a name of its own: GitHub carries them out in order, and answers for each. */

import { nullable, object, safeParse } from "zod/mini";
import { outcomeOfError } from "../http-client.ts";
import type { Outcome } from "../tracker.ts";
import type { GithubAnswer } from "./github-client.ts";
import { fromGraphql, type Held } from "./github-map.ts";
import type { GithubSession } from "./github-session.ts";
import { ownBase } from "./github-transfers.ts";
import { knownType } from "./github-types.ts";
import { graphqlIssue, ISSUE_FIELDS } from "./github-wire.ts";

/** Where the payload of each mutation shows the issue. */
const SHOWN = {
  createIssue: "issue",
  updateIssue: "issue",
  addSubIssue: "subIssue",
  removeSubIssue: "subIssue",
  addLabelsToLabelable: "labelable",
  removeLabelsFromLabelable: "labelable",
} as const;

export interface Mutation {
  readonly field: keyof typeof SHOWN;
  readonly input: Readonly<Record<string, unknown>>;
}

export type Mutated =
  /** `held`: the issue as the payload shows it; null where it cannot be read. */
  { readonly ok: true; readonly held: Held | null } | { readonly ok: false; readonly outcome: Exclude<Outcome, { readonly state: "done" }> };

/** One result per mutation, in order. Throws TrackerError where the whole request failed. */
export async function mutate(session: GithubSession, mutations: readonly Mutation[], about: string, creations: number): Promise<readonly Mutated[]> {
  const declared = mutations.map(({ field }, at) => `$m${at}: ${field.slice(0, 1).toUpperCase()}${field.slice(1)}Input!`).join(", ");
  const fields = mutations.map(({ field }, at) => `m${at}: ${field}(input: $m${at}) { ${SHOWN[field]} { ...T } }`).join(" ");
  const variables = Object.fromEntries(mutations.map(({ input }, at) => [`m${at}`, input]));
  const answer = await session.client.mutate({ query: `mutation (${declared}) { ${fields} }\n${ISSUE_FIELDS}`, variables, creations, about });
  return mutations.map(({ field }, at) => resultOf(session, answer, `m${at}`, SHOWN[field]));
}

function resultOf(session: GithubSession, answer: GithubAnswer, alias: string, shown: string): Mutated {
  const error = answer.errorAt(alias);
  const payload = safeParse(object({ [shown]: nullable(graphqlIssue) }), answer.data[alias]);
  const issue = payload.success ? (payload.data[shown] ?? null) : null;
  if (issue) return { ok: true, held: ownBase(session, fromGraphql(issue, knownType(session, issue))) };
  if (error) return { ok: false, outcome: outcomeOfError(error) };
  // Carried out, by what the answer says, and not shown.
  return { ok: true, held: null };
}
