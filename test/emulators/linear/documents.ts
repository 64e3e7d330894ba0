/** What a request asks for: its document parsed and validated once per text, its fields with their types. */

import {
  getNamedType,
  getOperationAST,
  isCompositeType,
  isObjectType,
  Kind,
  parse,
  validate,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from "graphql";
import { given } from "./compare.ts";
import { linearSchema } from "./linear-schema.ts";

export interface Prepared {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode | null;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Empty when the document fits the schema. */
  readonly errors: readonly string[];
}

export interface Asked {
  readonly key: string;
  readonly node: FieldNode;
  readonly field: GraphQLField<unknown, unknown> | null;
  /** Of the answer, without list and non-null; null where the schema has no such field. */
  readonly type: GraphQLNamedType | null;
}

/** Aliased mutations make a new text per batch; the oldest texts are dropped. */
const KEPT = 500;
const prepared = new Map<string, Prepared>();

/** Throws a syntax error of graphql's own. */
export function prepare(query: string, operationName: string | null): Prepared {
  const key = `${operationName ?? ""}\n${query}`;
  const before = prepared.get(key);
  if (before) return before;
  const document = parse(query, { noLocation: true });
  const errors = validate(linearSchema(), document).map(({ message }) => message);
  const fragments = new Map(document.definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [])));
  const made = { document, operation: getOperationAST(document, operationName) ?? null, fragments, errors };
  prepared.set(key, made);
  if (prepared.size > KEPT) for (const oldest of prepared.keys()) if (prepared.delete(oldest)) break;
  return made;
}

/** Root fields of the request with their arguments as values; empty when it cannot be understood. */
export function rootFields(
  { operation, fragments }: Prepared,
  variables: unknown,
): readonly { readonly name: string; readonly node: FieldNode; readonly args: Readonly<Record<string, unknown>> }[] {
  if (!operation) return [];
  const values = given(variables);
  return fieldsOf(operation.selectionSet, rootType(operation), fragments).map(({ node }) => ({
    name: node.name.value,
    node,
    args: Object.fromEntries((node.arguments ?? []).map(({ name, value }) => [name.value, valueOf(value, values)])),
  }));
}

export function rootType(operation: OperationDefinitionNode): GraphQLNamedType | null {
  return linearSchema().getRootType(operation.operation) ?? null;
}

export function fieldsOf(
  selections: SelectionSetNode | undefined,
  type: GraphQLNamedType | null,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): readonly Asked[] {
  return (selections?.selections ?? []).flatMap((one): readonly Asked[] => {
    switch (one.kind) {
      case Kind.FIELD: {
        const field = isCompositeType(type) && "getFields" in type ? (type.getFields()[one.name.value] ?? null) : null;
        return [{ key: one.alias?.value ?? one.name.value, node: one, field, type: field && getNamedType(field.type) }];
      }
      case Kind.INLINE_FRAGMENT:
        return fieldsOf(one.selectionSet, one.typeCondition ? typeNamed(one.typeCondition.name.value) : type, fragments);
      case Kind.FRAGMENT_SPREAD: {
        const fragment = fragments.get(one.name.value);
        return fragment ? fieldsOf(fragment.selectionSet, typeNamed(fragment.typeCondition.name.value), fragments) : [];
      }
    }
  });
}

function typeNamed(name: string): GraphQLNamedType | null {
  return linearSchema().getType(name) ?? null;
}

export function isConnection(type: GraphQLNamedType | null): boolean {
  return isObjectType(type) && type.name.endsWith("Connection");
}

export function valueOf(node: ValueNode, variables: Readonly<Record<string, unknown>>): unknown {
  switch (node.kind) {
    case Kind.VARIABLE:
      return variables[node.name.value];
    case Kind.LIST:
      return node.values.map((one) => valueOf(one, variables));
    case Kind.OBJECT:
      return Object.fromEntries(node.fields.map(({ name, value }) => [name.value, valueOf(value, variables)]));
    case Kind.NULL:
      return null;
    case Kind.INT:
    case Kind.FLOAT:
      return Number(node.value);
    case Kind.STRING:
    case Kind.BOOLEAN:
    case Kind.ENUM:
      return node.value;
  }
}
