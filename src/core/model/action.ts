/** What a change does, with the glyph people see for it, and why it is in the plan. */

/** Each action's glyph stands in front of its line in every view. */
export const ACTIONS = {
  create: "+",
  update: "~",
  transition: "→",
  reparent: "^",
  adopt: "&",
  move: "=",
  close: "x",
  forget: "-",
  marker: "#",
  pull: "◂",
  noop: " ",
} as const;

export type Action = keyof typeof ACTIONS;

export const REASONS = [
  "new-section",
  "spec-edited",
  "ticket-edited",
  "both-edited",
  "moved",
  "section-removed",
  "ticket-missing",
  "route-changed",
  "behind",
  "evidence-found",
  "marker-lost",
  "base-missing",
  "adopted",
  "undone",
] as const;

export type Reason = (typeof REASONS)[number];
