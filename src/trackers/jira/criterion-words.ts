/** A criterion's line as inline Markdown, read as the words of a task, so that nothing in it begins a block. */

import type { PhrasingContent } from "mdast";
import type { MarkdownParser } from "../../core/spec/markdown-parser.ts";
import { oneLine } from "../../core/text/ticket-criteria.ts";

export function criterionWords(parser: MarkdownParser, text: string): readonly PhrasingContent[] {
  const line = oneLine(text);
  const [list] = parser.parse(`\n- [ ] ${line}`).children;
  const [words] = list?.type === "list" ? (list.children[0]?.children ?? []) : [];
  return words?.type === "paragraph" && line !== "" ? words.children : [{ type: "text", value: line }];
}
