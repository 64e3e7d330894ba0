/** How much of a plan a comment takes, and where the rest of it can be read. */

/** Characters; GitHub takes 65,536 in a comment and 65,535 in a check, and what stands around a plan counts too. */
export const COMMENT_ROOM = 60_000;

export interface PlanRoom {
  /** Characters. */
  readonly room: number;
  /** null: nowhere but in the output of canon plan. */
  readonly whole: WholePlan | null;
}

/** All of it. */
export const NO_LIMIT: PlanRoom = { room: Infinity, whole: null };

/** The file that has all of it. */
export interface WholePlan {
  /** A page of the host; null: it has none. */
  readonly url: string | null;
  /** For git: a reference, and the path at its commit. */
  readonly ref: string;
  readonly file: string;
}
