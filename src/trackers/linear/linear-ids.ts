/** Ids that Canon chooses: Linear takes them with a create and refuses them twice, so nothing is ever made twice. */

import { fingerprintOf } from "../../core/fingerprint.ts";

export type Chosen = "ticket" | "comment" | "label";

/** Shaped like a UUID of version 4, because others may be refused (FACTS.md [F]). The same parts give the same id. */
export function chosenId(kind: Chosen, ...parts: readonly string[]): string {
  const hex = fingerprintOf(["linear", kind, ...parts]);
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 3) | 8).toString(16);
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `${variant}${hex.slice(17, 20)}`, hex.slice(20, 32)].join("-");
}
