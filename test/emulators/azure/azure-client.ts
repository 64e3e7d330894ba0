/** How the emulator's tests talk to it: the vendor's own library, and plain requests for what the library has no method for. */

import { getPersonalAccessTokenHandler, WebApi } from "azure-devops-node-api";
import type { IWorkItemTrackingApi } from "azure-devops-node-api/WorkItemTrackingApi.js";
import type { AzureEmulator } from "./azure-emulator.ts";

/** What tests read of answers, of whatever kind. */
export interface AzureBody {
  readonly id: number;
  readonly rev: number;
  readonly url: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly relations?: readonly object[];
  readonly multilineFieldsFormat?: object;
  readonly count: number;
  readonly value: readonly AzureBody[];
  readonly workItems: readonly { readonly id: number }[];
  readonly revisedBy: { readonly displayName: string };
  readonly typeKey: string;
  readonly message: string;
  readonly customProperties: { readonly RuleValidationErrors: readonly { readonly fieldReferenceName: string }[] };
}

export interface Heard {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: AzureBody;
}

/** A `$batch`: its own status, and what became of each element. */
export interface HeardBatch {
  readonly status: number;
  readonly headers: Headers;
  readonly outcomes: readonly { readonly code: number; readonly body: AzureBody }[];
}

export interface AzureClient {
  /** The vendor's library, which asks for locations before its first call. */
  library(): Promise<IWorkItemTrackingApi>;
  webApi(): WebApi;
  /** Below the organisation's address. */
  send(method: string, path: string, body?: unknown, options?: { readonly contentType?: string; readonly token?: string | null }): Promise<Heard>;
  batch(elements: readonly object[]): Promise<HeardBatch>;
}

export const PATCH = "application/json-patch+json";

export function azureClient(emulator: AzureEmulator): AzureClient {
  const collection = emulator.credentials["AZURE_DEVOPS_ORG_URL"] ?? "";
  const good = emulator.credentials["AZURE_DEVOPS_PAT"] ?? "";
  const webApi = (): WebApi => new WebApi(collection, getPersonalAccessTokenHandler(good), { allowRetries: false });
  const send: AzureClient["send"] = async (method, path, body, { contentType = "application/json", token = good } = {}) => {
    const answer = await fetch(`${collection}${path}`, {
      method,
      headers: {
        ...(token === null ? {} : { authorization: `Basic ${Buffer.from(`:${token}`).toString("base64")}` }),
        ...(body === undefined ? {} : { "content-type": contentType }),
      },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
      redirect: "manual",
    });
    const text = await answer.text();
    const heard: AzureBody = answer.headers.get("content-type")?.includes("json") ? JSON.parse(text) : null;
    return { status: answer.status, headers: answer.headers, text, body: heard };
  };
  return {
    webApi,
    library: async () => webApi().getWorkItemTrackingApi(),
    send,
    batch: async (elements) => {
      const { status, headers, text } = await send("PATCH", "/_apis/wit/$batch?api-version=7.1", elements);
      if (status !== 200) return { status, headers, outcomes: [] };
      const { value }: { readonly value: readonly { readonly code: number; readonly body: string }[] } = JSON.parse(text);
      return { status, headers, outcomes: value.map((one) => ({ code: one.code, body: JSON.parse(one.body) })) };
    },
  };
}

export function field(name: string, value: unknown, op: "add" | "replace" | "remove" = "add"): object {
  return { op, path: `/fields/${name}`, value };
}

export function relation(rel: string, url: string, attributes: object = {}): object {
  return { op: "add", path: "/relations/-", value: { rel, url, attributes } };
}

export function rev(value: number): object {
  return { op: "test", path: "/rev", value };
}

export const MARKDOWN = { op: "add", path: "/multilineFieldsFormat/System.Description", value: "Markdown" };

/** Elements of a `$batch`. */
export function creating(emulator: AzureEmulator, type: string, ...body: readonly object[]): object {
  return element(`/${emulator.project}/_apis/wit/workitems/$${encodeURIComponent(type)}`, body);
}

export function changing(id: number, ...body: readonly object[]): object {
  return element(`/_apis/wit/workitems/${id}`, body);
}

function element(path: string, body: readonly object[]): object {
  return { method: "PATCH", uri: `${path}?api-version=7.1&$expand=relations`, headers: { "Content-Type": PATCH }, body };
}
