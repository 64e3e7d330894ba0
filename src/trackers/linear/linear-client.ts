/** The door to Linear: one POST per document, errors read from the raw answer, and the only maker of its TrackerErrors. */

import * as z from "zod/mini";
import { withoutControls } from "../../core/text/terminal-text.ts";
import { HttpFailure } from "../../io/http/http-failure.ts";
import { openHttp } from "../../io/http/http.ts";
import type { HttpAnswer } from "../../io/http/rate-rules.ts";
import { kindOfStatus } from "../../io/http/remote-error.ts";
import { isSafeAddress } from "../../io/http/safe-address.ts";
import { errorOfFailure } from "../http-client.ts";
import { neededCredential, httpOptions, type RemoteOptions } from "../remote-options.ts";
import { TrackerError, type TrackerErrorKind } from "../tracker-error.ts";
import { problemKind, wordsOf, type LinearProblem } from "./linear-problems.ts";
import { LINEAR_RATES } from "./linear-rates.ts";
import { answerSchema } from "./linear-wire.ts";

export interface LinearRequest {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** For the debug log, which sees no documents. */
  readonly about: string;
}

/** `data` null: nothing of it is shown, though parts may have been carried out. */
export interface LinearAnswer {
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly problems: readonly LinearProblem[];
}

export interface Read<T> {
  readonly value: T;
  /** False where parts of the answer are errors. */
  readonly whole: boolean;
}

export interface LinearClient {
  /** Throws TrackerError where there is no data, or other data than asked for. */
  read<T>(schema: z.ZodMiniType<T>, request: LinearRequest): Promise<Read<T>>;
  /** An answer with errors comes back; throws TrackerError where the whole of it failed. */
  ask(request: LinearRequest): Promise<LinearAnswer>;
  /** The same for what changes anything: sent once. */
  write(request: LinearRequest): Promise<LinearAnswer>;
  /** `ticket`: the key it is about, where there is one. */
  errorOf(problem: LinearProblem, writes: boolean, ticket?: string): TrackerError;
  /** An error of the adapter's own about this target. */
  error(kind: TrackerErrorKind, message: string, hint: string): TrackerError;
  /** The same error as it concerns something else: of another kind, with more words, or another way out. */
  reworded(
    error: TrackerError,
    change: { readonly kind?: TrackerErrorKind; readonly words?: (message: string) => string; readonly hint?: string },
  ): TrackerError;
}

const ADDRESS = "https://api.linear.app/graphql";
const MESSAGE_LIMIT = 300;

/** Requests under way at once: Linear counts by the hour, so more would only hit the limit sooner. */
const CONCURRENCY = 4;

