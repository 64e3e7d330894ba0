/** Reads a JSON Patch of a work item: what may stand in one, before any rule of the process is asked. */

import { asObject, asText } from "../../kit/json-value.ts";
import { badRequest } from "./azure-refusal.ts";

export type PatchStep =
  | { readonly kind: "test"; readonly path: string; readonly value: unknown }
  | { readonly kind: "field"; readonly op: "add" | "replace" | "remove"; readonly field: string; readonly value: unknown }
  | { readonly kind: "format"; readonly field: string; readonly format: "html" | "markdown" }
  | { readonly kind: "add-relation"; readonly rel: string; readonly url: string; readonly comment: string | null; readonly name: string | null }
  | { readonly kind: "remove-relation"; readonly index: number }
  | { readonly kind: "comment-relation"; readonly index: number; readonly comment: string }
  /** A negative number by which others in the same batch may call it. */
  | { readonly kind: "temporary-id"; readonly id: number };

export function readPatch(document: unknown): readonly PatchStep[] {
  if (!Array.isArray(document) || document.length === 0) {
    throw badRequest("You must pass a valid patch document in the body of the request.");
  }
  return document.map(readStep);
}

function readStep(given: unknown): PatchStep {
  const { op, path, value } = asObject(given);
  if (typeof op !== "string" || typeof path !== "string") throw badRequest("You must pass a valid patch document in the body of the request.");
  const [, area = "", name = "", ...rest] = path.split("/");
  if (op === "test") return { kind: "test", path, value };
  if (op !== "add" && op !== "replace" && op !== "remove") throw badRequest(`The patch operation "${op}" is not supported for work items.`);
  switch (area) {
    case "fields":
      return { kind: "field", op, field: name, value };
    case "multilineFieldsFormat":
      return { kind: "format", field: name, format: readFormat(value) };
    case "relations":
      return readRelation(op, name, rest, value);
    case "id":
      return { kind: "temporary-id", id: Number(value) };
    default:
      throw badRequest(`The path "${path}" is not valid in a patch of a work item.`);
  }
}

function readFormat(value: unknown): "html" | "markdown" {
  const word = (asText(value) ?? "").toLowerCase();
  if (word === "markdown" || word === "html") return word;
  throw badRequest(`"${String(value)}" is no format of a multiline field: Markdown, Html.`);
}

function readRelation(op: "add" | "replace" | "remove", index: string, rest: readonly string[], value: unknown): PatchStep {
  if (op === "add" && index === "-") {
    const { rel, url, attributes } = asObject(value);
    if (typeof rel !== "string" || typeof url !== "string") throw badRequest("A relation needs rel and url.");
    return { kind: "add-relation", rel, url, comment: asText(asObject(attributes)["comment"]), name: asText(asObject(attributes)["name"]) };
  }
  const number = /^\d+$/.test(index) ? Number(index) : -1;
  if (number < 0) throw badRequest(`Invalid index "${index}" for relations.`, "InvalidPatchFieldNameException");
  if (op === "remove" && rest.length === 0) return { kind: "remove-relation", index: number };
  if (op !== "remove" && rest.join("/") === "attributes/comment") return { kind: "comment-relation", index: number, comment: asText(value) ?? "" };
  throw badRequest("Only a relation's attributes/comment can be replaced: remove it and add another.");
}
