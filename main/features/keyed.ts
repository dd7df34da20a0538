import type { Collection } from '../../contract/wire/collection.ts';

/** Makes a topic hold these items, by their keys, and no others. */
export function holdThese<T extends object>(
  topic: Collection<T>,
  items: readonly T[],
  keyOf: (item: T) => string,
): void {
  const keys = new Set(items.map(keyOf));
  for (const key of [...topic.items.keys()]) if (!keys.has(key)) topic.delete(key);
  for (const item of items) topic.set(keyOf(item), item);
}
