import { PMTiles, ResolvedValueCache, TileType } from 'pmtiles';
import { CityFileError, type CityFiles } from '../city.ts';
import { type BasemapArea, readArea } from './area.ts';
import { createRangeSource } from './rangeSource.ts';

/** The hall's own basemap, open. */
export interface HallBasemap {
  readonly area: BasemapArea;
  /**
   * A tile by its address of {@link BASEMAP_TILES}, not packed; empty where the archive has none.
   * @throws CityFileError when the hall does not answer with it; the signal's reason
   */
  tile(address: string, signal: AbortSignal): Promise<ArrayBuffer>;
}

const RASTER: readonly TileType[] = [TileType.Png, TileType.Jpeg, TileType.Webp];
const ADDRESS = /\/(\d{1,2})\/(\d{1,8})\/(\d{1,8})$/;

/** Where the hall's own basemap is and what it is of; null when it has none. @throws CityFileError */
export async function loadArea(files: CityFiles, signal: AbortSignal): Promise<BasemapArea | null> {
  const answer = await fetch(`${files.base()}/city/map/map.json`, { headers: files.headers(), signal });
  if (answer.status === 404) return null;
  if (!answer.ok) throw new CityFileError(`city file map/map.json: the hall answered ${answer.status}`);
  const area = readArea(await answer.json());
  if (!area) throw new CityFileError('city file map/map.json: it is none that this window can read');
  return area;
}

/**
 * Opens the basemap that the hall has; null when it has none.
 *
 * @throws Error when it cannot be had or is not what is said of it
 */
export async function openHallBasemap(files: CityFiles, signal: AbortSignal): Promise<HallBasemap | null> {
  const area = await loadArea(files, signal);
  if (!area) return null;
  // Not the cache that shares requests: that one keeps a failed one for good, and a window outlives its hall's restarts.
  const archive = new PMTiles(createRangeSource(files), new ResolvedValueCache());
  const { tileType } = await archive.getHeader();
  signal.throwIfAborted();
  if (area.kind === 'vector' ? tileType !== TileType.Mvt : !RASTER.includes(tileType))
    throw new CityFileError('city file map/basemap.pmtiles: its tiles are not of the kind that map.json says');
  return {
    area,
    async tile(address, wanted) {
      const [, z, x, y] = ADDRESS.exec(address) ?? [];
      if (y === undefined) throw new CityFileError(`"${address}" is no address of a tile`);
      const tile = await archive.getZxy(Number(z), Number(x), Number(y), wanted);
      return tile?.data ?? new ArrayBuffer(0);
    },
  };
}
