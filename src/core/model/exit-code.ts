/** Exit codes, in the order in which they win over each other (design 4). */

export const EXIT = {
  bug: 70,
  interrupted: 130,
  unknown: 8,
  partly: 5,
  stale: 6,
  locked: 7,
  error: 1,
  conflicts: 4,
  changes: 2,
  drift: 3,
  ok: 0,
} as const;

export const EXIT_USAGE = 64;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT] | typeof EXIT_USAGE;

/** The code that wins when several apply. */
export function worstExit(codes: Iterable<ExitCode>): ExitCode {
  const found = new Set(codes);
  if (found.has(EXIT_USAGE)) return EXIT_USAGE;
  for (const code of Object.values(EXIT)) if (found.has(code)) return code;
  return EXIT.ok;
}
