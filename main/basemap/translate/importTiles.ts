import { closeSync, openSync, readSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Bounds } from '../../../core/places/city.ts';
import type { TileType } from '../archive/header.ts';
import { type ArchiveOptions, type ArchiveWriter, createArchiveWriter } from '../archive/writer.ts';
import { attributionOf } from './attribution.ts';
import { openMbtilesSet } from './mbtilesSet.ts';
import { pictureOf } from './picture.ts';
import { openPmtilesSet } from './pmtilesSet.ts';
import { noTileFile, tooManyBad, unknownSchema } from './refusals.ts';
import { recogniseSchema } from './schemas/recognise.ts';
import { OWN_LAYERS, type Schema, type SchemaId } from './schemas/schema.ts';
import { BadTile } from './tile/badTile.ts';
import { readTile } from './tile/readTile.ts';
import type { TileSet } from './tileSet.ts';
import { translateTile } from './translateTile.ts';

export interface ImportOptions {
  /** A `.pmtiles` or `.mbtiles` file; what it is is seen by its first bytes. */
  readonly file: string;
  /** The archive to write, or what makes its writer. */
  readonly out: string | ((options: ArchiveOptions) => ArchiveWriter);
  readonly signal?: AbortSignal | undefined;
  /** Hears from time to time how many tiles of all have been looked at. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** What has come in, as `map.json` says it and a person is told. */
export interface ImportedTiles {
  readonly kind: 'vector' | 'raster';
  readonly tileType: TileType;
  /** Null for pictures. */
  readonly schema: SchemaId | null;
  /** As the file calls itself, or its name without ending. */
  readonly name: string;
  readonly bounds: Bounds;
  readonly minZoom: number;
  readonly maxZoom: number;
  readonly attribution: string;
  /** Tiles that are in the archive. */
  readonly tiles: number;
  /** Tiles of the file that could not be read. */
  readonly leftOut: number;
}

/** Of so many tiles that cannot be read the file is refused: it is not a scratch, it is broken. */
const MOST_BAD = 0.05;
/** Tiles that are looked at for their layers when the file says nothing of them. */
const SAMPLE = 200;
/** After so many ms others have their turn, and it is looked whether somebody has had enough. */
const TURN_MS = 25;

/**
 * Takes tiles of others over into an archive of the hall. Vector tiles are translated into the layers of our styles, pictures stay as
 * they are. Nothing stands at the archive's name unless all of it went well.
 *
 * @throws BasemapFault saying why the file is not taken and what to do; the signal's reason; the system's error when the disk refuses
 */
export async function importTiles({ file, out, signal, onProgress }: ImportOptions): Promise<ImportedTiles> {
  signal?.throwIfAborted();
  const set = openSet(file);
  try {
    const { tileType, minZoom, maxZoom, bounds } = set;
    const kind = tileType === 'mvt' ? 'vector' : 'raster';
    const schema = kind === 'vector' ? schemaOf(file, set) : null;
    const name = set.name.trim().slice(0, 200) || basename(file, extname(file));
    const attribution = attributionOf(set.attribution, schema !== null && schema !== 'own');
    const [west, south, east, north] = bounds;
    const options: ArchiveOptions = {
      ...{ minZoom, maxZoom, bounds, tileType },
      centre: { lon: (west + east) / 2, lat: (south + north) / 2, zoom: Math.min(maxZoom, Math.max(minZoom, 11)) },
      metadata: { name, attribution, ...(schema ? { vector_layers: VECTOR_LAYERS } : {}) },
    };
    const writer = typeof out === 'string' ? createArchiveWriter(out, options) : out(options);
    try {
      const leftOut = await copy(set, schema, writer, { file, signal, onProgress });
      const { tiles } = writer.close();
      const id = schema === null || schema === 'own' ? schema : schema.id;
      return { ...{ kind, tileType, schema: id, name, bounds, minZoom, maxZoom, attribution, tiles, leftOut } };
    } finally {
      writer.discard();
    }
  } finally {
    set.close();
  }
}

const VECTOR_LAYERS = OWN_LAYERS.map((id) => ({ id, fields: {} }));

/** @returns how many tiles could not be read */
async function copy(
  set: TileSet,
  schema: Schema | 'own' | null,
  writer: ArchiveWriter,
  { file, signal, onProgress }: Omit<ImportOptions, 'out'>,
): Promise<number> {
  let done = 0;
  let bad = 0;
  let last: { from: Uint8Array | null; to: Uint8Array | null } = { from: null, to: null };
  let turn = performance.now();
  for (const { z, x, y, bytes } of set.tiles()) {
    if (bytes !== last.from || bytes === null) last = { from: bytes, to: bytes && translated(bytes, schema) };
    if (last.to) writer.put(z, x, y, last.to);
    else bad++;
    done++;
    if (bad > set.total * MOST_BAD) throw tooManyBad(file, bad, set.total);
    if (performance.now() - turn < TURN_MS) continue;
    onProgress?.(done, set.total);
    await setImmediate();
    signal?.throwIfAborted();
    turn = performance.now();
  }
  onProgress?.(done, set.total);
  return bad;
}

/** Null for a tile that cannot be read. @param schema null for pictures */
function translated(bytes: Uint8Array, schema: Schema | 'own' | null): Uint8Array | null {
  if (schema === null) return bytes.length === 0 || pictureOf(bytes) ? bytes : null;
  try {
    return translateTile(bytes, schema);
  } catch (error) {
    if (error instanceof BadTile) return null;
    throw error;
  }
}

/** By what the file says, else by the layers of its first tiles. */
function schemaOf(file: string, set: TileSet): Schema | 'own' {
  const said = recogniseSchema(set.layers);
  if (said) return said;
  const found = new Set(set.layers);
  let looked = 0;
  for (const { bytes } of set.tiles()) {
    for (const name of bytes ? layerNames(bytes) : []) found.add(name);
    if (++looked === SAMPLE) break;
  }
  const seen = recogniseSchema(found);
  if (!seen) throw unknownSchema(file, found);
  return seen;
}

function layerNames(bytes: Uint8Array): string[] {
  try {
    return readTile(bytes).map(({ name }) => name);
  } catch {
    return [];
  }
}

function openSet(file: string): TileSet {
  const handle = openSync(file, 'r');
  const first = Buffer.alloc(16);
  try {
    readSync(handle, first, 0, first.length, 0);
  } finally {
    closeSync(handle);
  }
  if (first.toString('latin1', 0, 7) === 'PMTiles') return openPmtilesSet(file);
  if (first.toString('latin1') === 'SQLite format 3\0') return openMbtilesSet(file);
  throw noTileFile(file);
}
