/** The door to a Jira: sends requests over Canon's own HTTP, reads answers by schema, and makes every `TrackerError`. */

import type { ZodMiniType } from "zod/mini";
import { HttpFailure } from "../../io/http/http-failure.ts";
import { openHttp } from "../../io/http/http.ts";
import { retryAfter, type HttpAnswer, type RateRules } from "../../io/http/rate-rules.ts";
import { errorOfFailure } from "../http-client.ts";
import { httpOptions, type RemoteOptions } from "../remote-options.ts";
import { refusalError, unreadable } from "./jira-error-client.ts";
import type { JiraSite } from "./jira-site.ts";

export interface JiraRequest {
  readonly method: string;
  /** From the root: `/rest/api/3/myself`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly writes: boolean;
  /** How many tickets it creates. */
  readonly creations?: number;
  /** Which ticket or thing it is about; without one, all of Jira. */
  readonly what?: string;
  /** The permission it takes, for people. */
  readonly needs?: string;
}

export interface JiraAnswer {
  readonly status: number;
  /** undefined where the answer has no body. */
  readonly json: unknown;
}

export interface JiraClient {
  readonly site: JiraSite;
  /** Answers of 2xx, and of `also`; throws TrackerError for the rest. */
  send(request: JiraRequest, also?: readonly number[]): Promise<JiraAnswer>;
  /** The same, with a body of this form. */
  ask<T>(request: JiraRequest, schema: ZodMiniType<T>): Promise<T>;
  /** An answer to `request` in this form. */
  read<T>(request: JiraRequest, json: unknown, schema: ZodMiniType<T>): T;
  /** null where there is no such thing. */
  find<T>(request: JiraRequest, schema: ZodMiniType<T>): Promise<T | null>;
}

/** Requests under way at the same time: the Cloud takes 50 to 100 a second [FACTS]. */
export const CONCURRENCY = 10;

export function openJiraClient(options: RemoteOptions, site: JiraSite): JiraClient {
  const { clock } = options;
  const rates = jiraRates();
  const http = openHttp(httpOptions(options, rates, CONCURRENCY));

  const exchange = async (request: JiraRequest): Promise<HttpAnswer> => {
    try {
      return await http.send({
        method: request.method,
        url: addressOf(site, request),
        headers: {
          accept: "application/json",
          authorization: site.authorization,
          ...(request.body === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
        writes: request.writes,
        ...(request.creations === undefined ? {} : { creations: request.creations }),
      });
    } catch (error) {
      if (error instanceof HttpFailure) throw errorOfFailure(error, request.writes);
      throw error;
    }
  };

  const send = async (request: JiraRequest, also: readonly number[] = []): Promise<JiraAnswer> => {
    const answer = await exchange(request);
    const what = request.what ?? null;
    const { status, text, headers } = answer;
    if ((status < 200 || status >= 300) && !also.includes(status)) {
      const limit = rates.limited(answer, clock.now().getTime());
      throw refusalError({
        status,
        text,
        headers,
        writes: request.writes,
        subject: subjectOf(site, what),
        retryAfter: limit,
        isCloud: site.isCloud,
        envPrefix: site.envPrefix,
        needs: request.needs ?? null,
      });
    }
    if (text.trim() === "") return { status, json: undefined };
    try {
      return { status, json: JSON.parse(text) };
    } catch (error) {
      // That nothing is there a server may say in a page.
      if (status === 404) return { status, json: undefined };
      throw unreadable(subjectOf(site, what), request.writes, error);
    }
  };

  const read = <T>(request: JiraRequest, json: unknown, schema: ZodMiniType<T>): T => {
    const parsed = schema.safeParse(json);
    if (!parsed.success) throw unreadable(subjectOf(site, request.what ?? null), request.writes, parsed.error);
    return parsed.data;
  };

  return {
    site,
    send,
    read,
    ask: async (request, schema) => read(request, (await send(request)).json, schema),
    find: async (request, schema) => {
      const { status, json } = await send(request, [404]);
      if (status !== 404) return read(request, json, schema);
      // A page that is not there says nothing of a ticket.
      if (json === undefined) throw unreadable(subjectOf(site, request.what ?? null), request.writes);
      return null;
    },
  };
}

/** Who speaks: of a ticket, Jira; of anything else, this host. The target is named by whoever tells it. */
function subjectOf({ host }: JiraSite, what: string | null): string {
  return what === null ? host : `${what}: Jira`;
}

function addressOf(site: JiraSite, { path, query = {} }: JiraRequest): string {
  const url = new URL(site.root + path);
  for (const [name, value] of Object.entries(query)) {
    if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") url.searchParams.set(name, String(value));
    else if (Array.isArray(value)) url.searchParams.set(name, value.join(","));
  }
  return url.href;
}

/** 429 with Retry-After [FACTS]; what is left stands in X-RateLimit-Remaining, and when there is more in -Reset (Cloud) or Retry-After (Data Center). */
function jiraRates(): RateRules {
  return {
    limited: ({ status, headers }, now) => {
      if (status === 429) return retryAfter(headers, now) ?? resetIn(headers, now) ?? 60;
      return null;
    },
    exhausted: ({ headers }, now) => {
      const left = numberIn(headers, "x-ratelimit-remaining");
      const limit = numberIn(headers, "x-ratelimit-limit");
      if (left === null || (left > 0 && (left >= CONCURRENCY || limit === null || limit < 5 * CONCURRENCY))) return null;
      // Bursts are counted by the second [FACTS]; those under way take what is left of it.
      return retryAfter(headers, now) ?? resetIn(headers, now) ?? 1;
    },
    creations: [],
  };
}

function numberIn(headers: Headers, name: string): number | null {
  const value = headers.get(name)?.trim() ?? "";
  return /^\d+$/.test(value) ? Number(value) : null;
}

function resetIn(headers: Headers, now: number): number | null {
  const reset = Date.parse(headers.get("x-ratelimit-reset") ?? "");
  return Number.isNaN(reset) ? null : Math.max(0, Math.ceil((reset - now) / 1000));
}
