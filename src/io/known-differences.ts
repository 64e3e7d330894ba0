/** Constructs that satteri reads otherwise than remark: a text that holds one goes to remark, so that both see the same sections. */

export interface KnownDifference {
  /** What satteri does, in a sentence. */
  readonly about: string;
  /** A text that shows it. */
  readonly example: string;
  readonly found: (text: string) => boolean;
}

export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  {
    about: "A checkbox alone on its line, or on the line after its bullet, is a task item to one and text to the other.",
    example: "-\n  [ ] a\n",
    found: (text) =>
      hasCheckbox(text) &&
      /(?:^|[\r\n])[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?\[[ \txX]\][ \t]*[\r\n]|(?:[-*+]|\d[.)])[ \t]*[\r\n][ \t>]*\[[ \txX]\]/.test(text),
  },
  {
    about: "Emphasis that begins right after an escaped star is missed.",
    example: "## \\**a**\n",
    found: (text) => text.includes("\\**"),
  },
  {
    // A longer rule is the border of something drawn, in a code block of its own.
    about: "Code indented right under a heading, rule, definition or one-line HTML may be taken apart, or end in a paragraph.",
    example: "- a\n# b\n    c\n    d\n",
    found: hasCodeUnderBlock,
  },
  {
    about: "HTML on the line after a footnote belongs to the footnote or does not; a footnote that begins with a block ends elsewhere.",
    example: "[^f]: a\n<b>\n",
    found: (text) =>
      text.includes("[^") && /(?:^|[\r\n])[ \t>]*\[\^[^\]\r\n]+\]:(?:[ \t]*(?:[-*+<#]|\d{1,9}[.)]|$|[\r\n])|[^\r\n]*(?:\r\n?|\n) {0,3}<)/.test(text),
  },
  {
    about: "HTML on the line after a table is its last row.",
    example: "| a |\n|---|\n</b>\n",
    found: (text) => /\|[ \t]*(?:\r\n?|\n) {0,3}<[\w/]/.test(text),
  },
];

const CODE = /(?: {4}| {0,3}\t)[ \t]*[^ \t\r\n]/y;
const BLOCK = /^ {0,3}(?:#{1,6}(?:[ \t][^\n]*)?|[-*_=][-*_= \t]{0,80}|<[!?][^\n]*>[ \t]*|\[[^^\]][^\]]*\]:[^\n]*)$/;

const MAY_BEGIN_BLOCK: ReadonlySet<string> = new Set(" #-*_=<[");

/** Line by line from what is rare: few lines are indented, and a plain search finds them many times as fast as a pattern. */
function hasCodeUnderBlock(text: string): boolean {
  // A lone CR ends a line too; hardly any text holds one.
  const lines = text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
  for (const indent of ["\n    ", "\n\t", "\n \t", "\n  \t", "\n   \t"]) {
    for (let at = lines.indexOf(indent); at !== -1; at = lines.indexOf(indent, at + 1)) {
      const above = lines.lastIndexOf("\n", at - 1) + 1;
      // Most lines above are code themselves, or prose.
      if (!MAY_BEGIN_BLOCK.has(lines.charAt(above))) continue;
      CODE.lastIndex = at + 1;
      if (CODE.test(lines) && BLOCK.test(lines.slice(above, at))) return true;
    }
  }
  return false;
}

/** Plain searches first: they are twenty times as fast, and most texts hold no checkbox at all. */
function hasCheckbox(text: string): boolean {
  return text.includes("[ ]") || text.includes("[x]") || text.includes("[X]") || text.includes("[\t]");
}

export function readsDifferently(text: string): boolean {
  return KNOWN_DIFFERENCES.some((difference) => difference.found(text));
}
