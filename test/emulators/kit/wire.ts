/** What an emulator and its server say to each other: requests, answers, faults, and the judge of both. */

import type { IncomingHttpHeaders } from "node:http";
import type { LocalFaultKind, LocalOperation } from "../../../src/trackers/local-desk.ts";

export interface WireRequest {
  readonly method: string;
  /** Without query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The body as JSON; undefined where it is none. */
  readonly json: unknown;
  /** Requests that nobody had answered yet when this one came, itself among them. */
  readonly underWay?: number;
}

/** `body`: a value is sent as JSON, a string as it stands, null as nothing. */
export interface WireAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** `slow` is carried out after `ms` and answered. */
export type WireFaultKind = LocalFaultKind | "slow" | "redirect" | "html";

/** Strikes once, at the request that holds the nth element (writes) or at the nth call (reads) of its operation, counted from when it was set. */
export interface WireFault {
  readonly operation: LocalOperation | "any";
  /** From 1. */
  readonly nth: number;
  readonly kind: WireFaultKind;
  readonly ms?: number;
}

/** What a request is for Canon: faults are aimed with it, and the log counts by it. */
export interface WireMeaning {
  readonly operation: LocalOperation | "other";
  /** Tickets that the request writes; 1 for anything else. */
  readonly elements: number;
}

/** What the server tells the vendor to do wrong within one request. */
export interface Strike {
  /** Elements (from 0) that are refused in the vendor's own per-item form. */
  readonly refused: ReadonlySet<number>;
  /** Answer a part of what was asked for, in the vendor's own way of failing so (a page that ends early, an item's error). */
  readonly partial: boolean;
}

/** What one vendor's emulator supplies; the server does the rest. */
export interface Vendor {
  meaning(request: WireRequest): WireMeaning;
  answer(request: WireRequest, strike: Strike): WireAnswer | Promise<WireAnswer>;
  /** The vendor's own refusals. `ms` is how long the limit lasts. */
  rateLimited(request: WireRequest, ms: number): WireAnswer;
  forbidden(request: WireRequest): WireAnswer;
  unavailable(request: WireRequest): WireAnswer;
  /** Why a request, or the answer to it, breaks the vendor's schema; empty when it does not. Answers of faults are not judged. */
  judge(request: WireRequest, answer: WireAnswer): readonly string[];
  /** What could not be judged here, and why; null when everything was. */
  readonly unjudged: string | null;
}

export interface LoggedRequest extends WireMeaning {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly text: string;
  /** null: the sender heard nothing. */
  readonly status: number | null;
  readonly fault: WireFaultKind | null;
  /** Milliseconds of the emulator's clock. */
  readonly at: number;
}

/** A running emulator. */
export interface Emulated {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly requests: readonly LoggedRequest[];
  /** Adds to those that have not struck yet. */
  setFaults(faults: readonly WireFault[]): void;
  clearFaults(): void;
  /**
   * Called around every request; tests kill the sender there. `first` comes before anything is decided, so faults set in
   * it can strike this very request; `after` when it has been carried out and before it is answered.
   */
  hook(hook: {
    readonly first?: () => Promise<void> | void;
    readonly before?: (request: LoggedRequest) => Promise<void> | void;
    readonly after?: (request: LoggedRequest) => Promise<void> | void;
  }): void;
  violations(): readonly string[];
  /** Carries out what is late and due by now, as the next request would: for those who look at the state without asking. */
  deliver(): Promise<void>;
  /** Stops it; throws when the judge found violations. */
  close(): Promise<void>;
}
