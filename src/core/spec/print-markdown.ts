/** Prints Markdown for tickets, always in one style; specs are never printed, only spliced. */

import { gfmToMarkdown } from "mdast-util-gfm";
import { toMarkdown, type Options } from "mdast-util-to-markdown";
import type { Nodes } from "mdast";

const STYLE: Options = {
  bullet: "-",
  emphasis: "*",
  strong: "*",
  fence: "`",
  fences: true,
  rule: "-",
  listItemIndent: "one",
  incrementListMarker: true,
  resourceLink: false,
  // Aligned pipes would change every row when one cell grows.
  extensions: [gfmToMarkdown({ tablePipeAlign: false })],
};

/** Without a final line feed. */
export function printMarkdown(node: Nodes): string {
  return toMarkdown(node, STYLE).replace(/\n+$/, "");
}
