/** What a GraphQL request costs, and GitHub's limits on what one may ask for: 1 to 100 per connection, 500,000 nodes. */

import { getNamedType, isInterfaceType, isObjectType, Kind } from "graphql";
import type { FieldNode, GraphQLNamedType, SelectionSetNode } from "graphql";
import { GithubRefusal } from "../github-refusal.ts";
import { argumentsOf } from "./graphql-operation.ts";
import type { GraphqlOperation } from "./graphql-operation.ts";
import { githubSchema } from "./github-schema.ts";

export interface GraphqlCost {
  /** Points of the hourly limit: the connections that must be opened, by hundreds, at least 1. */
  readonly cost: number;
  readonly nodes: number;
  /** Why it is turned away. */
  readonly refusals: readonly GithubRefusal[];
}

const MOST = 100;
const NODE_LIMIT = 500_000;

export function graphqlCost(operation: GraphqlOperation): GraphqlCost {
  const schema = githubSchema();
  const refusals: GithubRefusal[] = [];
  let requests = 0;
  let nodes = 0;

  const walk = (set: SelectionSetNode | undefined, type: GraphQLNamedType | null | undefined, times: number): void => {
    for (const selection of set?.selections ?? []) {
      switch (selection.kind) {
        case Kind.INLINE_FRAGMENT:
          walk(selection.selectionSet, selection.typeCondition ? schema.getType(selection.typeCondition.name.value) : type, times);
          break;
        case Kind.FRAGMENT_SPREAD: {
          const fragment = operation.document.definitions.find((one) => one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === selection.name.value);
          if (fragment?.kind === Kind.FRAGMENT_DEFINITION) walk(fragment.selectionSet, schema.getType(fragment.typeCondition.name.value), times);
          break;
        }
        case Kind.FIELD:
          walkField(selection, type, times);
      }
    }
  };

  const walkField = (field: FieldNode, type: GraphQLNamedType | null | undefined, times: number): void => {
    const definition = isObjectType(type) || isInterfaceType(type) ? type.getFields()[field.name.value] : undefined;
    if (!definition) return;
    const below = getNamedType(definition.type);
    const isConnection = below.name.endsWith("Connection") && definition.args.some(({ name }) => name === "first");
    if (!isConnection) return walk(field.selectionSet, below, times);
    const size = pageSize(field, operation);
    if (size instanceof GithubRefusal) {
      refusals.push(size);
      return;
    }
    requests += times;
    nodes += times * size;
    walk(field.selectionSet, below, times * size);
  };

  for (const one of operation.document.definitions)
    if (one.kind === Kind.OPERATION_DEFINITION) walk(one.selectionSet, one.operation === "mutation" ? schema.getMutationType() : schema.getQueryType(), 1);
  if (nodes > NODE_LIMIT)
    refusals.push(
      graphqlRefusal(
        "MAX_NODE_LIMIT_EXCEEDED",
        `This query requests up to ${nodes.toLocaleString("en")} possible nodes which exceeds the maximum limit of 500,000.`,
      ),
    );
  return { cost: Math.max(1, Math.round(requests / MOST)), nodes, refusals };
}

export function graphqlRefusal(type: string, message: string): GithubRefusal {
  return new GithubRefusal("graphql", message, { type });
}

function pageSize(field: FieldNode, { variables }: GraphqlOperation): number | GithubRefusal {
  const { first, last } = argumentsOf(field, variables);
  const name = field.name.value;
  const word = typeof first === "number" ? "first" : "last";
  const size = typeof first === "number" ? first : last;
  if (typeof size !== "number")
    return graphqlRefusal("MISSING_PAGINATION_BOUNDARIES", `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`);
  if (size < 1) return graphqlRefusal("EXCESSIVE_PAGINATION", `\`${word}\` on the \`${name}\` connection cannot be less than one.`);
  if (size > MOST)
    return graphqlRefusal("EXCESSIVE_PAGINATION", `Requesting ${size} records on the \`${name}\` connection exceeds the \`${word}\` limit of ${MOST} records.`);
  return size;
}
