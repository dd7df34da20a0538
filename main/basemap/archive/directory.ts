import { gzipSync } from 'node:zlib';
import { PbfWriter } from 'pbf';
import { FIRST_BYTES, HEADER_BYTES } from './header.ts';

/** Most bytes of the root directory: with the header it is what a reader asks for first. */
const ROOT_BYTES = FIRST_BYTES - HEADER_BYTES;
const FIRST_LEAF_ENTRIES = 4096;

/**
 * Columns of a directory, by tile number. Of a run of tiles that are the same one entry is kept; an entry with a run of 0 is a leaf
 * directory's.
 */
export interface DirectoryColumns {
  readonly length: number;
  readonly ids: Float64Array;
  readonly runs: Uint32Array;
  /** Bytes from the start of the tiles, or of the leaf directories. */
  readonly offsets: Float64Array;
  readonly lengths: Uint32Array;
}

/** The directories of an archive as they are written. */
export interface Directories {
  readonly root: Uint8Array;
  readonly leaves: Uint8Array;
}

/** Packs entries into a root directory that is small enough, and into leaf directories where they do not all find room there. */
export function packDirectories(entries: DirectoryColumns): Directories {
  // Nothing packs an entry into less than a byte: larger ones are not tried.
  const alone = entries.length <= ROOT_BYTES ? pack(entries, 0, entries.length) : null;
  if (alone && alone.length <= ROOT_BYTES) return { root: alone, leaves: new Uint8Array() };
  for (let size = FIRST_LEAF_ENTRIES; ; size *= 2) {
    const packed = inLeaves(entries, size);
    if (packed.root.length <= ROOT_BYTES) return packed;
  }
}

function inLeaves(entries: DirectoryColumns, size: number): Directories {
  const count = Math.ceil(entries.length / size);
  const root = {
    length: count,
    ids: new Float64Array(count),
    runs: new Uint32Array(count),
    offsets: new Float64Array(count),
    lengths: new Uint32Array(count),
  };
  const leaves: Uint8Array[] = [];
  let offset = 0;
  for (let i = 0; i < count; i++) {
    const leaf = pack(entries, i * size, Math.min(entries.length, (i + 1) * size));
    root.ids[i] = entries.ids[i * size] as number;
    root.offsets[i] = offset;
    root.lengths[i] = leaf.length;
    offset += leaf.length;
    leaves.push(leaf);
  }
  return { root: pack(root, 0, count), leaves: Buffer.concat(leaves) };
}

/** One directory: its columns one after the other, numbers as differences, an offset as 0 where it follows on the entry before. */
function pack({ ids, runs, offsets, lengths }: DirectoryColumns, from: number, to: number): Uint8Array {
  const out = new PbfWriter();
  out.writeVarint(to - from);
  let before = 0;
  for (let i = from; i < to; i++) {
    out.writeVarint((ids[i] as number) - before);
    before = ids[i] as number;
  }
  for (let i = from; i < to; i++) out.writeVarint(runs[i] as number);
  for (let i = from; i < to; i++) out.writeVarint(lengths[i] as number);
  for (let i = from; i < to; i++) {
    const follows = i > from && offsets[i] === (offsets[i - 1] as number) + (lengths[i - 1] as number);
    out.writeVarint(follows ? 0 : (offsets[i] as number) + 1);
  }
  return gzipSync(out.finish());
}
