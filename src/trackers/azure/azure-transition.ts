/** Moving tickets from state to state by the steps that their type allows. */

import { nearestWord } from "../../core/text/nearest-word.ts";
import type { Outcome, Step } from "../tracker.ts";
import type { TrackerError } from "../tracker-error.ts";
import { changeBase, changeTags, removeRelations, setField, type Operation } from "./azure-patch.ts";
import { typeNamed, type AzureProject, type AzureType } from "./azure-project.ts";
import type { AzureSession } from "./azure-session.ts";
import type { WireItem } from "./azure-wire.ts";
import { writeChanges, type Change } from "./azure-write.ts";

interface Walk {
  readonly index: number;
  readonly step: Step;
  readonly expectRevision: string | null;
}

/** Each round takes every ticket one step further, in one request. */
export async function moveTickets(session: AzureSession, steps: readonly Step[]): Promise<readonly Outcome[]> {
  const outcomes: (Outcome | undefined)[] = steps.map(() => undefined);
  let walks = steps.map((step, index): Walk => ({ index, step, expectRevision: step.expectRevision }));
  while (walks.length > 0) {
    const unfinished = new Set<number>();
    const changes = walks.map(({ step, index, expectRevision }): Change => ({
      key: step.key,
      expectRevision,
      needsItem: true,
      operations: (item, project) => (item === null ? [] : nextStep(session, project, step, item, () => unfinished.add(index))),
    }));
    const answers = await writeChanges(session, changes);
    for (const [place, { index }] of walks.entries()) outcomes[index] = answers[place];
    walks = walks.flatMap(({ index, step }) => {
      const outcome = outcomes[index];
      return outcome?.state === "done" && unfinished.has(index) ? [{ index, step, expectRevision: outcome.echo?.revision ?? null }] : [];
    });
  }
  return outcomes.map((outcome) => {
    if (outcome === undefined) throw new Error("every step has an outcome");
    return outcome;
  });
}

function nextStep({ client }: AzureSession, project: AzureProject, step: Step, item: WireItem, goesOn: () => void): readonly Operation[] | TrackerError {
  const { key, walk, base } = step;
  const [typeName, from] = [item.fields["System.WorkItemType"], item.fields["System.State"]];
  const type = typeNamed(project, typeName);
  const to = stateNamed(type, step.to);
  if (type === null || to === null) {
    const names = (type?.states ?? project.shape.statuses).map(({ name }) => name);
    const near = nearestWord(step.to, names);
    return client.error(
      "invalid",
      `${key}: a ${typeName} has no status ${step.to}.`,
      `${near === null ? "" : `Did you mean ${near}? `}There are ${names.join(", ")}.`,
    );
  }
  const path = from === to ? [] : pathFrom(type, from, to);
  if (path === null)
    return client.error(
      "invalid",
      `${key}: no step of a ${typeName} leads from ${from} to ${to}.`,
      `From there it goes to ${nextOf(type, from).join(", ") || "nowhere"}.`,
    );
  if (path.length > 1 && !walk) {
    const hint = `By way of ${path.slice(0, -1).join(", ")}: move it there first, or set transitions: walk in the target.`;
    return client.error("invalid", `${key}: no single step of a ${typeName} leads from ${from} to ${to}.`, hint);
  }
  const [next] = path;
  if (path.length > 1) goesOn();
  const state = next === undefined ? [] : [setField("System.State", next)];
  // The base tells of the end of the walk.
  if (base === undefined || path.length > 1) return state;
  const stored = changeBase(item, base, next === undefined);
  return [...state, ...changeTags(item, { add: [], remove: [] }, stored.mark), ...removeRelations(stored.remove), ...stored.add];
}

function stateNamed(type: AzureType | null, name: string): string | null {
  const wanted = name.trim().toLowerCase();
  return type?.states.find((state) => state.name.toLowerCase() === wanted)?.name ?? null;
}

function nextOf({ steps, states }: AzureType, from: string): readonly string[] {
  const next = steps?.get(from) ?? (steps === null ? states.map(({ name }) => name) : []);
  return next.filter((name) => name !== from);
}

/** The fewest steps, the first of equals; null where none lead there. */
function pathFrom(type: AzureType, from: string, to: string): readonly string[] | null {
  const paths = new Map<string, readonly string[]>([[from, []]]);
  for (const [state, path] of paths) {
    if (state === to) return path;
    for (const next of nextOf(type, state)) if (!paths.has(next)) paths.set(next, [...path, next]);
  }
  return null;
}
