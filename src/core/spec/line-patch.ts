/** Gathers which whole lines of a text go and which come, and keeps single blank lines between what stays. */

import type { Replacement } from "./replace-text.ts";
import { lineEnd, lineEndingAt, lineEndingBefore } from "./source-lines.ts";

/** A line without its end; null asks for a blank line unless one is there, or the file begins or ends. */
export type NewLine = string | null;

export class LinePatch {
  readonly #text: string;
  /** Offset of each line; a byte-order mark belongs to none. */
  readonly #starts: number[] = [];
  readonly #removed = new Set<number>();
  readonly #inserted = new Map<number, NewLine[]>();

  constructor(text: string) {
    this.#text = text;
    for (let at = text.startsWith("\uFEFF") ? 1 : 0; at < text.length;) {
      this.#starts.push(at);
      const end = lineEnd(text, at);
      at = end + lineEndingAt(text, end).length;
    }
  }

  /** Index of the line that the offset stands on; the number of lines behind the last line end. */
  lineAt(offset: number): number {
    let [low, high] = [0, this.#starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    const isBehind = offset === this.#text.length && lineEndingBefore(this.#text, offset) !== "";
    return isBehind ? this.#starts.length : Math.max(0, low - 1);
  }

  remove(first: number, last: number): void {
    for (let line = first; line <= last; line++) this.#removed.add(line);
  }

  /** Before the line of that index; what was asked for earlier stands first. */
  insert(before: number, lines: readonly NewLine[]): void {
    this.#inserted.set(before, [...(this.#inserted.get(before) ?? []), ...lines]);
  }

  replacements(): readonly Replacement[] {
    if (this.#removed.size === 0 && this.#inserted.size === 0) return [];
    this.#tidy();
    const found: Replacement[] = [];
    let isAfterBlank = true;
    let wantsBlank = false;
    for (let line = 0; line <= this.#starts.length; line++) {
      const added: string[] = [];
      for (const text of this.#inserted.get(line) ?? []) {
        if (text === null) {
          wantsBlank = true;
          continue;
        }
        if (wantsBlank && !isAfterBlank) added.push("");
        added.push(text);
        wantsBlank = false;
        isAfterBlank = text === "";
      }
      const isKept = line < this.#starts.length && !this.#removed.has(line);
      if (isKept) {
        const isBlank = this.#isBlank(line);
        if (wantsBlank && !isAfterBlank && !isBlank) added.push("");
        wantsBlank = false;
        isAfterBlank = isBlank;
      }
      if (added.length > 0) found.push(this.#insertion(line, added));
      if (this.#removed.has(line)) found.push({ start: this.#starts[line] ?? 0, end: this.#starts[line + 1] ?? this.#text.length, text: "" });
    }
    return found;
  }

  /** With the line end of the line before, so that files with mixed ones stay as they are. */
  #insertion(line: number, added: readonly string[]): Replacement {
    const text = this.#text;
    const start = this.#starts[line] ?? text.length;
    const before = this.#starts[line - 1] ?? start;
    const eol = lineEndingBefore(text, start) || lineEndingBefore(text, before) || lineEndingAt(text, lineEnd(text, start)) || "\n";
    const isBehindOpenLine = line > 0 && line === this.#starts.length && lineEndingBefore(text, start) === "";
    if (!isBehindOpenLine) return { start, end: start, text: added.map((one) => one + eol).join("") };
    // The last line of the file has no end: what comes behind it has none either.
    const joined = added.join(eol);
    return { start, end: start, text: this.#removed.has(line - 1) ? joined : eol + joined };
  }

  /** Lines that go leave no two blank lines behind, and none at the end of the file. */
  #tidy(): void {
    const count = this.#starts.length;
    for (let first = 0; first < count; first++) {
      if (!this.#removed.has(first)) continue;
      const last = this.#endOfRun(first);
      const isFilled = Array.from({ length: last - first + 2 }, (_, index) => first + index).some((line) => this.#inserted.has(line));
      const isBetweenBlanks = (first === 0 || this.#isBlank(first - 1)) && (last + 1 >= count || this.#isBlank(last + 1));
      if (!isFilled && isBetweenBlanks) {
        const step = last + 1 < count ? 1 : -1;
        for (let line = step > 0 ? last + 1 : first - 1; line >= 0 && line < count && this.#isBlank(line); line += step) this.#removed.add(line);
      }
      first = last;
    }
  }

  /** Blank lines between lines that go, go too. */
  #endOfRun(first: number): number {
    let last = first;
    for (let line = first + 1; line < this.#starts.length && !this.#inserted.has(line); line++) {
      if (this.#removed.has(line)) {
        for (let blank = last + 1; blank < line; blank++) this.#removed.add(blank);
        last = line;
      } else if (!this.#isBlank(line)) break;
    }
    return last;
  }

  #isBlank(line: number): boolean {
    const start = this.#starts[line] ?? 0;
    return /^[ \t]*$/.test(this.#text.slice(start, lineEnd(this.#text, start)));
  }
}
