/** Of more names than these a map is faster than comparing them one by one. */
const FEW = 8;

/** What is found by names of which there are mostly few, in the order in which they came: a message has three factors, and may have hundreds. */
export class Few<Name extends string, T> implements Iterable<readonly [Name, T]> {
  readonly #names: Name[] = [];
  readonly #all: T[] = [];
  #at: Map<Name, number> | null = null;

  get size(): number {
    return this.#all.length;
  }

  get(name: Name): T | undefined {
    if (this.#at !== null) return this.#all[this.#at.get(name) ?? -1];
    const names = this.#names;
    // What comes twice mostly comes at once.
    for (let i = names.length - 1; i >= 0; i--) if (names[i] === name) return this.#all[i];
    return undefined;
  }

  has(name: Name): boolean {
    return this.get(name) !== undefined;
  }

  /** @param name one that is not there yet */
  add(name: Name, it: T): T {
    this.#names.push(name);
    this.#all.push(it);
    if (this.#at !== null) this.#at.set(name, this.#all.length - 1);
    else if (this.#all.length > FEW) this.#at = new Map(this.#names.map((each, i) => [each, i]));
    return it;
  }

  keys(): readonly Name[] {
    return this.#names;
  }

  values(): readonly T[] {
    return this.#all;
  }

  *[Symbol.iterator](): Generator<readonly [Name, T]> {
    for (const [i, name] of this.#names.entries()) yield [name, this.#all[i] as T];
  }
}
