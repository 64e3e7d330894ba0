/** Where the lease of a target stands in a remote: a reference of its own, or a branch where the remote takes no others. */

import { shortPrint } from "../core/fingerprint.ts";

export interface LeaseRefs {
  readonly custom: string;
  /** Used from the moment it exists. */
  readonly branch: string;
}

/** `prefix` is the workspace's place in the repository ("" or "services/pay/"): two workspaces may have a target of one name. */
export function leaseRefs(target: string, prefix: string): LeaseRefs {
  const name = refName(target, prefix);
  return { custom: `refs/canon/lock/${name}`, branch: `refs/heads/canon/lock/${name}` };
}

/** File systems below a remote may ignore case, and a reference may hold few characters: what is lost of a name comes back as a print. */
function refName(target: string, prefix: string): string {
  const plain = target
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60);
  if (plain === target && plain !== "" && prefix === "") return plain;
  const print = shortPrint(JSON.stringify([target, prefix]))
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "")
    .slice(0, 8);
  return `${plain === "" ? "target" : plain}-${print}`;
}
