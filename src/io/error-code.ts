/** The code of a system error ("ENOENT"), or "" where there is none. */

export function errorCode(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}
