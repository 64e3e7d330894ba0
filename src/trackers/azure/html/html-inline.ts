/** Inline HTML as Markdown nodes. */

import type { PhrasingContent } from "mdast";
import type { HtmlElement, HtmlNode } from "./html-tree.ts";

/** Blanks folded as a browser shows them; none at the ends, and none around breaks. */
export function inlineOf(nodes: readonly HtmlNode[]): PhrasingContent[] {
  return trimmed(joined(nodes.flatMap(inline)));
}

function inline(node: HtmlNode): PhrasingContent[] {
  if (node.kind === "text") return [{ type: "text", value: node.text.replace(/[ \t\r\n\f]+/g, " ") }];
  const { name, attributes, children } = node;
  switch (name) {
    case "br":
      return [{ type: "break" }];
    case "b":
    case "strong":
      return wrapped("strong", children);
    case "i":
    case "em":
      return wrapped("emphasis", children);
    case "s":
    case "strike":
    case "del":
      return wrapped("delete", children);
    case "code":
    case "tt":
      return wordsOf(node) === "" ? [] : [{ type: "inlineCode", value: wordsOf(node) }];
    case "a": {
      const url = attributes.get("href") ?? "";
      const inner = children.flatMap(inline);
      return url === "" || inner.length === 0 ? inner : [{ type: "link", url, title: null, children: trimmed(joined(inner)) }];
    }
    case "img":
      return [{ type: "image", url: attributes.get("src") ?? "", alt: attributes.get("alt") ?? "", title: null }];
    case "input":
      return attributes.get("type")?.toLowerCase() === "checkbox" ? [{ type: "text", value: attributes.has("checked") ? "[x] " : "[ ] " }] : [];
    default:
      return children.flatMap(inline);
  }
}

/** Marks stand at words: blanks at their ends move out, where Markdown needs them. */
function wrapped(type: "strong" | "emphasis" | "delete", nodes: readonly HtmlNode[]): PhrasingContent[] {
  const inner = joined(nodes.flatMap(inline));
  const first = inner[0];
  const last = inner.at(-1);
  const before: PhrasingContent[] = first?.type === "text" && /^\s/.test(first.value) ? [{ type: "text", value: " " }] : [];
  const after: PhrasingContent[] = last?.type === "text" && /\s$/.test(last.value) ? [{ type: "text", value: " " }] : [];
  const children = trimmed(inner);
  return children.length === 0 ? before : [...before, { type, children }, ...after];
}

/** Neighbouring texts are one, with single blanks. */
function joined(nodes: readonly PhrasingContent[]): PhrasingContent[] {
  const result: PhrasingContent[] = [];
  let words: string[] = [];
  const endWords = (): void => {
    if (words.length > 0) result.push({ type: "text", value: words.join("").replace(/ +/g, " ") });
    words = [];
  };
  for (const node of nodes) {
    if (node.type === "text") words.push(node.value);
    else {
      endWords();
      result.push(node);
    }
  }
  endWords();
  return result;
}

function trimmed(nodes: readonly PhrasingContent[]): PhrasingContent[] {
  const isEmpty = (node: PhrasingContent | undefined): boolean => node?.type === "break" || (node?.type === "text" && node.value.trim() === "");
  let [start, end] = [0, nodes.length];
  while (start < end && isEmpty(nodes[start])) start += 1;
  while (end > start && isEmpty(nodes[end - 1])) end -= 1;
  return nodes.slice(start, end).map((node, index, all): PhrasingContent => {
    if (node.type !== "text") return node;
    let { value } = node;
    if (index === 0 || all[index - 1]?.type === "break") value = value.replace(/^[ ]+/, "");
    if (index === all.length - 1 || all[index + 1]?.type === "break") value = value.replace(/[ ]+$/, "");
    return { type: "text", value };
  });
}

/** Its words as they stand, lines kept. */
export function wordsOf(element: HtmlElement): string {
  return element.children
    .map((child) => (child.kind === "text" ? child.text : child.name === "br" ? "\n" : wordsOf(child)))
    .join("")
    .replaceAll("\r\n", "\n");
}
