/** The reference parser: remark with GFM and front matter, for machines without satteri and for texts that satteri reads otherwise. */

import { createRequire } from "node:module";
import type { Root } from "mdast";
import type { MarkdownParser } from "../core/spec/markdown-parser.ts";

/** Written here because the package does not export its package.json; a test compares it with the installed one. */
export const REMARK_VERSION = "11.0.0";

/**
 * A first line that opens front matter, and one that closes it. Only such texts meet the extension: where the close is
 * missing it leaves micromark in a state in which no list, quote or footnote begins any more, to the end of the file.
 */
const FRONT_MATTER = /^(?:---[ \t]*[\r\n](?:[^]*[\r\n])?---|\+\+\+[ \t]*[\r\n](?:[^]*[\r\n])?\+\+\+)[ \t]*(?:[\r\n]|$)/;

/**
 * Synchronous, because the first text that needs it turns up in the middle of a synchronous parse, and importing it
 * ahead of need would cost every command 100 ms.
 */
export function loadRemark(): MarkdownParser {
  const require = createRequire(import.meta.url);
  // oxlint-disable typescript/no-unsafe-assignment -- require gives any; each package's own types say what it is.
  const { unified }: typeof import("unified") = require("unified");
  const remark: typeof import("remark-parse") = require("remark-parse");
  const gfm: typeof import("remark-gfm") = require("remark-gfm");
  const frontMatter: typeof import("remark-frontmatter") = require("remark-frontmatter");
  // oxlint-enable typescript/no-unsafe-assignment
  const plain = unified().use(remark.default).use(gfm.default).freeze();
  const withFrontMatter = unified().use(remark.default).use(gfm.default).use(frontMatter.default, ["yaml", "toml"]).freeze();
  const parse = (text: string): Root => (FRONT_MATTER.test(text) ? withFrontMatter : plain).parse(text);
  return { name: `remark-parse@${REMARK_VERSION}`, parse, outline: parse };
}
