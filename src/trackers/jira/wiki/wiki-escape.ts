/**
 * Plain text that must come out as it is: what Jira's renderer would take for markup gets a backslash, which it knows
 * before `- # * _ + ? ^ ~ | % { } [ ] ( ) ! @` only; a backslash itself, and what opens a line with letters, an entity.
 */

/** Around a word these begin or end a style: between two letters, or between blanks, they are themselves. */
const STYLES = /[*_+^~?-]/;

const EMOTICON = /^\((?:[yn!/xi?+*-]|on|off|\*[rgby]|flag|flagoff)\)/i;

export function escapeWiki(text: string): string {
  let escaped = "";
  for (let at = 0; at < text.length; at += 1) escaped += escapedAt(text, at);
  return escaped;
}

function escapedAt(text: string, at: number): string {
  const char = text.charAt(at);
  const [before, after] = [text.charAt(at - 1), text.charAt(at + 1)];
  switch (char) {
    case "\\":
      return "&#92;";
    case "&":
      return /^&(?:#\d+|#x[0-9a-f]+|[a-z][a-z0-9]*);/i.test(text.slice(at, at + 34)) ? "&amp;" : "&";
    case "{":
    case "}":
    case "[":
    case "]":
    case "|":
      return `\\${char}`;
    case "!":
      return after === "" || /\s/.test(after) ? char : "\\!";
    case "(":
      return EMOTICON.test(text.slice(at, at + 10)) ? "\\(" : char;
    case ")":
      return /[:;]/.test(before) ? "\\)" : char;
    case ":":
      return /^:[DPp(](?![A-Za-z])/.test(text.slice(at, at + 3)) ? "&#58;" : char;
    default:
      return STYLES.test(char) && !isHarmless(before, after) ? `\\${char}` : char;
  }
}

function isHarmless(before: string, after: string): boolean {
  const isWord = (char: string): boolean => /[\p{L}\p{N}]/u.test(char);
  return (isWord(before) && isWord(after)) || (/\s/.test(before) && /\s/.test(after));
}

/** For text that begins a line: nothing in it may begin a heading, a quote, a list or a rule. */
export function escapeLineStart(line: string): string {
  return line
    .replace(/^(\s*)(h[1-6]|bq)\./i, "$1$2&#46;")
    .replace(/^(\s*)([-*#]+)(?=\s|$)/, (_, blank: string, marks: string) => blank + marks.replace(/./g, "\\$&"));
}

/** Inverse of both. */
export function unescapeWiki(text: string): string {
  return text.replace(/\\([-#*_+?^~|%{}[\]()!@])/g, "$1").replace(ENTITY, entity);
}

const ENTITY = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|quot|nbsp));/gi;
const NAMED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: "\u00a0" };

function entity(whole: string, decimal: string | undefined, hex: string | undefined, name: string | undefined): string {
  if (name !== undefined) return NAMED[name.toLowerCase()] ?? whole;
  const code = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal);
  return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : whole;
}
