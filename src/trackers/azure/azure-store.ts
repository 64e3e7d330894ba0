/**
 * Token and base on a ticket: hyperlinks to a host that cannot exist (RFC 2606), with the base in the address.
 * They travel in the very patch that creates or changes the ticket, so both land or neither; an attachment would be a
 * request of its own for each ticket, and a relation's comment holds 255 characters where an address holds 2,083.
 */

import { deflateRawSync, inflateRawSync } from "node:zlib";
import * as z from "zod/mini";
import type { Base } from "../../core/model/base.ts";
import { baseSchema } from "../../io/base-schema.ts";
import { jsonIn } from "./azure-client.ts";
import type { WireItem, WireRelation } from "./azure-wire.ts";

/** When and by whom the ticket was last changed, apart from bases that were written alone in the revision named. */
export interface LastChange {
  readonly rev: number;
  readonly at: string;
  readonly by: string | null;
}

/** What a ticket carries. */
export interface Store {
  readonly token: string | null;
  readonly base: Base | null;
  readonly lastChange: LastChange | null;
  /** Where the hyperlinks stand among the relations, those of older revisions included. */
  readonly links: readonly { readonly index: number; readonly url: string }[];
}

const HOST = "https://canon.invalid/";
/** [F] An address holds 2,083 characters; what stands before the data takes up to 200 of them. */
const DATA = 1_800;
/** Far above what a base may grow to; nobody's link makes Canon fill its memory. */
const LARGEST = 1_000_000;
const NOTE = "Canon keeps here what spec and ticket agreed on. Please leave it.";

const envelope = z.object({ base: z.unknown(), last: z.optional(z.tuple([z.number(), z.string(), z.nullable(z.string())])) });

export function isOwnLink({ rel, url }: Pick<WireRelation, "rel" | "url">): boolean {
  return rel === "Hyperlink" && url.toLowerCase().startsWith(HOST);
}

/** The addresses that hold this base in revision `rev`. */
export function storeUrls(token: string | null, base: Base, rev: number, lastChange: LastChange | null): readonly string[] {
  const last = lastChange === null ? {} : { last: [lastChange.rev, lastChange.at, lastChange.by] };
  const data = deflateRawSync(JSON.stringify({ base, ...last })).toString("base64url");
  const parts = Math.ceil(data.length / DATA);
  const owner = token === null ? "-" : encodeURIComponent(token);
  return Array.from({ length: parts }, (_, part) => `${HOST}${owner}/${rev}/${part + 1}-${parts}/${data.slice(part * DATA, (part + 1) * DATA)}`);
}

export function storeRelation(url: string): WireRelation {
  return { rel: "Hyperlink", url, attributes: { comment: NOTE } };
}

interface Part {
  readonly token: string | null;
  readonly rev: number;
  readonly part: number;
  readonly parts: number;
  readonly data: string;
}

/** Of several bases the newest that is whole; the others are taken away with the next write. */
export function readStore({ relations = [] }: Pick<WireItem, "relations">): Store {
  const links = relations.flatMap((relation, index) => (isOwnLink(relation) ? [{ index, url: relation.url }] : []));
  const parts = links.flatMap(({ url }) => partOf(url) ?? []);
  const token = parts.find((part) => part.token !== null)?.token ?? null;
  for (const rev of [...new Set(parts.map((part) => part.rev))].sort((a, b) => b - a)) {
    const own = parts.filter((part) => part.rev === rev).sort((a, b) => a.part - b.part);
    if (own.length !== own[0]?.parts || own.some(({ part }, index) => part !== index + 1)) continue;
    const content = z.safeParse(envelope, inflated(own.map(({ data }) => data).join("")));
    if (!content.success) continue;
    const base = z.safeParse(baseSchema, content.data.base);
    const { last } = content.data;
    return { token, base: base.success ? base.data : null, lastChange: last ? { rev: last[0], at: last[1], by: last[2] } : null, links };
  }
  return { token, base: null, lastChange: null, links };
}

function partOf(url: string): Part | null {
  const [, owner = "", rev, part, parts, data = ""] = /^https:\/\/canon\.invalid\/([^/]+)\/(\d+)\/(\d+)-(\d+)\/([\w-]*)$/i.exec(url) ?? [];
  return rev === undefined ? null : { token: owner === "-" ? null : decoded(owner), rev: Number(rev), part: Number(part), parts: Number(parts), data };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function inflated(data: string): unknown {
  try {
    return jsonIn(inflateRawSync(Buffer.from(data, "base64url"), { maxOutputLength: LARGEST }).toString("utf8"));
  } catch {
    return null;
  }
}
