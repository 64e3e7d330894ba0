/** How long one request may take, whichever vendor it goes to. */

/** Milliseconds after which a request is given up; tests and slow networks set CANON_REQUEST_TIMEOUT in seconds, at most 55: leases count on less than 60. */
export function requestDeadline(env: Readonly<Record<string, string | undefined>>): number {
  const seconds = Number(env["CANON_REQUEST_TIMEOUT"] ?? "");
  return seconds > 0 && seconds <= 55 ? seconds * 1000 : 30_000;
}
