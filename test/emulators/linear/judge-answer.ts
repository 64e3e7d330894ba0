/** Judges an answer by the schema and the document it answers, without the code that made it: no field too many, none missing, each of its type. */

import {
  assertLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type SelectionSetNode,
} from "graphql";
import { given } from "./compare.ts";
import { fieldsOf, rootType, type Prepared } from "./documents.ts";

const PARTS: ReadonlySet<string> = new Set(["data", "errors", "extensions"]);
const ERROR_PARTS: ReadonlySet<string> = new Set(["message", "path", "locations", "extensions"]);

export function judgeAnswer({ operation, fragments }: Prepared, body: unknown): readonly string[] {
  const answer = given(body);
  const problems = Object.keys(answer)
    .filter((name) => !PARTS.has(name))
    .map((name) => `the answer has a part "${name}"`);
  const errors = answer["errors"];
  if (errors !== undefined && (!Array.isArray(errors) || errors.length === 0)) problems.push("errors is no list with something in it");
  for (const error of Array.isArray(errors) ? errors : []) {
    if (typeof given(error)["message"] !== "string") problems.push("an error has no message");
    problems.push(...Object.keys(given(error)).flatMap((name) => (ERROR_PARTS.has(name) ? [] : [`an error has a part "${name}"`])));
  }
  const data = answer["data"];
  if (data === null || data === undefined) return errors === undefined ? [...problems, "an answer without data has no errors either"] : problems;
  if (operation) problems.push(...judgeObject(data, operation.selectionSet, rootType(operation), fragments, "data"));
  return problems;
}

function judgeObject(
  value: unknown,
  selections: SelectionSetNode | undefined,
  type: GraphQLNamedType | null,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  path: string,
): readonly string[] {
  // Which fields an interface or a union has cannot be known without its name.
  if (!isObjectType(type)) return [];
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [`${path} is no object`];
  const asked = new Map<string, (typeof selected)[number][]>();
  const selected = fieldsOf(selections, type, fragments);
  for (const one of selected) asked.set(one.key, [...(asked.get(one.key) ?? []), one]);
  const values = given(value);
  const problems = Object.keys(values).flatMap((name) => (asked.has(name) ? [] : [`${path}.${name} was not asked for`]));
  for (const [key, [first, ...others]] of asked) {
    if (first === undefined) continue;
    if (!(key in values)) problems.push(`${path}.${key} is missing`);
    else if (first.field) {
      const both = others.flatMap(({ node }) => node.selectionSet?.selections ?? []);
      const below = first.node.selectionSet && { ...first.node.selectionSet, selections: [...first.node.selectionSet.selections, ...both] };
      problems.push(...judgeValue(values[key], first.field.type, below, fragments, `${path}.${key}`));
    }
  }
  return problems;
}

function judgeValue(
  value: unknown,
  type: GraphQLOutputType,
  selections: SelectionSetNode | undefined,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  path: string,
): readonly string[] {
  if (isNonNullType(type)) return value === null ? [`${path} is null`] : judgeValue(value, type.ofType, selections, fragments, path);
  if (value === null) return [];
  if (isListType(type)) {
    if (!Array.isArray(value)) return [`${path} is no list`];
    return value.flatMap((one, index) => judgeValue(one, type.ofType, selections, fragments, `${path}[${index}]`));
  }
  if (selections) return judgeObject(value, selections, type, fragments, path);
  try {
    assertLeafType(type).coerceOutputValue(value);
    return [];
  } catch (error) {
    return [`${path}: ${error instanceof Error ? error.message : String(error)}`];
  }
}
