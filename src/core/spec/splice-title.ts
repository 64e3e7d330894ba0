/** Gives a heading new words; its number, its marks and its line end stay. */

import type { Section } from "../model/section.ts";
import type { SpecDocument } from "../model/spec-document.ts";
import { safeTitle, withoutBlockStart } from "../text/safe-title.ts";
import { escapeReferences } from "./escape-references.ts";
import type { MarkdownParser } from "./markdown-parser.ts";
import type { Replacement } from "./replace-text.ts";

const ATX = /^(#{1,6}(?:[ \t]+|$))(.*?)((?:[ \t]+#+)?[ \t]*)$/;
/** The last line break of a setext heading, with the underline behind it. */
const UNDERLINE = /[ \t]*(?:\r\n|\r|\n)[ \t]*(?:=+|-+)[ \t]*$/;

export function spliceTitle(doc: SpecDocument, section: Section, title: string, parser: MarkdownParser): readonly Replacement[] {
  const { heading } = section;
  if (!heading) return [];
  const source = doc.text.slice(heading.start, heading.end);
  const [, opening, content] = ATX.exec(source) ?? [];
  if (opening !== undefined && content !== undefined) {
    const space = /\s$/.test(opening) ? "" : " ";
    const start = heading.start + opening.length;
    return [{ start, end: start + content.length, text: space + escapeReferences(withNumber(section, content, title), doc, parser, "# ") }];
  }
  const end = UNDERLINE.exec(source)?.index;
  if (end === undefined) return [];
  const words = withoutBlockStart(withNumber(section, source.slice(0, end), title));
  return [{ start: heading.start, end: heading.start + end, text: escapeReferences(words, doc, parser, "# ") }];
}

/** The number that a title begins with and its name does not. */
export function numberOf({ title, name }: Section): string {
  return title.slice(0, title.length - name.length);
}

/** With the number as the source writes it, where it stands there plainly. */
function withNumber(section: Section, content: string, title: string): string {
  const number = numberOf(section);
  if (number === "") return safeTitle(title);
  const plain = Array.from(number.trimEnd(), (character) => (character === " " ? "[ \\t]+" : `\\\\?${character.replace(/[^\p{L}\p{N}]/u, "\\$&")}`)).join("");
  const found = new RegExp(`^${plain}[ \\t]+`, "v").exec(content)?.[0];
  return found === undefined ? safeTitle(number + title) : found + safeTitle(title);
}
