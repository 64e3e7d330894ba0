/** How views say what is important without knowing about colour: they name a role, and whoever prints decides what it looks like. */

export type Role =
  | "heading"
  | "key"
  | "quiet"
  | "create"
  | "change"
  | "remove"
  | "added"
  | "removed"
  | "decision"
  | "observed"
  | "good"
  | "bad"
  | "warn"
  | "command";

export type Paint = (role: Role, text: string) => string;

/** Everything must be readable like this: in a log, under NO_COLOR, in a file. */
export const unpainted: Paint = (_role, text) => text;

/** What every text view needs to know about where it is printed. */
export interface Page {
  readonly columns: number;
  readonly paint: Paint;
}

/** Wider lines are hard to follow with the eye; what stands at the right margin stays near. */
const WIDEST = 120;
const NARROWEST = 24;

export function pageOf(columns: number, paint: Paint): Page {
  return { columns: Math.max(NARROWEST, Math.min(WIDEST, columns)), paint };
}
