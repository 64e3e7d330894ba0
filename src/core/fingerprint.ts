/** The one door to sha-256: every fingerprint, token and digest of Canon is made here. */

import { hash } from "node:crypto";

/** 64 hex digits of the UTF-8 bytes of `text`. */
export function fingerprint(text: string): string {
  return hash("sha256", text, "hex");
}

/** Fingerprint of several parts that cannot run into each other: ["ab", "c"] differs from ["a", "bc"]. */
export function fingerprintOf(parts: readonly string[]): string {
  return fingerprint(JSON.stringify(parts));
}
