/** Links, one for each address because Linear overwrites them by it, and what becomes of anything that hangs on a ticket. */

import * as z from "zod/mini";
import type { Link, Outcome } from "../tracker.ts";
import { PLACE } from "./linear-documents.ts";
import { runMutations, type Fate, type Work } from "./linear-mutations.ts";
import { outcomesOfFates, type Done } from "./linear-outcomes.ts";
import type { LinearSession } from "./linear-session.ts";
import { placeSchema } from "./linear-wire.ts";

const SUBTITLES: Readonly<Record<Link["kind"], string | null>> = { "pull-request": "Pull request", parent: "Parent", other: null };

export async function setLinks(session: LinearSession, links: readonly Link[]): Promise<readonly Outcome[]> {
  const works = links.map(({ key, url, title, kind }): Work => {
    const subtitle = SUBTITLES[kind];
    const input = { issueId: session.seen.get(key)?.id ?? key, url, title: title.trim() === "" ? url : title, ...(subtitle === null ? {} : { subtitle }) };
    return { ticket: key, mutations: [{ field: "attachmentCreate", input, selection: `attachment { issue { ${PLACE} } }` }] };
  });
  return hangingOutcomes(session, links, await runMutations(session.client, works, "link"));
}

const hung = z.object({ issue: placeSchema });
const payloadSchema = z.union([z.object({ comment: hung }), z.object({ attachment: hung })]);

/** Of comments and links: each shows the ticket that it hangs on. */
export async function hangingOutcomes(session: LinearSession, asked: readonly { readonly key: string }[], fates: readonly Fate[]): Promise<readonly Outcome[]> {
  return outcomesOfFates(
    session,
    fates.map((fate, index) => ({ ref: { key: asked[index]?.key ?? "" }, fate, done: fate.state === "landed" ? doneOf(fate.payloads) : null })),
  );
}

/** A comment or a link changes no field, so there is nothing to show of the ticket. */
function doneOf(payloads: readonly unknown[] | null): Done | null {
  const parsed = z.safeParse(payloadSchema, payloads?.[0]);
  if (!parsed.success) return null;
  const { issue } = "comment" in parsed.data ? parsed.data.comment : parsed.data.attachment;
  return { state: "done", id: issue.id, key: issue.identifier, echo: null };
}
