import type { MapGeoJSONFeature, Map as MapLibreMap, PointLike } from 'maplibre-gl';
import type { LayerHits, MapLayers } from './layer.ts';
import type { Hit } from './pointed.ts';

/** A layer of the style that can be clicked. */
interface Target {
  readonly of: string;
  readonly kind: LayerHits['kind'];
  readonly id: string;
  readonly flag?: string;
}

/**
 * What is at a point, in pixels from the canvas' top left, the most urgent first; null where there is only the city.
 *
 * @param answer of a layer that is not of the style; null where it has nothing there, or is not shown
 */
export function hitAt(
  map: MapLibreMap,
  clickable: MapLayers['clickable'],
  answer: (layer: string, x: number, y: number) => Omit<Hit, 'layer'> | null,
  x: number,
  y: number,
): Hit | null {
  // Layers of the style are looked through together, as far as nothing that answers itself comes between them.
  let targets: Target[] = [];
  for (const { id: of, hits, drawn, marks } of clickable) {
    if (!drawn && !marks) {
      targets.push(...(hits.layers ?? []).map((layer) => ({ of, kind: hits.kind, ...layer })));
      continue;
    }
    const hit = styleHit(map, x, y, targets);
    if (hit) return hit;
    targets = [];
    const found = answer(of, x, y);
    if (found) return { layer: of, ...found };
  }
  return styleHit(map, x, y, targets);
}

function styleHit(map: MapLibreMap, x: number, y: number, targets: readonly Target[]): Hit | null {
  const layers = targets.map(({ id }) => id).filter((layer) => map.getLayer(layer));
  if (layers.length === 0) return null;
  const box: [PointLike, PointLike] = [
    [x - 4, y - 4],
    [x + 4, y + 4],
  ];
  const found = map.queryRenderedFeatures(box, { layers });
  for (const { of, kind, id: layer, flag } of targets) {
    const feature = found.find((f) => f.layer.id === layer && (flag === undefined || carries(map, f, flag)));
    if (feature?.geometry.type !== 'Point') continue;
    const [lon = 0, lat = 0] = feature.geometry.coordinates;
    const { id, title } = feature.properties;
    const at = { lon, lat };
    const { properties } = feature;
    const name = typeof title === 'string' ? title : String(id);
    return { layer: of, selection: { kind, id: String(id), at }, at, title: name, properties };
  }
  return null;
}

function carries(map: MapLibreMap, { source, id }: Pick<MapGeoJSONFeature, 'source' | 'id'>, flag: string): boolean {
  return id === undefined || map.getFeatureState({ source, id })?.[flag] === true;
}
