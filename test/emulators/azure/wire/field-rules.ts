/** What a patch makes of a work item's fields, and the rules of the process that may refuse it. */

import { azureField, UNDER_BYPASS } from "../state/fields.ts";
import type { AzureField } from "../state/fields.ts";
import { azureType } from "../state/process.ts";
import type { FieldValue, Revision, TextFormat } from "../state/work-item.ts";
import type { AzureProject, AzureWorld } from "../state/world.ts";
import { joinTags, mergeTags, splitTags } from "../text/tags.ts";
import { sanitizeHtml, sanitizeMarkdown } from "../text/sanitize-html.ts";
import { AzureRefusal, badRequest, ruleError } from "./azure-refusal.ts";
import type { PatchStep } from "./patch-document.ts";

type Fields = Record<string, FieldValue>;

export interface WrittenFields {
  readonly fields: Readonly<Fields>;
  readonly formats: Readonly<Record<string, TextFormat>>;
  /** Said through System.History. */
  readonly said: string | null;
}

const TITLE_LIMIT = 255;
const TAG_LIMIT = 100;
const TAG_LENGTH = 400;

export function writeFields(steps: readonly PatchStep[], before: Pick<Revision, "fields" | "formats">, world: AzureWorld, bypasses: boolean): WrittenFields {
  const fields: Fields = { ...before.fields };
  const formats: Record<string, TextFormat> = { ...before.formats };
  const asked = new Map(steps.flatMap((step) => (step.kind === "format" ? [[knownField(step.field).referenceName, step.format] as const] : [])));
  let said: string | null = null;
  const written = new Set<string>();
  for (const step of steps) {
    if (step.kind !== "field") continue;
    const field = knownField(step.field);
    const name = field.referenceName;
    if (field.readOnly && !(bypasses && UNDER_BYPASS.includes(name))) {
      throw new AzureRefusal(400, "WorkItemFieldInvalidException", `TF401326: Invalid field status 'ReadOnly' for field '${name}'.`);
    }
    written.add(name);
    const value = step.op === "remove" ? null : readValue(field, step.value);
    if (name === "System.History") said = typeof value === "string" ? value : null;
    else if (value === null) delete fields[name];
    else if (name === "System.Tags") fields[name] = writeTags(String(value), step.op, String(fields[name] ?? ""));
    else fields[name] = value;
    if (fields[name] === "") delete fields[name];
  }
  for (const [name, format] of asked) {
    if (azureField(name)?.type !== "html") throw badRequest(`The field "${name}" is no multiline field.`);
    if (!written.has(name)) throw badRequest(`The format of "${name}" can only change in a patch that also writes it.`);
    formats[name] = format;
  }
  for (const name of written) {
    if (azureField(name)?.type !== "html") continue;
    if (!asked.has(name) && !world.behaviour.formatSticks) formats[name] = "html";
    formats[name] ??= "html";
    writeText(name, formats[name], fields, world);
    if (fields[name] === undefined) delete formats[name];
  }
  return { fields, formats, said };
}

/** The whole result of a patch against the process; `before` is null for a create. */
export function checkRules(after: Readonly<Fields>, before: Readonly<Fields> | null, world: AzureWorld, bypasses: boolean): void {
  const type = azureType(String(after["System.WorkItemType"] ?? ""));
  if (type === null)
    throw new AzureRefusal(400, "WorkItemTargetTypeDoesNotExistException", `VS402323: Work item type ${String(after["System.WorkItemType"])} does not exist.`);
  const title = after["System.Title"];
  if (typeof title === "string" && title.length > TITLE_LIMIT) throw ruleError("System.Title", "Title", "required, invalidTooLong");
  checkPlace(after, before, world);
  if (bypasses) return;
  if (title === undefined) throw ruleError("System.Title", "Title", "required, invalidEmpty");
  const state = String(after["System.State"] ?? "");
  const wrongState = ruleError("System.State", "State", "required, hasValues, limitedToValues, invalidListValue");
  if (!type.states.some(({ name }) => name === state)) throw wrongState;
  const first = type.states[0]?.name;
  if (before === null && state !== first && !world.behaviour.createsInAnyState) throw wrongState;
  // Another type has other steps: the vendor's example names the state in the same patch.
  if (before !== null && before["System.WorkItemType"] === type.name && !mayStep(type.name, String(before["System.State"]), state, world)) throw wrongState;
  for (const name of world.behaviour.requiredFields[type.name] ?? []) {
    if (after[name] === undefined) throw ruleError(name, azureField(name)?.name ?? name, "required, invalidEmpty");
  }
}

