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
const LEAST_LIKE = 0.35;
/** A word that only what is around a section says counts for less than one it says itself. */
const AROUND = 0.8;

export class TitleIndex {
  readonly #numbers = new Map<string, number>();
  /** By gram: what it tells. One that only a section and its ticket have tells as much as one that a single title has, one of many less. */
  readonly #weights: number[] = [];
  readonly #titles: readonly IndexedTitle[];
  /** By gram: the tickets that have it. */
  readonly #tickets: number[][] = [];

  /** `others` are the titles that will be looked up: they too say which pieces are common. */
  constructor(titles: readonly string[], others: readonly string[]) {
    const parts = titles.map(titleParts);
    const grams = parts.map(({ words }) => this.#number(gramsOf(words)));
    const tagged = parts.map(({ tags }) => this.#number(gramsOf(tags)));
    const counts = new Uint32Array(this.#numbers.size + 1);
    const all = [...grams, ...others.map((other) => this.#known(gramsOf(titleParts(other).words)))];
    for (const title of all) for (const gram of title) counts[gram] = (counts[gram] ?? 0) + 1;
    for (let gram = 0; gram < this.#numbers.size; gram += 1) this.#weights.push(Math.log(1 + all.length / Math.max(1, (counts[gram] ?? 0) / 2)));
    grams.forEach((title, ticket) => {
      for (const gram of title) (this.#tickets[gram] ??= []).push(ticket);
    });
    this.#titles = grams.map((own, ticket) => ({ grams: own, tags: tagged[ticket] ?? [], weight: this.#weigh(own) }));
  }

  /** Tickets with a title like this one; `around` is what stands around the section: its parents, its spec, its file. */
  alike(title: string, around: string): readonly TitleHit[] {
    const grams = gramsOf(titleParts(title).words);
    const known = this.#known(grams);
    // A piece that no ticket has weighs as much as one that only one has.
    const weight = this.#weigh(known) + (grams.size - known.length) * Math.log(1 + this.#titles.length);
    const shared = new Float64Array(this.#titles.length);
    for (const gram of known) for (const ticket of this.#tickets[gram] ?? []) shared[ticket] = (shared[ticket] ?? 0) + (this.#weights[gram] ?? 0);
    const own = new Set(known);
    const near = new Set(this.#known(gramsOf(around)).filter((gram) => !own.has(gram)));
    const hits: TitleHit[] = [];
    this.#titles.forEach((indexed, ticket) => {
      const common = shared[ticket] ?? 0;
      if (common < LEAST_COVERED * weight) return;
      const nearby = indexed.grams.reduce((sum, gram) => sum + (near.has(gram) ? (this.#weights[gram] ?? 0) : 0), 0);
      const likeness = likenessOf(common / weight, (common + AROUND * nearby) / indexed.weight);
      if (likeness >= LEAST_LIKE) hits.push({ ticket, likeness, saysWhere: nearby >= 0.2 * indexed.weight || isTagged(indexed, near) });
    });
    return hits;
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
function likenessOf(covered: number, explained: number): number {
  return (2 * covered * explained) / (covered + explained);
}

function isTagged({ tags }: IndexedTitle, near: ReadonlySet<number>): boolean {
  return tags.length > 0 && tags.filter((gram) => near.has(gram)).length >= tags.length / 2;
}
