/** What a command was asked to look at: addresses, exclusions, targets. */

import { addressMatcher } from "../address.ts";
import type { Address } from "../model/address.ts";
import type { Diagnostic, Place } from "../model/diagnostic.ts";
import type { Selection } from "../model/plan.ts";
import type { SpecDocument } from "../model/spec-document.ts";

/** What apply and plan mean unless more is asked for. */
export const FORWARD: Pick<Selection, "direction" | "revert" | "absorb" | "decisions" | "vouches"> = {
  direction: "forward",
  revert: [],
  absorb: [],
  decisions: [],
  vouches: false,
};

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

/** True for what people must hear of who asked for a part: everything but the troubles of specs that they left out. */
export function concerns({ addresses, exclude }: Selection, docs: readonly SpecDocument[]): (diagnostic: Diagnostic) => boolean {
  const wanted = addressMatcher(addresses);
  const unwanted = addressMatcher(exclude);
  const ids = new Map(docs.map(({ path, sections }) => [path, sections.map(({ id }) => id)] as const));
  const isChosen = (path: string): boolean => addresses.length === 0 || wanted({ path, id: "" }) || (ids.get(path) ?? []).some((id) => wanted({ path, id }));
  const isLeftOut = ({ path }: Place): boolean => unwanted({ path, id: "" }) || !isChosen(path);
  return ({ code, place, also = [] }) => {
    const isAboutSpec = place !== undefined && (ids.has(place.path) || code.startsWith("spec-"));
    return !isAboutSpec || !isLeftOut(place) || also.some((other) => !isLeftOut(other));
  };
}
