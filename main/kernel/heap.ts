/** What can be in a heap. */
export interface Placed {
  /** Where it stands; -1 while it is in no heap. Written by the heap alone. */
  place: number;
}

/** Items of which the first can always be seen, and any can be taken out. Putting in and taking out look at log₂ n others. */
export interface Heap<T extends Placed> {
  readonly size: number;
  first(): T | undefined;
  add(item: T): void;
  /** Nothing happens when it is in no heap. */
  remove(item: T): void;
}

/** A binary heap. @param before whether `a` comes first; of two of which neither does, either may. */
export function createHeap<T extends Placed>(before: (a: T, b: T) => boolean): Heap<T> {
  const items: T[] = [];

  const put = (item: T, place: number): void => {
    items[place] = item;
    item.place = place;
  };
  const rise = (item: T, from: number): number => {
    let place = from;
    while (place > 0) {
      const above = (place - 1) >> 1;
      const parent = items[above] as T;
      if (!before(item, parent)) break;
      put(parent, place);
      place = above;
    }
    put(item, place);
    return place;
  };
  const sink = (item: T, from: number): void => {
    let place = from;
    for (;;) {
      const left = 2 * place + 1;
      if (left >= items.length) break;
      const right = left + 1;
      const least = right < items.length && before(items[right] as T, items[left] as T) ? right : left;
      const child = items[least] as T;
      if (!before(child, item)) break;
      put(child, place);
      place = least;
    }
    put(item, place);
  };

  return {
    get size() {
      return items.length;
    },
    first: () => items[0],
    add(item) {
      items.push(item);
      rise(item, items.length - 1);
    },
    remove(item) {
      const { place } = item;
      if (place < 0) return;
      const last = items.pop() as T;
      if (last !== item && rise(last, place) === place) sink(last, place);
      item.place = -1;
    },
  };
}
