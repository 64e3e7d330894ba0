/** Lines of wiki markup, each with what begins there; macros that run over several lines hold theirs together. */

export interface WikiLine {
  /** inside: belongs to the macro that an earlier line began. */
  readonly kind: "blank" | "heading" | "rule" | "quote-line" | "quote" | "code" | "macro" | "table" | "list" | "text" | "inside";
  readonly text: string;
}

/** Macros with a body that may hold blocks. Their tags look alike at both ends; one that nobody closed is text. */
const MACRO = /(?<![\\{])\{(code|noformat|quote|panel|color|info|note|tip|warning|expand)(?::[^}\n]*)?\}/g;

/** `text`: with LF. */
export function wikiLines(text: string): readonly WikiLine[] {
  const spans = macroSpans(text);
  let offset = 0;
  let next = 0;
  return text.split("\n").map((line) => {
    const start = offset;
    offset += line.length + 1;
    while ((spans[next]?.end ?? Infinity) <= start) next += 1;
    const span = spans[next];
    if (span && span.start < start) return { kind: "inside", text: line };
    const indent = /^\s*/.exec(line)?.[0].length ?? 0;
    if (span?.start === start + indent) return { kind: kindOfMacro(span.name, span.end > offset - 1), text: line };
    return { kind: kindOf(line), text: line };
  });
}

interface Span {
  readonly name: string;
  readonly start: number;
  /** Behind its closing tag. */
  readonly end: number;
}

/** Outer ones only, in order. */
function macroSpans(text: string): readonly Span[] {
  const tags = [...text.matchAll(MACRO)].map((match) => ({
    name: match[1] ?? "",
    start: match.index,
    end: match.index + match[0].length,
    isBare: !match[0].includes(":"),
  }));
  // Per name the bare tags in order, so that each opening finds its closing without looking at all others.
  const closings = new Map<string, number[]>();
  for (const [index, { name, isBare }] of tags.entries()) {
    if (!isBare) continue;
    const same = closings.get(name);
    if (same) same.push(index);
    else closings.set(name, [index]);
  }
  const spans: Span[] = [];
  for (let index = 0; index < tags.length; index += 1) {
    const tag = tags[index];
    const waiting = closings.get(tag?.name ?? "") ?? [];
    while (waiting[0] !== undefined && waiting[0] <= index) waiting.shift();
    const [closing] = waiting;
    const last = closing === undefined ? undefined : tags[closing];
    if (tag === undefined || closing === undefined || last === undefined) continue;
    spans.push({ name: tag.name, start: tag.start, end: last.end });
    index = closing;
  }
  return spans;
}

function kindOfMacro(name: string, isLong: boolean): WikiLine["kind"] {
  switch (name) {
    case "code":
    case "noformat":
      return "code";
    case "quote":
      return "quote";
    // Colour within a line is a matter of words.
    case "color":
      return isLong ? "macro" : "text";
    default:
      return "macro";
  }
}

function kindOf(line: string): WikiLine["kind"] {
  if (line.trim() === "") return "blank";
  if (/^\s*h[1-6]\./.test(line)) return "heading";
  if (/^\s*-{4,}\s*$/.test(line)) return "rule";
  if (/^\s*bq\./.test(line)) return "quote-line";
  if (/^\s*\|/.test(line)) return "table";
  if (/^\s*(?:[*#]{1,30}|-)\s+\S/.test(line)) return "list";
  return "text";
}
