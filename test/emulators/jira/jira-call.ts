/** One request as a handler of the emulated Jira sees it, and the answers they share. */

import { asList } from "../kit/json-value.ts";
import type { Strike, WireAnswer, WireRequest } from "../kit/wire.ts";
import type { JiraTicket } from "./jira-model.ts";
import { JiraRefusal, notFound } from "./jira-refusal.ts";
import type { JiraRender } from "./jira-render.ts";
import type { JiraWorld } from "./jira-world.ts";

export interface JiraCall {
  readonly world: JiraWorld;
  readonly request: WireRequest;
  /** The parts of the path that its pattern names. */
  readonly params: readonly string[];
  readonly render: JiraRender;
  readonly strike: Strike;
}

export type JiraHandler = (call: JiraCall) => WireAnswer;

export function ok(body: unknown, status = 200): WireAnswer {
  return { status, body };
}

export const DONE: WireAnswer = { status: 204, body: null };

/** The ticket that the path names, as the account sees it. */
export function ticketOf({ world, params }: JiraCall): JiraTicket {
  const ticket = world.seen(params[0] ?? "");
  if (ticket === null) throw notFound();
  return ticket;
}

/** The same for a write: as it stands now, whatever reads lag. */
export function writableTicket(call: JiraCall, permission: string): JiraTicket {
  const seen = ticketOf(call);
  const ticket = call.world.find(seen.id) ?? seen;
  if (call.world.denied.has(permission)) throw new JiraRefusal(403, "You do not have the permission to do this in this project.");
  if (ticket.archived !== null) throw new JiraRefusal(400, `Issue ${ticket.key} is archived and cannot be changed.`);
  return ticket;
}

export function listOf(query: URLSearchParams, name: string): readonly string[] {
  return query
    .getAll(name)
    .flatMap((value) => value.split(","))
    .map((one) => one.trim())
    .filter((one) => one !== "");
}

export function texts(value: unknown): readonly string[] {
  return asList(value).filter((one) => typeof one === "string");
}

export interface Page<T> {
  readonly startAt: number;
  readonly maxResults: number;
  readonly total: number;
  readonly values: readonly T[];
}

/** Jira answers fewer than asked for rather than refuse a larger page. */
export function pageOf<T>(all: readonly T[], query: URLSearchParams, normal: number, largest: number): Page<T> {
  const startAt = Math.max(0, Number(query.get("startAt") ?? 0) || 0);
  const maxResults = Math.min(largest, Math.max(0, Number(query.get("maxResults") ?? normal) || 0));
  return { startAt, maxResults, total: all.length, values: all.slice(startAt, startAt + maxResults) };
}
