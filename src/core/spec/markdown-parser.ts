/** The parser as the core sees it: a function from text to mdast, passed in because real ones live in `io`. */

import type { Root } from "mdast";

export interface MarkdownParser {
  /** Package and version: part of a plan, because another parser may see other sections. */
  readonly name: string;
  /** GFM and front matter (YAML, TOML). Positions count from 1; offsets are UTF-16 units into `text` as given. */
  parse(text: string): Root;
  /**
   * All that sections are read from, for less: the nodes of the root, of which only those come with their children that
   * are headings or footnotes, or could hold a checkbox or a definition.
   */
  outline(text: string): Root;
}
