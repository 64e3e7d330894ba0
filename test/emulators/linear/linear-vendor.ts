/** Linear's one endpoint: who asks, what it costs, and then the schema's own execution. */

import { execute, GraphQLError } from "graphql";
import type { EmulatorClock } from "../kit/emulator-clock.ts";
import type { Strike, Vendor, WireAnswer, WireRequest } from "../kit/wire.ts";
import { given } from "./compare.ts";
import { complexityOf } from "./complexity.ts";
import { prepare, type Prepared } from "./documents.ts";
import { judgeAnswer } from "./judge-answer.ts";
import { keyOf, type LinearKey } from "./linear-keys.ts";
import { forbidden, invalid, LinearProblem, problemAnswer, problemExtensions } from "./linear-problem.ts";
import { roots } from "./linear-roots.ts";
import { linearSchema } from "./linear-schema.ts";
import { NOW, type LinearWorld } from "./linear-world.ts";
import type { LinearWrites } from "./linear-writes.ts";
import { RateLimits } from "./rate-limits.ts";
import { meaningOf } from "./request-meaning.ts";
import { refusals, type StrikeField } from "./refusals.ts";
import { View } from "./view.ts";

export interface LinearVendorOptions {
  readonly clock: EmulatorClock;
  readonly requestsPerHour: number;
  readonly complexityPerHour: number;
  readonly complexityPerQuery: number;
  /** 400: HTTP 400 with the code RATELIMITED, which the SDK cannot classify; 429: with Retry-After, as older deployments do. */
  readonly rateLimitStatus: 400 | 429;
  readonly sameBatchParents: boolean;
  readonly archiveByKey: boolean;
}

const ENDPOINT = "/graphql";

