/** Comments by the ids that Canon chose for them, with who wrote them: an id proves nothing by itself (threat 7). */

import * as z from "zod/mini";
import type { LinearClient } from "./linear-client.ts";
import { problemKind } from "./linear-problems.ts";

export interface Said {
  readonly id: string;
  readonly body: string;
  /** null: no user, but an integration. */
  readonly author: string | null;
}

const COMMENT = "id body user { id }";

const wire = z.object({ id: z.string(), body: z.string(), user: z.nullable(z.object({ id: z.string() })) });
const viewer = z.object({ id: z.string() });

/** Ids in one list; three belong to a note. */
const PER_LIST = 240;

const LIST = `query CanonComments($filter: CommentFilter!) {
  viewer { id }
  comments(first: 250, filter: $filter) { nodes { ${COMMENT} } }
}`;
const list = z.object({ viewer, comments: z.object({ nodes: z.array(wire) }) });

/** By id. What was written a moment ago may be missing. */
export async function listComments(
  client: LinearClient,
  ids: readonly string[],
): Promise<{ readonly comments: ReadonlyMap<string, Said>; readonly viewer: string }> {
  const comments = new Map<string, Said>();
  let me = "";
  for (let start = 0; start < ids.length; start += PER_LIST) {
    const variables = { filter: { id: { in: ids.slice(start, start + PER_LIST) } } };
    const { value } = await client.read(list, { query: LIST, variables, about: "CanonComments" });
    me = value.viewer.id;
    for (const node of value.comments.nodes) comments.set(node.id, saidIn(node));
  }
  return { comments, viewer: me };
}

const ONE = `query CanonComment($id: String!) { viewer { id } comment(id: $id) { ${COMMENT} } }`;
const one = z.object({ viewer, comment: wire });

const NOBODY = { comment: null, viewer: "" } as const;

/** As it stands now; null: there is none, or it may not be seen. */
export async function commentById(client: LinearClient, id: string): Promise<{ readonly comment: Said | null; readonly viewer: string }> {
  const { data, problems } = await client.ask({ query: ONE, variables: { id }, about: "CanonComment" });
  const [problem] = problems;
  if (problem && problemKind(problem, false) === "not-found") return NOBODY;
  if (problem) throw client.errorOf(problem, false);
  const parsed = z.safeParse(one, data);
  if (!parsed.success) throw client.error("unavailable", `the answer about comment ${id} has another form than Linear's.`, "Run the command again.");
  return { comment: saidIn(parsed.data.comment), viewer: parsed.data.viewer.id };
}

function saidIn({ id, body, user }: z.infer<typeof wire>): Said {
  return { id, body, author: user?.id ?? null };
}
