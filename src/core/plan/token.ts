/** The create token of an item: fixed before the first send, it proves which section a ticket was made for. */

import { fingerprintOf } from "../fingerprint.ts";
import { printAddress } from "../address.ts";
import type { Address } from "../model/address.ts";

/** `identity` is instance + project of the target. 64 hex digits; the same inputs give the same token on every machine. */
export function createToken(workspace: string, identity: string, address: Address, generation: number): string {
  return fingerprintOf(["token", workspace, identity, printAddress(address), String(generation)]);
}
