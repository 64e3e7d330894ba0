/** What may stand as a glob or path in a configuration: relative, inside the folder, and understood. */

import { compileGlob } from "../text/glob.ts";

/** A phrase that says what is wrong, or null. */
export function globFault(pattern: string): string | null {
  const fault = pathFault(pattern);
  if (fault !== null) return fault;
  if (pattern.startsWith("!")) return 'begins with "!"; take files out with specs.exclude';
  const glob = compileGlob(pattern);
  return glob.ok ? null : glob.problem;
}

/** Braces count as separators: `{..,a}/b` leaves the folder too. */
export function pathFault(path: string): string | null {
  if (/^(?:[/\\~]|[A-Za-z]:)/.test(path)) return "is absolute; paths are relative to the configuration";
  if (path.split(/[/\\{},]/).includes("..")) return "leaves the folder of the configuration";
  return null;
}

/** Folders whose files come and go without anybody's asking. */
const RESERVED = [".git", ".canon/state", ".canon/cache", "node_modules"];

/** The same for a file that Canon keeps data in. */
export function fileFault(path: string): string | null {
  const clean = path
    .split(/[/\\]/)
    .filter((part) => part !== "" && part !== ".")
    .join("/");
  const inside = RESERVED.find((folder) => clean === folder || clean.startsWith(`${folder}/`));
  return pathFault(path) ?? (inside === undefined ? null : `lies in ${inside}, which is no place for data`);
}
