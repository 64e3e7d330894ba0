/** What pull changes in a section of a spec: its criteria, its title, its text. Everything in it is hostile until it is encoded. */

import type { Criterion } from "./section.ts";

/** A criterion as it should stand in the spec afterwards. */
export interface WantedCriterion {
  /** Index in `CriteriaEdit.now` of the one that it was; null where it is new. */
  readonly was: number | null;
  /** One line of inline Markdown; written only where it differs from what it was. */
  readonly text: string;
  readonly checked: boolean;
}

export interface CriteriaEdit {
  /** The criteria that the item has now (`CompiledSection.criteria`): the very objects of its document. */
  readonly now: readonly Criterion[];
  /** In the order they should stand. What is in `now` and not here is taken away. */
  readonly wanted: readonly WantedCriterion[];
}

/** Replaces blocks of an item's body, counted as `BodyDigest.blocks` counts them; `start` = `end` inserts. */
export interface BlockEdit {
  readonly start: number;
  readonly end: number;
  /** Markdown, one text per block. */
  readonly markdown: readonly string[];
}
