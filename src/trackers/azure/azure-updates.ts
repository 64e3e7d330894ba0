/** The past of one work item as Azure tells it: what each of its updates changed. */

import type { AzureSession } from "./azure-session.ts";
import { updateList, type WireUpdate } from "./azure-wire.ts";

const PAGE = 200;

/** From the first to the last. */
export async function readUpdates({ client }: AzureSession, id: number): Promise<readonly WireUpdate[]> {
  const all: WireUpdate[] = [];
  for (;;) {
    const { value } = await client.read(updateList, {
      method: "GET",
      path: `wit/workItems/${id}/updates`,
      version: "7.1",
      query: { $top: String(PAGE), $skip: String(all.length) },
    });
    all.push(...value);
    if (value.length < PAGE) return all;
  }
}
