/** Randomness as a value that can be passed in. */

import { hash, randomBytes } from "node:crypto";

export function randomHex(digits: number): string {
  return randomBytes(Math.ceil(digits / 2))
    .toString("hex")
    .slice(0, digits);
}

/** The ids of runs; where CANON_NOW lets the date stand still they come in one order, so that what documents show can be made again. */
export function runIds(env: Readonly<Record<string, string | undefined>>): (digits: number) => string {
  const now = env["CANON_NOW"];
  if (now === undefined) return randomHex;
  let drawn = 0;
  return (digits) => hash("sha256", `${now} ${drawn++}`, "hex").slice(0, digits);
}
