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

/**
 * 22 base64url characters (132 bits) of the same sha-256: for what stands many times over in the base of every ticket,
 * where room is short and texts of one ticket are only ever compared with each other.
 */
export function shortPrint(text: string): string {
  return hash("sha256", text, "base64url").slice(0, 22);
}

export function shortPrintOf(parts: readonly string[]): string {
  return shortPrint(JSON.stringify(parts));
}

/** The same for very many parts, link by link: the whole never stands in memory as one text. */
export function fingerprintOfMany(parts: readonly string[]): string {
  let chain = fingerprintOf([]);
  for (let start = 0; start < parts.length; start += LINK) chain = fingerprintOf([chain, ...parts.slice(start, start + LINK)]);
  return chain;
}

const LINK = 1000;
