/** Creating issues: twenty to a request, each with its parent, labels, token and base in the create itself. */

import { outcomeOfError, outcomesOf } from "../http-client.ts";
import { TrackerError } from "../tracker-error.ts";
import type { Draft, Outcome } from "../tracker.ts";
import { refusal } from "./github-client.ts";
import type { ExtraInput } from "./github-extra.ts";
import { parseKey, placeWord, type Place } from "./github-key.ts";
import { printLine, withLine } from "./github-line.ts";
import { MARK, type Held } from "./github-map.ts";
import { mutate, type Mutated } from "./github-mutations.ts";
import { patchIssue, type IssuePatch } from "./github-patch.ts";
import { readPlaces } from "./github-places.ts";
import { dropsLabels } from "./github-role.ts";
import { projectName, type GithubSession } from "./github-session.ts";
import { findStatus, textProblem, titleProblem, withoutFields } from "./github-text.ts";

/** Issues per request: GitHub gives a request ten seconds. */
export const CREATES = 20;
export const CHILD_LIMIT = 100;

type Failed = Exclude<Outcome, { readonly state: "done" }>;

interface Prepared {
  readonly input: Readonly<Record<string, unknown>>;
  readonly parent: Place | null;
  /** What a create cannot say, written right after it; the base that knows it travels along. */
  readonly finish: IssuePatch | null;
}

export async function createIssues(
  session: GithubSession,
  extraOf: (extra: Draft["extra"]) => Promise<ExtraInput>,
  drafts: readonly Draft[],
): Promise<readonly Outcome[]> {
  if (drafts.length === 0) return [];
  return outcomesOf(drafts.length, async () => {
    const dropped = dropsLabels(await session.project.repository());
    if (dropped) throw dropped;
    const prepared = await prepare(session, extraOf, drafts);
    const outcomes: Outcome[] = prepared.map((one) => ("state" in one ? one : UNTOUCHED));
    const ready = prepared.flatMap((one, at) => ("state" in one ? [] : [{ ...one, at }]));
    // One request after the other: GitHub keeps the order of children by the order of creation.
    for (let start = 0; start < ready.length; start += CREATES) {
      const chunk = ready.slice(start, start + CREATES);
      const created = await outcomesOf(chunk.length, () => createChunk(session, chunk));
      chunk.forEach(({ at }, index) => (outcomes[at] = created[index] ?? UNTOUCHED));
    }
    return outcomes;
  });
}

/** Stands where nothing was sent yet; every one of them is written over. */
const UNTOUCHED: Outcome = outcomeOfError(refusal("unavailable", "It was not sent.", "Run the command again."));

async function prepare(
  session: GithubSession,
  extraOf: (extra: Draft["extra"]) => Promise<ExtraInput>,
  drafts: readonly Draft[],
): Promise<readonly (Prepared | Failed)[]> {
  const { id: repositoryId } = await session.project.repository();
  const places = drafts.map(({ parent }) => (parent === null ? null : parseKey(parent, session.repo)));
  const unseen = places.filter((place) => place !== null).filter((place) => session.memory.last(place) === null);
  const read = await readPlaces(session, unseen);
  const labels = await session.project.labelIds([...new Set([MARK, ...drafts.flatMap((draft) => draft.labels)])]);
  const types = session.usesTypes ? await session.project.types() : [];
  const below = new Map<string, number>();
  return Promise.all(
    drafts.map(async (draft, at): Promise<Prepared | Failed> => {
      const place = places[at] ?? null;
      const parent = place === null ? null : (session.memory.last(place) ?? read.found.get(placeWord(place)) ?? null);
      const status = findStatus(draft.status);
      const extra = await extraOf(draft.extra);
      const problem = titleProblem(draft.title) ?? typeProblem(session, draft.type, types) ?? parentProblem(draft, parent, below);
      if (problem) return outcomeOfError(problem);
      if (status instanceof TrackerError) return outcomeOfError(status);
      if (!extra.ok) return outcomeOfError(extra.error);
      const isOpen = status.reason === null;
      const finish = isOpen && draft.type === null ? null : { ...(draft.type === null ? {} : { type: draft.type }), ...(isOpen ? {} : { status }) };
      const full = printLine(draft);
      const begun = finish === null ? full : printLine({ token: draft.token, base: withoutFields(draft.base, ["status", "type"]) });
      const tooLong = textProblem(draft.body, full);
      if (tooLong) return outcomeOfError(tooLong);
      const labelIds = [...new Set([MARK, ...draft.labels].flatMap((name) => labels.get(name.toLowerCase()) ?? []))];
      const input = {
        repositoryId,
        title: draft.title,
        body: withLine(draft.body, begun),
        labelIds,
        ...(parent === null ? {} : { parentIssueId: parent.nodeId }),
        ...extra.input,
      };
      return { input, parent: parent?.place ?? null, finish: finish === null ? null : { ...finish, body: withLine(draft.body, full) } };
    }),
  );
}

