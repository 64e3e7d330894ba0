/** The fast parser: satteri, a native Markdown parser that gives the same mdast as remark. */

import type { Root } from "mdast";
import type { MarkdownParser } from "../core/spec/markdown-parser.ts";

/** Written here because the package does not export its package.json; a test compares it with the installed one. */
export const SATTERI_VERSION = "0.10.5";

/** null where its native binary does not load on this machine. */
export async function loadSatteri(): Promise<MarkdownParser | null> {
  const satteri = await import("satteri").catch(() => null);
  if (satteri === null) return null;
  const parse = (text: string): Root => {
    const tree = satteri.markdownToMdast(text);
    if (tree.type !== "root") throw new Error(`satteri gave a ${tree.type} where a root was expected`);
    return tree;
  };
  return { name: `satteri@${SATTERI_VERSION}`, parse };
}
