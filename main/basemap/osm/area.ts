import type { FeatureStore } from '../tiling/featureStore.ts';
import { LINE, POLYGON } from '../tiling/featureStore.ts';
import type { Tags } from './read/source.ts';
import { ringArea, squareMetres } from './shapes/geometry.ts';
import type { Polygon } from './shapes/rings.ts';
import { areaOf } from './tags/areas.ts';

/** From this zoom on the style draws the banks of fresh water. */
export const BANK_ZOOM = 12;

/** Puts an area into the store, as what its tags say it is; its banks too when it's water. */
export function storeArea(store: FeatureStore, tags: Tags, polygon: Polygon): void {
  const outer = polygon[0];
  if (!outer) return;
  const area = Math.abs(ringArea(store.points, outer));
  const is = areaOf(tags, squareMetres(store.points, outer, area));
  if (!is || area === 0) return;
  store.add({
    layer: is.layer,
    shape: POLYGON,
    attributes: store.table.add(is.attributes),
    minZoom: is.minZoom,
    // Small areas lie upon large ones.
    order: is.layer === 'landuse' ? -area : 0,
    parts: polygon,
  });
  if (is.layer !== 'water') return;
  const bank = {
    layer: 'water',
    shape: LINE,
    attributes: store.table.add({ kind: 'bank' }),
    minZoom: BANK_ZOOM,
  } as const;
  for (const ring of polygon) store.add({ ...bank, parts: [ring] });
}
