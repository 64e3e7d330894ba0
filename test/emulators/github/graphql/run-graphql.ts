/** Carries out one GraphQL request on GitHub's own schema; errors come with status 200, in `errors[]`, each with its type and path. */

import { execute } from "graphql";
import type { ExecutionResult, GraphQLError, GraphQLFieldResolver } from "graphql";
import { asList, asObject, isObject } from "../../kit/json-value.ts";
import type { WireAnswer } from "../../kit/wire.ts";
import type { Call } from "../github-call.ts";
import { GithubRefusal } from "../github-refusal.ts";
import { graphqlCost } from "./graphql-cost.ts";
import { githubSchema, checkedQuery } from "./github-schema.ts";
import { mutations } from "./graphql-mutations.ts";
import { graphqlOperation } from "./graphql-operation.ts";
import type { GraphqlOperation } from "./graphql-operation.ts";
import { queries } from "./graphql-queries.ts";

export interface GraphqlAnswer {
  readonly answer: WireAnswer;
  /** What was asked that the schema refuses, or that the emulator lacks. */
  readonly problems: readonly string[];
}

interface Context {
  readonly refused: ReadonlySet<string>;
  readonly partial: boolean;
  readonly gaps: string[];
  issues: number;
}

const BROKEN =
  "Something went wrong while executing your query. This may be the result of a timeout, or it could be a GitHub bug. Please include `0000:000000:0000000:0000000:00000000` when reporting this issue.";
/** Fields that give one issue each: under a partial failure every second of them gives none. */
const SINGLE = new Set(["issue", "issueOrPullRequest", "node"]);

/** `refused`: names in the answer of what is refused. */
export async function runGraphql(call: Call, refused: ReadonlySet<string>): Promise<GraphqlAnswer> {
  const operation = graphqlOperation(call.request);
  if (operation === null) return unreadable(call);
  if (operation.checked.errors.length > 0) {
    const errors = operation.checked.errors.map((error) => schemaError(error));
    return { answer: { status: 200, body: { errors } }, problems: errors.map(({ message }) => message) };
  }
  const cost = graphqlCost(operation);
  if (cost.refusals.length > 0)
    return { answer: { status: 200, body: { errors: cost.refusals.map((refusal) => ({ type: refusal.type, message: refusal.message })) } }, problems: [] };
  const context: Context = { refused, partial: call.strike.partial, gaps: [], issues: 0 };
  const result = await execute({
    schema: githubSchema(),
    document: operation.document,
    rootValue: operation.isMutation ? mutations(call) : queries(call, cost),
    contextValue: context,
    variableValues: { ...asObject(asObject(call.request.json)["variables"]) },
    operationName: operation.name,
    fieldResolver: resolve,
  });
  return finished(result, context, operation);
}

const resolve: GraphQLFieldResolver<unknown, Context> = (source, args, context, info) => {
  if (!isObject(source) || !(info.fieldName in source)) {
    const gap = `the emulator lacks ${info.parentType.name}.${info.fieldName}`;
    context.gaps.push(gap);
    throw new Error(gap);
  }
  if (info.path.prev === undefined && context.refused.has(String(info.path.key)))
    throw new GithubRefusal("forbidden", "Resource not accessible by personal access token");
  if (context.partial && SINGLE.has(info.fieldName)) {
    context.issues += 1;
    if (context.issues % 2 === 0) throw new GithubRefusal("broken", BROKEN);
  }
  const value = source[info.fieldName];
  return typeof value === "function" ? value(args) : value;
};

function finished(result: ExecutionResult, context: Context, operation: GraphqlOperation): GraphqlAnswer {
  const errors: Record<string, unknown>[] = (result.errors ?? []).map(graphqlError);
  // Bad values for variables and the like come without data, and are the sender's mistake by the schema.
  const mistakes = (result.errors ?? []).flatMap((error) => (error.originalError instanceof GithubRefusal ? [] : [error.message]));
  const data = result.data === undefined ? undefined : context.partial ? halved(result.data) : result.data;
  if (context.partial && !operation.isMutation) errors.push({ message: BROKEN });
  return {
    answer: { status: 200, body: { ...(data === undefined ? {} : { data }), ...(errors.length === 0 ? {} : { errors }) } },
    problems: [...new Set([...context.gaps, ...mistakes])],
  };
}

/** The second half of every outermost list is null: what a timeout leaves. */
function halved(value: unknown, name = ""): unknown {
  if (Array.isArray(value)) return ["nodes", "edges"].includes(name) ? value.map((one: unknown, index) => (index < value.length >> 1 ? one : null)) : value;
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, halved(one, key)]));
}

function graphqlError(error: GraphQLError): Record<string, unknown> {
  const { originalError, message } = error;
  const place = {
    path: asList(error.path),
    locations: asList(error.locations).map((one) => ({ line: asObject(one)["line"], column: asObject(one)["column"] })),
  };
  if (!(originalError instanceof GithubRefusal)) return { ...place, message };
  const type = typeOf(originalError);
  const isForbidden = originalError.kind === "forbidden";
  return { ...(type === null ? {} : { type }), ...place, ...(isForbidden ? { extensions: { saml_failure: false } } : {}), message };
}

function typeOf(refusal: GithubRefusal): string | null {
  if (refusal.type !== null) return refusal.type;
  switch (refusal.kind) {
    case "not-found":
    case "gone":
      return "NOT_FOUND";
    case "forbidden":
      return "FORBIDDEN";
    case "scopes":
      return "INSUFFICIENT_SCOPES";
    case "unprocessable":
    case "bad-request":
    case "too-quick":
    case "conflict":
      return "UNPROCESSABLE";
    case "graphql":
    case "broken":
      return null;
  }
}

function schemaError(error: GraphQLError): { readonly message: string } & Readonly<Record<string, unknown>> {
  const code = error.message.startsWith("Cannot query field") ? "undefinedField" : "argumentLiteralsIncompatible";
  return { path: [], extensions: { code }, locations: asList(error.locations).map((one) => ({ ...asObject(one) })), message: error.message };
}

function unreadable({ request }: Call): GraphqlAnswer {
  const { query } = asObject(request.json);
  if (typeof query !== "string")
    return {
      answer: {
        status: 400,
        body: { message: "A query attribute must be specified and must be a string.", documentation_url: "https://docs.github.com/graphql" },
      },
      problems: ["no query"],
    };
  const message = checkedQuery(query).errors[0]?.message ?? "A query attribute must hold an operation.";
  return { answer: { status: 200, body: { errors: [{ message }] } }, problems: [message] };
}
