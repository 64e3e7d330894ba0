/** Looking up any ticket of a platform, whether Canon made it or not: what `canon ticket show` needs beyond the contract. */

import type { StateKind } from "../core/lookup/looked-up-ticket.ts";
import type { System } from "../core/model/system.ts";

/** A ticket as its platform tells of it; null where the platform has no such thing, or none is set. */
export interface TicketDetails {
  /** The platform's own immutable id. */
  readonly id: string;
  readonly key: string;
  readonly url: string | null;
  readonly title: string;
  /** As Markdown. */
  readonly description: string;
  /** The state's own name. */
  readonly state: string;
  /** triage, duplicate and the like, where the platform has kinds of states that are no category of ours. */
  readonly stateKind: StateKind;
  /** The platform's own type (Story, Bug); null where it has none. */
  readonly type: string | null;
  /** Name, else e-mail. */
  readonly assignee: string | null;
  readonly labels: readonly string[];
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly archivedAt: string | null;
  readonly team: { readonly key: string; readonly name: string } | null;
  readonly priority: { readonly value: number; readonly label: string } | null;
  readonly parent: string | null;
}

export interface TicketSource {
  readonly system: System;
  /** Which account this is; throws TrackerError. */
  whoami(): Promise<string>;
  /** Throws TrackerError: not-found where there is no such ticket or it may not be seen. `key` as people write it: ENG-1, owner/repo#42, 42. */
  find(key: string): Promise<TicketDetails>;
  close(): Promise<void>;
}
