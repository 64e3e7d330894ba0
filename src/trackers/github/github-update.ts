/** Changing issues: aliased mutations, the text with the hidden line in one of them; types, which only REST can write, after them. */

import { outcomeOfError, outcomesOf } from "../http-client.ts";
import { TrackerError } from "../tracker-error.ts";
import type { Outcome, Patch } from "../tracker.ts";
import { refusal } from "./github-client.ts";
import { fullParent, typeProblem } from "./github-create.ts";
import { parseKey, placeWord } from "./github-key.ts";
import { printLine, withLine } from "./github-line.ts";
import { isMark, MARK, type Held } from "./github-map.ts";
import { mutate, type Mutation } from "./github-mutations.ts";
import { patchOutcome, type IssuePatch } from "./github-patch.ts";
import { notFound, readFresh } from "./github-places.ts";
import type { GithubSession } from "./github-session.ts";
import { textProblem, titleProblem } from "./github-text.ts";
import { waves } from "./github-waves.ts";

/** Issues per request: each may take three mutations of the ten seconds that GitHub gives a request. */
const UPDATES = 25;
/** Issues per call: their guards are read in one request before. */
export const UPDATE_BATCH = 50;

type Failed = Exclude<Outcome, { readonly state: "done" }>;

interface Prepared {
  readonly held: Held;
  readonly mutations: readonly Mutation[];
  /** Written after the mutations; null where they say all. */
  readonly patch: IssuePatch | null;
}

export async function updateIssues(session: GithubSession, patches: readonly Patch[]): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const wave of waves(
    patches.map((patch, at) => ({ ...patch, at })),
    session,
  )) {
    const results = await outcomesOf(wave.length, () => updateWave(session, wave));
    wave.forEach(({ at }, index) => {
      const result = results[index];
      if (result) outcomes[at] = result;
    });
  }
  return outcomes;
}

async function updateWave(session: GithubSession, patches: readonly Patch[]): Promise<readonly Outcome[]> {
  const places = patches.flatMap(({ key, parent }) => [parseKey(key, session.repo), parent ? parseKey(parent, session.repo) : null]);
  const found = await readFresh(
    session,
    places.filter((place) => place !== null),
  );
  const labels = await labelIds(session, patches);
  const types = session.usesTypes && patches.some(({ type }) => type !== undefined) ? await session.project.types() : [];
  const prepared = patches.map((patch) => prepare(session, patch, { found, labels, types }));
  const outcomes: (Outcome | undefined)[] = prepared.map((one) => ("state" in one ? one : undefined));
  const ready = prepared.flatMap((one, at) => ("state" in one ? [] : [{ ...one, at }]));
  for (let start = 0; start < ready.length; start += UPDATES) {
    const chunk = ready.slice(start, start + UPDATES);
    const results = await outcomesOf(chunk.length, () => sendChunk(session, chunk));
    chunk.forEach(({ at }, index) => (outcomes[at] = results[index]));
  }
  return outcomes.map((outcome) => outcome ?? outcomeOfError(refusal("unavailable", "It was not sent.", "Run the command again.")));
}

async function labelIds({ project }: GithubSession, patches: readonly Patch[]): Promise<ReadonlyMap<string, string>> {
  const added = patches.flatMap(({ labels, base }) => [...(labels?.add ?? []), ...(base ? [MARK] : [])]);
  const removed = patches.flatMap(({ labels }) => labels?.remove ?? []);
  const known = removed.length === 0 ? [] : await project.knownLabelIds(removed);
  return new Map([...known, ...(added.length === 0 ? [] : await project.labelIds(added))]);
}

interface Context {
  readonly found: ReadonlyMap<string, Held>;
  readonly labels: ReadonlyMap<string, string>;
  readonly types: readonly string[];
}

