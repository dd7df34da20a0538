import { tileIdToZxy } from 'pmtiles';
import { type ArchiveReader, openArchive } from '../archive/reader.ts';
import { unpack } from '../archive/unpack.ts';
import { noTiles, tooMany } from './refusals.ts';
import { boundsOf, type ForeignTile, layersIn, MAX_TILES, type TileExtent, type TileSet } from './tileSet.ts';

/** The tiles of a PMTiles file. @throws BasemapFault when it is damaged, has no tiles or too many */
export function openPmtilesSet(file: string): TileSet {
  const archive = openArchive(file);
  try {
    const { header } = archive;
    const metadata = archive.metadata();
    const total = countTiles(archive, file);
    const { minZoom, maxZoom, extent } = coverageOf(archive);
    return {
      tileType: header.tileType,
      name: textIn(metadata.name),
      attribution: textIn(metadata.attribution),
      layers: layersIn(metadata),
      ...{ minZoom, maxZoom, total },
      bounds: boundsOf(extent, maxZoom, header.bounds),
      *tiles(): Generator<ForeignTile> {
        for (const { id, run, bytes: stored } of archive.runs()) {
          const packed = stored();
          const bytes = packed && unpack(packed, header.tilePacking);
          for (let i = 0; i < run; i++) {
            const [z, x, y] = tileIdToZxy(id + i);
            yield { z, x, y, bytes };
          }
        }
      },
      close: archive.close,
    };
  } catch (error) {
    archive.close();
    throw error;
  }
}

/** Before any is looked at: a run may say that it has milliards. */
function countTiles(archive: ArchiveReader, file: string): number {
  let total = 0;
  for (const { run } of archive.runs()) {
    total += run;
    if (total > MAX_TILES) throw tooMany(file);
  }
  if (total === 0) throw noTiles(file);
  return total;
}

function coverageOf(archive: ArchiveReader): { minZoom: number; maxZoom: number; extent: TileExtent } {
  let minZoom = Number.POSITIVE_INFINITY;
  let maxZoom = -1;
  let [west, east, north, south] = [0, 0, 0, 0];
  for (const { id, run } of archive.runs()) {
    for (let i = 0; i < run; i++) {
      const [z, x, y] = tileIdToZxy(id + i);
      minZoom = Math.min(minZoom, z);
      if (z > maxZoom) {
        maxZoom = z;
        [west, east, north, south] = [x, x, y, y];
      } else if (z === maxZoom) {
        west = Math.min(west, x);
        east = Math.max(east, x);
        north = Math.min(north, y);
        south = Math.max(south, y);
      }
    }
  }
  return { minZoom, maxZoom, extent: { west, east, north, south } };
}

function textIn(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
