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
    found: (text) =>
      /(?:^|[\r\n]) {0,3}(?:#{1,6}(?:[ \t][^\r\n]*)?|[-*_=][-*_= \t]{0,80}|<[!?][^\r\n]*>[ \t]*|\[[^^\]\r\n][^\]\r\n]*\]:[^\r\n]*)(?:\r\n?|\n)(?: {4}| {0,3}\t)[ \t]*[^ \t\r\n]/.test(
        text,
      ),
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

/** Plain searches first: they are twenty times as fast, and most texts hold no checkbox at all. */
function hasCheckbox(text: string): boolean {
  return text.includes("[ ]") || text.includes("[x]") || text.includes("[X]") || text.includes("[\t]");
}

export function readsDifferently(text: string): boolean {
  return KNOWN_DIFFERENCES.some((difference) => difference.found(text));
}
