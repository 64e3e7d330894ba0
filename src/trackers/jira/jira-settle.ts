/**
 * What became of creates whose answer was lost, without any index: the keys above the watermark are read one by one up
 * to the end of the project. A number that cannot be read may be the very ticket behind a security level, so it is
 * doubt and not absence [FACTS, "A create whose answer was lost"].
 */

import type { Ticket } from "../../core/model/ticket.ts";
import type { InDoubt, Settled } from "../tracker.ts";
import { numberOf, projectOf } from "./jira-map.ts";
import type { JiraSession } from "./jira-session.ts";

/** So many numbers that nobody has, one after another, are taken for the end of the project. */
const END = 50;

interface Scan {
  readonly tickets: readonly Ticket[];
  /** Numbers below the last ticket that could not be read. */
  readonly gaps: readonly number[];
  readonly complete: boolean;
}

export async function settleJira(session: JiraSession, inDoubt: readonly InDoubt[]): Promise<readonly Settled[]> {
  if (inDoubt.length === 0) return [];
  const sound = inDoubt.filter(({ watermark }) => isNumber(watermark));
  if (sound.length === 0) return inDoubt.map(({ token, watermark }) => badWatermark(token, watermark));
  const browses = await session.api.permissions(session.key, ["BROWSE_PROJECTS"]);
  if (browses.length === 0) {
    return inDoubt.map(({ token }) => ({ token, state: "unknown", why: `the account may not read ${session.key} (permission Browse projects)` }));
  }
  const found = await scan(session, Math.min(...sound.map(({ watermark }) => Number(watermark))));
  return inDoubt.map(({ token, watermark }) => (isNumber(watermark) ? settled(session.key, token, Number(watermark), found) : badWatermark(token, watermark)));
}

function isNumber(watermark: string): boolean {
  return /^\d{1,15}$/.test(watermark);
}

function badWatermark(token: string, watermark: string): Settled {
  return { token, state: "unknown", why: `${watermark} is no watermark of this tracker` };
}

function settled(project: string, token: string, watermark: number, { tickets, gaps, complete }: Scan): Settled {
  const made = tickets.filter((ticket) => ticket.token === token && (projectOf(ticket.key) !== project || numberOf(ticket.key) > watermark));
  if (made.length > 0) return { token, state: "created", tickets: made };
  if (!complete) return { token, state: "unknown", why: `not all tickets of ${project} above ${project}-${watermark} could be read` };
  const hidden = gaps.filter((number) => number > watermark);
  if (hidden.length === 0) return { token, state: "absent" };
  const named = hidden
    .slice(0, 5)
    .map((number) => `${project}-${number}`)
    .join(", ");
  return {
    token,
    state: "unknown",
    why: `${named}${hidden.length > 5 ? ` and ${hidden.length - 5} more` : ""} cannot be read: deleted, or hidden from this account`,
  };
}

async function scan(session: JiraSession, above: number): Promise<Scan> {
  const tickets: Ticket[] = [];
  const absent: number[] = [];
  let complete = true;
  let last = above;
  // Fifty at a time: where the first page ends the project, nothing beyond it is asked for.
  for (let from = above + 1; from <= last + END; from += END) {
    const keys = Array.from({ length: END }, (_, index) => `${session.key}-${from + index}`);
    const found = await session.api.byKeys(keys);
    const missing = new Set(found.missing);
    complete &&= found.complete;
    tickets.push(...(await session.tickets(found)));
    for (const [index, key] of keys.entries()) {
      if (missing.has(key)) absent.push(from + index);
      else if (found.renamed.has(key) || found.issues.some(({ issue }) => issue.key === key)) last = from + index;
    }
  }
  return { tickets, gaps: absent.filter((number) => number < last), complete };
}
