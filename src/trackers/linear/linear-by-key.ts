/** Tickets by key: those seen before by id, others by team and number, and what is left one by one, because only that follows a move to another team. */

import * as z from "zod/mini";
import { isTicketKey } from "../../core/spec/ticket-key.ts";
import type { LinearClient } from "./linear-client.ts";
import { ticketsOneByOne } from "./linear-documents.ts";
import { listTickets } from "./linear-pages.ts";
import { problemKind } from "./linear-problems.ts";
import type { LinearSession } from "./linear-session.ts";
import type { WirePlace } from "./linear-wire.ts";

export interface Keyed<T> {
  /** By the key that was asked for. */
  readonly found: ReadonlyMap<string, T>;
  readonly missing: readonly string[];
  readonly complete: boolean;
}

interface Wanted<T> {
  readonly about: string;
  readonly selection: string;
  readonly node: z.ZodMiniType<T>;
}

/** One request for so many keys; each may be the one that leads nowhere and fails the rest. */
const ONE_BY_ONE = 50;
const PER_LIST = 250;

export async function ticketsByKey<T extends WirePlace>(session: LinearSession, keys: readonly string[], wanted: Wanted<T>): Promise<Keyed<T>> {
  const { client, seen } = session;
  const possible = [...new Set(keys)].filter((key) => isTicketKey("linear", key));
  const ids = new Map(possible.flatMap((key) => (seen.has(key) ? [[key, seen.get(key)?.id ?? ""] as const] : [])));
  const lists = [
    ...chunks([...new Set(ids.values())]).map((some) => listTickets(client, { ...wanted, filter: { id: { in: [...some] } }, archived: true })),
    ...numbersByTeam(possible.filter((key) => !ids.has(key))).flatMap(([team, numbers]) =>
      chunks(numbers).map((some) => listTickets(client, { ...wanted, filter: { team: { key: { eq: team } }, number: { in: [...some] } }, archived: true })),
    ),
  ];
  const answers = await Promise.all(lists);
  const byId = new Map(answers.flatMap(({ nodes }) => nodes.map((node) => [node.id, node] as const)));
  const byKey = new Map([...byId.values()].map((node) => [node.identifier.toUpperCase(), node] as const));
  const found = new Map<string, T>();
  for (const key of possible) {
    const node = byId.get(ids.get(key) ?? "") ?? byKey.get(key.toUpperCase());
    if (node) found.set(key, node);
  }
  // A list that is cut says nothing of what it does not show.
  if (!answers.every(({ complete }) => complete)) return { found, missing: [], complete: false };
  const moved = await oneByOne(
    client,
    possible.filter((key) => !found.has(key)),
    wanted,
  );
  for (const [key, node] of moved) found.set(key, node);
  for (const [key, { id }] of found) if (!seen.has(key)) seen.set(key, { id, marked: false, archived: false });
  return { found, missing: [...new Set(keys)].filter((key) => !found.has(key)), complete: true };
}

/** A key that leads nowhere fails the whole answer and is named by it; the others are asked for again without it. */
async function oneByOne<T>(client: LinearClient, keys: readonly string[], { about, selection, node }: Wanted<T>): Promise<ReadonlyMap<string, T>> {
  const found = new Map<string, T>();
  let left = keys;
  while (left.length > 0) {
    const some = left.slice(0, ONE_BY_ONE);
    const variables = Object.fromEntries(some.map((key, index) => [`k${index}`, key]));
    const { data, problems } = await client.ask({ query: ticketsOneByOne(some.length, selection), variables, about });
    const gone = new Set<string>();
    for (const problem of problems) {
      const key = some[Number(/^k(\d+)$/.exec(String(problem.path[0]))?.[1] ?? -1)];
      if (key === undefined || problemKind(problem, false) !== "not-found") throw client.errorOf(problem, false, key);
      gone.add(key);
    }
    if (data === null) {
      left = left.filter((key) => !gone.has(key));
      continue;
    }
    for (const [index, key] of some.entries()) {
      const parsed = z.safeParse(node, data[`k${index}`]);
      if (parsed.success) found.set(key, parsed.data);
      else if (!gone.has(key)) throw client.error("unavailable", `the answer about ${key} has another form than Linear's.`, "Run the command again.");
    }
    left = left.slice(some.length);
  }
  return found;
}

function numbersByTeam(keys: readonly string[]): readonly (readonly [team: string, numbers: readonly number[]])[] {
  const teams = new Map<string, number[]>();
  for (const key of keys) {
    const dash = key.lastIndexOf("-");
    const team = key.slice(0, dash).toUpperCase();
    teams.set(team, [...(teams.get(team) ?? []), Number(key.slice(dash + 1))]);
  }
  return [...teams];
}

function chunks<T>(all: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / PER_LIST) }, (_one, page) => all.slice(page * PER_LIST, (page + 1) * PER_LIST));
}
