import type { LayerSpecification, Map as MapLibreMap } from 'maplibre-gl';

/** The part of a map that changes the look of its layers. */
type Wardrobe = Pick<MapLibreMap, 'setPaintProperty' | 'setLayoutProperty'>;

/**
 * Gives the layers of a map the paint and layout that they have in another style of the same layers, in place: no source is fetched or
 * cut into tiles again, so nothing that is drawn goes for a moment. Not by MapLibre's own comparison of styles: that one clones and
 * compares all data of the city as well.
 *
 * @param before as they are now
 * @param after the same layers, as they shall be
 */
export function dress(
  map: Wardrobe,
  before: readonly LayerSpecification[],
  after: readonly LayerSpecification[],
): void {
  const worn = new Map(before.map((layer) => [layer.id, layer]));
  for (const layer of after) {
    const was = worn.get(layer.id);
    for (const [name, value] of changes(was?.paint, layer.paint)) map.setPaintProperty(layer.id, name as never, value);
    for (const [name, value] of changes(was?.layout, layer.layout))
      map.setLayoutProperty(layer.id, name as never, value);
  }
}

/** What has another value, `undefined` for what has none any more. What the map switches (`visibility`) is of neither. */
function changes(before: object = {}, after: object = {}): [string, never][] {
  const [old, next] = [
    new Map<string, unknown>(Object.entries(before)),
    new Map<string, unknown>(Object.entries(after)),
  ];
  return [...new Set([...old.keys(), ...next.keys()])]
    .filter((name) => JSON.stringify(old.get(name)) !== JSON.stringify(next.get(name)))
    .map((name) => [name, next.get(name) as never]);
}
