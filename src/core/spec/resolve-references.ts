/** Writes out what references stand for: links and images by their definition, footnotes in brackets where they are mentioned. */

import type { FootnoteDefinition, Nodes, PhrasingContent } from "mdast";
import { definitionKey, type DefinitionNode } from "./read-definitions.ts";
import { replaceInline } from "./replace-inline.ts";
import { spanOf } from "./span-of.ts";

/** Characters of footnotes written out below one node: footnotes that each mention the next twice would grow without end. */
const MAX_FOOTNOTES = 64 * 1024;
const MAX_NESTING = 20;

interface Context {
  readonly definitions: ReadonlyMap<string, DefinitionNode>;
  left: number;
}

/** Changes the tree below `node`. A reference without its definition stays. */
export function resolveReferences(node: Nodes, definitions: ReadonlyMap<string, DefinitionNode>): void {
  if (definitions.size > 0) resolve(node, { definitions, left: MAX_FOOTNOTES }, new Set());
}

/** `open`: footnotes being written out, so that one that mentions itself ends. */
function resolve(node: Nodes, context: Context, open: ReadonlySet<string>): void {
  replaceInline(node, (child) => {
    if (child.type !== "linkReference" && child.type !== "imageReference" && child.type !== "footnoteReference") return [child];
    const key = definitionKey(child);
    const definition = context.definitions.get(key);
    if (definition?.type === "definition") {
      const { url, title } = definition;
      if (child.type === "linkReference") return [{ type: "link", url, title: title ?? null, children: child.children }];
      if (child.type === "imageReference") return [{ type: "image", url, title: title ?? null, alt: child.alt ?? null }];
    }
    if (definition?.type !== "footnoteDefinition" || open.has(key) || open.size >= MAX_NESTING) return [child];
    const { start, end } = spanOf(definition);
    context.left -= end - start;
    return context.left < 0 ? [child] : footnote(definition, context, new Set([...open, key]));
  });
}

function footnote(definition: FootnoteDefinition, context: Context, open: ReadonlySet<string>): PhrasingContent[] {
  const copy = structuredClone(definition);
  resolve(copy, context, open);
  const said = copy.children.flatMap((block) => (block.type === "paragraph" ? [block.children] : []));
  if (said.length === 0) return [];
  const joined = said.flatMap((children, index): PhrasingContent[] => (index === 0 ? children : [{ type: "text", value: " " }, ...children]));
  return [{ type: "text", value: " (" }, ...joined, { type: "text", value: ")" }];
}
