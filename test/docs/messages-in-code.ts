/** Finds the messages for people in a source: the texts that follow an error's kind, with "…" where a value is put in. */

const KINDS = ["auth", "forbidden", "not-found", "conflict", "invalid", "rate-limited", "unavailable", "unknown-outcome", "unsent", "unknown"];

/** A kind as a word, a variable called kind, or a function that is named after what it makes. */
const BEFORE = new RegExp(
  `(?:"(?:${KINDS.join("|")})",|\\bkind,|\\b(?:invalid|conflict|notFound|unavailable|forbidden|refused|trouble|wrong|refuse)\\()\\s*`,
  "g",
);

export function messagesIn(source: string): readonly string[] {
  return [...source.matchAll(BEFORE)].flatMap(({ index, 0: before }) => {
    const text = textAt(source, index + before.length);
    // A word alone is a kind or an argument, no message.
    return text !== null && /\S \S/.test(text.value) && !KINDS.includes(text.value) ? [text.value] : [];
  });
}

/** The parts of a message that are always the same, in small letters, as far as they are long enough to be looked for. */
export function wordsOfMessage(message: string): readonly string[] {
  const parts = message.split("…").map((part) => part.toLowerCase().replace(/^[\s:.,"()]+|[\s:.,"()]+$/g, ""));
  return parts.filter((part) => part.length >= 8);
}

interface Text {
  readonly value: string;
  readonly end: number;
}

/** The string or template that begins at `start`; null where none does. */
function textAt(source: string, start: number): Text | null {
  const quote = source[start];
  if (quote !== '"' && quote !== "`") return null;
  let value = "";
  for (let at = start + 1; at < source.length; at += 1) {
    const sign = source[at];
    if (sign === quote) return { value, end: at };
    if (sign === "\\") value += source[(at += 1)] ?? "";
    else if (quote === "`" && source.startsWith("${", at)) {
      at = endOfValue(source, at + 2);
      value += "…";
    } else value += sign;
  }
  return null;
}

/** Where the value that is put in ends: its own braces and texts are stepped over. */
function endOfValue(source: string, start: number): number {
  let depth = 1;
  for (let at = start; at < source.length; at += 1) {
    const inner = textAt(source, at);
    if (inner) at = inner.end;
    else if (source[at] === "{") depth += 1;
    else if (source[at] === "}" && (depth -= 1) === 0) return at;
  }
  return source.length;
}
