import type { DirectoryColumns } from './directory.ts';
import { MAX_ZOOM } from './header.ts';

/** Most entries of one directory that are read. */
const MAX_ENTRIES = 2_000_000;
/** Tiles of all zooms together. */
const ALL_TILES = (4 ** (MAX_ZOOM + 1) - 1) / 3;

/**
 * Reads one directory, unpacked.
 *
 * @returns null when it is damaged: cut off, longer than its entries, with tile numbers that do not rise, or with entries without bytes
 */
export function readDirectory(bytes: Uint8Array): DirectoryColumns | null {
  const numbers = readNumbers(bytes);
  const count = numbers.next();
  // Each entry has four numbers of a byte at least.
  if (!(count <= MAX_ENTRIES && count * 4 <= bytes.length)) return null;
  const entries = {
    length: count,
    ids: new Float64Array(count),
    runs: new Uint32Array(count),
    offsets: new Float64Array(count),
    lengths: new Uint32Array(count),
  };
  let id = 0;
  for (let i = 0; i < count; i++) {
    const step = numbers.next();
    if (i > 0 && step === 0) return null;
    id += step;
    entries.ids[i] = id;
  }
  for (let i = 0; i < count; i++) {
    const run = numbers.next();
    if (!(run <= 0xffff_ffff)) return null;
    entries.runs[i] = run;
  }
  for (let i = 0; i < count; i++) {
    const length = numbers.next();
    if (!(length > 0 && length <= 0xffff_ffff)) return null;
    entries.lengths[i] = length;
  }
  for (let i = 0; i < count; i++) {
    const offset = numbers.next();
    if (offset === 0 && i === 0) return null;
    entries.offsets[i] =
      offset === 0 ? (entries.offsets[i - 1] as number) + (entries.lengths[i - 1] as number) : offset - 1;
  }
  return numbers.isAtEnd() && id < ALL_TILES && entries.offsets.every(Number.isSafeInteger) ? entries : null;
}

/** Unsigned variable-length numbers (LEB128), NaN where there is none. */
function readNumbers(bytes: Uint8Array): { next(): number; isAtEnd(): boolean } {
  let at = 0;
  return {
    next() {
      let value = 0;
      for (let factor = 1; factor <= 2 ** 49; factor *= 128) {
        const byte = bytes[at++];
        if (byte === undefined) return Number.NaN;
        value += (byte & 0x7f) * factor;
        if (byte < 0x80) return value;
      }
      return Number.NaN;
    },
    isAtEnd: () => at === bytes.length,
  };
}

/** The entry that names a tile, or the leaf directory where it would be; -1 for none. */
export function findEntry({ ids, runs, length }: DirectoryColumns, id: number): number {
  let low = 0;
  let high = length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if ((ids[middle] as number) <= id) low = middle + 1;
    else high = middle - 1;
  }
  if (high < 0) return -1;
  const run = runs[high] as number;
  return run === 0 || id < (ids[high] as number) + run ? high : -1;
}
