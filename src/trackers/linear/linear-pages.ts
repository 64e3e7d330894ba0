/** Lists of tickets, page by page; what a list could not show is said, never passed over. */

import * as z from "zod/mini";
import type { LinearDocument } from "@linear/sdk";
import type { LinearClient, Read } from "./linear-client.ts";
import { rowsPerPage } from "./linear-cost.ts";
import { ticketPage } from "./linear-documents.ts";
import { pageOf, type WirePage } from "./linear-wire.ts";

export interface Listed<T> {
  readonly nodes: readonly T[];
  /** False where an answer came with errors, or a page named no next one though there is more. */
  readonly complete: boolean;
}

export interface ListRequest<T> {
  readonly about: string;
  readonly selection: string;
  readonly node: z.ZodMiniType<T>;
  readonly filter: LinearDocument.IssueFilter;
  /** Archived ones too. */
  readonly archived: boolean;
}

export async function listTickets<T>(client: LinearClient, { about, selection, node, filter, archived }: ListRequest<T>): Promise<Listed<T>> {
  const schema: z.ZodMiniType<{ issues: WirePage<T> }> = z.object({ issues: pageOf(node) });
  const query = ticketPage(about, selection);
  const first = rowsPerPage(selection);
  const nodes: T[] = [];
  let complete = true;
  const asked = new Set<string | null>();
  for (let after: string | null = null; !asked.has(after);) {
    asked.add(after);
    const answer: Read<{ issues: WirePage<T> }> = await client.read(schema, { query, variables: { first, after, filter, archived }, about });
    nodes.push(...answer.value.issues.nodes);
    complete &&= answer.whole;
    const page: WirePage<T>["pageInfo"] = answer.value.issues.pageInfo;
    if (!page.hasNextPage) return { nodes, complete };
    after = page.endCursor;
  }
  return { nodes, complete: false };
}
