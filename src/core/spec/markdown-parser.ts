/** The parser as the core sees it: a function from text to mdast, passed in because real ones live in `io`. */

import type { Root } from "mdast";

export interface MarkdownParser {
  /** Package and version: part of a plan, because another parser may see other sections. */
  readonly name: string;
  /** GFM and front matter (YAML, TOML). Positions count from 1; offsets are UTF-16 units into `text` as given. */
  parse(text: string): Root;
  /** The same, but paragraphs and tables at the root may come without their children: all that sections are read from, for less. */
  outline(text: string): Root;
}
