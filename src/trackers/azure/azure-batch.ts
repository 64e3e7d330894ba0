/** One `$batch`: patches of many work items in a request, an answer for each of them, and no retry. */

import * as z from "zod/mini";
import { outcomeOfError } from "../http-client.ts";
import { TrackerError } from "../tracker-error.ts";
import type { Outcome } from "../tracker.ts";
import { ITEM_VERSION, jsonIn, type AzureClient } from "./azure-client.ts";
import type { Operation } from "./azure-patch.ts";
import { pagesOf } from "./azure-read.ts";
import { batchAnswer, workItem, type WireElement, type WireItem } from "./azure-wire.ts";

export interface Element {
  /** A new work item of this type, or one that exists. */
  readonly to: { readonly type: string } | { readonly id: number };
  readonly operations: readonly Operation[];
  /** What messages call it. */
  readonly about: string;
}

export type Landed = { readonly state: "landed"; readonly item: WireItem };
export type Fate = Landed | Exclude<Outcome, { readonly state: "done" }>;

/** In as many requests as needed, one after the other: what stands under one parent is made in its order. */
export async function sendElements(client: AzureClient, elements: readonly Element[]): Promise<readonly Fate[]> {
  const fates: Fate[] = [];
  let limit: TrackerError | null = null;
  for (const page of pagesOf(elements)) {
    const error: TrackerError | null = limit;
    const some: readonly Fate[] = error === null ? await sendPage(client, page) : page.map(() => outcomeOfError(error));
    const [first] = some;
    if (first?.state === "unsent" && some.every(({ state }) => state === "unsent")) limit = first.error;
    fates.push(...some);
  }
  return fates;
}

async function sendPage(client: AzureClient, elements: readonly Element[]): Promise<readonly Fate[]> {
  const creations = elements.filter(({ to }) => "type" in to).length;
  try {
    const { value } = await client.write(batchAnswer, {
      method: "PATCH",
      path: "wit/$batch",
      version: "7.1",
      body: elements.map((element) => wireOf(client, element)),
      ...(creations === 0 ? {} : { creations }),
    });
    if (value.length === elements.length) return elements.map((element, index) => fateOf(client, element, value[index]));
    const error = client.error("unknown-outcome", `Azure answered for ${value.length} of ${elements.length} tickets.`, "Run the command again: it finds out.");
    return elements.map(() => outcomeOfError(error));
  } catch (error) {
    if (!(error instanceof TrackerError)) throw error;
    return elements.map(() => outcomeOfError(error));
  }
}

/** In no schema of the vendor's: each element is a request of its own, with an address below the organisation's. */
function wireOf({ place }: AzureClient, { to, operations }: Element): unknown {
  const where = "type" in to ? `/${encodeURIComponent(place.project)}/_apis/wit/workitems/$${encodeURIComponent(to.type)}` : `/_apis/wit/workitems/${to.id}`;
  return {
    method: "PATCH",
    uri: `${where}?api-version=${ITEM_VERSION}&$expand=relations`,
    headers: { "Content-Type": "application/json-patch+json" },
    body: operations,
  };
}

function fateOf(client: AzureClient, { about }: Element, answer: WireElement | undefined): Fate {
  const body = jsonIn(answer?.body ?? "");
  const code = answer?.code ?? 0;
  if (code !== 200) return outcomeOfError(client.refused(code, body, about));
  const parsed = z.safeParse(workItem, body);
  if (parsed.success) return { state: "landed", item: parsed.data };
  return outcomeOfError(client.error("unknown-outcome", `${about}: the answer has another form than Azure's.`, "Run the command again: it finds out."));
}
