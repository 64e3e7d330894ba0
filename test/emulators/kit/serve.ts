/** Serves a vendor on loopback: reads requests, strikes with faults, logs, and has every request and answer judged. */

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { EmulatorClock } from "./emulator-clock.ts";
import { faultBox } from "./fault-box.ts";
import type { Emulated, LoggedRequest, Strike, Vendor, WireAnswer, WireFault, WireRequest } from "./wire.ts";

export interface ServeOptions {
  readonly clock: EmulatorClock;
  /** 0: any free one. */
  readonly port?: number;
}

type Hook = Parameters<Emulated["hook"]>[0];

interface Late {
  readonly due: number;
  readonly request: WireRequest;
}

const NO_STRIKE: Strike = { refused: new Set(), partial: false };

export async function serve(vendor: Vendor, { clock, port = 0 }: ServeOptions): Promise<Emulated> {
  const requests: LoggedRequest[] = [];
  const violations: string[] = [];
  const hooks: Hook[] = [];
  const faults = faultBox();
  let late: Late[] = [];

  const carryOut = async (request: WireRequest, strike: Strike): Promise<WireAnswer> => {
    const answer = await vendor.answer(request, strike);
    // A partial answer breaks the schema's promise on purpose only in what it leaves out, so it is judged too.
    for (const problem of vendor.judge(request, answer)) violations.push(`${request.method} ${request.path}: ${problem}`);
    return answer;
  };

  /** What nobody waits for any more lands when its time has come, before anything that is sent after it. */
  const deliverDue = async (): Promise<void> => {
    const due = late.filter((one) => one.due <= clock.now()).sort((a, b) => a.due - b.due);
    late = late.filter((one) => one.due > clock.now());
    for (const { request } of due) await carryOut(request, NO_STRIKE);
  };

  const handle = async (request: WireRequest, response: ServerResponse): Promise<void> => {
    for (const { first } of hooks) await first?.();
    await deliverDue();
    const meaning = vendor.meaning(request);
    const struck = faults.take(meaning);
    const logged = { ...meaning, method: request.method, path: request.path, query: request.query.toString(), text: request.text, at: clock.now() };
    const entry: LoggedRequest = { ...logged, status: null, fault: struck?.fault.kind ?? null };
    for (const { before } of hooks) await before?.(entry);
    const answer = await strike(request, response, struck);
    requests.push({ ...entry, status: answer?.status ?? null });
    if (answer === null) return;
    for (const { after } of hooks) await after?.({ ...entry, status: answer.status });
    send(response, answer);
  };

  const strike = async (request: WireRequest, response: ServerResponse, struck: ReturnType<typeof faults.take>): Promise<WireAnswer | null> => {
    if (struck === null) return carryOut(request, NO_STRIKE);
    const { fault, element } = struck;
    const ms = fault.ms ?? 1_000;
    switch (fault.kind) {
      case "refuse":
        return vendor.meaning(request).elements > 1 ? carryOut(request, { refused: new Set([element]), partial: false }) : vendor.forbidden(request);
      case "partial":
        return carryOut(request, { refused: new Set(), partial: true });
      case "rate-limited":
        return vendor.rateLimited(request, ms);
      case "unavailable":
        return vendor.unavailable(request);
      case "slow":
        await sleep(ms);
        return carryOut(request, NO_STRIKE);
      case "redirect":
        return { status: 302, headers: { location: "http://elsewhere.invalid/" }, body: null };
      case "html":
        return { status: 502, headers: { "content-type": "text/html" }, body: "<html><body><h1>502 Bad Gateway</h1></body></html>" };
      case "drop-answer":
      case "die-after":
        await carryOut(request, NO_STRIKE);
        response.destroy();
        return null;
      case "garbage":
        await carryOut(request, NO_STRIKE);
        return { status: 200, headers: { "content-type": "application/json" }, body: '{"truncated": [1, 2' };
      case "late":
        late.push({ due: clock.now() + ms, request });
        response.destroy();
        return null;
      case "hang":
        // The sender gives up by itself: nothing is answered and nothing is carried out.
        return null;
      case "die-before":
        response.destroy();
        return null;
    }
  };

  // One at a time, as a database would: no test depends on how two requests interleave within one answer.
  let queue: Promise<void> = Promise.resolve();
  let open = 0;
  const server = createServer((incoming, response) => {
    open += 1;
    response.once("close", () => {
      open -= 1;
    });
    const underWay = open;
    void readRequest(incoming).then((read) => {
      const request = { ...read, underWay };
      queue = queue
        .then(() => handle(request, response))
        .catch((error: unknown) => {
          violations.push(`${request.method} ${request.path}: the emulator failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
          if (!response.headersSent) response.destroy();
        });
    });
  });
  await new Promise<void>((listening) => server.listen(port, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${addressOf(server.address()).port}`,
    requests,
    setFaults: (added: readonly WireFault[]) => faults.set(added),
    clearFaults: () => faults.clear(),
    hook: (hook) => void hooks.push(hook),
    violations: () => violations,
    deliver: () => (queue = queue.then(deliverDue)),
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((closed) => server.close(() => closed()));
      if (violations.length > 0) throw new Error(`The emulator's judge found ${violations.length} violation(s):\n${violations.slice(0, 10).join("\n")}`);
    },
  };
}

function addressOf(address: AddressInfo | string | null): AddressInfo {
  if (address === null || typeof address === "string") throw new Error("the emulator listens on no port");
  return address;
}

async function readRequest(incoming: IncomingMessage): Promise<WireRequest> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of incoming) if (chunk instanceof Uint8Array) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString("utf8");
  const url = new URL(incoming.url ?? "/", "http://127.0.0.1");
  return { method: incoming.method ?? "GET", path: url.pathname, query: url.searchParams, headers: incoming.headers, text, json: parsed(text) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function send(response: ServerResponse, { status, headers = {}, body }: WireAnswer): void {
  if (response.destroyed) return;
  const isText = typeof body === "string";
  response.writeHead(status, { ...(body === null || isText ? {} : { "content-type": "application/json; charset=utf-8" }), ...headers });
  response.end(body === null ? undefined : isText ? body : JSON.stringify(body));
}
