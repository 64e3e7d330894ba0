/** A ticket that people made and a section it may be about, or one of the two that nothing fits: a suggestion, never a decision. */

export interface Match {
  readonly target: string;
  /** null: no section fits the ticket. */
  readonly section: { readonly address: string; readonly title: string } | null;
  /** null: no ticket fits the section. */
  readonly ticket: { readonly key: string; readonly title: string } | null;
  /** 0 to 100: how much speaks for the pair, not how likely it is. 0 where one of the two is missing. */
  readonly score: number;
  /** What speaks for it, in words. */
  readonly why: string;
}
