/** What the parts of an open Azure tracker share: the door, the project, and the work items as they were last seen. */

import type { Ticket } from "../../core/model/ticket.ts";
import type { AzureClient } from "./azure-client.ts";
import { toTicket } from "./azure-map.ts";
import type { AzureProject } from "./azure-project.ts";
import type { WireItem } from "./azure-wire.ts";

export interface AzureSession {
  readonly client: AzureClient;
  /** Asked for once; throws TrackerError. */
  project(): Promise<AzureProject>;
  /** By id; a write that shifts a ticket's relations takes it out. */
  readonly seen: Map<number, WireItem>;
  /** Waits so many milliseconds. */
  pause(ms: number): Promise<void>;
}

export function ticketOf({ client, seen }: AzureSession, project: AzureProject, item: WireItem): Ticket {
  seen.set(item.id, item);
  return toTicket(item, project, client.place.collection);
}
