/** What a request costs (FACTS.md): a property 0.1, an object 1, and a connection as often as it has places. */

import { isLeafType, type FragmentDefinitionNode, type GraphQLNamedType, type SelectionSetNode } from "graphql";
import { given } from "./compare.ts";
import { fieldsOf, isConnection, rootType, valueOf, type Asked, type Prepared } from "./documents.ts";
import { PAGE_DEFAULT } from "./paging.ts";

export function complexityOf({ operation, fragments }: Prepared, variables: unknown): number {
  if (!operation) return 0;
  // Rounding first takes away what adding tenths leaves behind.
  return Math.ceil(Math.round(cost(operation.selectionSet, rootType(operation), fragments, given(variables)) * 10) / 10);
}

function cost(
  selections: SelectionSetNode | undefined,
  type: GraphQLNamedType | null,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  variables: Readonly<Record<string, unknown>>,
): number {
  let sum = 0;
  for (const asked of fieldsOf(selections, type, fragments)) {
    if (asked.type === null || isLeafType(asked.type)) sum += 0.1;
    else {
      const below = cost(asked.node.selectionSet, asked.type, fragments, variables);
      // Everything below is multiplied, `pageInfo` too: the documentation makes no exception.
      sum += isConnection(asked.type) ? 1 + places(asked, variables) * below : 1 + below;
    }
  }
  return sum;
}

function places({ node }: Asked, variables: Readonly<Record<string, unknown>>): number {
  for (const name of ["first", "last"]) {
    const argument = node.arguments?.find((one) => one.name.value === name);
    const value = argument && valueOf(argument.value, variables);
    if (typeof value === "number") return value;
  }
  return PAGE_DEFAULT;
}
