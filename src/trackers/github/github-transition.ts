/** Steps from one status to another: open, or closed for a reason, together with the base. */

import { outcomeOfError, outcomesOf } from "../http-client.ts";
import { TrackerError } from "../tracker-error.ts";
import type { Outcome, Step } from "../tracker.ts";
import { parseKey, placeWord } from "./github-key.ts";
import { printLine, withLine } from "./github-line.ts";
import { MARK, type Held } from "./github-map.ts";
import { mutate } from "./github-mutations.ts";
import { patchOutcome } from "./github-patch.ts";
import { notFound, readFresh } from "./github-places.ts";
import type { GithubSession } from "./github-session.ts";
import { findStatus, textProblem } from "./github-text.ts";
import { waves } from "./github-waves.ts";

/** Each its own request: only REST says why an issue is closed. */
export async function transitionIssues(session: GithubSession, steps: readonly Step[]): Promise<readonly Outcome[]> {
  if (steps.length === 0) return [];
  const outcomes: Outcome[] = [];
  for (const wave of waves(
    steps.map((step, at) => ({ ...step, at })),
    session,
  )) {
    const results = await outcomesOf(wave.length, async () => {
      const found = await readFresh(
        session,
        wave.flatMap(({ key }) => parseKey(key, session.repo) ?? []),
      );
      await markAll(session, wave, found);
      return Promise.all(wave.map((step) => stepIssue(session, step, found)));
    });
    wave.forEach(({ at }, index) => {
      const result = results[index];
      if (result) outcomes[at] = result;
    });
  }
  return outcomes;
}

/** A ticket that gets a base gets the mark, where a person took it away. */
async function markAll(session: GithubSession, steps: readonly Step[], found: ReadonlyMap<string, Held>): Promise<void> {
  const unmarked = steps.flatMap(({ key, base }) => {
    const place = parseKey(key, session.repo);
    const held = place && found.get(placeWord(place));
    return base && held && !held.isMarked ? [held] : [];
  });
  if (unmarked.length === 0) return;
  const mark = (await session.project.labelIds([MARK])).get(MARK);
  if (mark === undefined) return;
  await mutate(
    session,
    unmarked.map(({ nodeId }) => ({ field: "addLabelsToLabelable" as const, input: { labelableId: nodeId, labelIds: [mark] } })),
    "mark",
    0,
  );
}

async function stepIssue(session: GithubSession, { key, to, base }: Step, found: ReadonlyMap<string, Held>): Promise<Outcome> {
  const place = parseKey(key, session.repo);
  const held = place && found.get(placeWord(place));
  if (!held) return outcomeOfError(notFound(key));
  const status = findStatus(to);
  if (status instanceof TrackerError) return outcomeOfError(status);
  const isThere = held.ticket.status === status.name;
  if (isThere && !base) return { state: "done", id: held.ticket.id, key: held.ticket.key, echo: held.ticket };
  const native = base ? printLine({ token: held.line?.token ?? null, base }) : null;
  const problem = native === null ? null : textProblem(held.ticket.body, native);
  if (problem) return outcomeOfError(problem);
  return patchOutcome(session, held, { ...(isThere ? {} : { status }), ...(native === null ? {} : { body: withLine(held.ticket.body, native) }) });
}
