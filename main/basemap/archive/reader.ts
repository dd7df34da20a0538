import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { tileIdToZxy, zxyToTileId } from 'pmtiles';
import type { Text } from '../../../core/words.ts';
import type { DirectoryColumns } from './directory.ts';
import { BasemapFault } from './fault.ts';
import { type ArchiveHeader, decodeHeader, HEADER_BYTES, isHeader, type Section } from './header.ts';
import { findEntry, readDirectory } from './readDirectory.ts';
import { unpack } from './unpack.ts';

/** Directories lie so deep at most: the root, and two below it. */
const MAX_DEPTH = 3;
/** Larger directories, metadata and tiles are not read. */
const MAX_PACKED_BYTES = 16 * 1024 * 1024;

/** Tiles one after the other that are the same. */
export interface TileRun {
  readonly z: number;
  readonly x: number;
  readonly y: number;
  /** Number of the first tile, as PMTiles counts them, and how many there are. */
  readonly id: number;
  readonly run: number;
  /** As stored; null when they cannot be read or are larger than any tile is. */
  bytes(): Uint8Array | null;
}

/** A PMTiles archive, open for reading. */
export interface ArchiveReader {
  readonly header: ArchiveHeader;
  /** @throws BasemapFault when it is damaged */
  metadata(): Record<string, unknown>;
  /** Unpacked; null when there is none. @throws BasemapFault when it is damaged */
  tile(z: number, x: number, y: number): Uint8Array | null;
  /** All tiles by number. @throws BasemapFault when a directory is damaged */
  runs(): Generator<TileRun>;
  close(): void;
}

/**
 * Opens an archive and looks whether its header is whole and the file as long as the header says.
 *
 * @throws BasemapFault when it is not, naming the file; the system's error when it cannot be opened
 */
export function openArchive(file: string): ArchiveReader {
  const handle = openSync(file, 'r');
  const name = basename(file);

  const read = ({ offset, length }: Section): Uint8Array | null => {
    if (length > MAX_PACKED_BYTES) return null;
    const bytes = new Uint8Array(length);
    let done = 0;
    while (done < length) {
      const got = readSync(handle, bytes, done, length - done, offset + done);
      if (got === 0) return null;
      done += got;
    }
    return bytes;
  };

  const damaged = (what: Text): BasemapFault =>
    new BasemapFault({
      zh: `底图文件 ${name} 无法使用：${what.zh}。请重新取得该文件，或重新制作底图。`,
      en: `The basemap ${name} cannot be used: ${what.en}. Get the file again, or make the basemap anew.`,
    });

  try {
    const { size } = fstatSync(handle);
    const header = decodeHeader(read({ offset: 0, length: Math.min(HEADER_BYTES, size) }) ?? new Uint8Array());
    if (!isHeader(header)) throw damaged(header);
    const needed = Math.max(...sectionsOf(header).map(({ offset, length }) => offset + length));
    if (needed > size)
      throw damaged({
        zh: `文件头所述为 ${needed} 字节，文件只有 ${size} 字节`,
        en: `its header speaks of ${needed} bytes and the file has ${size}`,
      });

    const directory = (section: Section): DirectoryColumns => {
      const bytes = read(section);
      const entries = bytes && readDirectory(unpack(bytes, header.packing) ?? new Uint8Array());
      if (!entries) throw damaged({ zh: '目录已损坏', en: 'a directory is damaged' });
      return entries;
    };
    const leaf = ({ offsets, lengths }: DirectoryColumns, at: number): Section => ({
      offset: header.leaves.offset + (offsets[at] as number),
      length: lengths[at] as number,
    });
    const stored = ({ offsets, lengths }: DirectoryColumns, at: number): Uint8Array | null =>
      read({ offset: header.tiles.offset + (offsets[at] as number), length: lengths[at] as number });

    const walk = function* (section: Section, depth: number): Generator<TileRun> {
      const entries = directory(section);
      for (let i = 0; i < entries.length; i++) {
        const id = entries.ids[i] as number;
        const run = entries.runs[i] as number;
        if (run > 0) {
          const [z, x, y] = tileIdToZxy(id);
          yield { z, x, y, id, run, bytes: () => stored(entries, i) };
        } else if (depth < MAX_DEPTH) yield* walk(leaf(entries, i), depth + 1);
        else throw damaged({ zh: '目录层数过多', en: 'its directories lie too deep' });
      }
    };

    return {
      header,
      metadata() {
        if (header.metadata.length === 0) return {};
        const bytes = read(header.metadata);
        const text = bytes && unpack(bytes, header.packing);
        const metadata = text && parsed(text);
        if (!metadata) throw damaged({ zh: '元数据已损坏', en: 'its metadata is damaged' });
        return metadata;
      },
      tile(z, x, y) {
        const id = zxyToTileId(z, x, y);
        let section = header.root;
        for (let depth = 1; depth <= MAX_DEPTH; depth++) {
          const entries = directory(section);
          const at = findEntry(entries, id);
          if (at < 0) return null;
          if (entries.runs[at] !== 0) {
            const bytes = stored(entries, at);
            const tile = bytes && unpack(bytes, header.tilePacking);
            if (!tile) throw damaged({ zh: `瓦片 ${z}/${x}/${y} 已损坏`, en: `its tile ${z}/${x}/${y} is damaged` });
            return tile;
          }
          section = leaf(entries, at);
        }
        throw damaged({ zh: '目录层数过多', en: 'its directories lie too deep' });
      },
      runs: () => walk(header.root, 1),
      close: () => closeSync(handle),
    };
  } catch (error) {
    closeSync(handle);
    throw error;
  }
}

function sectionsOf({ root, metadata, leaves, tiles }: ArchiveHeader): readonly Section[] {
  return [root, metadata, leaves, tiles];
}

/** An object as JSON; null when it is none. */
function parsed(bytes: Uint8Array): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
