import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { zxyToTileId } from 'pmtiles';
import type { Bounds } from '../../../core/places/city.ts';
import { createColumn } from './columns.ts';
import { createContents } from './contents.ts';
import { type DirectoryColumns, packDirectories } from './directory.ts';
import { encodeHeader, FIRST_BYTES, HEADER_BYTES, MAX_ZOOM, type TileType } from './header.ts';

export interface ArchiveOptions {
  readonly minZoom: number;
  readonly maxZoom: number;
  /** West, south, east, north; degrees. */
  readonly bounds: Bounds;
  /** Where a viewer begins that knows nothing better. */
  readonly centre: { readonly lon: number; readonly lat: number; readonly zoom: number };
  readonly tileType: TileType;
  /** What else is said of the tiles; for vector tiles `vector_layers` should be in it. */
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** What an archive has come to be. */
export interface WrittenArchive {
  /** Tiles that can be asked for. */
  readonly tiles: number;
  /** Different ones, as they are stored. */
  readonly contents: number;
  readonly bytes: number;
}

/** Takes tiles in any order; nothing stands at the file's name before `close` is through. */
export interface ArchiveWriter {
  /**
   * @param bytes as they are, not packed. An empty tile is as good as none; a tile that is put twice is as it was put last.
   * @throws RangeError for a tile outside the archive's zooms or beyond the world's edge
   * @throws the system's error when the disk refuses
   */
  put(z: number, x: number, y: number, bytes: Uint8Array): void;
  /**
   * Puts the archive together, on the disk for good, and gives it its name.
   *
   * @param known where that was found out only while its tiles were made
   * @throws the system's error
   */
  close(known?: Pick<ArchiveOptions, 'bounds' | 'centre'>): WrittenArchive;
  /** Leaves nothing. After `close` it does nothing. */
  discard(): void;
}

/** Tiles wait until there are so many bytes. */
const CHUNK_BYTES = 1024 * 1024;

/**
 * Writes a PMTiles archive, version 3. Tiles go to a file beside it as they come, behind room for the header and the root directory;
 * the other directories follow on them. Vector tiles are packed with gzip, and what is the same is stored once.
 *
 * @param file of the archive; its folder must be there
 * @throws RangeError for zooms that an archive cannot have; the system's error when the file cannot be made
 */
export function createArchiveWriter(file: string, options: ArchiveOptions): ArchiveWriter {
  const { minZoom, maxZoom, tileType } = options;
  if (!(minZoom >= 0 && minZoom <= maxZoom && maxZoom <= MAX_ZOOM))
    throw new RangeError(`an archive has no zooms from ${minZoom} to ${maxZoom}; give some from 0 to ${MAX_ZOOM}`);
  // A name with a dot in front is served to nobody. What a hall that was killed left there is written over.
  const fresh = join(dirname(file), `.${basename(file)}.fresh`);
  const handle = openSync(fresh, 'w', 0o600);
  const ids = createColumn(Float64Array);
  const numbers = createColumn(Uint32Array);
  const offsets = createColumn(Float64Array);
  const lengths = createColumn(Uint32Array);
  const contents = createContents();
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  let stored = 0;
  let written = FIRST_BYTES;
  let open = true;

  const writeAll = (bytes: Uint8Array, at: number): void => {
    for (let done = 0; done < bytes.length; ) done += writeSync(handle, bytes, done, bytes.length - done, at + done);
  };

  const flush = (): void => {
    writeAll(Buffer.concat(waiting), written);
    written += waitingBytes;
    waiting = [];
    waitingBytes = 0;
  };

  const append = (bytes: Uint8Array): void => {
    waiting.push(bytes);
    waitingBytes += bytes.length;
    if (waitingBytes >= CHUNK_BYTES) flush();
  };

  const end = (): void => {
    if (open) closeSync(handle);
    open = false;
  };

  return {
    put(z, x, y, bytes) {
      if (!open) throw new Error(`the archive ${file} has been closed; no tile can be put into it`);
      if (!(z >= minZoom && z <= maxZoom && x >= 0 && y >= 0 && x < 2 ** z && y < 2 ** z))
        throw new RangeError(`the tile ${z}/${x}/${y} is not one of the zooms ${minZoom} to ${maxZoom}`);
      if (bytes.length === 0) return;
      const { number, isNew } = contents.numberOf(bytes);
      if (isNew) {
        // A caller may use its bytes again.
        const packed = tileType === 'mvt' ? gzipSync(bytes) : Uint8Array.from(bytes);
        offsets.push(stored);
        lengths.push(packed.length);
        stored += packed.length;
        append(packed);
      }
      ids.push(zxyToTileId(z, x, y));
      numbers.push(number);
    },
    close(known = options) {
      try {
        const entries = inOrder(ids.all(), numbers.all(), offsets.all(), lengths.all());
        const directories = packDirectories(entries);
        const metadata = gzipSync(JSON.stringify(options.metadata));
        append(metadata);
        append(directories.leaves);
        flush();
        const head = new Uint8Array(FIRST_BYTES);
        const { bounds, centre } = known;
        const metadataAt = FIRST_BYTES + stored;
        const addressed = entries.runs.subarray(0, entries.length).reduce((sum, run) => sum + run, 0);
        const header = encodeHeader({
          ...{ minZoom, maxZoom, bounds, centre, tileType },
          root: { offset: HEADER_BYTES, length: directories.root.length },
          metadata: { offset: metadataAt, length: metadata.length },
          leaves: { offset: metadataAt + metadata.length, length: directories.leaves.length },
          tiles: { offset: FIRST_BYTES, length: stored },
          ...{ addressed, entries: entries.length, contents: contents.count, clustered: entries.clustered },
          ...{ packing: 'gzip', tilePacking: tileType === 'mvt' ? 'gzip' : 'none' },
        });
        head.set(header);
        head.set(directories.root, header.length);
        writeAll(head, 0);
        fsyncSync(handle);
        end();
        renameSync(fresh, file);
        return { tiles: addressed, contents: contents.count, bytes: written };
      } catch (error) {
        end();
        rmSync(fresh, { force: true });
        throw error;
      }
    },
    discard() {
      if (!open) return;
      end();
      rmSync(fresh, { force: true });
    },
  };
}

/** The entries of the archive: tiles by number, of those with one number the last, runs of the same content as one. */
function inOrder(
  ids: Float64Array,
  numbers: Uint32Array,
  contentOffsets: Float64Array,
  contentLengths: Uint32Array,
): DirectoryColumns & { clustered: boolean } {
  const order = Uint32Array.from(ids, (_, i) => i);
  let rising = true;
  for (let i = 1; i < ids.length && rising; i++) rising = (ids[i - 1] as number) < (ids[i] as number);
  if (!rising) order.sort((a, b) => (ids[a] as number) - (ids[b] as number) || a - b);
  const entries = {
    ids: new Float64Array(ids.length),
    runs: new Uint32Array(ids.length),
    offsets: new Float64Array(ids.length),
    lengths: new Uint32Array(ids.length),
  };
  let count = 0;
  let before = -1;
  order.forEach((at, i) => {
    const id = ids[at] as number;
    const next = order[i + 1];
    if (next !== undefined && ids[next] === id) return;
    const number = numbers[at] as number;
    const last = count - 1;
    if (number === before && id === (entries.ids[last] as number) + (entries.runs[last] as number)) {
      entries.runs[last] = (entries.runs[last] as number) + 1;
      return;
    }
    entries.ids[count] = id;
    entries.runs[count] = 1;
    entries.offsets[count] = contentOffsets[number] as number;
    entries.lengths[count] = contentLengths[number] as number;
    count++;
    before = number;
  });
  return { ...entries, length: count, clustered: rising };
}
