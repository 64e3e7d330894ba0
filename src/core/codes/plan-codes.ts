/** Diagnostics about planning: what stands between specs and tickets. Codes are kebab-case words, unique in the whole catalogue, and never change once released. */

export const PLAN_CODES = {
  "ticket-missing": { summary: "A marker names a ticket that the tracker does not have, or that this account may not see.", hint: "Check the key, or remove the marker line to have it planned again." },
} as const;
