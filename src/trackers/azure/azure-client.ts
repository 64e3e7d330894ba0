/** The door to Azure DevOps: requests below an organisation's address, its refusals in words, and the only maker of its TrackerErrors. */

import * as z from "zod/mini";
import { withoutControls } from "../../core/text/terminal-text.ts";
import { HttpFailure } from "../../io/http/http-failure.ts";
import { openHttp, type HttpRequest } from "../../io/http/http.ts";
import type { HttpAnswer } from "../../io/http/rate-rules.ts";
import { errorOfFailure } from "../http-client.ts";
import { neededCredential, httpOptions, type RemoteOptions } from "../remote-options.ts";
import { TrackerError, type TrackerErrorKind } from "../tracker-error.ts";
import { placeOf, type AzurePlace } from "./azure-place.ts";
import { AZURE_RATES } from "./azure-rates.ts";
import { hintFor, kindOfRefusal, notAccepted, SIGN_IN, wordsOf } from "./azure-refusals.ts";
import { refusal } from "./azure-wire.ts";

/** Work items say whether a text is Markdown from this version on. */
export const ITEM_VERSION = "7.2-preview.3";

export interface AzureRequest {
  readonly method: "GET" | "POST" | "PATCH";
  /** Below the organisation's address; in the target's project with `inProject`. */
  readonly path: string;
  readonly inProject?: boolean;
  /** Of another project than the target's. */
  readonly project?: string;
  readonly version: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly creations?: number;
}

export interface AzureClient {
  readonly place: AzurePlace;
  /** Throws TrackerError. */
  read<T>(schema: z.ZodMiniType<T>, request: AzureRequest): Promise<T>;
  /** The same for what changes anything: sent once. */
  write<T>(schema: z.ZodMiniType<T>, request: AzureRequest): Promise<T>;
  /** What one element of a batch was answered. `about`: the ticket's key or title. */
  refused(status: number, body: unknown, about: string): TrackerError;
  /** An error of the adapter's own about this target. */
  error(kind: TrackerErrorKind, message: string, hint: string): TrackerError;
  /** The address under which relations name a work item. */
  itemUrl(id: number): string;
}

const MESSAGE_LIMIT = 300;

/** Requests under way at once: the vendor counts load, and slows down who asks too much at a time. */
const CONCURRENCY = 4;

export function openAzureClient(options: RemoteOptions): AzureClient {
  const { target } = options;
  const place = placeOf(options);
  const variable = `${target.envPrefix}AZURE_DEVOPS_PAT`;
  const token = neededCredential(
    options,
    "AZURE_DEVOPS_PAT",
    "Make a personal access token in Azure DevOps (User settings, Personal access tokens) with the scope Work Items (Read & write).",
  );
  const secret = Buffer.from(`:${token}`).toString("base64");
  const http = openHttp(httpOptions(options, AZURE_RATES, CONCURRENCY));

  const tidy = (words: string): string => {
    const plain = withoutControls(words.replaceAll(token, "…").replaceAll(secret, "…").replace(/\s+/g, " ")).trim();
    return plain.length > MESSAGE_LIMIT ? `${plain.slice(0, MESSAGE_LIMIT)}…` : plain;
  };

  const make = (kind: TrackerErrorKind, words: string, hint: string | null, retryAfter: number | null = null): TrackerError =>
    new TrackerError(kind, tidy(words), { hint: hint ?? hintFor(kind, variable), ...(retryAfter === null ? {} : { retryAfter }) });

  const refused = (status: number, body: unknown, writes: boolean, about: string | null, retryAfter: number | null = null): TrackerError => {
    const parsed = z.safeParse(refusal, body);
    const where = about === null ? "" : `${about}: `;
    if (!parsed.success) return make(kindOfRefusal(status, null, writes), `${where}The answer is none of Azure's (HTTP ${status}).`, null, retryAfter);
    const { words, hint } = wordsOf(parsed.data);
    return make(kindOfRefusal(status, parsed.data, writes), `${where}${words}`, hint, retryAfter);
  };

  const send = async <T>(schema: z.ZodMiniType<T>, request: AzureRequest, writes: boolean): Promise<T> => {
    let answer: HttpAnswer;
    try {
      answer = await http.send(httpRequest(place, request, secret, writes));
    } catch (error) {
      if (error instanceof HttpFailure) throw errorOfFailure(error, writes);
      throw error;
    }
    const { status } = answer;
    // A token that opens nothing is answered with the page on which people sign in, as if all were well.
    if (status === 203 || (status >= 300 && status < 400)) throw make("auth", SIGN_IN, null);
    const body = jsonIn(answer.text);
    if (status === 401 && body === null) throw make("auth", notAccepted(answer), null);
    if (status !== 200) throw refused(status, body, writes, null, AZURE_RATES.limited(answer, options.clock.now().getTime()));
    const parsed = z.safeParse(schema, body);
    if (parsed.success) return parsed.data;
    throw make(writes ? "unknown-outcome" : "unavailable", `The answer to ${request.path} has another form than Azure's.`, null);
  };

  return {
    place,
    read: (schema, request) => send(schema, request, false),
    write: (schema, request) => send(schema, request, true),
    refused: (status, body, about) => refused(status, body, true, about),
    error: (kind, message, hint) => make(kind, message, hint),
    itemUrl: (id) => `${place.collection}/_apis/wit/workItems/${id}`,
  };
}

function httpRequest(place: AzurePlace, request: AzureRequest, secret: string, writes: boolean): HttpRequest {
  const project = request.project ?? (request.inProject === true ? place.project : null);
  const query = new URLSearchParams({ ...request.query, "api-version": request.version });
  return {
    method: request.method,
    url: `${place.collection}${project === null ? "" : `/${encodeURIComponent(project)}`}/_apis/${request.path}?${query.toString()}`,
    headers: {
      authorization: `Basic ${secret}`,
      accept: "application/json",
      // Asks for a refusal instead of the way to the sign-in page.
      "x-tfs-fedauthredirect": "Suppress",
      ...(request.body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
    writes,
    ...(request.creations === undefined ? {} : { creations: request.creations }),
  };
}

export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
