/** How a tracker writes text: printing a body into its form, taking one apart, and saying when two are equal. */

import type { CriterionValue } from "../model/item.ts";

/** One block of a body. */
export interface TextBlock {
  /** In the tracker's own form; kept as it is where a person wrote it. */
  readonly native: string;
  /** Fingerprint of the native form: changes with any edit. */
  readonly print: string;
  /** Fingerprint of the meaning: equal for all that the tracker makes of one text. */
  readonly canonical: string;
}

/** A criterion as it stands on a ticket. */
export interface TextCriterion extends CriterionValue {
  /** `text` with all folded that the tracker may rewrite: the key that both sides share. */
  readonly canonical: string;
}

/** A body taken apart: what people wrote, the criteria under the generated heading; heading and footer are left out. */
export interface TicketText {
  readonly blocks: readonly TextBlock[];
  readonly criteria: readonly TextCriterion[];
  /** A comment or code block that nobody closed holds what Canon wrote below it: what is missing is not taken away. */
  readonly isSwallowed: boolean;
}

/** A block to print: Markdown from a spec, or a block of the ticket kept as it stands. */
export type BlockSource = string | { readonly native: string };

/** What a body is made of when Canon writes it. */
export interface TextParts {
  readonly blocks: readonly BlockSource[];
  readonly criteria: readonly CriterionValue[];
  /** One line of plain text under a rule: where the ticket comes from. */
  readonly footer: string;
}

export interface TextFormat {
  /** Law: `canonical` of `parse(print(x))` equals that of anything the tracker makes of `print(x)`. */
  print(parts: TextParts): string;
  parse(native: string): TicketText;
  /** A block of a ticket as Markdown, as faithfully as it can be said there; hostile until it is made safe. */
  markdownOf(block: TextBlock): string;
  /** The title as both sides compare it: what the tracker makes of it (cut, trimmed). */
  canonicalTitle(title: string): string;
}
