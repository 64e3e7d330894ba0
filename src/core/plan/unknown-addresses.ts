/** Addresses that name nothing: a mistyped one must be told, not taken for "nothing to do". */

import { addressMatcher, parseAddress, printAddress } from "../address.ts";
import type { Selection } from "../model/plan.ts";
import type { SpecDocument } from "../model/spec-document.ts";
import { isGlob } from "../text/glob.ts";
import { nearestWord } from "../text/nearest-word.ts";

export interface UnknownAddress {
  readonly address: string;
  /** What was probably meant; null when nothing is near. */
  readonly nearest: string | null;
}

/** The first of what was selected or excluded that names no section and no file. Globs may match nothing. */
export function unknownAddress(
  { addresses, exclude }: Pick<Selection, "addresses" | "exclude">,
  docs: readonly SpecDocument[],
  otherPaths: readonly string[],
): UnknownAddress | null {
  const typed = [...addresses, ...exclude].find((address) => !isGlob(address) && !isKnown(address, docs, otherPaths));
  return typed === undefined ? null : { address: typed, nearest: nearestAddress(typed, docs) };
}

export function nearestAddress(typed: string, docs: readonly SpecDocument[]): string | null {
  const { path, id } = parseAddress(typed) ?? { path: typed, id: null };
  if (id === null) return nearestPath(path, docs) ?? nearestSection(typed, docs);
  const file = docs.find((doc) => doc.path === path)?.path ?? nearestPath(path, docs);
  return nearestSection(id, file === null ? docs : docs.filter((doc) => doc.path === file)) ?? nearestSection(id, docs);
}

/** Folders and names are compared apart: a long folder would make every name in it look alike. */
function nearestPath(typed: string, docs: readonly SpecDocument[]): string | null {
  const paths = docs.map(({ path }) => path);
  const [folder, name] = parted(typed);
  const beside = paths.filter((path) => parted(path)[0] === folder);
  const sameName = paths.filter((path) => parted(path)[1].toLowerCase() === name.toLowerCase());
  const near = nearestWord(
    name,
    beside.map((path) => parted(path)[1]),
  );
  return (near === null ? null : folder + near) ?? (folder === "" ? sameName[0] : nearestWord(typed, sameName)) ?? null;
}

/** "key-gen" for "key-generation" is cut short, which is more edits than a slip of the fingers. */
function nearestSection(typed: string, docs: readonly SpecDocument[]): string | null {
  const known = docs.flatMap((doc) => doc.sections.filter(({ depth }) => depth > 0).map(({ id }) => ({ path: doc.path, id })));
  const id = typed.length < 3 ? null : (known.find((address) => address.id.startsWith(typed))?.id ?? null);
  const near =
    id ??
    nearestWord(
      typed,
      known.map((address) => address.id),
    );
  const found = near === null ? undefined : known.find((address) => address.id === near);
  return found === undefined ? null : printAddress(found);
}

/** Folder with its slash, and name. */
function parted(path: string): readonly [string, string] {
  const at = path.lastIndexOf("/") + 1;
  return [path.slice(0, at), path.slice(at)];
}

function isKnown(address: string, docs: readonly SpecDocument[], otherPaths: readonly string[]): boolean {
  const matches = addressMatcher([address]);
  const path = parseAddress(address)?.path ?? address;
  if (otherPaths.some((other) => other === path || other === address || matches({ path: other, id: "" }))) return true;
  return docs.some((doc) => matches({ path: doc.path, id: "" }) || doc.sections.some(({ id }) => matches({ path: doc.path, id })));
}
