/** A text without what its author only shows: code, quotes, HTML comments. What stands there names nothing. One pass, whatever is in it. */

/** Where a part begins that ends at the text behind it, or never. */
const REGIONS: Readonly<Record<string, string>> = {
  "<!--": "-->",
  "<blockquote": "</blockquote>",
  "<pre": "</pre>",
  "<code": "</code>",
};
const MARK = /`+|<!--|<(?:blockquote|pre|code)(?![\w-])/gi;
/** Behind list bullets too. */
const LEAD = "[ \\t]*(?:(?:[-*+]|\\d{1,9}[.)])[ \\t]+)*";
const QUOTE = new RegExp(`^${LEAD}>`);
const FENCE = new RegExp(`^${LEAD}(\`{3,}(?=[^\`]*$)|~{3,})`);

/** Lines end in a line feed; those that name nothing are empty. */
export function spokenText(markdown: string): string {
  const spoken: string[] = [];
  let paragraph: string[] = [];
  /** What ends the part that the lines stand in. */
  let region: string | null = null;
  let fence: string | null = null;
  let isQuote = false;
  const flush = (): void => {
    const { text, open } = withoutInline(paragraph.join("\n"));
    if (paragraph.length > 0) spoken.push(...text.split("\n"));
    paragraph = [];
    region = open;
  };
  const take = (line: string): void => {
    if (region !== null) {
      const end = line.toLowerCase().indexOf(region);
      if (end < 0) return void spoken.push("");
      const rest = line.slice(end + region.length);
      region = null;
      return take(rest);
    }
    if (fence !== null) {
      if (closes(line, fence)) fence = null;
      return void spoken.push("");
    }
    const isBlank = line.trim() === "";
    const [, opens = null] = FENCE.exec(line) ?? [];
    // A line right below a quote belongs to it, whatever it begins with.
    if (isBlank || opens !== null || isQuote || QUOTE.test(line) || (paragraph.length === 0 && isIndented(line))) {
      flush();
      if (region !== null) return take(line);
      isQuote = !isBlank && opens === null && (isQuote || QUOTE.test(line));
      fence = opens;
      return void spoken.push("");
    }
    paragraph.push(line);
  };
  for (const line of markdown.split(/\r\n|\r|\n/)) take(line);
  flush();
  return spoken.join("\n");
}

function closes(line: string, fence: string): boolean {
  const found = line.trim();
  return found.length >= fence.length && found === (fence[0] ?? "").repeat(found.length);
}

/** As code is. */
function isIndented(line: string): boolean {
  return /^(?: {4}| {0,3}\t)/.test(line);
}

interface Inline {
  readonly text: string;
  /** What ends the part that the paragraph leaves open; null: none. */
  readonly open: string | null;
}

function withoutInline(paragraph: string): Inline {
  const marks = [...paragraph.matchAll(MARK)].map(({ 0: text, index }) => ({ text: text.toLowerCase(), at: index }));
  const partners = partnersOf(marks.map(({ text }) => text));
  const lower = paragraph.toLowerCase();
  let kept = "";
  let from = 0;
  for (const [index, { text, at }] of marks.entries()) {
    if (at < from) continue;
    const partner = marks[partners[index] ?? -1];
    const closing = REGIONS[text];
    if (closing === undefined && partner === undefined) continue;
    kept += `${paragraph.slice(from, at)} `;
    const end = closing === undefined ? (partner?.at ?? at) : lower.indexOf(closing, at + text.length);
    if (end < 0) return { text: kept, open: closing ?? null };
    from = end + (closing ?? text).length;
  }
  return { text: kept + paragraph.slice(from), open: null };
}

/** Of each run of backticks the next one of its length: together they hold code. */
function partnersOf(marks: readonly string[]): readonly (number | null)[] {
  const next = new Map<string, number>();
  const partners: (number | null)[] = [];
  for (let index = marks.length - 1; index >= 0; index -= 1) {
    const mark = marks[index] ?? "";
    partners[index] = next.get(mark) ?? null;
    next.set(mark, index);
  }
  return partners;
}
