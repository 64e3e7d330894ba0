/** Pages of lists: what one shows, what is missing within it, and whether there is another. */

import { record, safeParse, string, unknown } from "zod/mini";
import type { GithubAnswer } from "./github-client.ts";
import { isSameRepo, nameOf } from "./github-key.ts";
import { fromGraphql, type Held } from "./github-map.ts";
import { projectName, type GithubSession } from "./github-session.ts";
import { followTransfers } from "./github-transfers.ts";
import { knownType, readTypes } from "./github-types.ts";
import { connection, graphqlIssue } from "./github-wire.ts";

export const PAGE = 100;

/** What a reading found. */
export interface Found {
  readonly held: readonly Held[];
  readonly complete: boolean;
}

export interface Page extends Found {
  readonly next: string | null;
  readonly total: number;
}

/** null: this part of the answer is missing. An issue that is missing within it makes it incomplete. */
export function readConnection(
  session: GithubSession,
  answer: GithubAnswer,
  path: readonly string[],
  isOther: (node: unknown) => boolean = () => false,
): Page | null {
  const [root = "", ...rest] = path;
  let at: unknown = answer.data[root];
  for (const part of rest) {
    const object = safeParse(record(string(), unknown()), at);
    at = object.success ? object.data[part] : undefined;
  }
  const page = safeParse(connection, at);
  if (!page.success) {
    const error = answer.errorAt(...path) ?? answer.errorAt(root);
    if (error && error.kind !== "unavailable") throw error;
    return null;
  }
  const nodes = page.data.nodes ?? [];
  const others = nodes.filter(isOther).length;
  const held = nodes.flatMap((node) => {
    const issue = safeParse(graphqlIssue, node);
    return issue.success ? [fromGraphql(issue.data, knownType(session, issue.data))] : [];
  });
  const { hasNextPage, endCursor } = page.data.pageInfo;
  return {
    held,
    complete: held.length + others === nodes.length && answer.errorAt(...path) === null && answer.unplaced === null,
    next: hasNextPage ? endCursor : null,
    total: page.data.totalCount,
  };
}

/** What was created while the pages were read may stand on two of them. */
export function distinct(issues: readonly Held[]): readonly Held[] {
  return [...new Map(issues.map((held) => [held.ticket.id, held])).values()];
}

export async function typedList(session: GithubSession, issues: readonly Held[]): Promise<readonly Held[]> {
  const types = await readTypes(session, issues);
  const typed = await followTransfers(
    session,
    issues.map((held) => types.get(held.ticket.id) ?? held),
  );
  for (const held of typed) session.memory.note(held);
  return typed;
}

export function isOurs(session: GithubSession, { place }: Held): boolean {
  return isSameRepo(nameOf(place), projectName(session));
}
