/** A real server on loopback whose answers a test chooses, and a clock that waits in no time. */

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { onTestFinished } from "vitest";
import type { Clock } from "../../../src/io/clock.ts";
import { silentLog } from "../../../src/io/log.ts";
import { openHttp, type Http, type HttpOptions, type HttpRequest } from "../../../src/io/http/http.ts";
import { PLAIN_RATES } from "../../../src/io/http/rate-rules.ts";

export type Handle = (request: IncomingMessage, response: ServerResponse) => void;

export interface Loopback {
  readonly url: string;
  /** Methods and paths, in the order in which they came. */
  readonly seen: readonly string[];
}

export async function loopback(handle: Handle): Promise<Loopback> {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    request.resume();
    handle(request, response);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return { url: `http://127.0.0.1:${address.port}`, seen };
}

/** An address at which nothing listens any more. */
export async function closedPort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  await new Promise<void>((closed) => server.close(() => closed()));
  return `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}/`;
}

export interface TimedClock extends Clock {
  /** Milliseconds that were slept. */
  readonly slept: readonly number[];
}

export function timedClock(): TimedClock {
  let now = Date.parse("2026-11-21T10:00:00Z");
  const slept: number[] = [];
  return {
    slept,
    now: () => new Date(now),
    monotonic: () => now,
    sleep: async (ms) => {
      slept.push(ms);
      now += ms;
    },
  };
}

export function httpWith(given: Partial<HttpOptions> = {}): Http {
  return openHttp({ name: "engineering (jira ENG)", clock: timedClock(), log: silentLog, rates: PLAIN_RATES, deadline: 500, concurrency: 4, ...given });
}

export function read(url: string): HttpRequest {
  return { method: "GET", url, headers: {}, writes: false };
}

export function write(url: string, creations = 0): HttpRequest {
  return { method: "POST", url, headers: { "content-type": "application/json" }, body: "{}", writes: true, creations };
}
