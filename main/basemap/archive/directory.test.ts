import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DirectoryColumns, packDirectories } from './directory.ts';
import { findEntry, readDirectory } from './readDirectory.ts';

/** Entries of so many tiles, one content after the other, of lengths that no packing makes small. */
function noisyEntries(count: number, step: number): DirectoryColumns {
  let seed = 1;
  const noise = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed;
  };
  const lengths = Uint32Array.from({ length: count }, () => 1 + (noise() % 2 ** 20));
  const offsets = new Float64Array(count);
  for (let i = 1; i < count; i++) offsets[i] = (offsets[i - 1] as number) + (lengths[i - 1] as number);
  const ids = Float64Array.from({ length: count }, (_, i) => i * step);
  return { length: count, ids, runs: new Uint32Array(count).fill(1), offsets, lengths };
}

/** All entries of packed directories, as a reader walks them. */
function unpacked({ root, leaves }: { root: Uint8Array; leaves: Uint8Array }): number[][] {
  const out: number[][] = [];
  const walk = (bytes: Uint8Array): void => {
    const entries = readDirectory(gunzipSync(bytes));
    if (!entries) throw new Error('it is damaged');
    for (let i = 0; i < entries.length; i++) {
      const [id, run, offset, length] = [entries.ids, entries.runs, entries.offsets, entries.lengths].map(
        (column) => column[i] as number,
      ) as [number, number, number, number];
      if (run === 0) walk(leaves.subarray(offset, offset + length));
      else out.push([id, run, offset, length]);
    }
  };
  walk(root);
  return out;
}

describe('directories', () => {
  test.each([0, 1, 4000, 7000, 14_000, 40_000])(
    'of %d entries have a root that is small enough, and lose none',
    (count) => {
      const entries = noisyEntries(count, 3);
      const packed = packDirectories(entries);
      expect(packed.root.length).toBeLessThanOrEqual(16_257);
      const { ids, runs, offsets, lengths } = entries;
      expect(unpacked(packed)).toEqual(Array.from(ids, (id, i) => [id, runs[i], offsets[i], lengths[i]]));
    },
  );

  test('have leaves only where the root has no room for all', () => {
    expect(packDirectories(noisyEntries(4000, 1)).leaves).toHaveLength(0);
    expect(packDirectories(noisyEntries(14_000, 1)).leaves.length).toBeGreaterThan(16_257);
  });
});

describe('a directory', () => {
  test.each<[string, number[]]>([
    ['is cut off', [2, 0, 1, 1, 1, 5, 5, 1]],
    ['goes on after its end', [1, 0, 1, 5, 1, 0]],
    ['promises more entries than it has bytes', [0xff, 0xff, 0xff, 0xff, 0x07, 0, 1, 5, 1]],
    ['names a tile twice', [2, 3, 0, 1, 1, 5, 5, 1, 0]],
    ['has an entry without bytes', [1, 0, 1, 0, 1]],
    ['begins nowhere', [1, 0, 1, 5, 0]],
    ['names a tile of no zoom', [1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f, 1, 5, 1]],
    ['has a number without end', [1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]],
    ['is nothing', []],
  ])('that %s is damaged', (_, bytes) => {
    expect(readDirectory(Uint8Array.from(bytes))).toBeNull();
  });

  test('finds the entry of a tile, within a run or below a leaf', () => {
    const directory = readDirectory(Uint8Array.from([3, 4, 6, 10, 3, 1, 0, 5, 5, 5, 1, 0, 1]));
    if (!directory) throw new Error('it is damaged');
    expect([3, 4, 6, 7, 9, 10, 11, 19, 20, 900].map((id) => findEntry(directory, id))).toEqual([
      ...[-1, 0, 0, -1, -1, 1, -1, -1, 2, 2],
    ]);
  });

  test('of whatever bytes is read or not, and nothing else happens', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const read = readDirectory(bytes);
        if (read) expect([...read.ids].every(Number.isSafeInteger)).toBe(true);
      }),
      { numRuns: 3000, seed: 84 },
    );
  });
});
