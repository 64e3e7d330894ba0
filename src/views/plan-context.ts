/** The moment and place in which a plan is shown: what the plan itself does not know. */

export interface PlanContext {
  /** For "2h ago"; absent: the moment of the plan, so that a view depends on nothing else. */
  readonly now?: string;
  /** The file it was saved to. */
  readonly savedAs?: string | null;
}
