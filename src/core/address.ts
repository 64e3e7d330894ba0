/** Addresses as people type them: reading, printing, and matching what a command was asked for. */

import type { Address } from "./model/address.ts";
import { globMatcher, isGlob } from "./text/glob.ts";

/** `specs/payments.md#key-gen`; the document itself is `specs/payments.md#`. */
export function printAddress(address: Address): string {
  // Joined, because V8 would keep the pieces of a template beside the whole once that is looked up in a map.
  return [address.path, address.id].join("#");
}

/** The last `#` parts path and id: ids hold none, paths may. */
export function parseAddress(text: string): Address | null {
  const at = text.lastIndexOf("#");
  return at < 0 ? null : { path: text.slice(0, at), id: text.slice(at + 1) };
}

/** The path of an address that stands as text. */
export function pathOfAddress(address: string): string {
  return parseAddress(address)?.path ?? address;
}

/** True for addresses that one of `patterns` names: a section, a file, a folder or a glob. */
export function addressMatcher(patterns: readonly string[]): (address: Address) => boolean {
  const tests = patterns.map(matcherOf);
  return (address) => tests.some((test) => test(address));
}

function matcherOf(pattern: string): (address: Address) => boolean {
  const clean = pattern.replace(/^\.\//, "");
  const section = parseAddress(clean);
  // Paths may hold a `#` too, so the whole is tried as one.
  const matchesWhole = pathMatcher(clean);
  if (!section) return (address) => matchesWhole(address.path);
  const matchesPath = pathMatcher(section.path);
  return (address) => (address.id === section.id && matchesPath(address.path)) || matchesWhole(address.path);
}

function pathMatcher(pattern: string): (path: string) => boolean {
  const folder = pattern === "" || pattern === "." ? "" : pattern.replace(/\/*$/, "/");
  const matchesGlob = isGlob(pattern) ? globMatcher(pattern) : (): boolean => false;
  return (path) => path === pattern || path.startsWith(folder) || matchesGlob(path);
}
