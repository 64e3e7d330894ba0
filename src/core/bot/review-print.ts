/** The identity of a change in the eyes of who reviewed it: what would be written to which ticket, wherever its lines stand by now. */

import { canonicalJson } from "../canonical-json.ts";
import { fingerprint } from "../fingerprint.ts";
import type { Change } from "../model/plan.ts";

/**
 * A change's own digest also has the lines of its markers and what must be done before it; both move when another pull
 * request is merged, and neither is what somebody agreed to. The live values are in it: a ticket that moved is not what was seen.
 */
export function reviewPrint({ action, target, address, key, type, title, itemHash, fields }: Change): string {
  const shown = fields.map(({ field, verdict, base, spec, live }) => [field, verdict, base, spec, live]);
  return fingerprint(canonicalJson([action, target, address, key, type, title, itemHash, shown]));
}
