/** What a tracker holds: the observed side of the plan, in one shape for all trackers. */

import type { Base } from "./base.ts";
import type { StatusCategory } from "./status.ts";

export interface Ticket {
  /** The id that never changes, even when the ticket moves; opaque. */
  readonly id: string;
  /** What people say: PAY-143. */
  readonly key: string;
  readonly url: string | null;
  /** Rises with every write of anybody; compared for equality only. */
  readonly revision: string;
  readonly title: string;
  readonly type: string | null;
  /** The status by its own name in its own workflow. */
  readonly status: string;
  readonly category: StatusCategory;
  readonly labels: readonly string[];
  /** The key of its parent; null where it has none. */
  readonly parent: string | null;
  /** Body in the tracker's own form: Markdown, ADF as JSON, wiki markup, HTML. */
  readonly body: string;
  readonly base: Base | null;
  /** The create token it carries; null on a ticket Canon did not create. */
  readonly token: string | null;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** Whether the account that reads it also created it; null: the tracker does not tell. A copy was created by the person who made it. */
  readonly createdByUs: boolean | null;
  readonly updatedAt: string;
  readonly updatedBy: string | null;
  readonly archived: boolean;
}
