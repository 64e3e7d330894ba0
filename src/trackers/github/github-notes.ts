/** Comments, and links, which GitHub keeps as comments: each carries what tells it apart from another, so that there is one of each. */

import { array, boolean, nullable, object, safeParse, string, type ZodMiniType } from "zod/mini";
import { shortPrint } from "../../core/fingerprint.ts";
import { cleanLine } from "../../core/text/terminal-text.ts";
import { outcomeOfError, outcomesOf } from "../http-client.ts";
import type { Link, Note, Outcome } from "../tracker.ts";
import { refusal } from "./github-client.ts";
import { parseKey, placeWord } from "./github-key.ts";
import type { Held } from "./github-map.ts";
import { notFound, readPlaces } from "./github-places.ts";
import type { GithubSession } from "./github-session.ts";
import { TEXT_LIMIT } from "./github-text.ts";

export type NoteKind = "note" | "link";

/** A comment to be there once, with this text. */
interface Wanted {
  readonly key: string;
  readonly mark: string;
  readonly body: string;
}

export interface Comment {
  readonly id: string;
  readonly body: string;
  /** Written by this account: a mark in anybody else's comment proves nothing (threat 7). */
  readonly viewerDidAuthor: boolean;
}

const MARKED = /<!-- canon:(note|link):[A-Za-z0-9_.]+ -->\s*$/;
const PAGE = 100;

/** What a comment of ours is: a note, a link, or neither. */
export function noteKind(body: string): NoteKind | null {
  const [, kind] = MARKED.exec(body.slice(-200)) ?? [];
  return kind === "note" || kind === "link" ? kind : null;
}

/** Ids and addresses may hold any sign; their fingerprint holds none that could end the comment (threat 2). */
function markOf(kind: NoteKind, what: string): string {
  return `<!-- canon:${kind}:${shortPrint(what).replaceAll("-", ".")} -->`;
}

export function commentIssues(session: GithubSession, notes: readonly Note[]): Promise<readonly Outcome[]> {
  return write(
    session,
    notes.map(({ key, id, text }) => ({ key, mark: markOf("note", id), body: text })),
  );
}

export function linkIssues(session: GithubSession, links: readonly Link[]): Promise<readonly Outcome[]> {
  return write(
    session,
    links.map(({ key, url, title }) => ({ key, mark: markOf("link", url), body: linkTo(title, url) })),
  );
}

