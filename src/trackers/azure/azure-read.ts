/** Reading work items by their ids, two hundred at a time; what is not found is looked for in the recycle bin. */

import { TrackerError } from "../tracker-error.ts";
import type { AzureSession } from "./azure-session.ts";
import { binList, binned, itemList, type WireItem } from "./azure-wire.ts";

export const PAGE = 200;

export interface ReadItems {
  readonly items: readonly WireItem[];
  /** Asked for and not shown: deleted, hidden or not there, which Azure does not tell apart. */
  readonly absent: readonly number[];
  /** False where answers ended early: then nothing is `absent` of which no answer told. */
  readonly complete: boolean;
}

export async function readItems(session: AzureSession, ids: readonly number[]): Promise<ReadItems> {
  const pages = await Promise.all(pagesOf([...new Set(ids)]).map((page) => readPage(session, page)));
  return {
    items: pages.flatMap(({ items }) => items).sort((a, b) => a.id - b.id),
    absent: pages.flatMap(({ absent }) => absent),
    complete: pages.every(({ complete }) => complete),
  };
}

async function readPage({ client }: AzureSession, ids: readonly number[]): Promise<ReadItems> {
  const body = { ids, $expand: "relations", errorPolicy: "omit" };
  const { count, value } = await client.read(itemList, { method: "POST", path: "wit/workitemsbatch", version: "7.2-preview.1", body });
  const items = value.filter((item) => item !== null);
  const found = new Set(items.map(({ id }) => id));
  if (count !== value.length) return { items, absent: [], complete: false };
  return { items, absent: ids.filter((id) => !found.has(id)), complete: true };
}

/** Those of them that lie in the project's recycle bin. The bin lists ids only, so each that is there is a request. */
export async function readBin({ client }: AzureSession, ids: readonly number[]): Promise<readonly WireItem[]> {
  if (ids.length === 0) return [];
  const about = { method: "GET", inProject: true, version: "7.2-preview.2" } as const;
  const bin = await unlessRefused(client.read(binList, { ...about, path: "wit/recyclebin" }));
  const there = new Set(bin?.value.map(({ id }) => id));
  const found = await Promise.all(
    ids.filter((id) => there.has(id)).map((id) => unlessRefused(client.read(binned, { ...about, path: `wit/recyclebin/${id}` }))),
  );
  return found.flatMap((one) => one?.resource ?? []);
}

/** An account may have no right to look into the bin, and what lies there may be destroyed or restored meanwhile. */
async function unlessRefused<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof TrackerError && (error.kind === "forbidden" || error.kind === "not-found")) return null;
    throw error;
  }
}

export function pagesOf<T>(all: readonly T[], size: number = PAGE): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, page) => all.slice(page * size, (page + 1) * size));
}
