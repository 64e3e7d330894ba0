/** Code blocks of wiki markup. Jira colours some languages and complains about the rest, so these go into the title. */

/** Names that Data Center's {code} knows. */
const KNOWN = new Set(
  "actionscript ada applescript bash c c# c++ cpp css erlang go groovy haskell html java javascript js json lua objc perl php python r ruby scala sh sql swift visualbasic xml yaml".split(
    " ",
  ),
);

/** Inside of {code} nothing can be escaped: what would close it is parted by a character that nobody sees, and joined again when read. */
const SEAM = "\u200b";

export function codeToWiki(code: string, language: string): string {
  const text = code
    .toWellFormed()
    .replace(/\r\n?/g, "\n")
    .replaceAll("\u0000", "")
    .replace(/\{(?=(?:code|noformat|quote|panel)\b)/g, `{${SEAM}`);
  const name = language.replace(/[\s|{}=:\\]+/g, "-");
  const options = name === "" ? "" : KNOWN.has(name.toLowerCase()) ? `:${name}` : `:none|title=${name}`;
  return `{code${options}}\n${text}\n{code}`;
}

export interface WikiCode {
  readonly lang: string | null;
  readonly value: string;
}

/** `options`: what stands behind `{code:`; `body` what stands between the two tags. */
export function codeFromWiki(options: string, body: string): WikiCode {
  const [first = "", ...rest] = options.split("|");
  const title = [first, ...rest].find((one) => one.startsWith("title="))?.slice("title=".length) ?? "";
  const named = first.includes("=") || first === "none" ? "" : first;
  const lang = named !== "" ? named : /^\S+$/.test(title) ? title : "";
  const value = body
    .replace(/^[ \t]*\n/, "")
    .replace(/\n[ \t]*$/, "")
    .replaceAll(`{${SEAM}`, "{");
  return { lang: lang === "" ? null : lang, value };
}
