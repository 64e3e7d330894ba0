/** Updating: only the fields of a patch, their base in the same request. */

import type { Outcome, Patch } from "../tracker.ts";
import type { TrackerError } from "../tracker-error.ts";
import { refusalOf } from "./azure-limits.ts";
import { idOf } from "./azure-map.ts";
import { addParent, addTags, changeBase, changeTags, removeRelations, setBody, setField, type Operation } from "./azure-patch.ts";
import { typeNamed, type AzureProject } from "./azure-project.ts";
import type { AzureSession } from "./azure-session.ts";
import type { WireItem } from "./azure-wire.ts";
import { writeChanges, type Change } from "./azure-write.ts";

const PARENT = "System.LinkTypes.Hierarchy-Reverse";

export async function updateTickets(session: AzureSession, patches: readonly Patch[]): Promise<readonly Outcome[]> {
  return writeChanges(
    session,
    patches.map((patch) => changeOf(session, patch)),
  );
}

function changeOf(session: AzureSession, patch: Patch): Change {
  const { key, expectRevision, labels, parent, base, type } = patch;
  return {
    key,
    expectRevision,
    parent,
    needsItem: base !== undefined || parent !== undefined || type !== undefined || (labels !== undefined && labels.remove.length > 0),
    operations: (item, project) => operationsOf(session, project, patch, item),
  };
}

function operationsOf({ client }: AzureSession, project: AzureProject, patch: Patch, item: WireItem | null): readonly Operation[] | TrackerError {
  const { key, title, type, labels, body, base } = patch;
  const refused = refusalOf(client, key, { body, labels: labels?.add ?? [] });
  if (refused) return refused;
  const fields: Operation[] = [...(title === undefined ? [] : [setField("System.Title", title)]), ...(body === undefined ? [] : setBody(body))];
  if (item === null) return [...fields, ...addTags(labels?.add ?? [])];
  if (type !== undefined && type !== item.fields["System.WorkItemType"]) {
    const known = typeNamed(project, type);
    if (known === null) return client.error("invalid", `${key}: the project has no type ${type}.`, `There are ${project.shape.types.join(", ")}.`);
    fields.push(setField("System.WorkItemType", known.name));
    // Another type may lack the state: it then begins where its own tickets do.
    if (!known.states.some(({ name }) => name === item.fields["System.State"])) fields.push(setField("System.State", known.initial));
  }
  const moves = parentChange(patch, item);
  if (moves.parent === null && typeof patch.parent === "string" && !moves.isThere)
    return client.error("not-found", `${key}: its parent ${patch.parent} is no number of a work item.`, "Numbers of work items are like 4711.");
  const alone = fields.length === 0 && labels === undefined && patch.parent === undefined;
  const stored = base === undefined ? { remove: [], add: [], mark: [] } : changeBase(item, base, alone);
  const tags = changeTags(item, { add: labels?.add ?? [], remove: labels?.remove ?? [] }, stored.mark);
  return [
    ...fields,
    ...tags,
    ...removeRelations([...moves.remove, ...stored.remove]),
    ...(moves.parent === null ? [] : [addParent(client, moves.parent)]),
    ...stored.add,
  ];
}

function parentChange(
  { parent }: Patch,
  { relations = [] }: WireItem,
): { readonly remove: readonly number[]; readonly parent: number | null; readonly isThere: boolean } {
  if (parent === undefined) return { remove: [], parent: null, isThere: true };
  const wanted = parent === null ? null : idOf(parent);
  const at = relations.findIndex(({ rel }) => rel === PARENT);
  const isThere = wanted !== null && at !== -1 && relations[at]?.url.endsWith(`/${wanted}`) === true;
  return { remove: at === -1 || isThere ? [] : [at], parent: isThere ? null : wanted, isThere };
}
