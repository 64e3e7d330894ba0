/** What stands against pairs that a person calls one, before anything is planned: unknown names, and one thing said twice. */

import type { Keep, Decision } from "../model/decision.ts";
import type { Diagnostic, Place } from "../model/diagnostic.ts";
import { nearestWord } from "../text/nearest-word.ts";
import type { Pair } from "./match-file.ts";

export interface KnownNames {
  /** The target of a section that has, gets or may have a ticket; null: it can have none; undefined: there is no such section. */
  readonly targetOf: (address: string) => string | null | undefined;
  readonly nearestAddress: (address: string) => string | null;
  /** Whether the target has the ticket; true where it did not tell. */
  readonly hasKey: (target: string, key: string) => boolean;
  /** Keys to name instead of an unknown one. */
  readonly keysOf: (target: string) => readonly string[];
}

export interface CheckedPairs {
  readonly decisions: readonly Extract<Decision, { readonly kind: "adopt" }>[];
  readonly diagnostics: readonly Diagnostic[];
}

export function checkPairs(pairs: readonly Pair[], known: KnownNames, keep: Keep): CheckedPairs {
  const byKey = Map.groupBy(pairs, ({ key, address }) => `${known.targetOf(address) ?? ""} ${key}`);
  const byAddress = Map.groupBy(pairs, ({ address }) => address);
  const unknown = pairs.flatMap((pair) => unknownName(pair, known) ?? []);
  const twice = [
    ...[...byKey.values()].flatMap((same) => saidTwice(same, ([{ key }]) => `${key} is the ticket of one section only, and stands at several.`)),
    ...[...byAddress.values()].flatMap((same) => saidTwice(same, ([{ address }]) => `${address} has one ticket only, and several rows give it one.`)),
  ];
  const diagnostics = [...unknown, ...twice];
  if (diagnostics.length > 0) return { decisions: [], diagnostics };
  return { decisions: pairs.map(({ key, address }) => ({ kind: "adopt", address, key, keep })), diagnostics };
}

function unknownName({ key, address, place }: Pair, known: KnownNames): Diagnostic | null {
  const at = place === null ? {} : { place };
  const target = known.targetOf(address);
  if (target === undefined) {
    const near = known.nearestAddress(address);
    // The file is there, but a file has no ticket.
    const hint = near === null ? {} : { hint: near === address ? `Name a section of it: canon list ${address}.` : `Did you mean ${near}?` };
    return { code: "address-unknown", severity: "error", message: `No section has the address ${address}.`, ...at, ...hint };
  }
  if (target === null) {
    return {
      code: "adopt-refused",
      severity: "error",
      message: `${address} is no section that can have a ticket.`,
      ...at,
      hint: `canon list --all ${address} says why.`,
    };
  }
  if (known.hasKey(target, key)) return null;
  const near = nearestWord(key, known.keysOf(target));
  const hint = near === null ? {} : { hint: `Did you mean ${near}?` };
  return { code: "ticket-unknown", severity: "error", message: `${target} has no ticket ${key}, or does not show it to this account.`, ...at, ...hint };
}

/** Told once, at the second place, with the others beside it. */
function saidTwice(same: readonly Pair[], message: (same: readonly [Pair, ...Pair[]]) => string): readonly Diagnostic[] {
  const [first, second, ...more] = same;
  if (!first || !second) return [];
  const also: readonly Place[] = [first, ...more].flatMap(({ place }) => place ?? []);
  return [{ code: "matches-twice", severity: "error", message: message([first, second, ...more]), ...(second.place ? { place: second.place } : {}), also }];
}
