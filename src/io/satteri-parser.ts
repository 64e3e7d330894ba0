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
      return satteri.materializeMdastTree(new OutlineReader(satteri.serializeHandle(handle), text));
    } finally {
      satteri.dropHandle(handle);
    }
  };
  return { name: `satteri@${SATTERI_VERSION}`, parse, outline };
}

type Reader = typeof MdastReader;

/** Reading a tree costs by the node, and nine of ten nodes are words that no section is read from. */
function outlineReader(Whole: Reader): new (buffer: ConstructorParameters<Reader>[0], text: string) => MdastReader {
  return class extends Whole {
    readonly #text: string;

    constructor(buffer: ConstructorParameters<Reader>[0], text: string) {
      super(buffer);
      this.#text = text;
    }

    override getChildIds(node: number): number[] {
      return this.getParentId(node) === ROOT && this.#isClosed(node) ? [] : super.getChildIds(node);
    }

    #isClosed(node: number): boolean {
      const type = this.getNodeType(node);
      if (type === PARAGRAPH || type === TABLE) return true;
      if (type !== LIST && type !== QUOTE) return false;
      const position = this.getPosition(node);
      return position !== undefined && !CHECKBOX_OR_DEFINITION.test(this.#text.slice(position.start.offset, position.end.offset));
    }
  };
}

const ROOT = 0;

/** As satteri numbers the types of nodes. */
const [PARAGRAPH, QUOTE, LIST, TABLE] = [1, 4, 5, 21];

const CHECKBOX_OR_DEFINITION = /\[[ \t\r\nxX]\]|\]:/;
