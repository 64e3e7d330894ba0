/** Creates whose answer was lost: every number above the mark is read, without any index (FACTS.md). */

import type { Ticket } from "../../core/model/ticket.ts";
import type { InDoubt, Settled, Watermark } from "../tracker.ts";
import { toTicket } from "./azure-map.ts";
import { PAGE, readBin, readItems } from "./azure-read.ts";
import type { AzureSession } from "./azure-session.ts";
import { readStore } from "./azure-store.ts";
import { idList, type WireItem } from "./azure-wire.ts";

/** The highest number that the account sees in the whole organisation. An index that lags answers a lower one, and only makes more to read. */
export async function highestId({ client }: AzureSession): Promise<Watermark> {
  const query = "SELECT [System.Id] FROM WorkItems WHERE [System.Id] > 0 ORDER BY [System.Id] DESC";
  const { workItems } = await client.read(idList, { method: "POST", path: "wit/wiql", version: "7.2-preview.2", query: { $top: "1" }, body: { query } });
  return String(workItems[0]?.id ?? 0);
}

interface Interval {
  readonly items: readonly WireItem[];
  readonly archived: readonly WireItem[];
  /** Numbers below the last one read that showed nothing. */
  readonly unreadable: readonly number[];
  readonly complete: boolean;
}

export async function settle(session: AzureSession, inDoubt: readonly InDoubt[]): Promise<readonly Settled[]> {
  const marks = inDoubt.map(({ watermark }) => (/^\d{1,10}$/.test(watermark) ? Number(watermark) : null));
  const known = marks.filter((mark) => mark !== null);
  if (known.length === 0) return inDoubt.map(({ token, watermark }) => ({ token, state: "unknown", why: noMark(watermark) }));
  const [project, interval] = await Promise.all([session.project(), readInterval(session, Math.min(...known))]);
  const { collection } = session.client.place;
  const tickets: readonly Ticket[] = [
    ...interval.items.map((item) => toTicket(item, project, collection)),
    ...interval.archived.map((item) => toTicket(item, project, collection, true)),
  ];
  return inDoubt.map(({ token, watermark }, index): Settled => {
    const mark = marks[index] ?? null;
    if (mark === null) return { token, state: "unknown", why: noMark(watermark) };
    const created = tickets.filter((ticket) => ticket.token === token && Number(ticket.id) > mark);
    if (created.length > 0) return { token, state: "created", tickets: created };
    if (!interval.complete) return { token, state: "unknown", why: "Azure did not answer in full" };
    const hidden = interval.unreadable.filter((id) => id > mark);
    if (hidden.length === 0) return { token, state: "absent" };
    const shown = `${hidden.slice(0, 5).join(", ")}${hidden.length > 5 ? " …" : ""}`;
    return { token, state: "unknown", why: `${hidden.length === 1 ? "work item" : "work items"} ${shown} cannot be seen by this account, and may be it` };
  });
}

/** Up to the highest number that a query shows, and on until a whole page shows nothing. */
async function readInterval(session: AzureSession, mark: number): Promise<Interval> {
  const upper = Number(await highestId(session));
  const items: WireItem[] = [];
  const absent: number[] = [];
  let complete = true;
  for (let from = mark + 1; ; from += PAGE) {
    const page = await readItems(
      session,
      Array.from({ length: PAGE }, (_, index) => from + index),
    );
    items.push(...page.items);
    absent.push(...page.absent);
    complete &&= page.complete;
    if (from + PAGE > upper && page.items.length === 0) break;
  }
  const archived = await readBin(session, absent);
  const last = Math.max(mark, ...items.map(({ id }) => id), ...archived.map(({ id }) => id));
  const there = new Set(archived.map(({ id }) => id));
  return { items: items.filter((item) => readStore(item).token !== null), archived, unreadable: absent.filter((id) => id < last && !there.has(id)), complete };
}

function noMark(watermark: string): string {
  return `${watermark} is no watermark of this tracker`;
}
