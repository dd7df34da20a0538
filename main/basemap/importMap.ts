import { closeSync, existsSync, mkdirSync, openSync, readSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import type { Text } from '../../core/words.ts';
import { writeWhole } from '../files/writeWhole.ts';
import { BASEMAP_FILE, type Basemap, basemapFolder, writeBasemap } from './archive/basemap.ts';
import { createArchiveWriter } from './archive/writer.ts';
import { convertOsm } from './osm/convert.ts';
import { LAYERS, MAX_ZOOM, MIN_ZOOM } from './tiling/layers.ts';
import { importTiles } from './translate/importTiles.ts';

const OSM_ATTRIBUTION = '© OpenStreetMap contributors';
/** What an OpenStreetMap extract is not: tiles are told by how their files begin. */
const TILES = ['PMTiles', 'SQLite format 3\0'];

/** What has become of a file. */
export interface ImportedMap {
  readonly basemap: Basemap;
  readonly tiles: number;
  /** Of an extract: stretches of road, and places by name. Null for tiles, which have neither. */
  readonly found: { readonly roads: number; readonly places: number } | null;
  /** What was left out, and why. */
  readonly leftOut: readonly { readonly what: string; readonly why: Text; readonly count: number }[];
}

/**
 * Makes the hall's own map of an OpenStreetMap extract or of a set of tiles, in place of the one that it has: tiles, and of an extract its
 * roads and names. Half a map is never there: all of it is made beside, and put in place as a whole.
 *
 * @param options.onProgress 0 ≤ share ≤ 1
 * @throws BasemapFault, OsmFileError with why the file is not taken, in both languages; the signal's reason; the system's error
 */
export async function importMap(options: {
  file: string;
  dataDir: string;
  /** Wall ms. */
  now: number;
  signal?: AbortSignal;
  onProgress?(share: number): void;
}): Promise<ImportedMap> {
  const { file, dataDir, now, signal, onProgress } = options;
  const folder = basemapFolder(dataDir);
  const fresh = join(dirname(folder), '.map-fresh');
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true, mode: 0o700 });
  try {
    const of = { file, fresh, made: new Date(now).toISOString(), signal, onProgress };
    const map = startsAs(file, TILES) ? await fromTiles(of) : await fromExtract(of);
    writeBasemap(fresh, map.basemap);
    putInPlace(fresh, folder);
    return map;
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

interface Making {
  readonly file: string;
  readonly fresh: string;
  readonly made: string;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: ((share: number) => void) | undefined;
}

async function fromTiles({ file, fresh, made, signal, onProgress }: Making): Promise<ImportedMap> {
  const read = await importTiles({
    ...{ file, signal, out: join(fresh, BASEMAP_FILE) },
    onProgress: (done, total) => onProgress?.(done / Math.max(1, total)),
  });
  const { name, bounds, minZoom, maxZoom, kind, attribution, tiles, leftOut } = read;
  return {
    basemap: {
      ...{ version: 1, name: { zh: name, en: name }, bounds: [...bounds], minZoom, maxZoom, kind, attribution },
      ...{ from: basename(file), made },
    },
    ...{ tiles, found: null },
    leftOut: leftOut > 0 ? [{ what: 'tiles', why: UNREADABLE, count: leftOut }] : [],
  };
}

const UNREADABLE: Text = { zh: '瓦片已损坏，未采用', en: 'They are damaged.' };

/** How much of the whole each phase is, from measurements. */
const PHASES = { reading: [0, 0.11], ways: [0.11, 0.53], areas: [0.53, 0.67], tiles: [0.67, 1] } as const;

async function fromExtract({ file, fresh, made, signal, onProgress }: Making): Promise<ImportedMap> {
  const name = basename(file).replace(/\.(osm|pbf|gz|bz2)/gi, '') || basename(file, extname(file));
  const unknown = { bounds: [-180, -85, 180, 85] as const, centre: { lon: 0, lat: 0, zoom: 11 } };
  const writer = createArchiveWriter(join(fresh, BASEMAP_FILE), {
    ...{ minZoom: MIN_ZOOM, maxZoom: MAX_ZOOM, tileType: 'mvt', ...unknown },
    metadata: {
      ...{ name, attribution: OSM_ATTRIBUTION },
      vector_layers: LAYERS.map((id) => ({ id, fields: {} })),
    },
  });
  try {
    const { bounds, minZoom, maxZoom, centre, roads, places, skipped } = await convertOsm({
      ...{ file, sink: writer, ...(signal ? { signal } : {}) },
      onProgress({ phase, done, of }) {
        const [from, to] = PHASES[phase];
        onProgress?.(from + (to - from) * Math.min(1, done / Math.max(1, of)));
      },
    });
    const { tiles } = writer.close({ bounds, centre: { lon: centre[0], lat: centre[1], zoom: 11 } });
    writeWhole(join(fresh, 'roads.json'), JSON.stringify(roads));
    writeWhole(join(fresh, 'places.json'), JSON.stringify(places));
    return {
      basemap: {
        ...{ version: 1, name: { zh: name, en: name }, bounds: [...bounds], minZoom, maxZoom, kind: 'vector' },
        ...{ attribution: OSM_ATTRIBUTION, from: basename(file), made },
      },
      ...{ tiles, found: { roads: roads.edges.length, places: places.length }, leftOut: skipped },
    };
  } finally {
    writer.discard();
  }
}

function startsAs(file: string, marks: readonly string[]): boolean {
  const handle = openSync(file, 'r');
  try {
    const head = Buffer.alloc(16);
    readSync(handle, head, 0, head.length, 0);
    return marks.some((mark) => head.subarray(0, mark.length).toString('latin1') === mark);
  } finally {
    closeSync(handle);
  }
}

/** Two names change: where the power goes between them, the next import finds the old map beside and puts it away. */
function putInPlace(fresh: string, folder: string): void {
  const before = join(dirname(folder), '.map-before');
  rmSync(before, { recursive: true, force: true });
  if (existsSync(folder)) renameSync(folder, before);
  renameSync(fresh, folder);
  rmSync(before, { recursive: true, force: true });
}