/** The project's own spelling of tags; a tag that it does not know yet is made, where the account may. */
export function settleTags(fields: Readonly<Fields>, project: AzureProject, world: AzureWorld, isDryRun: boolean): Readonly<Fields> {
  const given = splitTags(String(fields["System.Tags"] ?? ""));
  if (given.length > TAG_LIMIT) throw new AzureRefusal(400, "WorkItemTagLimitExceededException", `A work item can have at most ${TAG_LIMIT} tags.`);
  for (const tag of given) {
    if (tag.length > TAG_LENGTH) throw new AzureRefusal(400, "InvalidTagNameException", `The tag name "${tag.slice(0, 20)}…" is longer than ${TAG_LENGTH}.`);
    if (project.tags.has(tag.toLowerCase())) continue;
    if (!world.behaviour.mayCreateTags)
      throw new AzureRefusal(403, "PermissionDeniedException", "TF401289: The current user does not have permissions to create tags.");
    if (!isDryRun) project.tags.set(tag.toLowerCase(), tag);
  }
  if (given.length === 0) return fields;
  return { ...fields, "System.Tags": joinTags(given.map((tag) => project.tags.get(tag.toLowerCase()) ?? tag)) };
}

function knownField(name: string): AzureField {
  const field = azureField(name);
  if (field === null) throw new AzureRefusal(400, "WorkItemTrackingFieldDefinitionNotFoundException", `TF51535: Cannot find field ${name}.`);
  return field;
}

function readValue(field: AzureField, value: unknown): FieldValue | null {
  if (value === null || value === undefined || value === "") return null;
  const wrong = badRequest(`The field '${field.referenceName}' does not take the value '${JSON.stringify(value)}'.`, "WorkItemFieldInvalidException");
  switch (field.type) {
    case "integer":
    case "double": {
      const number = typeof value === "string" ? Number(value) : value;
      if (typeof number !== "number" || Number.isNaN(number)) throw wrong;
      return number;
    }
    case "boolean":
      if (typeof value !== "boolean") throw wrong;
      return value;
    case "identity":
    case "string":
    case "plainText":
    case "html":
    case "treePath":
    case "history":
    case "dateTime":
      if (typeof value !== "string") throw wrong;
      // Fields of one line lose the blanks around them.
      return field.type === "string" ? value.trim() : value;
  }
}

/** `add` puts tags to those that are there, `replace` takes their place (the vendor's examples 9 and 14). */
function writeTags(value: string, op: "add" | "replace" | "remove", before: string): string {
  const given = splitTags(value);
  return (op === "add" ? mergeTags(splitTags(before), given) : given).join("; ");
}

function writeText(name: string, format: TextFormat, fields: Fields, { behaviour }: AzureWorld): void {
  const text = fields[name];
  if (typeof text !== "string") return;
  if (text.length > behaviour.longTextLimit) throw ruleError(name, azureField(name)?.name ?? name, "invalidTooLong");
  const kept = format === "markdown" ? sanitizeMarkdown(text, behaviour.markdownSanitizer === "tags") : sanitizeHtml(text);
  if (kept === "") delete fields[name];
  else fields[name] = kept;
}

function checkPlace(after: Readonly<Fields>, before: Readonly<Fields> | null, world: AzureWorld): void {
  const project = world.project(String(after["System.TeamProject"] ?? ""));
  if (project === null)
    throw new AzureRefusal(400, "WorkItemTargetProjectDoesNotExistException", `The project '${String(after["System.TeamProject"])}' does not exist.`);
  const hasMoved = before !== null && before["System.TeamProject"] !== after["System.TeamProject"];
  for (const name of ["System.AreaPath", "System.IterationPath"]) {
    const path = String(after[name] ?? "");
    if (path === project.name || path.startsWith(`${project.name}\\`)) continue;
    const kind = name === "System.AreaPath" ? "WorkItemTargetAreaPathNotProvidedException" : "WorkItemTargetIterationPathNotProvidedException";
    if (hasMoved) throw new AzureRefusal(400, kind, `${name} must be given for the project '${project.name}'.`);
    throw new AzureRefusal(400, "WorkItemFieldInvalidTreeNameException", `TF401347: Invalid tree name given for work item -1, field '${name}'.`);
  }
}

function mayStep(typeName: string, from: string, to: string, { behaviour }: AzureWorld): boolean {
  if (from === to) return true;
  const type = azureType(typeName);
  switch (behaviour.workflow) {
    case "free":
      return true;
    case "agile":
      return type?.steps[from]?.includes(to) ?? false;
    case "linear": {
      const place = (state: string): number => type?.states.findIndex(({ name }) => name === state) ?? -1;
      return Math.abs(place(from) - place(to)) === 1;
    }
  }
}
