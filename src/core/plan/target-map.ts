/** A map by target and name within it, without a text for every pair: plans look up tens of thousands of them. */

export class TargetMap<V> {
  readonly #targets = new Map<string, Map<string, V>>();

  get(target: string, name: string): V | undefined {
    return this.#targets.get(target)?.get(name);
  }

  has(target: string, name: string): boolean {
    return this.#targets.get(target)?.has(name) === true;
  }

  set(target: string, name: string, value: V): void {
    const known = this.#targets.get(target);
    if (known) known.set(name, value);
    else this.#targets.set(target, new Map([[name, value]]));
  }

  *values(): Iterable<V> {
    for (const known of this.#targets.values()) yield* known.values();
  }
}
