/** What one GraphQL request asks for, read from its text before it is carried out: root fields, arguments, cost. */

import { Kind, valueFromASTUntyped } from "graphql";
import type { DocumentNode, FieldNode, OperationDefinitionNode, SelectionSetNode } from "graphql";
import { asObject, isObject } from "../../kit/json-value.ts";
import type { JsonObject } from "../../kit/json-value.ts";
import type { WireRequest } from "../../kit/wire.ts";
import { checkedQuery } from "./github-schema.ts";
import type { Checked } from "./github-schema.ts";

export interface GraphqlOperation {
  readonly checked: Checked;
  readonly document: DocumentNode;
  readonly isMutation: boolean;
  readonly name: string | null;
  readonly variables: JsonObject;
  /** In the order they are carried out. */
  readonly roots: readonly RootField[];
}

export interface RootField {
  /** The name it has in the answer. */
  readonly key: string;
  readonly field: string;
  readonly input: JsonObject;
}

/** Null where the body holds no query that can be parsed. */
export function graphqlOperation(request: WireRequest): GraphqlOperation | null {
  const { query, variables, operationName } = asObject(request.json);
  if (typeof query !== "string") return null;
  const checked = checkedQuery(query);
  if (checked.document === null) return null;
  const operations = checked.document.definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION);
  const operation = operations.find((one) => one.name?.value === operationName) ?? operations[0];
  if (!operation) return null;
  const given = withDefaults(operation, asObject(variables));
  const roots = fieldsIn(checked.document, operation.selectionSet).map((field) => ({
    key: field.alias?.value ?? field.name.value,
    field: field.name.value,
    input: asObject(argumentsOf(field, given)["input"]),
  }));
  return {
    checked,
    document: checked.document,
    isMutation: operation.operation === "mutation",
    name: operation.name?.value ?? null,
    variables: given,
    roots,
  };
}

export function argumentsOf(field: FieldNode, variables: JsonObject): JsonObject {
  return Object.fromEntries((field.arguments ?? []).map((one) => [one.name.value, valueFromASTUntyped(one.value, { ...variables })]));
}

/** Fragments are opened. */
export function fieldsIn(document: DocumentNode, set: SelectionSetNode | undefined): readonly FieldNode[] {
  return (set?.selections ?? []).flatMap((selection) => {
    switch (selection.kind) {
      case Kind.FIELD:
        return [selection];
      case Kind.INLINE_FRAGMENT:
        return fieldsIn(document, selection.selectionSet);
      case Kind.FRAGMENT_SPREAD: {
        const fragment = document.definitions.find((one) => one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === selection.name.value);
        return fragment?.kind === Kind.FRAGMENT_DEFINITION ? fieldsIn(document, fragment.selectionSet) : [];
      }
    }
  });
}

/** Every field name at any depth. */
export function allFields(operation: GraphqlOperation): ReadonlySet<string> {
  const names = new Set<string>();
  const walk = (set: SelectionSetNode | undefined): void => {
    for (const field of fieldsIn(operation.document, set)) {
      names.add(field.name.value);
      walk(field.selectionSet);
    }
  };
  for (const one of operation.document.definitions) if (one.kind === Kind.OPERATION_DEFINITION) walk(one.selectionSet);
  return names;
}

function withDefaults(operation: OperationDefinitionNode, variables: JsonObject): JsonObject {
  const defaults = (operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
    defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)] as const] : [],
  );
  return isObject(variables) ? { ...Object.fromEntries(defaults), ...variables } : Object.fromEntries(defaults);
}
