/** Comments that are one for each note, and links that are one for each address. */

import { outcomeOfError } from "../http-client.ts";
import type { Link, Note, Outcome } from "../tracker.ts";
import { TrackerError } from "../tracker-error.ts";
import { addRelation, type Operation } from "./azure-patch.ts";
import type { AzureSession } from "./azure-session.ts";
import { idOf } from "./azure-map.ts";
import { connection } from "./azure-project-wire.ts";
import { readItems } from "./azure-read.ts";
import { saidBy, signatureIn, signatureOf } from "./azure-signature.ts";
import { commentList, writtenComment, type WireItem } from "./azure-wire.ts";
import { writeChanges } from "./azure-write.ts";

/** Comments are a preview in every version. */
const COMMENTS = "7.1-preview.4";
const COMMENT_LIMIT = 255;

export async function postNotes(session: AzureSession, notes: readonly Note[]): Promise<readonly Outcome[]> {
  if (notes.length === 0) return [];
  const ids = notes.map(({ key }) => idOf(key));
  const items = new Map<number, WireItem>();
  try {
    const read = await readItems(
      session,
      ids.flatMap((id) => id ?? []),
    );
    if (!read.complete) throw session.client.error("unavailable", "Not all tickets could be read before the comment.", "Run the command again.");
    for (const item of read.items) items.set(item.id, item);
  } catch (error) {
    if (!(error instanceof TrackerError)) throw error;
    return notes.map(() => outcomeOfError(error));
  }
  const account = askedOnce(session);
  // Notes on one ticket in their order, tickets beside each other.
  const outcomes = new Map<Note, Outcome>();
  const byTicket = Map.groupBy(notes, ({ key }) => idOf(key));
  await Promise.all(
    [...byTicket].map(async ([id, own]) => {
      const item = items.get(id ?? 0);
      for (const note of own) outcomes.set(note, item ? await postNote(session, note, item, account) : outcomeOfError(missing(session, note.key)));
    }),
  );
  return notes.map((note) => {
    const outcome = outcomes.get(note);
    if (outcome === undefined) throw new Error("every note has an outcome");
    return outcome;
  });
}

async function postNote(session: AzureSession, note: Note, item: WireItem, account: () => Promise<string>): Promise<Outcome> {
  const done: Outcome = { state: "done", id: String(item.id), key: String(item.id), echo: null };
  const project = item.fields["System.TeamProject"];
  try {
    const mine = await standing(session, note, item, account);
    if (mine?.said === saidBy(note)) return done;
    await session.client.write(writtenComment, {
      method: mine === null ? "POST" : "PATCH",
      path: `wit/workItems/${item.id}/comments${mine === null ? "" : `/${mine.id}`}`,
      project,
      version: COMMENTS,
      body: { text: `<div>${htmlOfText(note.text)}</div><div>${signatureOf(note)}</div>` },
    });
    // A comment makes a revision.
    session.seen.delete(item.id);
    return done;
  } catch (error) {
    if (!(error instanceof TrackerError)) throw error;
    return outcomeOfError(error);
  }
}

/** The comment of this account that is the note, and the fingerprint of what it said. */
async function standing(
  { client }: AzureSession,
  { id }: Note,
  item: WireItem,
  account: () => Promise<string>,
): Promise<{ readonly id: number; readonly said: string } | null> {
  for (let token: string | null = null; ;) {
    const query: Record<string, string> = { $top: "200", ...(token === null ? {} : { continuationToken: token }) };
    const about = { method: "GET", path: `wit/workItems/${item.id}/comments`, version: COMMENTS, query } as const;
    const { comments, continuationToken } = await client.read(commentList, { ...about, project: item.fields["System.TeamProject"] });
    for (const comment of comments) {
      const signature = signatureIn(comment.text ?? "");
      if (signature?.note === id && comment.createdBy?.id === (await account())) return { id: comment.id, said: signature.said };
    }
    if (!continuationToken) return null;
    token = continuationToken;
  }
}

/** Asked for once, and only where a comment carries the signature. */
function askedOnce({ client }: AzureSession): () => Promise<string> {
  let asked: Promise<string> | null = null;
  return () =>
    (asked ??= client
      .read(connection, { method: "GET", path: "connectionData", version: "7.1-preview.1" })
      .then(({ authenticatedUser }) => authenticatedUser.id));
}

/** Plain text as HTML; addresses are links. */
function htmlOfText(text: string): string {
  const safe = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
  return safe.replace(/https?:\/\/[^\s()]+[^\s().,;:]/g, (url) => `<a href="${url}">${url}</a>`).replace(/\r\n?|\n/g, "<br>");
}

/** A hyperlink for each address; the title is its comment. */
export async function setLinks(session: AzureSession, links: readonly Link[]): Promise<readonly Outcome[]> {
  return writeChanges(
    session,
    links.map((link) => ({
      key: link.key,
      expectRevision: null,
      needsItem: true,
      operations: (item) => linkOperations(link, item),
    })),
  );
}

function linkOperations({ url, title }: Link, item: WireItem | null): readonly Operation[] {
  const comment = title.slice(0, COMMENT_LIMIT).toWellFormed();
  const relations = item?.relations ?? [];
  const at = relations.findIndex((relation) => relation.rel === "Hyperlink" && relation.url === url);
  if (at === -1) return [addRelation({ rel: "Hyperlink", url, attributes: { comment } })];
  return relations[at]?.attributes?.comment === comment ? [] : [{ op: "replace", path: `/relations/${at}/attributes/comment`, value: comment }];
}

function missing({ client }: AzureSession, key: string): TrackerError {
  return client.error("not-found", `There is no work item ${key}, or the account may not see it.`, "Check its number, and the permissions of its area path.");
}
