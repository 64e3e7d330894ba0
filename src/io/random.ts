/** Randomness as a value that can be passed in. */

import { randomBytes } from "node:crypto";

export function randomHex(digits: number): string {
  return randomBytes(Math.ceil(digits / 2))
    .toString("hex")
    .slice(0, digits);
}
