/** What the schema found wrong, as sentences with a place and the word that was probably meant. */

import * as z from "zod/mini";
import { nearestWord } from "../text/nearest-word.ts";
import { configSchema } from "./config-schema.ts";
import { environmentHint, isSecretKey, secretHint } from "./secret-keys.ts";
import type { SourceProblem, ValuePath, YamlSource } from "./yaml-source.ts";

type Issue = z.core.$ZodIssue;

export function schemaProblems(issues: readonly Issue[], source: YamlSource): readonly SourceProblem[] {
  return issues.flatMap((issue) =>
    issue.code === "unrecognized_keys" ? issue.keys.map((key) => unknownKey(issue.path, key, source)) : [wrongValue(issue, source)],
  );
}

/** `ticket_systems.oss.fields`, `routing[0].match`. */
export function printPath(path: ValuePath): string {
  return path.map((step, index) => (typeof step === "number" ? `[${step}]` : `${index > 0 ? "." : ""}${String(step)}`)).join("");
}

/** "Did you mean …" with the nearest word, or nothing. */
export function didYouMean(typed: string, known: readonly string[]): { readonly hint?: string } {
  // Every single character is one edit away from every other.
  const nearest = typed.length < 2 ? null : nearestWord(typed, known);
  return nearest === null ? {} : { hint: `Did you mean ${nearest}?` };
}

function unknownKey(path: ValuePath, key: string, source: YamlSource): SourceProblem {
  const at = source.keyAt([...path, key]);
  const name = printPath([...path, key]);
  if (isSecretKey(key))
    return {
      code: "config-secret",
      message: `${name} is a secret, and secrets never stand in a configuration.`,
      hint: secretHint(systemAround(path, source)),
      at,
    };
  const known = knownKeys(configSchema, path);
  const environment = environmentHint(key);
  const nearest = didYouMean(key, known);
  const hint = environment ?? nearest.hint ?? `Keys here: ${known.join(", ")}.`;
  return { code: "config-unknown-key", message: `${name} is not a key that Canon knows.`, hint, at };
}

function wrongValue(issue: Exclude<Issue, z.core.$ZodIssueUnrecognizedKeys>, source: YamlSource): SourceProblem {
  const name = printPath(issue.path);
  const value = read(source.value, issue.path);
  const say = (message: string, hint?: string): SourceProblem => ({
    code: "config-value",
    message: `${name} ${message}.`,
    ...(hint === undefined ? {} : { hint }),
    at: issue.code === "invalid_key" ? source.keyAt(issue.path) : source.valueAt(issue.path),
  });
  if (issue.code === "invalid_key") return say(issue.issues[0]?.message ?? "is no valid name");
  if (value === undefined) return say("is missing", issue.code === "invalid_value" ? `It is one of ${issue.values.join(", ")}.` : undefined);
  if (value === null) return say("is empty", "Write a value, or remove the key.");
  switch (issue.code) {
    case "invalid_value":
      return notAmong(value, issue.values.map(String), say);
    case "invalid_union":
      return say(issue.message, typeof value === "string" ? didYouMean(value, wordsOf(issue)).hint : undefined);
    case "invalid_type":
      return say(`must be ${kindName(issue.expected)}, not ${kindOf(value)}`, quoteHint(issue.expected, value));
    case "too_small":
      return issue.origin === "string" ? say("is empty", "Write a value, or remove the key.") : say(issue.message);
    case "too_big":
    case "invalid_format":
    case "not_multiple_of":
    case "invalid_element":
    case "custom":
      return say(issue.message);
  }
}

function notAmong(value: unknown, words: readonly string[], say: (message: string, hint?: string) => SourceProblem): SourceProblem {
  const [only, second] = words;
  if (only !== undefined && second === undefined) return say(`must be ${only}`);
  if (typeof value !== "string") return say(`must be one of ${words.join(", ")}, not ${kindOf(value)}`);
  return say(`cannot be "${shorten(value)}"; it is one of ${words.join(", ")}`, didYouMean(value, words).hint);
}

/** The `system` of the target that a path leads into. */
function systemAround(path: ValuePath, source: YamlSource): unknown {
  return read(source.value, [...path.slice(0, path[0] === "sync" ? 1 : 2), "system"]);
}

/** A long value is more likely a pasted secret than a mistyped word. */
function shorten(value: string): string {
  return value.length > 30 ? `${value.slice(0, 4)}…` : value;
}

/** The words that one branch of a union would have taken. */
function wordsOf(issue: z.core.$ZodIssueInvalidUnion): readonly string[] {
  return issue.errors.flat().flatMap((inner) => (inner.code === "invalid_value" && inner.path.length === 0 ? inner.values.map(String) : []));
}

function quoteHint(expected: string, value: unknown): string | undefined {
  if (expected === "string" && (typeof value === "number" || typeof value === "boolean")) return "Put it in quotes.";
  if (expected === "array") return "Begin each entry with a dash, or write [a, b].";
  return undefined;
}

const KIND_NAMES: Readonly<Record<string, string>> = {
  string: "a text",
  boolean: "true or false",
  number: "a number",
  int: "a whole number",
  array: "a list",
  object: "a map of keys",
  record: "a map of names",
};

function kindName(expected: string): string {
  return KIND_NAMES[expected] ?? expected;
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "string") return "a text";
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "a map";
}

/** The value at a path; undefined where there is none. */
function read(value: unknown, path: ValuePath): unknown {
  return path.reduce<unknown>((inner, step) => (typeof inner === "object" && inner !== null ? Reflect.get(inner, step) : undefined), value);
}

/** The keys that the schema allows at a path. */
function knownKeys(schema: unknown, path: ValuePath): readonly string[] {
  if (schema instanceof z.ZodMiniOptional) return knownKeys(schema._zod.def.innerType, path);
  const [step, ...rest] = path;
  if (schema instanceof z.ZodMiniObject) return step === undefined ? Object.keys(schema._zod.def.shape) : knownKeys(schema._zod.def.shape[String(step)], rest);
  if (schema instanceof z.ZodMiniRecord) return knownKeys(schema._zod.def.valueType, rest);
  if (schema instanceof z.ZodMiniArray) return knownKeys(schema._zod.def.element, rest);
  return [];
}
