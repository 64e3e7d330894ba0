/** The fast parser: satteri, a native Markdown parser that gives the same mdast as remark. */

import type { Root } from "mdast";
import type { MdastReader } from "satteri";
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
  const OutlineReader = outlineReader(satteri.MdastReader);
  const outline = (text: string): Root => {
    const handle = satteri.createMdastHandle(text);
    try {
      return satteri.materializeMdastTree(new OutlineReader(satteri.serializeHandle(handle)));
    } finally {
      satteri.dropHandle(handle);
    }
  };
  return { name: `satteri@${SATTERI_VERSION}`, parse, outline };
}

/** Paragraph and table, as satteri numbers the types of nodes. */
const WITHOUT_CHILDREN: ReadonlySet<number> = new Set([1, 21]);

const ROOT = 0;

/** Reading a tree costs by the node, and nine of ten nodes are the words of paragraphs at the root. */
function outlineReader(Reader: typeof MdastReader): typeof MdastReader {
  return class extends Reader {
    override getChildIds(node: number): number[] {
      return WITHOUT_CHILDREN.has(this.getNodeType(node)) && this.getParentId(node) === ROOT ? [] : super.getChildIds(node);
    }
  };
}