function prepare(session: GithubSession, patch: Patch, { found, labels, types }: Context): Prepared | Failed {
  const heldAt = (key: string): Held | undefined => {
    const place = parseKey(key, session.repo);
    return place ? found.get(placeWord(place)) : undefined;
  };
  const held = heldAt(patch.key);
  if (!held) return outcomeOfError(notFound(patch.key));
  const parent = patch.parent ? heldAt(patch.parent) : null;
  const nesting = nestingOf(held, patch, parent);
  if (nesting instanceof TrackerError) return outcomeOfError(nesting);
  const native = patch.base ? printLine({ token: held.line?.token ?? null, base: patch.base }) : held.native;
  const body = patch.body ?? held.ticket.body;
  const writesText = patch.body !== undefined || patch.base !== undefined;
  const problem =
    (patch.title === undefined ? null : titleProblem(patch.title)) ??
    (writesText ? textProblem(body, native) : null) ??
    typeProblem(session, patch.type, types);
  if (problem) return outcomeOfError(problem);
  const fields = { ...(patch.title === undefined ? {} : { title: patch.title }), ...(writesText ? { body: withLine(body, native) } : {}) };
  const byRest = patch.type !== undefined;
  // The text goes last: its base may only claim what was carried out before it.
  const update = byRest || Object.keys(fields).length === 0 ? [] : [{ field: "updateIssue" as const, input: { id: held.nodeId, ...fields } }];
  return {
    held,
    mutations: [...labelling(held, patch, labels), ...nesting, ...update],
    patch: byRest ? { ...fields, ...(patch.type === undefined ? {} : { type: patch.type }) } : null,
  };
}

/** Labels of other people are never sent: GitHub adds and takes away single ones. */
function labelling(held: Held, { labels, base }: Patch, ids: ReadonlyMap<string, string>): readonly Mutation[] {
  const wanted = [...(labels?.add ?? []), ...(base && !held.isMarked ? [MARK] : [])];
  const idsOf = (names: readonly string[]): readonly string[] => [...new Set(names.flatMap((name) => ids.get(name.toLowerCase()) ?? []))];
  const added = idsOf(wanted);
  const removed = idsOf((labels?.remove ?? []).filter((name) => !isMark(name)));
  const of = (field: "addLabelsToLabelable" | "removeLabelsFromLabelable", labelIds: readonly string[]): readonly Mutation[] =>
    labelIds.length === 0 ? [] : [{ field, input: { labelableId: held.nodeId, labelIds } }];
  return [...of("addLabelsToLabelable", added), ...of("removeLabelsFromLabelable", removed)];
}

function nestingOf(held: Held, { parent: key }: Patch, parent: Held | undefined | null): readonly Mutation[] | TrackerError {
  if (key === undefined) return [];
  if (key === null) return held.parentId === null ? [] : [{ field: "removeSubIssue", input: { issueId: held.parentId, subIssueId: held.nodeId } }];
  if (!parent) return notFound(key);
  if (parent.nodeId === held.parentId) return [];
  return fullParent(parent, 0) ?? [{ field: "addSubIssue", input: { issueId: parent.nodeId, subIssueId: held.nodeId, replaceParent: true } }];
}

async function sendChunk(session: GithubSession, chunk: readonly Prepared[]): Promise<readonly Outcome[]> {
  const all = chunk.flatMap(({ mutations }) => mutations);
  const results = all.length === 0 ? [] : await mutate(session, all, `update ${chunk.length}`, 0);
  let next = 0;
  return Promise.all(
    chunk.map(async ({ held, mutations, patch }): Promise<Outcome> => {
      const mine = results.slice(next, (next += mutations.length));
      const failed = mine.find((result) => !result.ok);
      if (failed && !failed.ok) return failed.outcome;
      const shown = mine.findLast((result) => result.ok && result.held !== null);
      const after = shown?.ok ? (shown.held ?? held) : held;
      if (shown) session.memory.keep(after, held.place);
      if (patch) return patchOutcome(session, after, patch);
      // GraphQL shows no types: where they count, its answer is not the whole ticket.
      const isWhole = shown !== undefined || mutations.length === 0;
      return { state: "done", id: after.ticket.id, key: after.ticket.key, echo: isWhole && !session.usesTypes ? after.ticket : null };
    }),
  );
}
