/** The sections that addresses name, each by its own address: a file or a folder stands for those in it that have a ticket. */

import { addressMatcher, printAddress } from "../core/address.ts";
import { AddressError, checkAddresses } from "./check-addresses.ts";
import { readSpecs } from "./read-specs.ts";
import type { Workspace } from "./workspace.ts";

/** A section that is named itself is among them without a ticket, too: what is asked for it can then be refused with the reason. Throws an AddressError. */
export async function ticketedSections(workspace: Workspace, addresses: readonly string[]): Promise<readonly string[]> {
  const specs = await readSpecs(workspace);
  await checkAddresses(workspace, { addresses, exclude: [] }, specs);
  const named = new Set(addresses.map((address) => address.replace(/^\.\//, "")));
  const isAsked = addressMatcher(addresses);
  const found = specs.docs.flatMap(({ path, sections }) =>
    sections.flatMap(({ id, ticket }) => {
      const address = printAddress({ path, id });
      return named.has(address) || (ticket !== null && isAsked({ path, id })) ? [address] : [];
    }),
  );
  if (found.length === 0) throw new AddressError(`Nothing in ${addresses.join(", ")} has a ticket.`, "canon list shows which sections have one.");
  return found;
}
