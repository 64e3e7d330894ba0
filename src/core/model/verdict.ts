/** What comparing spec, base and ticket says of one field (semantics 5). */

/**
 * converged: nothing to do. push: only the spec moved. pull: only the ticket moved. apart: they differ as both sides
 * left it. conflict: a person must decide. behind: the spec is older than the base.
 */
export const VERDICTS = ["converged", "push", "pull", "apart", "conflict", "behind"] as const;

export type Verdict = (typeof VERDICTS)[number];
