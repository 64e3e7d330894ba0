/** Diagnostics about runs: locks, journals, saved plans, files. Codes are kebab-case words, unique in the whole catalogue, and never change once released. */

export const RUN_CODES = {
  "plan-stale": { summary: "The saved plan no longer fits: a section, a marker, the configuration or a ticket changed since.", hint: "Run canon plan again and read the new one." },
} as const;