/** Blanks and brackets would end the address, and a title may be a stranger's. */
function linkTo(title: string, url: string): string {
  const words = cleanLine(title).replaceAll(/[[\]\\<>`]/g, "\\$&");
  return `[${words}](<${url.replaceAll(/[\s<>\\]/g, encodeURIComponent)}>)`;
}

/** Comments per request. */
const CHUNK = 20;

async function write(session: GithubSession, wanted: readonly Wanted[]): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const chunk of chunksOf(wanted, session)) outcomes.push(...(await writeChunk(session, chunk)));
  return outcomes;
}

/** Two of one mark never stand in one chunk: the second edits what the first wrote. */
function chunksOf(wanted: readonly Wanted[], { repo }: Pick<GithubSession, "repo">): readonly (readonly Wanted[])[] {
  const chunks: Wanted[][] = [];
  let begun = new Set<string>();
  for (const one of wanted) {
    const place = parseKey(one.key, repo);
    const word = `${place === null ? one.key : placeWord(place)} ${one.mark}`;
    const last = chunks.at(-1);
    if (last === undefined || last.length === CHUNK || begun.has(word)) {
      chunks.push([one]);
      begun = new Set([word]);
    } else {
      last.push(one);
      begun.add(word);
    }
  }
  return chunks;
}

async function writeChunk(session: GithubSession, wanted: readonly Wanted[]): Promise<readonly Outcome[]> {
  return outcomesOf(wanted.length, async () => {
    const places = wanted.flatMap(({ key }) => parseKey(key, session.repo) ?? []);
    const { found } = await readPlaces(session, places);
    const heldOf = ({ key }: Wanted): Held | null => {
      const place = parseKey(key, session.repo);
      return (place && found.get(placeWord(place))) ?? null;
    };
    const comments = await readComments(session, [...new Set(wanted.flatMap((one) => heldOf(one)?.nodeId ?? []))]);
    const outcomes: (Outcome | null)[] = [];
    const writes: {
      readonly at: number;
      readonly held: Held;
      readonly field: "addComment" | "updateIssueComment";
      readonly input: Readonly<Record<string, unknown>>;
    }[] = [];
    wanted.forEach((one, at) => {
      const held = heldOf(one);
      const body = `${one.body}\n\n${one.mark}`;
      const mine = held && comments.get(held.nodeId)?.find((comment) => comment.viewerDidAuthor && comment.body.trimEnd().endsWith(one.mark));
      outcomes[at] = held ? done(held) : outcomeOfError(notFound(one.key));
      if (body.length > TEXT_LIMIT)
        outcomes[at] = outcomeOfError(refusal("invalid", `The comment has ${one.body.length} characters, GitHub takes ${TEXT_LIMIT}.`));
      else if (held && mine && mine.body.replaceAll("\r\n", "\n") !== body)
        writes.push({ at, held, field: "updateIssueComment", input: { id: mine.id, body } });
      else if (held && !mine) writes.push({ at, held, field: "addComment", input: { subjectId: held.nodeId, body } });
    });
    const results = await send(session, writes);
    writes.forEach(({ at }, index) => (outcomes[at] = results[index] ?? null));
    return outcomes.map((outcome) => outcome ?? outcomeOfError(refusal("unavailable", "It was not sent.", "Run the command again.")));
  });
}

function done({ ticket }: Held): Outcome {
  // The comment's own answer does not show the issue.
  return { state: "done", id: ticket.id, key: ticket.key, echo: null };
}

async function send(
  { client }: GithubSession,
  writes: readonly { readonly held: Held; readonly field: "addComment" | "updateIssueComment"; readonly input: Readonly<Record<string, unknown>> }[],
): Promise<readonly Outcome[]> {
  if (writes.length === 0) return [];
  return outcomesOf(writes.length, async () => {
    const declared = writes.map(({ field }, at) => `$m${at}: ${field === "addComment" ? "AddCommentInput" : "UpdateIssueCommentInput"}!`).join(", ");
    const fields = writes.map(({ field }, at) => `m${at}: ${field}(input: $m${at}) { clientMutationId }`).join(" ");
    const variables = Object.fromEntries(writes.map(({ input }, at) => [`m${at}`, input]));
    const creations = writes.filter(({ field }) => field === "addComment").length;
    const answer = await client.mutate({ query: `mutation (${declared}) { ${fields} }`, variables, creations, about: `comment ${writes.length}` });
    return writes.map(({ held }, at): Outcome => {
      const error = answer.errorAt(`m${at}`);
      return error ? outcomeOfError(error) : done(held);
    });
  });
}

interface CommentPage {
  readonly id: string;
  readonly comments: {
    readonly nodes: readonly (Comment | null)[];
    readonly pageInfo: { readonly hasPreviousPage: boolean; readonly startCursor: string | null };
  };
}

const commentPage: ZodMiniType<CommentPage> = object({
  id: string(),
  comments: object({
    nodes: array(nullable(object({ id: string(), body: string(), viewerDidAuthor: boolean() }))),
    pageInfo: object({ hasPreviousPage: boolean(), startCursor: nullable(string()) }),
  }),
});

/** All comments of these issues, the newest page first: nearly always it is the only one. */
async function readComments({ client }: GithubSession, ids: readonly string[]): Promise<ReadonlyMap<string, readonly Comment[]>> {
  const found = new Map<string, Comment[]>();
  let open: readonly { readonly id: string; readonly before: string | null }[] = ids.map((id) => ({ id, before: null }));
  while (open.length > 0) {
    const declared = open.map((_one, at) => `$i${at}: ID!, $b${at}: String`).join(", ");
    const fields = open.map(
      (_one, at) =>
        `i${at}: node(id: $i${at}) { ... on Issue { id comments(last: ${PAGE}, before: $b${at}) { nodes { id body viewerDidAuthor } pageInfo { hasPreviousPage startCursor } } } }`,
    );
    const variables = Object.fromEntries(
      open.flatMap(({ id, before }, at) => [
        [`i${at}`, id],
        [`b${at}`, before],
      ]),
    );
    const answer = await client.query({ query: `query (${declared}) { ${fields.join(" ")} }`, variables, about: `comments of ${open.length}` });
    open = open.flatMap(({ id }, at) => {
      const read = safeParse(commentPage, answer.data[`i${at}`]);
      const error = answer.errorAt(`i${at}`);
      // Whether it is there already cannot be told: nothing is written.
      if (!read.success || error) throw error ?? refusal("unavailable", "The comments of an issue could not be read.", "Run the command again.");
      const { nodes, pageInfo } = read.data.comments;
      found.set(id, [...(found.get(id) ?? []), ...nodes.filter((node) => node !== null)]);
      return pageInfo.hasPreviousPage ? [{ id, before: pageInfo.startCursor }] : [];
    });
  }
  return found;
}
