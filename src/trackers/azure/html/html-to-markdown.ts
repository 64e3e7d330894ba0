/** HTML as Markdown: for people who read a ticket, and for texts that go into a spec. */

import { printMarkdown } from "../../../core/spec/print-markdown.ts";
import { readBlocks } from "./html-blocks.ts";

export function htmlToMarkdown(html: string): string {
  return readBlocks(html)
    .map(({ nodes }) => printMarkdown({ type: "root", children: [...nodes] }))
    .join("\n\n");
}
