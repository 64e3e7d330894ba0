/** Inline Markdown from a ticket made fit for one line of a spec: the same words, but no HTML, no comment, no script and no tracking image. */

import { isRemote, isSafeDestination } from "./link-safety.ts";
import { foldSpace } from "./plain-text.ts";
import { withoutHidden } from "./terminal-text.ts";

const LIMIT = 1000;

/** Never empty, idempotent; ordinary text comes back as it is. */
export function safeInline(text: string): string {
  const line = cleaned(text);
  // Encoding makes text longer, so what is left of the limit is found by trying.
  for (let limit = LIMIT; ;) {
    const safe = settled(cutLine(line, limit));
    if (safe.length <= LIMIT) return safe === "" ? "…" : safe;
    limit = Math.min(limit - 1, Math.floor((limit * LIMIT) / safe.length));
  }
}

/** One line without hidden characters, of at most a thousand characters: plain text fit for a heading. */
export function plainLine(text: string): string {
  return cutLine(cleaned(text), LIMIT);
}

function cleaned(text: string): string {
  // Nobody reads more; all that follows is work per character.
  return foldSpace(withoutHidden(foldSpace(text.slice(0, LIMIT * 20).toWellFormed())));
}

function cutLine(line: string, limit: number): string {
  if (line.length <= limit) return line;
  return `${line
    .slice(0, limit - 1)
    .replace(/[\ud800-\udbff]$/, "")
    .trimEnd()}…`;
}

/** Taking a link away can make one of what stood around it, so this goes on until nothing changes; each turn takes brackets away. */
function settled(line: string): string {
  let before = line;
  for (;;) {
    const after = cleaned(new InlineRewriter(before).run());
    if (after === before) return after;
    before = after;
  }
}

interface Opener {
  /** Index of its bracket among the pieces. */
  readonly at: number;
  readonly isImage: boolean;
  /** A link may hold no link: brackets around one are only brackets. */
  active: boolean;
}