export function typeProblem(session: GithubSession, type: string | null | undefined, types: readonly string[]): TrackerError | null {
  if (type === null || type === undefined || types.includes(type)) return null;
  if (types.length === 0)
    return refusal(
      "invalid",
      `${projectName(session)} has no issue types, so there is no ${type}.`,
      "GitHub has them in organisations only: leave hierarchy out of this target.",
    );
  return refusal("invalid", `${projectName(session)} has no issue type ${type}.`, `It has ${types.join(", ")}: name them in hierarchy.`);
}

function parentProblem({ parent: key }: Draft, parent: Held | null, below: Map<string, number>): TrackerError | null {
  if (key === null) return null;
  if (parent === null) return refusal("not-found", `GitHub has no issue ${key} to stand below, or does not show it to this account.`, "Run canon plan again.");
  const already = below.get(key) ?? 0;
  below.set(key, already + 1);
  return fullParent(parent, already);
}

/** A create below a full parent may leave an issue behind that stands nowhere: it is not sent. */
export function fullParent({ ticket, children }: Held, more: number): TrackerError | null {
  if (children + more < CHILD_LIMIT) return null;
  return refusal(
    "invalid",
    `${ticket.key} has ${children + more} sub-issues, closed ones counted; GitHub takes ${CHILD_LIMIT}.`,
    "Part the section into several, or take old sub-issues out from under it.",
  );
}

async function createChunk(session: GithubSession, chunk: readonly Prepared[]): Promise<readonly Outcome[]> {
  const mutations = chunk.map(({ input }) => ({ field: "createIssue" as const, input }));
  const results = await mutate(session, mutations, `create ${chunk.length}`, chunk.length);
  return Promise.all(results.map((result, at) => settle(session, chunk[at], result)));
}

async function settle(session: GithubSession, prepared: Prepared | undefined, result: Mutated): Promise<Outcome> {
  if (!result.ok) {
    const { outcome } = result;
    if (outcome.error.kind === "not-found") session.project.forgetLabels();
    // The parent may have been refused after the issue was made: whoever asks for its token finds out.
    return prepared?.parent && outcome.error.kind === "invalid" ? { state: "unknown", error: outcome.error } : outcome;
  }
  const { held } = result;
  if (held === null)
    return { state: "unknown", error: refusal("unknown-outcome", "GitHub did not show the issue that it created.", "Run the command again: it looks for it.") };
  if (prepared?.parent) session.memory.addChild(prepared.parent);
  session.memory.keep(held);
  const done = (after: Held): Extract<Outcome, { readonly state: "done" }> => ({
    state: "done",
    id: after.ticket.id,
    key: after.ticket.key,
    echo: after.ticket,
  });
  if (!prepared?.finish) return done(held);
  try {
    return done(await patchIssue(session, held, prepared.finish));
  } catch (error) {
    // It is created; what the second request was to say is for the next plan, because the base does not claim it.
    if (error instanceof TrackerError) return { ...done(held), echo: error.kind === "unknown-outcome" ? null : held.ticket };
    throw error;
  }
}
