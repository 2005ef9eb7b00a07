/**
 * A WeakMap whose instances can all be emptied: caches by object must not carry what one mutant computed over to the
 * next one, nor hide from the coverage of a test what an earlier test filled in.
 */
const instances = new Set<ForgetfulWeakMap<WeakKey, unknown>>();

class ForgetfulWeakMap<K extends WeakKey, V> implements WeakMap<K, V> {
  readonly [Symbol.toStringTag] = 'WeakMap';
  #entries: WeakMap<K, V>;

  constructor(entries?: readonly (readonly [K, V])[] | null) {
    this.#entries = new RealWeakMap(entries ?? []);
    instances.add(this as unknown as ForgetfulWeakMap<WeakKey, unknown>);
  }

  get(key: K): V | undefined {
    return this.#entries.get(key);
  }

  has(key: K): boolean {
    return this.#entries.has(key);
  }

  set(key: K, value: V): this {
    this.#entries.set(key, value);
    return this;
  }

  delete(key: K): boolean {
    return this.#entries.delete(key);
  }

  forget(): void {
    this.#entries = new RealWeakMap();
  }
}

const RealWeakMap = WeakMap;

/** From now on, every `new WeakMap` in this process is one that `forgetCaches` empties. */
export function useForgetfulWeakMaps(): void {
  Object.assign(globalThis, { WeakMap: ForgetfulWeakMap });
}

export function forgetCaches(): void {
  for (const instance of instances) instance.forget();
}
