import type { Map as MapLibreMap } from 'maplibre-gl';

type Place = { readonly z: number; readonly x: number; readonly y: number };
/** What an error of a tile carries that MapLibre's types leave out. */
type OfTile = { readonly sourceId?: string; readonly tile?: { readonly tileID: { readonly canonical: Place } } };

/**
 * Keeps in mind which tiles of a source could not be had: MapLibre asks for such a one no more while it is in view, so that a hall that
 * was started anew would leave holes in the maps of all its windows.
 *
 * @returns asks for them again
 */
export function followMissingTiles(
  map: Pick<MapLibreMap, 'on' | 'refreshTiles' | 'getSource'>,
  source: string,
): () => void {
  const missing = new Map<string, Place>();
  map.on('error', (event) => {
    const { sourceId, tile } = event as object as OfTile;
    // Once somebody listens to errors MapLibre tells them to nobody else.
    if (sourceId !== source || !tile) console.error(event.error);
    else {
      const { z, x, y } = tile.tileID.canonical;
      missing.set(`${z}/${x}/${y}`, { z, x, y });
    }
  });
  return () => {
    const again = [...missing.values()];
    missing.clear();
    if (again.length > 0 && map.getSource(source)) map.refreshTiles(source, again);
  };
}
