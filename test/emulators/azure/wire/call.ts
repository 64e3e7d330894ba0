/** One request on its way through the emulated organisation: who sent it, to which project, and what its address says. */

import type { AzureIdentity } from "../state/identity.ts";
import type { AzureProject, AzureWorld } from "../state/world.ts";
import type { Strike, WireRequest } from "../../kit/wire.ts";
import type { ApiVersion } from "./api-version.ts";

export interface Call {
  readonly world: AzureWorld;
  readonly request: WireRequest;
  readonly strike: Strike;
  readonly by: AzureIdentity;
  /** `http://host/organization` */
  readonly collection: string;
  /** Of the address; null where it names none. */
  readonly project: AzureProject | null;
  /** What `{…}` of the route stand for, decoded. */
  readonly values: Readonly<Record<string, string>>;
  readonly version: ApiVersion | null;
}

/** The moment that reads see: everything, or what is older than the lag. */
export function readMoment({ clock, behaviour }: AzureWorld): number {
  return behaviour.readLag === 0 ? Number.POSITIVE_INFINITY : clock.now() - behaviour.readLag;
}

export function searchMoment({ clock, behaviour }: AzureWorld): number {
  return behaviour.searchLag === 0 ? Number.POSITIVE_INFINITY : clock.now() - behaviour.searchLag;
}
