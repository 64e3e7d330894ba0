/** Who answers for a file as CODEOWNERS says it: the last line that fits wins, also one that names nobody. */

import { globMatcher } from "../text/glob.ts";

/** Where a repository may keep it; the first that is there counts, as GitHub has it. */
export const CODE_OWNERS: readonly string[] = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"];

/** Accounts, and teams as `org/team`, without their @. E-mail addresses are nobody who could be asked. */
export function codeOwnersOf(written: string, path: string): readonly string[] {
  const fitting = written.split(/\r?\n/).flatMap((line) => rulesIn(line));
  const rule = fitting.findLast(({ globs }) => globs.some((glob) => globMatcher(glob)(shown(path))));
  return rule?.owners ?? [];
}

interface Rule {
  readonly globs: readonly string[];
  readonly owners: readonly string[];
}

/** Of what .gitignore knows CODEOWNERS takes neither ranges nor exceptions: GitHub leaves such a line out. */
const STRANGE = /^!|[[\]{}\\]/;

function rulesIn(line: string): readonly Rule[] {
  const words = line.replace(/(?:^|\s)#.*$/, "").trim();
  // A blank within a path stands behind a backslash.
  const [pattern = "", ...names] = words.split(/(?<!\\)\s+/).map((word) => word.replaceAll("\\ ", " "));
  if (/^\/*$/.test(pattern) || STRANGE.test(pattern)) return [];
  return [{ globs: globsOf(pattern), owners: names.filter((name) => name.startsWith("@")).map((name) => name.slice(1)) }];
}

function globsOf(pattern: string): readonly string[] {
  const names = pattern.split("/").filter((name) => name !== "");
  const isRooted = pattern.slice(0, -1).includes("/");
  const here = shown([...(isRooted ? [] : ["**"]), ...names].join("/"));
  if (pattern.endsWith("/")) return [`${here}/**`];
  // docs/* is what lies in the folder itself, and nothing below.
  return names.at(-1) === "*" ? [here] : [here, `${here}/**`];
}

/** Canon's wildcards keep out of hidden folders, those of CODEOWNERS do not: here nothing is hidden. */
function shown(path: string): string {
  return path
    .split("/")
    .map((name) => (name.startsWith(".") ? `\u0001${name}` : name))
    .join("/");
}