const PUNCTUATION = "[!-/:-@[-`{-~]";
const ESCAPE = new RegExp(`\\\\${PUNCTUATION}`, "y");
const AUTOLINK = /<(?:(?:https?|mailto):[^\s<>]*|[a-z0-9][\w.+-]*@[a-z0-9-]*[a-z0-9](?:\.[a-z0-9-]*[a-z0-9])*)>/iy;
/** GFM reads it up to a blank or `<`: what stands in it is neither code nor escaped. */
const BARE_ADDRESS = /(?:https?:\/\/|www\.)[^\s<]*$/i;
const PLAIN = /[^\\`<![\]]+/y;
/** Behind `](`: a destination in angle brackets, or nothing but a title. */
const ANGLE = /\( ?<((?:\\.|[^<>\\])*)>/y;
const TITLE = /(?: ("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\((?:\\.|[^()\\])*\)))? ?\)/y;

class InlineRewriter {
  readonly #text: string;
  readonly #out: string[] = [];
  readonly #openers: Opener[] = [];
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  run(): string {
    while (this.#at < this.#text.length) this.#step();
    return this.#out.join("");
  }

  /** Within a bare address the backslash is a part of it and escapes nothing: the sign behind it stands for itself, and ends the address. */
  #escape(): void {
    const escape = this.#match(ESCAPE)?.[0] ?? "\\";
    const isInAddress = escape === "\\<" && /[:@.]\S*$/.test(this.#text.slice(0, this.#at));
    this.#keep(isInAddress ? "\\" : escape);
  }

  #step(): void {
    switch (this.#text[this.#at]) {
      case "\\":
        return this.#escape();
      case "`":
        return this.#code();
      case "<":
        return this.#angle();
      case "!":
        return this.#text[this.#at + 1] === "[" ? this.#open("![") : this.#keep("!");
      case "[":
        return this.#open("[");
      case "]":
        return this.#close();
      default:
        return this.#keep(this.#match(PLAIN)?.[0] ?? "");
    }
  }

  #match(pattern: RegExp, from = this.#at): RegExpExecArray | null {
    pattern.lastIndex = from;
    return pattern.exec(this.#text);
  }

  #keep(piece: string): void {
    this.#out.push(piece);
    this.#at += piece.length;
  }

  /** A run of backticks closes at the next run of the same length; without one, or as a part of a bare address, it is text. */
  #code(): void {
    const run = this.#match(/`+/y)?.[0] ?? "`";
    if (BARE_ADDRESS.test(this.#text.slice(0, this.#at))) return this.#keep(run);
    const rest = this.#text.slice(this.#at + run.length);
    const close = new RegExp(`(?<!\`)\`{${run.length}}(?!\`)`).exec(rest);
    this.#keep(close ? run + rest.slice(0, close.index + run.length) : run);
  }

  #angle(): void {
    const autolink = this.#match(AUTOLINK);
    if (autolink) return this.#keep(autolink[0]);
    const isHtml = /[a-z/!?]/i.test(this.#text[this.#at + 1] ?? "");
    this.#out.push(isHtml ? "&lt;" : "<");
    this.#at += 1;
  }

  #open(bracket: string): void {
    this.#openers.push({ at: this.#out.length, isImage: bracket === "![", active: true });
    this.#keep(bracket);
  }

  #close(): void {
    const opener = this.#openers.pop();
    const tail = opener?.active === true ? this.#tail() : null;
    if (!opener || !tail) return this.#keep("]");
    this.#at = tail.end;
    if (opener.isImage) return this.#closeImage(opener, tail);
    for (const outer of this.#openers) if (!outer.isImage) outer.active = false;
    if (isSafeDestination(tail.destination)) this.#out.push(`]${tail.source}`);
    else this.#out[opener.at] = "";
  }

  #closeImage({ at }: Opener, tail: Tail): void {
    if (!isRemote(tail.destination)) {
      this.#out.push(`]${tail.source}`);
      return;
    }
    const says = this.#out.slice(at + 1).join("") === "" ? "image" : "";
    const isInLink = this.#openers.some(({ isImage, active }) => active && !isImage);
    const isLink = isSafeDestination(tail.destination) && !isInLink;
    this.#out[at] = isLink ? "[" : "";
    this.#out.push(isLink ? `${says}]${tail.source}` : says);
  }

  /** What follows a closing bracket of a link: `(destination "title")`. */
  #tail(): Tail | null {
    const from = this.#at + 1;
    if (this.#text[from] !== "(") return null;
    const angle = this.#match(ANGLE, from);
    const bare = angle ? null : this.#bareDestination(from + 1);
    const destination = angle?.[1] ?? bare?.text ?? "";
    const behind = angle ? from + angle[0].length : (bare?.end ?? from + 1);
    const title = this.#match(TITLE, behind);
    if (!title) return null;
    const end = behind + title[0].length;
    const opening = angle?.[0] ?? this.#text.slice(from, behind).replace(/</g, "%3C");
    return { destination, source: opening + title[0].replace(/<(?=[a-z/!?])/gi, "&lt;"), end };
  }

  /** Up to a space or the bracket that closes more than were opened. */
  #bareDestination(from: number): { readonly text: string; readonly end: number } {
    let open = 0;
    const start = this.#text[from] === " " ? from + 1 : from;
    let at = start;
    for (; at < this.#text.length && this.#text[at] !== " "; at++) {
      if (this.#text[at] === "\\") at++;
      else if (this.#text[at] === "(") open++;
      else if (this.#text[at] === ")" && open-- === 0) break;
    }
    return { text: this.#text.slice(start, at), end: at };
  }
}

interface Tail {
  readonly destination: string;
  /** With its brackets, and with nothing in it that looks like HTML. */
  readonly source: string;
  readonly end: number;
}
