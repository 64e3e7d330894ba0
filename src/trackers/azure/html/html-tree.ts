/** Reads HTML into a tree: tags, text and where each stands. For what Azure's editor makes; everything else is text, nothing is refused. */

export interface HtmlElement {
  readonly kind: "element";
  /** In lower case. */
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: HtmlNode[];
  readonly start: number;
  end: number;
}

export interface HtmlText {
  readonly kind: "text";
  /** With entities read. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export type HtmlNode = HtmlElement | HtmlText;

/** Deeper tags are left out, their text stays: hostile nesting must not overflow the stack. */
const DEEPEST = 64;

const VOID: ReadonlySet<string> = new Set(["br", "hr", "img", "input", "col", "wbr"]);
const BLOCKS = "p div h1 h2 h3 h4 h5 h6 ul ol li pre table thead tbody tfoot tr td th blockquote hr section article header footer details summary dl dt dd";
const BLOCK: ReadonlySet<string> = new Set(BLOCKS.split(" "));
/** What these hold is no text of the ticket. */
const SILENT: ReadonlySet<string> = new Set(["script", "style", "head", "title", "template"]);

/** One run of signs that no other alternative begins with, so reading is linear. */
const TOKEN = /<!--[^]*?(?:-->|$)|<(\/?)([a-z][a-z0-9]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>|<|[^<]+/gi;
const ATTRIBUTE = /([a-z][\w:-]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/gi;

export function isBlockTag(name: string): boolean {
  return BLOCK.has(name);
}

export function readTree(html: string): readonly HtmlNode[] {
  const roots: HtmlNode[] = [];
  const open: HtmlElement[] = [];
  const into = (): HtmlNode[] => open.at(-1)?.children ?? roots;
  const closeFrom = (index: number, end: number): void => {
    for (const element of open.splice(index)) element.end = end;
  };
  for (const token of html.matchAll(TOKEN)) {
    const [source, slash, written] = token;
    const [start, end] = [token.index, token.index + source.length];
    if (written === undefined) {
      if (!source.startsWith("<!--") && !open.some(({ name }) => SILENT.has(name))) into().push({ kind: "text", text: entities(source), start, end });
      continue;
    }
    const name = written.toLowerCase();
    if (slash === "/") {
      const index = open.findLastIndex((element) => element.name === name);
      if (index !== -1) closeFrom(index, end);
      continue;
    }
    // A paragraph ends where a block begins, an item where the next does.
    const ended = BLOCK.has(name) ? open.findLastIndex((element) => element.name === "p") : -1;
    if (ended !== -1) closeFrom(ended, start);
    if (name === "li" && open.at(-1)?.name === "li") closeFrom(open.length - 1, start);
    const element: HtmlElement = { kind: "element", name, attributes: attributesOf(token[3] ?? ""), children: [], start, end };
    if (VOID.has(name)) into().push(element);
    else if (open.length < DEEPEST) {
      into().push(element);
      open.push(element);
    }
  }
  closeFrom(0, html.length);
  return roots;
}

function attributesOf(source: string): ReadonlyMap<string, string> {
  return new Map([...source.matchAll(ATTRIBUTE)].map(([, name = "", double, single, bare]) => [name.toLowerCase(), entities(double ?? single ?? bare ?? "")]));
}

const NAMED: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: "\u00a0",
  ndash: "–",
  mdash: "—",
  hellip: "…",
  bull: "•",
};

function entities(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,6}));/gi,
    (whole, hex: string | undefined, decimal: string | undefined, name: string | undefined) => {
      if (name !== undefined) return NAMED[name.toLowerCase()] ?? whole;
      const point = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return point > 0 && point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff) ? String.fromCodePoint(point) : whole;
    },
  );
}
