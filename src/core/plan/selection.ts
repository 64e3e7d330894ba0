/** What a command was asked to look at: addresses, exclusions, targets. */

import { addressMatcher } from "../address.ts";
import type { Address } from "../model/address.ts";
import type { Selection } from "../model/plan.ts";

/** True when nothing was left out: only then can Canon say what is missing from the specs. */
export function isWhole({ addresses, exclude, targets }: Selection): boolean {
  return addresses.length === 0 && exclude.length === 0 && targets.length === 0;
}

/** `target` null: a section without one is chosen only where no target was asked for. */
export function selector({ addresses, exclude, targets }: Selection): (address: Address, target: string | null) => boolean {
  const wanted = addresses.length > 0 ? addressMatcher(addresses) : (): boolean => true;
  const unwanted = addressMatcher(exclude);
  return (address, target) => wanted(address) && !unwanted(address) && (targets.length === 0 || (target !== null && targets.includes(target)));
}
