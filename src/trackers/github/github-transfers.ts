/** Issues that were transferred got new ids: the base that names the old one is theirs all the same, and no person's copy (threats 25, 26). */

import { number, object, safeParse } from "zod/mini";
import type { Held } from "./github-map.ts";
import type { GithubSession } from "./github-session.ts";

/** With the base's ticket set to the issue's own id where GitHub's history tells of a transfer. Asks only about issues whose base names another id. */
export async function followTransfers(session: GithubSession, issues: readonly Held[]): Promise<readonly Held[]> {
  const { transferred } = session.memory;
  const open = issues.filter((held) => isAnothers(held) && !transferred.has(held.ticket.id));
  for (let start = 0; start < open.length; start += CHUNK) await ask(session, open.slice(start, start + CHUNK));
  return issues.map((held) => ownBase(session, held));
}

/** As far as it is known. */
export function ownBase({ memory }: Pick<GithubSession, "memory">, held: Held): Held {
  const { ticket } = held;
  if (ticket.base === null || !isAnothers(held) || memory.transferred.get(ticket.id) !== true) return held;
  return { ...held, ticket: { ...ticket, base: { ...ticket.base, ticket: ticket.id } } };
}

function isAnothers({ ticket: { id, base } }: Held): boolean {
  return base !== null && base.ticket !== null && base.ticket !== id;
}

const CHUNK = 50;

const events = object({ timelineItems: object({ totalCount: number() }) });

async function ask({ client, memory }: GithubSession, issues: readonly Held[]): Promise<void> {
  const declared = issues.map((_held, at) => `$i${at}: ID!`).join(", ");
  const fields = issues.map(
    (_held, at) => `i${at}: node(id: $i${at}) { ... on Issue { timelineItems(first: 1, itemTypes: [TRANSFERRED_EVENT]) { totalCount } } }`,
  );
  const variables = Object.fromEntries(issues.map(({ nodeId }, at) => [`i${at}`, nodeId]));
  const answer = await client.query({ query: `query (${declared}) { ${fields.join(" ")} }`, variables, about: "transfers" });
  issues.forEach(({ ticket }, at) => {
    const read = safeParse(events, answer.data[`i${at}`]);
    if (read.success) memory.transferred.set(ticket.id, read.data.timelineItems.totalCount > 0);
  });
}
