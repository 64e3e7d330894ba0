/** The one door to Markdown parsing: satteri where it loads, remark elsewhere, both with offsets into the text as given. */

import type { Nodes, Root } from "mdast";
import type { MarkdownParser } from "../core/spec/markdown-parser.ts";
import { flattened } from "../core/text/nesting.ts";
import { readsDifferently } from "./known-differences.ts";
import { loadRemark } from "./remark-parser.ts";
import { loadSatteri } from "./satteri-parser.ts";

export type ParserChoice = "satteri" | "remark";

/** Without a choice: satteri where its binary loads. Asking for satteri where it does not is an error. */
export async function loadParser(choice?: ParserChoice): Promise<MarkdownParser> {
  if (choice === "remark") return withOwnOffsets(withoutDeepLines(loadRemark()));
  const satteri = await loadSatteri();
  if (satteri !== null) return withOwnOffsets(withRemarkWhereNeeded(satteri));
  if (choice === "satteri") throw new Error("satteri does not load on this machine; choose remark");
  return withOwnOffsets(withoutDeepLines(loadRemark()));
}

function withRemarkWhereNeeded(satteri: MarkdownParser): MarkdownParser {
  let remark: MarkdownParser | null = null;
  const parserOf = (text: string): MarkdownParser => (readsDifferently(text) && flattened(text) === text ? (remark ??= loadRemark()) : satteri);
  return { name: satteri.name, parse: (text) => parserOf(text).parse(text), outline: (text) => parserOf(text).outline(text) };
}

/** Both parsers drop a byte-order mark and count offsets from behind it; only remark replaces NUL, as CommonMark asks. */
function withOwnOffsets(parser: MarkdownParser): MarkdownParser {
  const read = (text: string, how: (source: string) => Root): Root => {
    const source = text.includes("\0") ? text.replaceAll("\0", "\uFFFD") : text;
    if (!source.startsWith("\uFEFF")) return how(source);
    const root = how(source.slice(1));
    shiftOffsets(root);
    return root;
  };
  return {
    name: parser.name,
    parse: (text) => read(text, (source) => parser.parse(source)),
    outline: (text) => read(text, (source) => parser.outline(source)),
  };
}

/** Remark overflows the stack of what nests too deep: such lines are words to it, of the same length. */
function withoutDeepLines(parser: MarkdownParser): MarkdownParser {
  return { name: parser.name, parse: (text) => parser.parse(flattened(text)), outline: (text) => parser.outline(flattened(text)) };
}

function shiftOffsets(root: Root): void {
  const open: Nodes[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.position) {
      const { start, end } = node.position;
      if (start.offset !== undefined) start.offset += 1;
      if (end.offset !== undefined) end.offset += 1;
    }
    if ("children" in node) for (const child of node.children) open.push(child);
  }
}
