/** What Jira Cloud and its editor do to a document without changing what it says. */

import type { AdfMark, AdfNode } from "../../../../src/trackers/jira/adf/adf-node.ts";

/** `seed` chooses ids, and where texts are split. */
export function rewriteAdf(native: string, seed: number): string {
  let count = seed;
  const next = (): number => (count = (count * 1103515245 + 12345) % 2147483648);
  const doc: AdfNode = JSON.parse(native);
  return JSON.stringify({ version: 1, type: "doc", content: [...(doc.content ?? []).map((node) => rewritten(node, next)), ...emptyEnd(next)] });
}

function emptyEnd(next: () => number): AdfNode[] {
  return next() % 2 === 0 ? [{ type: "paragraph", content: [] }] : [];
}

const NO_ID = ["text", "rule", "hardBreak", "media"];

function rewritten(node: AdfNode, next: () => number): AdfNode {
  const attrs = { ...defaults(node.type), ...node.attrs, ...(NO_ID.includes(node.type) ? {} : { localId: `id-${next()}` }) };
  const content = node.content?.map((child) => rewritten(child, next));
  return {
    ...(content
      ? {
          content:
            node.type === "codeBlock"
              ? content
              : blankEnd(
                  content.flatMap((child) => split(child, next)),
                  next,
                ),
        }
      : {}),
    ...(node.text === undefined ? {} : { text: node.text }),
    ...(node.marks ? { marks: node.marks.toReversed().map(rewrittenMark) } : next() % 3 === 0 && node.type === "text" ? { marks: [] } : {}),
    ...(Object.keys(attrs).length > 0 ? { attrs: Object.fromEntries(Object.entries(attrs).reverse()) } : {}),
    type: node.type,
  };
}

function rewrittenMark(mark: AdfMark): AdfMark {
  return mark.attrs ? { attrs: Object.fromEntries(Object.entries(mark.attrs).reverse()), type: mark.type } : mark;
}

function defaults(type: string): Record<string, unknown> {
  if (type === "table") return { isNumberColumnEnabled: false, layout: "align-start", width: 760 };
  if (type === "tableCell" || type === "tableHeader") return { colspan: 1, rowspan: 1 };
  if (type === "orderedList") return { order: 1 };
  return {};
}

function split(node: AdfNode, next: () => number): AdfNode[] {
  const { text } = node;
  if (text === undefined || text.length < 2 || next() % 2 === 0) return [node];
  const at = 1 + (next() % (text.length - 1));
  return [
    { ...node, text: text.slice(0, at) },
    { ...node, text: text.slice(at) },
  ];
}

/** Blanks at the end of a block: there before, gone after, or the other way round. */
function blankEnd(content: readonly AdfNode[], next: () => number): readonly AdfNode[] {
  const last = content.at(-1);
  if (last?.text === undefined) return content;
  const text = next() % 2 === 0 ? `${last.text} ` : last.text.replace(/[ \t]+$/, "");
  return text === "" ? content.slice(0, -1) : [...content.slice(0, -1), { ...last, text }];
}
