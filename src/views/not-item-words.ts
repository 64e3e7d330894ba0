/** Why a section gets no ticket, in words that say how to change it. */

import type { NotItemReason } from "../core/model/list-report.ts";

export const NOT_ITEM_WORDS: Readonly<Record<NotItemReason, string>> = {
  skip: "skip marker",
  "sync-false": "sync: false in the front matter",
  "excluded-heading": "in exclude_headings",
  depth: "no type for this depth in hierarchy",
  "not-marked": "not marked (canon track)",
  "not-numbered": "no number (sections: numbered)",
  "no-criteria": "no criteria (sections: criteria)",
  "criteria-heading": "its criteria belong to the section around it",
  deprecated: "deprecated",
  done: "already done (--include-done)",
  "create-when": "its status is not in create_when",
  "create-off": "creating is turned off (create_tickets)",
  "no-route": "no routing rule matches",
  stopped: "stopped by an error, see below",
};
