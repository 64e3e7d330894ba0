/** Checks a stored base by hand: tens of thousands are read for one plan, and a schema takes twice as long as parsing them. */

import type { Base } from "../../core/model/base.ts";
import { SPEC_STATUSES } from "../../core/model/status.ts";

type Check = (value: unknown) => boolean;

const STATUSES: ReadonlySet<unknown> = new Set(SPEC_STATUSES);

/** True for what the schema in src/io/base-schema.ts takes; a test holds the two against each other. */
export function isBase(value: unknown): value is Base {
  if (!isRecord(value) || value["format"] !== 1 || !isRecord(value["fields"])) return false;
  return (
    isText(value["workspace"]) &&
    isText(value["address"]) &&
    isText(value["token"]) &&
    isText(value["hash"]) &&
    isMaybeText(value["ticket"]) &&
    isMaybeText(value["text"]) &&
    isMaybeText(value["commit"]) &&
    isMaybeText(value["previous"]) &&
    isBoolean(value["unpushed"]) &&
    isBoolean(value["released"]) &&
    (value["route"] === undefined || isText(value["route"])) &&
    areFields(value["fields"])
  );
}

function areFields(fields: Readonly<Record<string, unknown>>): boolean {
  return (
    isField(fields["title"], isText, isText) &&
    isField(fields["type"], isMaybeText, isMaybeText) &&
    isField(fields["parent"], isMaybeText, isMaybeText) &&
    isField(fields["status"], isMaybeStatus, isText) &&
    isField(fields["labels"], areTexts, areTexts) &&
    isCriteriaField(fields["criteria"]) &&
    isBodyField(fields["body"])
  );
}

function isField(field: unknown, spec: Check, echo: Check): boolean {
  if (field === undefined) return true;
  return isRecord(field) && isBoolean(field["agreed"]) && spec(field["spec"]) && (field["echo"] === null || echo(field["echo"]));
}

function areRuns(value: unknown): boolean {
  return value === null || (Array.isArray(value) && value.every(isRun));
}

function isRun(value: unknown): boolean {
  return isRecord(value) && Number.isInteger(value["spec"]) && Number.isInteger(value["echo"]) && isBoolean(value["agreed"]);
}

function isBodyField(field: unknown): boolean {
  if (field === undefined) return true;
  return isRecord(field) && isBoolean(field["agreed"]) && isTextPrint(field["spec"]) && isTextPrint(field["echo"]) && areRuns(field["runs"]);
}

function isTextPrint(value: unknown): boolean {
  return isRecord(value) && isText(value["whole"]) && (value["blocks"] === null || areTexts(value["blocks"]));
}

function isCriteriaField(field: unknown): boolean {
  if (field === undefined) return true;
  if (!isRecord(field) || !isBoolean(field["agreed"]) || !isText(field["spec"]) || !isText(field["echo"])) return false;
  const list = field["list"];
  return list === null || (Array.isArray(list) && list.every(isCriterion));
}

function isCriterion(value: unknown): boolean {
  return isRecord(value) && isText(value["spec"]) && isMaybeText(value["echo"]) && isBoolean(value["checked"]);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown): boolean {
  return typeof value === "string";
}

function isMaybeText(value: unknown): boolean {
  return value === null || typeof value === "string";
}

function isMaybeStatus(value: unknown): boolean {
  return value === null || STATUSES.has(value);
}

function isBoolean(value: unknown): boolean {
  return typeof value === "boolean";
}

export function areTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(isText);
}
