/** The six states a section can be in, and the order in which Canon prefers them when a tracker's status fits several. */

export const SPEC_STATUSES = ["draft", "todo", "in_progress", "blocked", "done", "deprecated"] as const;

export type SpecStatus = (typeof SPEC_STATUSES)[number];

/** A tracker's own grouping of its statuses; every vendor has one, under other names. */
export const STATUS_CATEGORIES = ["open", "in_progress", "done", "canceled"] as const;

export type StatusCategory = (typeof STATUS_CATEGORIES)[number];
