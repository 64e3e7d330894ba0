/**
 * The one way to a vendor: a deadline, no credentials for other hosts, limits obeyed, and a clear word on every failure.
 * Reads are tried again; writes are sent once, because only the caller knows what a lost answer means.
 */

import PQueue from "p-queue";
import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import { HttpFailure } from "./http-failure.ts";
import { networkFailure } from "./network-failure.ts";
import { pace } from "./pace.ts";
import { retryAfter, type HttpAnswer, type RateRules } from "./rate-rules.ts";

export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  /** True where it changes anything. */
  readonly writes: boolean;
  /** How many tickets it creates. */
  readonly creations?: number;
  /** For the log, where the address does not say what it is for (GraphQL). */
  readonly about?: string;
}

export interface HttpOptions {
  /** What people call it in messages: `engineering (jira ENG)`. */
  readonly name: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly rates: RateRules;
  /** Milliseconds per request. Lease and recovery count on less than 60 s. */
  readonly deadline: number;
  /** Requests under way at the same time. */
  readonly concurrency: number;
  /** Hears that a read waits for a limit. */
  readonly onWait?: (seconds: number) => void;
  /** Hears of every request, right before it is sent. */
  readonly onSend?: () => void;
}

/** Sends by other means than `fetch` (a vendor's client with a transport of its own). */
export type Transport = (signal: AbortSignal) => Promise<HttpAnswer>;

export interface Http {
  /** Throws HttpFailure where there is no answer. Answers of any status come back, limits on writes included. */
  send(request: HttpRequest, transport?: Transport): Promise<HttpAnswer>;
}

/** Attempts of a read, and milliseconds before the second; doubled before each further one. */
const ATTEMPTS = 3;
const FIRST_PAUSE = 250;
/** A read waits for a limit this long, in seconds; the caller hears of longer ones. */
const PATIENCE = 120;
const REDIRECTS = 3;

export function openHttp(options: HttpOptions): Http {
  const { clock, log } = options;
  const queue = new PQueue({ concurrency: options.concurrency });
  const limits = pace(options.rates, () => clock.now().getTime());

  const once = async (request: HttpRequest, transport: Transport | undefined): Promise<HttpAnswer> => {
    options.onSend?.();
    limits.sent(request.creations ?? 0);
    const began = clock.monotonic();
    const tell = (result: string): void =>
      log.say(
        "http",
        () =>
          `${options.name} ${request.method} ${new URL(request.url).pathname}${request.about ? ` ${request.about}` : ""}: ${result}, ${Math.round(clock.monotonic() - began)} ms`,
      );
    try {
      const answer = await exchange(request, transport, options.deadline);
      tell(String(answer.status));
      return answer;
    } catch (error) {
      const failure = networkFailure(error, new URL(request.url), options.deadline);
      tell(failure.message);
      throw failure;
    }
  };

  const hold = async (request: HttpRequest): Promise<void> => {
    for (let seconds = limits.wait(request.creations ?? 0); seconds > 0; seconds = limits.wait(request.creations ?? 0)) {
      if (request.writes || seconds > PATIENCE) throw heldBack(seconds);
      options.onWait?.(seconds);
      await clock.sleep(seconds * 1000);
    }
  };

  const send = async (request: HttpRequest, transport: Transport | undefined): Promise<HttpAnswer> => {
    for (let attempt = 1; ; attempt += 1) {
      await hold(request);
      let answer: HttpAnswer;
      try {
        answer = await once(request, transport);
      } catch (error) {
        if (request.writes || attempt === ATTEMPTS || !(error instanceof HttpFailure)) throw error;
        await clock.sleep(FIRST_PAUSE * 2 ** (attempt - 1));
        continue;
      }
      const limited = limits.learn(answer);
      if (request.writes || attempt === ATTEMPTS) return answer;
      // `hold` waits for it before the next attempt.
      if (limited !== null) continue;
      if (!isPassing(answer.status)) return answer;
      const asked = retryAfter(answer.headers, clock.now().getTime());
      if (asked !== null && asked > PATIENCE) return answer;
      await clock.sleep(asked === null ? FIRST_PAUSE * 2 ** (attempt - 1) : asked * 1000);
    }
  };

  return { send: async (request, transport) => queue.add(() => send(request, transport)) };
}

function heldBack(seconds: number): HttpFailure {
  return new HttpFailure("unsent", `The limit of requests is reached for another ${seconds > 120 ? `${Math.ceil(seconds / 60)} min` : `${seconds} s`}.`, {
    retryAfter: seconds,
    hint: "Run the command again then: nothing is lost.",
  });
}

/** Gateways answer these while something behind them restarts. */
function isPassing(status: number): boolean {
  return status === 502 || status === 503 || status === 504;
}

async function exchange(request: HttpRequest, transport: Transport | undefined, deadline: number): Promise<HttpAnswer> {
  const signal = AbortSignal.timeout(deadline);
  if (transport) return transport(signal);
  let url = new URL(request.url);
  for (let followed = 0; ; followed += 1) {
    const response = await fetch(url.href, {
      method: request.method,
      headers: request.headers,
      redirect: "manual",
      signal,
      ...(request.body === undefined ? {} : { body: request.body }),
    });
    const text = await response.text();
    const location = response.headers.get("location");
    if (response.status < 300 || response.status >= 400 || response.status === 304 || location === null)
      return { status: response.status, headers: response.headers, text };
    const next = URL.parse(location, url.href);
    if (next === null || next.origin !== url.origin) throw otherHost(url, next);
    if (request.method !== "GET" || followed === REDIRECTS) return { status: response.status, headers: response.headers, text };
    url = next;
  }
}

/** Threat 17: whoever controls a redirect would get the token. */
function otherHost(from: URL, to: URL | null): HttpFailure {
  return new HttpFailure(
    "unsent",
    `${from.host} answered with a redirect to ${to === null ? "an address that cannot be read" : to.host}, and credentials are never sent to another host.`,
    {
      hint: "If that is the right address, set it as base_url of this target.",
    },
  );
}
