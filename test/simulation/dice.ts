/** Chance that can be repeated: the same seed makes the same rolls on every machine. */

export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 up to 1 (mulberry32, a public generator of 32 bits of state). */
  roll(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** From 0 up to `size`. */
  below(size: number): number {
    return Math.floor(this.roll() * size);
  }

  /** A seed for dice of its own: what it decides does not shift what others decide. */
  seed(): number {
    return this.below(2 ** 31);
  }

  chance(probability: number): boolean {
    return this.roll() < probability;
  }

  maybe<T>(list: readonly T[]): T | undefined {
    return list[this.below(list.length)];
  }

  pick<T>(first: T, ...more: readonly T[]): T {
    return [first, ...more][this.below(more.length + 1)] ?? first;
  }
}
