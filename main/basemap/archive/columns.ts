type NumberArray = Float64Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;

/** A column of numbers that grows. */
export interface Column<T extends NumberArray> {
  readonly length: number;
  push(value: number): void;
  /** What has been pushed; not to be kept over the next push. */
  all(): T;
}

export function createColumn<T extends NumberArray>(kind: new (length: number) => T): Column<T> {
  let held = new kind(1024);
  let length = 0;
  return {
    get length() {
      return length;
    },
    push(value) {
      if (length === held.length) {
        const larger = new kind(length * 2);
        larger.set(held);
        held = larger;
      }
      held[length++] = value;
    },
    all: () => held.subarray(0, length) as T,
  };
}
