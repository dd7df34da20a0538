/** Sizes of the workspace's splits, in per cent of what they split. */
export interface Splits {
  /** Top row, bottom row. */
  readonly rows: readonly [number, number];
  /** Map, right column. */
  readonly top: readonly [number, number];
  /** The same where the bottom row stands in windows of its own. */
  readonly tall: readonly [number, number];
  /** Alarm queue, detail. */
  readonly right: readonly [number, number];
  /** Video, plan run. */
  readonly bottom: readonly [number, number];
}

/** The plain workstation; a commander's has the plan bigger. */
export const DEFAULT_SPLITS: Readonly<Record<'duty' | 'commander', Splits>> = {
  duty: { rows: [57, 43], top: [61, 39], tall: [66, 34], right: [48, 52], bottom: [33, 67] },
  commander: { rows: [46, 54], top: [62, 38], tall: [66, 34], right: [50, 50], bottom: [27, 73] },
};

const LEAST = 5;

/** Reads what was stored. Anything that is not sizes adding up to about 100 is the default again. */
export function readSplits(stored: string | null, otherwise: Splits): Splits {
  let read: unknown;
  try {
    read = JSON.parse(stored ?? 'null');
  } catch {
    return otherwise;
  }
  if (typeof read !== 'object' || read === null) return otherwise;
  const pair = (name: keyof Splits): readonly [number, number] => {
    const value: unknown = Reflect.get(read, name);
    if (!Array.isArray(value) || value.length !== 2) return otherwise[name];
    const [a, b]: unknown[] = value;
    if (typeof a !== 'number' || typeof b !== 'number') return otherwise[name];
    return a >= LEAST && b >= LEAST && Math.abs(a + b - 100) < 1 ? [a, b] : otherwise[name];
  };
  return { rows: pair('rows'), top: pair('top'), tall: pair('tall'), right: pair('right'), bottom: pair('bottom') };
}
