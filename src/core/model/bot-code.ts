/** What the bot remembers of pull requests that implement sections: what it has looked at, marked and linked. */

export interface CodeMemory {
  /** What was merged before this moment is not looked at. ISO 8601, UTC; "" before the first look. */
  readonly from: string;
  /** All that ended and last changed before this moment is dealt with. */
  readonly since: string;
  /** Numbers of merged ones that are dealt with, the oldest first. */
  readonly done: readonly number[];
  /** The pull request that brings the markers of these; closed without merging, it means no. null: none waits. */
  readonly proposed: { readonly number: number; readonly brings: readonly number[] } | null;
  /** Tickets (`target key`) of sections whose status the bot moved, and that have not been told. */
  readonly forward: readonly string[];
  /** Open pull requests that are linked on tickets, by number: fingerprint of the tickets and of the words there. */
  readonly links: Readonly<Record<string, string>>;
}

export const NO_CODE: CodeMemory = { from: "", since: "", done: [], proposed: null, forward: [], links: {} };