export function openLinearClient(options: RemoteOptions): LinearClient {
  const { target } = options;
  const variable = `${target.envPrefix}LINEAR_API_KEY`;
  const key = neededCredential(options, "LINEAR_API_KEY", "Make a personal API key in Linear: Settings, Security & access, Personal API keys.").replace(
    /^Bearer\s+/i,
    "",
  );
  const url = addressOf(target.baseUrl, target.name);
  const http = openHttp(httpOptions(options, LINEAR_RATES, CONCURRENCY));
  // [F] A personal key goes in as it is; everything else is an OAuth token.
  const headers = { "content-type": "application/json", accept: "application/json", authorization: key.startsWith("lin_api_") ? key : `Bearer ${key}` };

  const tidy = (text: string): string => {
    const plain = withoutControls(text.replaceAll(key, "…").replace(/\s+/g, " ")).trim();
    return plain.length > MESSAGE_LIMIT ? `${plain.slice(0, MESSAGE_LIMIT)}…` : plain;
  };

  const make = (kind: TrackerErrorKind, words: string, retryAfter: number | null = null): TrackerError =>
    new TrackerError(kind, tidy(words), { hint: hintFor(kind, variable, target.project), ...(retryAfter === null ? {} : { retryAfter }) });

  const errorOf = (problem: LinearProblem, writes: boolean, retryAfter: number | null, ticket?: string): TrackerError => {
    const kind = problemKind(problem, writes);
    return make(kind, `${ticket === undefined ? "" : `${ticket}: `}Linear says: ${wordsOf(problem)}`, kind === "rate-limited" ? retryAfter : null);
  };

  const send = async (request: LinearRequest, writes: boolean): Promise<LinearAnswer> => {
    const body = JSON.stringify({ query: request.query, variables: request.variables });
    let answer: HttpAnswer;
    try {
      answer = await http.send({ method: "POST", url, headers, body, writes, about: request.about });
    } catch (error) {
      if (error instanceof HttpFailure) throw errorOfFailure(error, writes);
      throw error;
    }
    const limited = LINEAR_RATES.limited(answer, options.clock.now().getTime());
    const parsed = z.safeParse(answerSchema, jsonIn(answer.text));
    if (!parsed.success || (parsed.data.data === undefined && parsed.data.errors === undefined)) throw unreadable(answer, writes, limited, make);
    const problems = (parsed.data.errors ?? []).map((error): LinearProblem => ({
      words: error.extensions?.userPresentableMessage ?? error.message ?? "Linear gave no reason",
      message: error.message ?? "",
      code: error.extensions?.code ?? "",
      type: error.extensions?.type ?? "",
      status: answer.status,
      path: error.path ?? [],
    }));
    const data = parsed.data.data ?? null;
    const [first] = problems;
    if (data === null && !first) throw unreadable(answer, writes, limited, make);
    if (data === null && first && first.path.length === 0) throw errorOf(first, writes, limited);
    return { data, problems };
  };

  return {
    errorOf: (problem, writes, ticket) => errorOf(problem, writes, null, ticket),
    error: (kind, message, hint) => new TrackerError(kind, sentence(message), { hint }),
    reworded: (error, { kind = error.kind, words = (message) => message, hint = error.hint ?? hintFor(kind, variable, target.project) }) =>
      new TrackerError(kind, sentence(words(error.message)), {
        hint,
        ...(error.retryAfter === null ? {} : { retryAfter: error.retryAfter }),
        cause: error,
      }),
    ask: (request) => send(request, false),
    write: (request) => send(request, true),
    read: async (schema, request) => {
      const { data, problems } = await send(request, false);
      const [first] = problems;
      if (data === null && first) throw errorOf(first, false, null);
      const parsed = z.safeParse(schema, data);
      if (parsed.success) return { value: parsed.data, whole: problems.length === 0 };
      if (first) throw errorOf(first, false, null);
      throw make("unavailable", `The answer to ${request.about} has another form than Linear's: ${z.prettifyError(parsed.error)}`);
    },
  };
}

/** A page of a gateway, a cut answer: with a status that says no, it is a no; else nobody knows. */
function unreadable(
  { status, headers, text }: HttpAnswer,
  writes: boolean,
  limited: number | null,
  make: (kind: TrackerErrorKind, words: string, retryAfter: number | null) => TrackerError,
): TrackerError {
  const type = headers.get("content-type")?.split(";")[0] ?? "no type";
  return make(kindOfStatus(status, writes), `The answer is none of Linear's (HTTP ${status}, ${type}${text === "" ? ", empty" : ""}).`, limited);
}

/** A key of the configuration stays as people write it. */
function sentence(words: string): string {
  return /^\w+_/.test(words) ? words : words.charAt(0).toUpperCase() + words.slice(1);
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The key travels with every request: only over https, or within this machine. */
function addressOf(baseUrl: string | null, target: string): string {
  const url = URL.parse(baseUrl ?? ADDRESS);
  if (url === null || url.username !== "" || !isSafeAddress(url)) {
    throw new TrackerError("invalid", `base_url of ${target} is no address to send a key to.`, {
      hint: `Leave it out for ${ADDRESS}; another must begin with https://.`,
    });
  }
  if (url.pathname === "/") url.pathname = "/graphql";
  return url.href;
}

function hintFor(kind: TrackerErrorKind, variable: string, project: string): string {
  switch (kind) {
    case "auth":
      return `Check ${variable}: make a new personal API key in Linear (Settings, Security & access, Personal API keys) if it was revoked.`;
    case "forbidden":
      return `The key in ${variable} needs the permissions Read and Write (OAuth: scopes read and write), and access to the team${project === "" ? "" : ` ${project}`}.`;
    case "not-found":
      return "It was deleted, or the key may not see it: check the key's teams.";
    case "conflict":
      return "An earlier request made it already: run the command again.";
    case "invalid":
      return "Change what Linear refuses, then run the command again.";
    case "rate-limited":
      return "Linear allows so many requests an hour for each user, whatever the program. Run the command again then: nothing is lost.";
    case "unavailable":
    case "unknown-outcome":
      return "Run the command again; status.linear.app tells of trouble on Linear's side.";
  }
}
