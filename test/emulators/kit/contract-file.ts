/** Reads a vendor's schema from ../shared/contracts, where it is there: clones elsewhere do without, and say so. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

const CONTRACTS = join(import.meta.dirname, "../../../../shared/contracts");

/** The text of `path` below ../shared/contracts, unpacked when it ends in .gz; null when it is missing. */
export function contractText(path: string): string | null {
  const file = join(CONTRACTS, path);
  if (!existsSync(file)) return null;
  const bytes = readFileSync(file);
  return (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8").replace(/^\uFEFF/, "");
}

/** The same as JSON. */
export function contractJson(path: string): unknown {
  const text = contractText(path);
  return text === null ? null : JSON.parse(text);
}