export function linearVendor(world: LinearWorld, writes: LinearWrites, options: LinearVendorOptions): Vendor {
  const { clock } = options;
  const limits = new RateLimits(options);
  const refuse = refusals();
  /** What graphql itself found wrong with an answer, until the judge asks for it. */
  const found = new WeakMap<WireAnswer, readonly string[]>();

  const limited = (headers: Readonly<Record<string, string>>, ms: number): WireAnswer => {
    // [R] without `extensions.type` the SDK takes a bare 400 for an authentication error: the stricter reading.
    const shape = { code: "RATELIMITED", type: options.rateLimitStatus === 429 ? "ratelimited" : null, status: options.rateLimitStatus };
    const problem = new LinearProblem("Rate limit exceeded", { ...shape, presentable: "Too many requests: try again later." });
    return problemAnswer(
      problem,
      options.rateLimitStatus,
      options.rateLimitStatus === 429 ? { ...headers, "retry-after": String(Math.ceil(ms / 1_000)) } : headers,
    );
  };

  const run = (
    prepared: Prepared,
    variables: unknown,
    key: LinearKey,
    strike: StrikeField,
  ): { readonly status: number; readonly body: unknown; readonly problems: readonly string[] } => {
    const view = new View({ world, teams: key.teams, now: clock.now(), horizon: NOW });
    const call = { world, writes, view, user: world.agent, scopes: key.scopes, sameBatchParents: options.sameBatchParents, archiveByKey: options.archiveByKey };
    const result = execute({
      schema: linearSchema(),
      document: prepared.document,
      variableValues: given(variables),
      rootValue: roots({ ...call, strike }),
    });
    if (result instanceof Promise) throw new Error("a resolver of the emulator is asynchronous");
    const problems: string[] = [];
    const errors = result.errors?.map((error) => {
      const { originalError } = error;
      if (originalError instanceof LinearProblem) return { message: error.message, path: error.path, extensions: problemExtensions(originalError.shape) };
      problems.push(error.message);
      // Without a path it was turned away before anything ran: the variables did not fit.
      return error.path
        ? { message: error.message, path: error.path, extensions: { code: "INTERNAL_SERVER_ERROR" } }
        : { message: error.message, extensions: { code: "BAD_USER_INPUT" } };
    });
    // Through JSON: what is judged is what is sent.
    const body: unknown = JSON.parse(JSON.stringify({ ...(errors ? { errors } : {}), data: result.data ?? null }));
    // Without `data` nothing was executed: the variables did not fit.
    return { status: result.data === undefined ? 400 : 200, body, problems };
  };

  const answer = (request: WireRequest, strike: Strike): WireAnswer => {
    if (request.path !== ENDPOINT || request.method !== "POST") return { status: 404, body: `Cannot ${request.method} ${request.path}` };
    try {
      const key = keyOf(request.headers.authorization);
      const user = world.agent.id;
      const { query, variables, operationName } = given(request.json);
      if (typeof query !== "string") throw invalid("The body is a JSON object with a query.");
      const prepared = prepare(query, typeof operationName === "string" ? operationName : null);
      const complexity = complexityOf(prepared, variables);
      if (!limits.take(user, complexity)) return limited(limits.headers(user, complexity), limits.wait(user));
      const headers = limits.headers(user, complexity);
      if (complexity > options.complexityPerQuery) {
        const presentable = `The query costs ${complexity}, and ${options.complexityPerQuery} is the most: ask for less at once.`;
        return problemAnswer(new LinearProblem("Query too complex", { code: "INPUT_ERROR", type: "invalid input", status: 400, presentable }), 400, headers);
      }
      if (prepared.errors.length > 0) {
        const errors = prepared.errors.map((message) => ({
          message,
          extensions: { code: "GRAPHQL_VALIDATION_FAILED", type: "graphql error", userError: true },
        }));
        return { status: 400, headers, body: { errors } };
      }
      const { status, body, problems } = run(prepared, variables, key, refuse.strike(strike.refused, meaningOf(request).fields));
      const sent: WireAnswer = { status, headers, body: strike.partial ? halved(body) : body };
      found.set(sent, problems);
      return sent;
    } catch (error) {
      if (error instanceof LinearProblem) return problemAnswer(error, error.shape.status);
      if (error instanceof GraphQLError)
        return { status: 400, body: { errors: [{ message: error.message, extensions: { code: "GRAPHQL_PARSE_FAILED", type: "graphql error" } }] } };
      throw error;
    }
  };

  return {
    meaning: meaningOf,
    answer,
    rateLimited: (_request, ms) => limited(limits.headers(world.agent.id, 1, ms), ms),
    // GraphQL errors arrive with HTTP 200 (FACTS.md).
    forbidden: () => problemAnswer(forbidden("You don't have permission to do this."), 200, limits.headers(world.agent.id, 1)),
    unavailable: () => ({ status: 503, headers: { "content-type": "text/plain" }, body: "upstream connect error or disconnect/reset before headers" }),
    judge: (request, sent) => {
      const { query, operationName } = given(request.json);
      if (request.path !== ENDPOINT || typeof query !== "string") return [`${request.method} ${request.path} is no request to Linear`];
      try {
        const prepared = prepare(query, typeof operationName === "string" ? operationName : null);
        if (prepared.errors.length > 0) return prepared.errors;
        // `data` is what the document promises; an answer that turned the request away has none.
        return [...(found.get(sent) ?? []), ...judgeAnswer(prepared, sent.body)];
      } catch (error) {
        return [error instanceof Error ? error.message : String(error)];
      }
    },
    unjudged: null,
  };
}

/** A page that ends early, and an error beside it: what could be read is there, and the answer says that it is not all. */
function halved(body: unknown): unknown {
  const cut = (value: unknown): unknown => {
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, below]) => [
        name,
        (name === "nodes" || name === "edges") && Array.isArray(below) ? below.slice(0, Math.floor(below.length / 2)) : cut(below),
      ]),
    );
  };
  const { data, errors } = given(body);
  const failed = { message: "Internal server error", extensions: { code: "INTERNAL_SERVER_ERROR", type: "internal error", statusCode: 500, userError: false } };
  return { errors: [...(Array.isArray(errors) ? errors : []), failed], data: cut(data) };
}
