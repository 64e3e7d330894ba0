/** Comments that are one for each note, and links that are the same link when they are sent again. */

import { fingerprint } from "../../core/fingerprint.ts";
import type { Link, Note, Outcome } from "../tracker.ts";
import type { RemoteLink } from "./jira-api.ts";
import { byTicket } from "./jira-by-ticket.ts";
import { bodyTooLong, notFound } from "./jira-error-client.ts";
import type { SeenTicket } from "./jira-memory.ts";
import { isSamePerson, signOf } from "./jira-note.ts";
import { BODY_LIMIT, type JiraSession } from "./jira-session.ts";
import { lookUp } from "./jira-update.ts";

export async function commentJira(session: JiraSession, notes: readonly Note[]): Promise<readonly Outcome[]> {
  return onTickets(session, notes, async ({ id, text }, { key }) => {
    if (text.length > BODY_LIMIT) throw bodyTooLong(`A comment on ${key}`, text.length, BODY_LIMIT);
    const sign = signOf(id, text);
    // Jira takes the same comment as often as it is sent [FACTS]: the property on each says which note it is.
    const signed = (await session.api.signed(key)).filter((one) => one.sign.note === id);
    const me = signed.length === 0 ? null : await session.me();
    const mine = signed.find(({ author }) => me !== null && author !== null && isSamePerson(author, me));
    if (mine?.sign.said !== sign.said) await session.api.comment(key, text, sign, mine?.id ?? null);
  });
}

export async function linkJira(session: JiraSession, links: readonly Link[]): Promise<readonly Outcome[]> {
  return onTickets(session, links, async (link, { key }) => session.api.link(key, remoteLink(link)));
}

async function onTickets<T extends { readonly key: string }>(
  session: JiraSession,
  elements: readonly T[],
  write: (element: T, ticket: SeenTicket) => Promise<void>,
): Promise<readonly Outcome[]> {
  if (elements.length === 0) return [];
  const unread = await lookUp(
    session,
    elements.map(({ key }) => key),
  );
  return byTicket(elements, async (element): Promise<Outcome> => {
    if (unread !== null) throw unread;
    const seen = session.memory.get(element.key);
    if (seen === null) throw notFound(element.key, session.client.site.host);
    await write(element, seen);
    return { state: "done", id: seen.id, key: seen.key, echo: null };
  });
}

/** [S] */
const GLOBAL_ID_LIMIT = 255;

const RELATIONSHIPS = { "pull-request": "pull request", parent: "parent", other: "links to" } as const;

function remoteLink({ url, title, kind }: Link): RemoteLink {
  const globalId = url.length <= GLOBAL_ID_LIMIT ? url : `canon:${fingerprint(url)}`;
  return { globalId, url, title: [...title].slice(0, GLOBAL_ID_LIMIT).join(""), relationship: RELATIONSHIPS[kind] };
}
