/** A value and what it was: reads that lag behind writes answer what stood there a moment ago. */

interface Version<T> {
  readonly at: number;
  /** null: taken away. */
  readonly value: T | null;
}

export class Versions<T> {
  #versions: readonly Version<T>[];

  constructor(at: number, value: T) {
    this.#versions = [{ at, value }];
  }

  get latest(): T | null {
    return this.#versions.at(-1)?.value ?? null;
  }

  /** What older than `forget` no reader can ask for any more is dropped. */
  push(at: number, value: T | null, forget: number): void {
    const firstNeeded = this.#versions.findLastIndex((version) => version.at <= forget);
    this.#versions = [...this.#versions.slice(Math.max(0, firstNeeded)), { at, value }];
  }

  asOf(horizon: number): T | null {
    if (horizon === Number.POSITIVE_INFINITY) return this.latest;
    return this.#versions.findLast((version) => version.at <= horizon)?.value ?? null;
  }
}
