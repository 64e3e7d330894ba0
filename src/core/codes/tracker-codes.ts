/** Diagnostics about trackers and tickets. Codes are kebab-case words, unique in the whole catalogue, and never change once released. */

export const TRACKER_CODES = {
  "status-unknown": { summary: "A status is not in the workflow of the project.", hint: "Use one of the names that the message lists in status_map." },
  "type-unknown": {
    summary: "A type of hierarchy is not among the ticket types of the project.",
    hint: "Use one of the names that the message lists in hierarchy.",
  },
  "repository-public": {
    summary: "A target is a public repository that is not the specs' own.",
    hint: "If everybody may read what the specs say, write public: true into this target.",
  },
  "tracker-refused": { summary: "The tracker said no; nothing was written.", hint: "See the message for why." },
} as const;
