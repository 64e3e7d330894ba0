/** Which version of an API a request asks for, and whether there is such a one: the vendor refuses what it does not serve. */

import type { WireRequest } from "../../kit/wire.ts";
import { AzureRefusal } from "./azure-refusal.ts";

export interface ApiVersion {
  readonly number: number;
  readonly isPreview: boolean;
  /** After `-preview.`; null where it says none. */
  readonly resource: number | null;
}

/** What a resource serves: its own newest version (of 7.2), and since when it is more than a preview. */
export interface Served {
  readonly resource: number;
  /** null: a preview in all versions. */
  readonly releasedIn: number | null;
}

const NEWEST = 7.2;

/** In the address or in the Accept header, as the vendor's library does. */
export function askedVersion({ query, headers }: WireRequest): ApiVersion | null {
  const written = query.get("api-version") ?? /api-version=([^;,\s]+)/i.exec(headers.accept ?? "")?.[1] ?? null;
  if (written === null) return null;
  const [, number, preview, resource] = /^(\d+(?:\.\d+)?)(-preview(?:\.(\d+))?)?$/.exec(written) ?? [];
  if (number === undefined) throw new AzureRefusal(400, "VssVersionNotSpecifiedException", `"${written}" is no API version.`);
  return { number: Number(number), isPreview: preview !== undefined, resource: resource === undefined ? null : Number(resource) };
}

export function checkVersion(version: ApiVersion | null, served: Served, method: string): void {
  if (version === null) {
    if (method === "GET" || method === "OPTIONS") return;
    const message = `No api-version was supplied for the "${method}" request. The version must be supplied either as part of the Accept header or as a query parameter.`;
    throw new AzureRefusal(400, "VssVersionNotSpecifiedException", message);
  }
  const isTooNew = version.number > NEWEST || (version.number === NEWEST && version.resource !== null && version.resource > served.resource);
  if (isTooNew) {
    throw new AzureRefusal(400, "VssVersionOutOfRangeException", `The requested REST API version of ${version.number} is out of range for this server.`);
  }
  const isReleased = served.releasedIn !== null && version.number < NEWEST && version.number >= served.releasedIn;
  if (!version.isPreview && !isReleased) {
    const message = `The requested version "${version.number}" of the resource is under preview. The -preview flag must be supplied in the api-version for such requests.`;
    throw new AzureRefusal(400, "VssInvalidPreviewVersionException", message);
  }
}
