/** Globs in bounded time: `*`, `**`, `?` and `{a,b}` over paths with `/`, as node's path.matchesGlob reads them, without its backtracking. */

const MAX_LENGTH = 1_000;
const MAX_ALTERNATIVES = 256;

export type GlobMatcher = (path: string) => boolean;

export type CompiledGlob = { readonly ok: true; readonly matches: GlobMatcher } | { readonly ok: false; readonly problem: string };

/** One pattern between slashes. "**" is any number of folders; the others match one name. */
type Part = { readonly kind: "folders" } | { readonly kind: "literal"; readonly text: string } | { readonly kind: "wild"; readonly text: string };

/** Takes a pattern apart, or says in a phrase what is wrong with it. */
export function compileGlob(pattern: string): CompiledGlob {
  if (pattern === "") return wrong("is empty");
  if (pattern.length > MAX_LENGTH) return wrong(`is longer than ${MAX_LENGTH} characters`);
  const stranger = /[\\[\]]|[@!+?*]\(/.exec(pattern);
  if (stranger !== null) return wrong(`uses "${stranger[0]}"; globs know *, **, ? and {a,b}`);
  const expanded = expandBraces(pattern);
  if (typeof expanded === "string") return wrong(expanded);
  if (expanded.some((one) => one.endsWith("/"))) return wrong(`ends in "/" and so matches no file; write ${pattern}**`);
  const alternatives = expanded.map(partsOf);
  return { ok: true, matches: (path) => matchesAny(alternatives, path.split("/")) };
}

/** Total: a pattern that is no valid glob names only the path spelled like it. */
export function globMatcher(pattern: string): GlobMatcher {
  const glob = compileGlob(pattern);
  return glob.ok ? glob.matches : (path) => path === pattern;
}

/** True where a text is meant as a pattern rather than as a path. */
export function isGlob(text: string): boolean {
  return /[*?{]/.test(text);
}

function wrong(problem: string): CompiledGlob {
  return { ok: false, problem };
}

/** Every pattern without braces that this one stands for, or what is wrong with its braces. */
function expandBraces(pattern: string): readonly string[] | string {
  const open = pattern.indexOf("{");
  const stray = pattern.indexOf("}");
  if (open < 0) return stray < 0 ? [pattern] : 'has a "}" without its "{"';
  if (stray >= 0 && stray < open) return 'has a "}" without its "{"';
  const group = readGroup(pattern, open);
  if (group === null) return 'has a "{" without its "}"';
  if (group.choices.length < 2) return `has only one choice in "${pattern.slice(open, group.end)}"; write {a,b} or leave the braces out`;
  const tails = expandBraces(pattern.slice(group.end));
  if (typeof tails === "string") return tails;
  const result: string[] = [];
  for (const choice of group.choices) {
    const heads = expandBraces(choice);
    if (typeof heads === "string") return heads;
    // Checked before multiplying: twenty small groups would otherwise make a million patterns.
    if (result.length + heads.length * tails.length > MAX_ALTERNATIVES) return `stands for more than ${MAX_ALTERNATIVES} patterns`;
    for (const head of heads) for (const tail of tails) result.push(pattern.slice(0, open) + head + tail);
  }
  return result;
}

/** The choices between the brace at `open` and its partner; null where it has none. */
function readGroup(pattern: string, open: number): { readonly choices: readonly string[]; readonly end: number } | null {
  const choices: string[] = [];
  let depth = 0;
  let start = open + 1;
  for (let at = open; at < pattern.length; at++) {
    const char = pattern[at];
    if (char === "{") depth++;
    else if (char === "," && depth === 1) {
      choices.push(pattern.slice(start, at));
      start = at + 1;
    } else if (char === "}" && --depth === 0) {
      choices.push(pattern.slice(start, at));
      return { choices, end: at + 1 };
    }
  }
  return null;
}

function partsOf(pattern: string): readonly Part[] {
  const parts = pattern.split("/").filter((text) => text !== "" && text !== ".");
  return parts.map((text) => {
    if (text === "**") return { kind: "folders" };
    return { kind: /[*?]/.test(text) ? "wild" : "literal", text };
  });
}

function matchesAny(alternatives: readonly (readonly Part[])[], names: readonly string[]): boolean {
  return alternatives.some((parts) => matchesParts(parts, names));
}

/** `reached[n]`: the parts so far can consume exactly the first n names. One row per part keeps the time at parts × names. */
function matchesParts(parts: readonly Part[], names: readonly string[]): boolean {
  let reached: boolean[] = [true, ...names.map(() => false)];
  for (const [index, part] of parts.entries()) {
    const next = names.map(() => false);
    next.unshift(false);
    // A final ** must match something: "specs/**" is what stands in specs, not specs itself.
    if (part.kind === "folders" && index < parts.length - 1) next[0] = reached[0] === true;
    for (const [at, name] of names.entries()) {
      next[at + 1] =
        part.kind === "folders"
          ? (index < parts.length - 1 && reached[at + 1] === true) || ((reached[at] === true || next[at] === true) && !isHidden(name))
          : reached[at] === true && matchesName(part, name);
    }
    reached = next;
  }
  return reached[names.length] === true;
}

/** A wildcard never reaches into a hidden file or folder: `.git`, `.specify` must be written out. */
function isHidden(name: string): boolean {
  return name.startsWith(".");
}

function matchesName(part: Exclude<Part, { kind: "folders" }>, name: string): boolean {
  if (part.kind === "literal") return part.text === name;
  if (name === "" || (isHidden(name) && !part.text.startsWith("."))) return false;
  return matchesWild(Array.from(part.text), Array.from(name));
}

/** The classic scan: on a mismatch only the last star takes one more character, so the time is at most pattern × name. */
function matchesWild(pattern: readonly string[], name: readonly string[]): boolean {
  let p = 0;
  let n = 0;
  let star = -1;
  let starAt = 0;
  while (n < name.length) {
    if (pattern[p] === "*") {
      star = p++;
      starAt = n;
    } else if (p < pattern.length && (pattern[p] === "?" || pattern[p] === name[n])) {
      p++;
      n++;
    } else if (star >= 0) {
      p = star + 1;
      n = ++starAt;
    } else return false;
  }
  while (pattern[p] === "*") p++;
  return p === pattern.length;
}
