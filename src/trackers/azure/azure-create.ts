/** Creating: fields, parent, mark, token and base in one patch, two hundred tickets in a request. */

import { nearestWord } from "../../core/text/nearest-word.ts";
import { outcomeOfError } from "../http-client.ts";
import type { Draft, Outcome } from "../tracker.ts";
import { TrackerError } from "../tracker-error.ts";
import { sendElements, type Element, type Landed } from "./azure-batch.ts";
import { refusalOf } from "./azure-limits.ts";
import { idOf } from "./azure-map.ts";
import { addParent, addRelation, addTags, setBody, setField } from "./azure-patch.ts";
import { typeNamed, type AzureProject } from "./azure-project.ts";
import { ticketOf, type AzureSession } from "./azure-session.ts";
import { storeRelation, storeUrls } from "./azure-store.ts";
import { isMark, MARK } from "./azure-tags.ts";

export async function createTickets(session: AzureSession, drafts: readonly Draft[]): Promise<readonly Outcome[]> {
  if (drafts.length === 0) return [];
  let project: AzureProject;
  try {
    project = await session.project();
  } catch (error) {
    if (!(error instanceof TrackerError)) throw error;
    // Nothing was sent yet.
    return drafts.map(() => outcomeOfError(error));
  }
  const planned = drafts.map((draft) => elementOf(session, project, draft));
  const fates = await sendElements(
    session.client,
    planned.flatMap((one) => (one instanceof TrackerError ? [] : [one])),
  );
  let next = 0;
  return planned.map((one, index): Outcome => {
    if (one instanceof TrackerError) return outcomeOfError(one);
    const fate = fates[next];
    next += 1;
    if (fate === undefined) throw new Error("there is a fate for every element");
    const parent = idOf(drafts[index]?.parent ?? "");
    // Its list of relations has another entry now, whatever its revision says.
    if (parent !== null) session.seen.delete(parent);
    return fate.state === "landed" ? doneOf(session, project, fate) : fate;
  });
}

function doneOf(session: AzureSession, project: AzureProject, { item }: Landed): Outcome {
  // Each ticket of Canon's has relations; an answer without them does not show the ticket whole.
  const echo = item.relations === undefined ? null : ticketOf(session, project, item);
  return { state: "done", id: String(item.id), key: String(item.id), echo };
}

function elementOf({ client }: AzureSession, project: AzureProject, draft: Draft): Element | TrackerError {
  const about = JSON.stringify(draft.title.slice(0, 80));
  const refused = refusalOf(client, about, draft);
  if (refused) return refused;
  const type = typeNamed(project, draft.type ?? project.defaultType);
  if (type === null) {
    const near = nearestWord(draft.type ?? "", project.shape.types);
    const hint = `${near === null ? "" : `Did you mean ${near}? `}There are ${project.shape.types.join(", ")}.`;
    return client.error("invalid", `${about}: the project has no type ${draft.type}.`, hint);
  }
  const state = draft.status === null ? null : type.states.find(({ name }) => name.toLowerCase() === draft.status?.toLowerCase());
  if (state === undefined)
    return client.error("invalid", `${about}: a ${type.name} has no status ${draft.status}.`, `There are ${type.states.map(({ name }) => name).join(", ")}.`);
  const parent = draft.parent === null ? null : idOf(draft.parent);
  if (draft.parent !== null && parent === null)
    return client.error("not-found", `${about}: its parent ${draft.parent} is no number of a work item.`, "Numbers of work items are like 4711.");
  const operations = [
    // What Canon fills itself comes after, and so prevails.
    ...Object.entries(draft.extra).map(([name, value]) => setField(name, value)),
    setField("System.Title", draft.title),
    ...setBody(draft.body),
    ...(state === null || state.name === type.initial ? [] : [setField("System.State", state.name)]),
    ...addTags([MARK, ...draft.labels.filter((label) => !isMark(label))]),
    ...(parent === null ? [] : [addParent(client, parent)]),
    ...storeUrls(draft.token, draft.base, 1, null).map((url) => addRelation(storeRelation(url))),
  ];
  return { to: { type: type.name }, operations, about };
}
