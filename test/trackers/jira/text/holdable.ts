/** Says of parsed Markdown whether a form of Jira can hold all of it: what must come back as it was. */

import { plainText } from "../../../../src/core/text/canonical-markdown.ts";
import type { ListItem, Nodes, Root } from "mdast";

/** adf: everything but HTML, images, code's meta words, marks around code, and what ADF does not nest. */
export function isHoldable(root: Root, form: "adf" | "wiki"): boolean {
  return root.children.every((node) => holds(node, [], form));
}

function holds(node: Nodes, above: readonly string[], form: "adf" | "wiki"): boolean {
  const isNested = above.includes("listItem") || above.includes("blockquote");
  switch (node.type) {
    case "paragraph": {
      // Data Center's lines end at any blank, this one too.
      const words = plainText(node);
      if (form === "wiki" && words !== words.trim()) return false;
      break;
    }
    case "html":
    case "image":
    case "imageReference":
    case "linkReference":
    case "footnoteReference":
    case "footnoteDefinition":
    case "definition":
    case "yaml":
      return false;
    case "code":
      return (node.meta ?? "") === "" && node.lang !== "adf" && !(form === "wiki" && /\s$/.test(node.value));
    case "break":
      // A heading of Markdown is one line, but for the old kind with a line below it; a break has no marks, so those around it end.
      return !["heading", "strong", "emphasis", "delete"].some((type) => above.includes(type));
    case "inlineCode":
      return !above.some((type) => ["strong", "emphasis", "delete"].includes(type));
    case "blockquote":
    case "table":
    case "thematicBreak":
      if (isNested) return false;
      break;
    case "heading":
      if (isNested || node.children.length === 0 || plainText(node) !== plainText(node).trim()) return false;
      break;
    case "list":
      // Jira reads lists side by side as one, and an ordered list of wiki markup begins with 1.
      if (form === "wiki" && node.ordered === true && (node.start ?? 1) !== 1) return false;
      break;
    case "listItem":
      if (node.children.length === 0 || (form === "wiki" && !isPlainItem(node))) return false;
      break;
    case "strong":
    case "emphasis":
    case "delete":
      // Marks are a set in ADF: their order, and marks in equal marks, are lost.
      if (above.includes(node.type) || node.children.some(({ type }) => type === "link")) return false;
      break;
    case "link":
      if (form === "wiki" && (typeof node.title === "string" || /[\s|[\]{}\\^]/.test(node.url) || node.children.some(({ type }) => type !== "text")))
        return false;
      break;
    default:
  }
  return !("children" in node) || node.children.every((child) => holds(child, [...above, node.type], form));
}

function isPlainItem(item: ListItem): boolean {
  return item.children.every((child, index) => (index === 0 ? child.type === "paragraph" : child.type === "list"));
}
