/** What Linear's editor makes of Markdown (FACTS.md): it parses the text into its own document and writes that document anew. */

import type { Link, Nodes, Paragraph, PhrasingContent, Root, RootContent } from "mdast";
import { gfmToMarkdown } from "mdast-util-gfm";
import { defaultHandlers, toMarkdown, type Handle, type Options } from "mdast-util-to-markdown";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import { unified } from "unified";

/** Address of the ticket with this identifier; null where there is none. */
export type TicketAddress = (identifier: string) => string | null;

export interface EditorOptions {
  readonly ticketAddress: TicketAddress;
  /** false: HTML comments stay. FACTS.md: "may vanish", so they do by default. */
  readonly dropsComments: boolean;
}

const parser = unified().use(remarkParse).use(remarkGfm).freeze();

export function rewriteAsLinear(markdown: string, options: EditorOptions): string {
  const text = markdown.replace(/\r\n?/g, "\n");
  try {
    const root: Root = parser.parse(text);
    change(root, options);
    return cutBlanks(toMarkdown(root, WRITING));
  } catch (error) {
    // Nested too deeply for the writer: such a text is kept as it is.
    if (error instanceof RangeError) return cutBlanks(text);
    throw error;
  }
}

function cutBlanks(text: string): string {
  return text
    .replace(/(?<!\\)[ \t]+$/gm, "")
    .replace(/^\n+/, "")
    .replace(/\n+$/, "");
}

const link: Handle = (node: Link, _parent, state, info) => {
  const exit = state.enter("link");
  const leave = state.enter("label");
  const words = state.containerPhrasing(node, { ...state.createTracker(info).current(), before: "[", after: "]" });
  leave();
  exit();
  const title = node.title ? ` "${state.safe(node.title, { before: '"', after: '"' })}"` : "";
  return `[${words}](<${node.url.replace(/[\\<>]/g, "\\$&").replace(/\n/g, "%0A")}>${title})`;
};
/** What stands before decides about escapes there. */
Object.assign(link, { peek: () => "[" });

/** The box of a task stands before the first paragraph of its item. */
const paragraph: Handle = (node: Paragraph, parent, state, info) => {
  const isFirst = parent?.type === "listItem" && typeof parent.checked === "boolean" && parent.children[0] === node;
  const box = isFirst ? `[${parent.checked === true ? "X" : " "}] ` : "";
  const tracker = state.createTracker(info);
  tracker.move(box);
  return box + defaultHandlers.paragraph(node, parent, state, { ...info, ...tracker.current() });
};

const WRITING: Options = {
  bullet: "*",
  emphasis: "*",
  strong: "*",
  rule: "-",
  fences: true,
  listItemIndent: "one",
  extensions: [gfmToMarkdown({ tablePipeAlign: false }), { handlers: { link, paragraph } }],
};

function change(root: Root, options: EditorOptions): void {
  const open: Nodes[] = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.type === "table") node.align = [];
    if (!("children" in node)) continue;
    if (options.dropsComments) dropComments(node);
    if (isPhrased(node)) node.children = node.children.flatMap((child) => (child.type === "text" ? autolinked(child.value, options.ticketAddress) : [child]));
    // The words of a link are never linked again.
    for (const child of node.children) if (child.type !== "link" && child.type !== "linkReference") open.push(child);
  }
}

type Phrased = Extract<Nodes, { children: PhrasingContent[] }>;

function isPhrased(node: Nodes): node is Phrased {
  return ["paragraph", "heading", "emphasis", "strong", "delete", "tableCell"].includes(node.type);
}

const COMMENT = /<!--[^]*?-->/g;

function dropComments(node: Extract<Nodes, { children: unknown }>): void {
  const dropped = (child: RootContent): boolean => child.type === "html" && (child.value = child.value.replace(COMMENT, "").trim()) === "";
  const children: RootContent[] = node.children;
  for (let at = children.length - 1; at >= 0; at -= 1) {
    const child = children[at];
    if (child && dropped(child)) children.splice(at, 1);
  }
  // What stood around a comment at the edge of a paragraph is no blank of its own.
  const [first, last] = [children[0], children.at(-1)];
  if (first?.type === "text") first.value = first.value.trimStart();
  if (last?.type === "text") last.value = last.value.trimEnd();
}

/** Ticket ids that exist and words that look like domains. */
function autolinked(text: string, ticketAddress: TicketAddress): PhrasingContent[] {
  const parts: PhrasingContent[] = [];
  let from = 0;
  for (const found of text.matchAll(
    /(?<![\w./@-])(?:([A-Z][A-Z0-9]{1,9}-\d{1,6})|([a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)*\.(?:com|org|net|io|dev|app|ai|md|sh)))(?![\w/@-]|\.\w)/g,
  )) {
    const url = found[1] ? ticketAddress(found[1]) : `http://${found[2]}`;
    if (url === null) continue;
    if (found.index > from) parts.push({ type: "text", value: text.slice(from, found.index) });
    parts.push({ type: "link", url, children: [{ type: "text", value: found[0] }] });
    from = found.index + found[0].length;
  }
  return [...parts, ...(from < text.length ? [{ type: "text" as const, value: text.slice(from) }] : [])];
}
