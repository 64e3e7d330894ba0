/** Who changed what: Azure's updates as edits of our fields, without what only touched a base or the mark. */

import type { TextFormat } from "../../core/text/text-format.ts";
import type { FieldEdit } from "../tracker.ts";
import { TrackerError } from "../tracker-error.ts";
import { htmlBody } from "./azure-body.ts";
import { idIn, idOf, utc } from "./azure-map.ts";
import type { AzureSession } from "./azure-session.ts";
import { isOwnLink } from "./azure-store.ts";
import { labelsOf } from "./azure-tags.ts";
import { readUpdates } from "./azure-updates.ts";
import { nameOf, type WireUpdate } from "./azure-wire.ts";

const PARENT = "System.LinkTypes.Hierarchy-Reverse";

export async function readHistory(session: AzureSession, format: TextFormat, keys: readonly string[], since: string | null): Promise<readonly FieldEdit[]> {
  const from = since === null ? 0 : Date.parse(since);
  const edits = await Promise.all([...new Set(keys)].map((key) => historyOf(session, format, key, from)));
  return edits.flat().sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

async function historyOf(session: AzureSession, format: TextFormat, key: string, from: number): Promise<readonly FieldEdit[]> {
  const id = idOf(key);
  if (id === null) return [];
  try {
    return editsOf(key, format, await readUpdates(session, id), from);
  } catch (error) {
    // What is not there has no history.
    if (error instanceof TrackerError && error.kind === "not-found") return [];
    throw error;
  }
}

function editsOf(key: string, format: TextFormat, updates: readonly WireUpdate[], from: number): readonly FieldEdit[] {
  const edits: FieldEdit[] = [];
  let last = "";
  for (const [index, update] of updates.entries()) {
    const { newValue: changed } = update.fields?.["System.ChangedDate"] ?? {};
    // A link between work items alone is told without its time: it was made after the change before it.
    const at = typeof changed === "string" ? utc(changed) : last;
    const until = typeof changed === "string" ? at : (update.revisedDate ?? at);
    last = at;
    // The first tells of the create.
    if (index === 0 || Date.parse(until) < from) continue;
    const author = nameOf(update.revisedBy) ?? "Azure DevOps";
    edits.push(...fieldEdits(update, format).map((edit) => ({ key, ...edit, author, at })));
  }
  return edits;
}

type Bare = Pick<FieldEdit, "field" | "from" | "to">;

function fieldEdits({ fields, relations }: WireUpdate, format: TextFormat): readonly Bare[] {
  const edits: Bare[] = [];
  const text = (name: string, side: "oldValue" | "newValue"): string | null => {
    const value = fields?.[name]?.[side];
    return typeof value === "string" && value !== "" ? value : null;
  };
  const note = (field: string, name: string): void => {
    const [from, to] = [text(name, "oldValue"), text(name, "newValue")];
    if (fields?.[name] !== undefined && from !== to) edits.push({ field, from, to });
  };
  note("title", "System.Title");
  if (fields?.["System.Description"] !== undefined)
    edits.push(textEdit(text("System.Description", "oldValue") ?? "", text("System.Description", "newValue") ?? "", format));
  note("status", "System.State");
  note("type", "System.WorkItemType");
  const labels = (side: "oldValue" | "newValue"): string | null => labelsOf(text("System.Tags", side) ?? "").join(", ") || null;
  if (labels("oldValue") !== labels("newValue")) edits.push({ field: "labels", from: labels("oldValue"), to: labels("newValue") });
  const parentIn = (some: readonly { readonly rel: string; readonly url: string }[]): string | null => {
    const found = some.find(({ rel }) => rel === PARENT);
    return found === undefined ? null : (idIn(found.url)?.toString() ?? null);
  };
  const [added, removed] = [relations?.added ?? [], relations?.removed ?? []];
  const [before, after] = [parentIn(removed), parentIn(added)];
  if (before !== after) edits.push({ field: "parent", from: before, to: after });
  const said = text("System.History", "newValue");
  if (said !== null) edits.push({ field: "comment", from: null, to: said });
  const isLink = (relation: { readonly rel: string; readonly url: string }): boolean =>
    ["Hyperlink", "ArtifactLink"].includes(relation.rel) && !isOwnLink(relation);
  for (const { url } of added.filter(isLink)) edits.push({ field: "link", from: null, to: url });
  for (const { url } of removed.filter(isLink)) edits.push({ field: "link", from: url, to: null });
  return edits;
}

/** Updates do not tell a text's format: one that begins with a tag is HTML here. */
function textEdit(from: string, to: string, format: TextFormat): Bare {
  const [before, after] = [from, to].map((text) => format.parse(/^\s*<[a-z]/i.test(text) ? htmlBody(text) : text));
  const blocks = (parsed: typeof before): string => (parsed?.blocks ?? []).map(({ canonical }) => canonical).join(" ");
  const criteria = (parsed: typeof before): string => JSON.stringify((parsed?.criteria ?? []).map(({ canonical, checked }) => [canonical, checked]));
  const isCriteria = blocks(before) === blocks(after) && criteria(before) !== criteria(after);
  return { field: isCriteria ? "criteria" : "body", from: from === "" ? null : from, to: to === "" ? null : to };
}
