/** Refuses addresses that name nothing, before anything is asked or written, with what was probably meant. */

import { isAbsolute, join } from "node:path";
import { printAddress } from "../core/address.ts";
import type { Diagnostic } from "../core/model/diagnostic.ts";
import type { Selection } from "../core/model/plan.ts";
import type { SpecDocument } from "../core/model/spec-document.ts";
import { nearestAddress, unknownAddress, type UnknownAddress } from "../core/plan/unknown-addresses.ts";
import type { ReadSpecs } from "./read-specs.ts";
import type { Workspace } from "./workspace.ts";

/** Ends the command: whoever mistypes one of two addresses does not want the other alone. */
export class AddressError extends Error {
  readonly diagnostic: Diagnostic;

  constructor(message: string, hint: string | null) {
    super(message);
    this.name = "AddressError";
    this.diagnostic = { code: "address-unknown", severity: "error", message, ...(hint === null ? {} : { hint }) };
  }
}

export function noSection(address: string, docs: readonly SpecDocument[]): AddressError {
  const inFile = docs.find(({ path }) => path === address)?.sections.find(({ depth }) => depth > 0);
  const nearest = inFile === undefined ? nearestAddress(address, docs) : printAddress({ path: address, id: inFile.id });
  return new AddressError(
    inFile === undefined ? `No section has the address ${address}.` : `${address} is a whole spec; this command is about one section.`,
    suggestion(nearest),
  );
}

function suggestion(nearest: string | null): string | null {
  return nearest === null ? null : `Did you mean ${nearest}?`;
}

/** Throws an AddressError. Specs that could not be read are known all the same: their own diagnostic tells. */
export async function checkAddresses(
  workspace: Pick<Workspace, "root" | "disk">,
  selection: Pick<Selection, "addresses" | "exclude">,
  specs: ReadSpecs,
): Promise<void> {
  const unread = specs.diagnostics.flatMap(({ place }) => place?.path ?? []);
  const unknown = unknownAddress(selection, specs.docs, unread);
  if (unknown !== null) throw new AddressError(await whatIsThere(workspace, unknown), suggestion(unknown.nearest));
}

async function whatIsThere({ root, disk }: Pick<Workspace, "root" | "disk">, { address }: UnknownAddress): Promise<string> {
  if (address.startsWith("../") || address === ".." || isAbsolute(address)) return `${address} lies outside the workspace.`;
  if (address.includes("#") || address.includes("\0")) return `No section has the address ${address}.`;
  const facts = await disk.facts(join(root, address));
  switch (facts?.kind) {
    case "folder":
      return `${address} is a folder that holds no spec.`;
    case "file":
      return `${address} is no spec: specs.include does not match it.`;
    case "link":
      return `${address} is a symbolic link, and none is followed.`;
    case "other":
    case undefined:
      return `There is no spec ${address}.`;
  }
}
