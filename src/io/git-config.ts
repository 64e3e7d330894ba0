/** As much of a repository's own config file as Canon needs, read without a process. Included files are not followed. */

/** "remote.origin.url" → values in order; section and key in lower case, the quoted part as it stands. */
export type GitConfig = ReadonlyMap<string, readonly string[]>;

export function parseGitConfig(text: string): GitConfig {
  const values = new Map<string, string[]>();
  let section = "";
  for (const line of text.replace(/\\\r?\n/g, "").split(/\r?\n/)) {
    const heading = /^\s*\[\s*([A-Za-z0-9.-]+)(?:\s+"((?:[^"\\]|\\.)*)")?\s*\]/.exec(line);
    const rest = heading === null ? line : line.slice(heading[0].length);
    if (heading !== null) section = sectionName(heading[1] ?? "", heading[2]);
    const entry = /^\s*([A-Za-z][A-Za-z0-9-]*)\s*(?:=(.*))?$/.exec(rest);
    if (entry === null) continue;
    const name = `${section}.${(entry[1] ?? "").toLowerCase()}`;
    values.set(name, [...(values.get(name) ?? []), entry[2] === undefined ? "true" : unquote(entry[2])]);
  }
  return values;
}

export function lastValue(config: GitConfig, name: string): string | null {
  return config.get(name)?.at(-1) ?? null;
}

/** Names of remotes that have a URL, in the order of the file. */
export function remoteNames(config: GitConfig): readonly string[] {
  return [...config.keys()].flatMap((name) => /^remote\.(.+)\.url$/s.exec(name)?.[1] ?? []);
}

function sectionName(name: string, quoted: string | undefined): string {
  return quoted === undefined ? name.toLowerCase() : `${name.toLowerCase()}.${quoted.replace(/\\(.)/g, "$1")}`;
}

/** Quotes protect spaces and comment signs; a backslash protects the next character. */
function unquote(text: string): string {
  let value = "";
  let quoted = false;
  // Spaces that wait for a further character: those at the end do not count.
  let spaces = "";
  for (let index = 0; index < text.length; index += 1) {
    const char = text.charAt(index);
    if (!quoted && (char === "#" || char === ";")) break;
    if (char === '"') quoted = !quoted;
    else if (!quoted && /\s/.test(char)) spaces += value === "" ? "" : char;
    else {
      if (char === "\\") index += 1;
      value += spaces + (char === "\\" ? escaped(text.charAt(index)) : char);
      spaces = "";
    }
  }
  return value;
}

function escaped(char: string): string {
  return { n: "\n", t: "\t", b: "\b" }[char] ?? char;
}
