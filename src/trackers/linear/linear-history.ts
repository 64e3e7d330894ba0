/** Who changed what: Linear's history of a ticket and its comments as edits of our fields, without what only touched a base. */

import * as z from "zod/mini";
import type { FieldEdit } from "../tracker.ts";
import { STORE_URL } from "./linear-base.ts";
import { ticketsByKey } from "./linear-by-key.ts";
import type { LinearSession } from "./linear-session.ts";
import { pageOf, type WirePage, type WirePlace } from "./linear-wire.ts";

const ENTRY =
  "createdAt actor { name } botActor { name } fromTitle toTitle updatedDescription fromState { name } toState { name } fromParent { identifier } toParent { identifier } addedLabelIds removedLabelIds attachment { url }";
const PAGE = "pageInfo { hasNextPage endCursor }";
const COMMENT = "createdAt user { name } body";

/** The newest entries come with the ticket; most have fewer. */
const FIRST = 30;

const named = z.nullable(z.object({ name: z.nullable(z.string()) }));
const keyed = z.nullable(z.object({ identifier: z.string() }));
const maybeText = z.nullable(z.string());
const ids = z.nullable(z.array(z.string()));

const entry = z.object({
  createdAt: z.string(),
  actor: named,
  botActor: named,
  fromTitle: maybeText,
  toTitle: maybeText,
  updatedDescription: z.nullable(z.boolean()),
  fromState: named,
  toState: named,
  fromParent: keyed,
  toParent: keyed,
  addedLabelIds: ids,
  removedLabelIds: ids,
  attachment: z.nullable(z.object({ url: z.string() })),
});
type WireEntry = z.infer<typeof entry>;

const comment = z.object({ createdAt: z.string(), user: named, body: z.string() });
type WireComment = z.infer<typeof comment>;

interface WireHistory extends WirePlace {
  readonly history: WirePage<WireEntry>;
  readonly comments: WirePage<WireComment>;
}

const ticketHistory: z.ZodMiniType<WireHistory> = z.object({ id: z.string(), identifier: z.string(), history: pageOf(entry), comments: pageOf(comment) });

const SELECTION = `id identifier history(first: ${FIRST}) { nodes { ${ENTRY} } ${PAGE} } comments(first: ${FIRST}) { nodes { ${COMMENT} } ${PAGE} }`;

export async function readHistory(session: LinearSession, keys: readonly string[], since: string | null): Promise<readonly FieldEdit[]> {
  const from = since === null ? 0 : Date.parse(since);
  const { found, complete } = await ticketsByKey(session, keys, { about: "CanonHistory", selection: SELECTION, node: ticketHistory });
  if (!complete) throw session.client.error("unavailable", "not all of the history could be read.", "Run the command again.");
  const edits: FieldEdit[] = [];
  for (const ticket of new Map([...found.values()].map((one) => [one.id, one])).values()) {
    const entries = await allOf(session, ticket, "history", entry, ENTRY, ticket.history, from);
    const comments = await allOf(session, ticket, "comments", comment, COMMENT, ticket.comments, from);
    await session.labels.learn(entries.flatMap(({ addedLabelIds, removedLabelIds }) => [...(addedLabelIds ?? []), ...(removedLabelIds ?? [])]));
    edits.push(...entries.flatMap((one) => editsOf(session, ticket.identifier, one)), ...comments.map((one) => commentEdit(ticket.identifier, one)));
  }
  return edits.filter(({ at }) => Date.parse(at) >= from).toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

/** Newest first, so a page that ends before `from` is the last that matters. */
async function allOf<T extends { readonly createdAt: string }>(
  { client }: LinearSession,
  { id }: WirePlace,
  list: "history" | "comments",
  node: z.ZodMiniType<T>,
  selection: string,
  first: WirePage<T>,
  from: number,
): Promise<readonly T[]> {
  const schema: z.ZodMiniType<{ issue: Record<string, WirePage<T>> }> = z.object({ issue: z.record(z.string(), pageOf(node)) });
  const query = `query CanonHistory($id: String!, $after: String) { issue(id: $id) { ${list}(first: 250, after: $after) { nodes { ${selection} } ${PAGE} } } }`;
  const all = [...first.nodes];
  let page = first;
  while (page.pageInfo.hasNextPage && page.pageInfo.endCursor !== null && Date.parse(page.nodes.at(-1)?.createdAt ?? "") >= from) {
    const { value } = await client.read(schema, { query, variables: { id, after: page.pageInfo.endCursor }, about: "CanonHistory" });
    const next: WirePage<T> | undefined = value.issue[list];
    if (!next) break;
    page = next;
    all.push(...page.nodes);
  }
  return all;
}

function editsOf({ labels }: LinearSession, key: string, wire: WireEntry): readonly FieldEdit[] {
  const edits: FieldEdit[] = [];
  const note = (field: string, from: string | null, to: string | null): void => {
    edits.push({ key, field, from, to, author: wire.actor?.name ?? wire.botActor?.name ?? "Linear", at: wire.createdAt });
  };
  const names = (some: readonly string[] | null): string | null => {
    const own = (some ?? []).filter((id) => !labels.isMark(id)).map((id) => labels.nameOf(id) ?? id);
    return own.length === 0 ? null : own.join(", ");
  };
  if (wire.toTitle !== null) note("title", wire.fromTitle, wire.toTitle);
  // Linear tells that a description changed, not from what to what: criteria cannot be told from text.
  if (wire.updatedDescription === true) note("body", null, null);
  if (wire.toState !== null) note("status", wire.fromState?.name ?? null, wire.toState.name);
  if (wire.fromParent !== null || wire.toParent !== null) note("parent", wire.fromParent?.identifier ?? null, wire.toParent?.identifier ?? null);
  const [added, removed] = [names(wire.addedLabelIds), names(wire.removedLabelIds)];
  if (added !== null || removed !== null) note("labels", removed, added);
  if (wire.attachment !== null && wire.attachment.url !== STORE_URL) note("link", null, wire.attachment.url);
  return edits;
}

function commentEdit(key: string, { createdAt, user, body }: WireComment): FieldEdit {
  return { key, field: "comment", from: null, to: body, author: user?.name ?? "Linear", at: createdAt };
}
