/**
 * The ledger of words: every word that a person writes is unique, so that it can be searched for literally. A word may
 * only be lost where a person removed it, or decided against it knowing what the plan showed.
 */

export interface Word {
  /** The step that wrote it. */
  readonly written: string;
  /** The step that removed it or decided against it; null: it must be found. */
  readonly gone: string | null;
}

export class Words {
  #next = 1000;
  readonly #words = new Map<string, Word>();
  /** Words that a person took off one side, and that may not come back there: side → word → step. */
  readonly #removed = new Map<string, Map<string, string>>();
  readonly #half = new Set<string>();
  readonly #reworded = new Set<string>();

  /** A word that nobody has written yet. */
  fresh(): string {
    this.#next += 1;
    return `w${this.#next}`;
  }

  /** A person turned `before` into `after`. `side`: the specs, or one ticket. */
  edited(side: string, before: string, after: string, step: string): void {
    const [had, has] = [wordsIn(before), wordsIn(after)];
    for (const word of has) {
      this.#removed.get(side)?.delete(word);
      if (!this.#words.has(word)) this.#words.set(word, { written: step, gone: null });
    }
    for (const word of had) {
      const known = this.#words.get(word);
      if (has.has(word) || !known) continue;
      this.#words.set(word, { ...known, gone: known.gone ?? step });
      if (this.#half.has(word) || this.#reworded.has(word)) continue;
      this.#removed.set(side, (this.#removed.get(side) ?? new Map<string, string>()).set(word, step));
    }
  }

  /** A person saw these words in a plan and took a side: the other side's may go, and what was removed may come back. */
  decided(seen: Iterable<string>, step: string): void {
    for (const word of seen) {
      const known = this.#words.get(word);
      if (known) this.#words.set(word, { ...known, gone: known.gone ?? step });
      this.#mayReturn(word);
    }
  }

  /** A person saw these words and wants those of both sides: nothing may go. */
  merged(seen: Iterable<string>): void {
    for (const word of seen) this.#mayReturn(word);
  }

  /**
   * A run that did not come to its end brought these into the specs, and perhaps no base knows of it: whoever takes them
   * off the ticket again before the next run has then only one side without them, and sees them come back.
   */
  halfPulled(words: Iterable<string>): void {
    for (const word of words) this.#half.add(word);
  }

  /**
   * Blocks and criteria that somebody wrote anew since the last write say so on purpose: taken away on the other side, they
   * are a conflict, or come back. Bases know blocks by their fingerprints, so where two gave way to one nobody can say which
   * of them it was.
   */
  reworded(words: Iterable<string>): void {
    for (const word of words) {
      this.#reworded.add(word);
      this.#mayReturn(word);
    }
  }

  /** All that people wrote is on both sides, or told. */
  written(): void {
    this.#reworded.clear();
  }

  #mayReturn(word: string): void {
    for (const removed of this.#removed.values()) removed.delete(word);
  }

  /** Words that must be somewhere and are not in `found`. */
  missing(found: ReadonlySet<string>): readonly (Word & { readonly word: string })[] {
    return [...this.#words].flatMap(([word, entry]) => (entry.gone === null && !found.has(word) ? [{ word, ...entry }] : []));
  }

  /** Words that a person removed there and that have come back by themselves, with who removed them. */
  returned(side: string, text: string): readonly string[] {
    const removed = this.#removed.get(side);
    if (!removed) return [];
    const has = wordsIn(text);
    return [...removed].flatMap(([word, step]) => (has.has(word) ? [`${word}, removed by: ${step}`] : []));
  }

  get count(): number {
    return this.#words.size;
  }
}

/** Of what people write: neither markers, whose ids are made of titles, nor the footer that Canon puts under a ticket. */
export function wordsIn(text: string): ReadonlySet<string> {
  const written = text.replace(/<!--[^]*?-->/g, " ").replace(/^.*From .+ › .*there\..*$/gm, " ");
  return new Set(written.match(/w\d{4,}/g) ?? []);
}
