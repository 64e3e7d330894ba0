/** Tickets by the pieces of their titles, so that a section meets only those that share some with it. */

import { gramsOf, titleParts } from "./title-grams.ts";

export interface TitleHit {
  /** Position of the ticket among those that were indexed. */
  readonly ticket: number;
  /** 0 to 1. */
  readonly likeness: number;
  /** Words of the ticket's title that its section does not say, but what stands around the section does. */
  readonly saysWhere: boolean;
}

interface IndexedTitle {
  readonly grams: readonly number[];
  readonly tags: readonly number[];
  readonly weight: number;
}

/** Less of a section's title than this in a ticket's is chance. */
const LEAST_COVERED = 0.25;
/** A word that only what is around a section says counts for less than one it says itself. */
const AROUND = 0.8;

export class TitleIndex {
  readonly #numbers = new Map<string, number>();
  /** By gram: what it tells. A gram of few titles tells more than one of many. */
  readonly #weights: number[] = [];
  readonly #titles: readonly IndexedTitle[];
  /** By gram: the tickets that have it. */
  readonly #tickets: number[][] = [];

  /** `others` are the titles that will be looked up: they too say which pieces are common. */
  constructor(titles: readonly string[], others: readonly string[]) {
    const parts = titles.map(titleParts);
    const grams = parts.map(({ words }) => this.#number(gramsOf(words)));
    const counts = new Uint32Array(this.#numbers.size + 1);
    const all = [...grams, ...others.map((other) => this.#known(gramsOf(titleParts(other).words)))];
    for (const title of all) for (const gram of title) counts[gram] = (counts[gram] ?? 0) + 1;
    for (let gram = 0; gram < this.#numbers.size; gram += 1) this.#weights.push(Math.log(1 + all.length / Math.max(1, counts[gram] ?? 0)));
    grams.forEach((title, ticket) => {
      for (const gram of title) (this.#tickets[gram] ??= []).push(ticket);
    });
    this.#titles = parts.map(({ tags }, ticket) => {
      const own = grams[ticket] ?? [];
      return { grams: own, tags: this.#known(gramsOf(tags)), weight: this.#weigh(own) };
    });
  }

  /** Tickets with a title like this one; `around` is what stands around the section: its parents, its spec, its file. */
  alike(title: string, around: string): readonly TitleHit[] {
    const grams = gramsOf(titleParts(title).words);
    const known = this.#known(grams);
    // A piece that no ticket has weighs as much as one that only one has.
    const weight = this.#weigh(known) + (grams.size - known.length) * Math.log(1 + this.#titles.length);
    const shared = new Map<number, number>();
    for (const gram of known) {
      for (const ticket of this.#tickets[gram] ?? []) shared.set(ticket, (shared.get(ticket) ?? 0) + (this.#weights[gram] ?? 0));
    }
    const own = new Set(known);
    const near = new Set(this.#known(gramsOf(around)).filter((gram) => !own.has(gram)));
    const hits: TitleHit[] = [];
    for (const [ticket, common] of shared) {
      const indexed = this.#titles[ticket];
      if (indexed && common >= LEAST_COVERED * weight) hits.push(hitOf(ticket, indexed, common, weight, this.#shareIn(indexed, near)));
    }
    return hits;
  }

  #shareIn({ grams, tags }: IndexedTitle, near: ReadonlySet<number>): { readonly weight: number; readonly tagged: boolean } {
    const isTagged = tags.length > 0 && tags.filter((gram) => near.has(gram)).length >= tags.length / 2;
    return { weight: this.#weigh(grams.filter((gram) => near.has(gram))), tagged: isTagged };
  }

  #number(grams: ReadonlySet<string>): readonly number[] {
    return Array.from(grams, (gram) => {
      const number = this.#numbers.get(gram) ?? this.#numbers.size;
      this.#numbers.set(gram, number);
      return number;
    });
  }

  #known(grams: ReadonlySet<string>): readonly number[] {
    return [...grams].flatMap((gram) => this.#numbers.get(gram) ?? []);
  }

  #weigh(grams: readonly number[]): number {
    return grams.reduce((sum, gram) => sum + (this.#weights[gram] ?? 0), 0);
  }
}

/** Both ways: what of the section's title the ticket says, and what of the ticket's title the section explains. */
function hitOf(ticket: number, title: IndexedTitle, common: number, weight: number, near: { readonly weight: number; readonly tagged: boolean }): TitleHit {
  const covered = common / weight;
  const explained = (common + AROUND * near.weight) / title.weight;
  return { ticket, likeness: (2 * covered * explained) / (covered + explained), saysWhere: near.tagged || near.weight >= 0.2 * title.weight };
}
