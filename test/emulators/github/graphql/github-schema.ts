/** GitHub's own GraphQL schema, built once per process when it is first needed, and each query checked by it once. */

import { readFileSync } from "node:fs";
import { buildSchema, GraphQLError, parse, validate } from "graphql";
import type { DocumentNode, GraphQLSchema } from "graphql";

export interface Checked {
  /** Null: it could not even be parsed. */
  readonly document: DocumentNode | null;
  readonly errors: readonly GraphQLError[];
}

/** Beside the package's module, which would load the schema a second time, as JSON. */
const FILE = new URL("schema.graphql", import.meta.resolve("@octokit/graphql-schema"));

let schema: GraphQLSchema | null = null;
const checked = new Map<string, Checked>();
const KEPT = 2_000;

/** Taken as it is: graphql 17 is stricter about deprecated fields than GitHub. */
export function githubSchema(): GraphQLSchema {
  if (schema) return schema;
  schema = buildSchema(readFileSync(FILE, "utf8"), { assumeValidSDL: true, assumeValid: true, noLocation: true });
  return schema;
}

export function checkedQuery(text: string): Checked {
  const known = checked.get(text);
  if (known) return known;
  const made = check(text);
  if (checked.size >= KEPT) checked.clear();
  checked.set(text, made);
  return made;
}

function check(text: string): Checked {
  try {
    const document = parse(text);
    return { document, errors: validate(githubSchema(), document) };
  } catch (error) {
    if (error instanceof GraphQLError) return { document: null, errors: [error] };
    throw error;
  }
}
