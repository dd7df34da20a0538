import type { Map as MapLibreMap } from 'maplibre-gl';
import { expect, it } from 'vitest';
import { hitAt } from './hit.ts';
import type { MapLayers } from './layer.ts';

const at = { lon: 121.92, lat: 29.17 };
const drawn = (layer: string, properties: Record<string, unknown>) => ({
  ...{ layer: { id: layer }, source: 's', properties },
  geometry: { type: 'Point', coordinates: [at.lon, at.lat] },
});

/** A map on which these things are drawn, wherever one asks. */
function mapOf(...things: ReturnType<typeof drawn>[]): MapLibreMap {
  return {
    getLayer: () => ({}),
    queryRenderedFeatures: (_box: unknown, { layers }: { layers: string[] }) =>
      things.filter(({ layer }) => layers.includes(layer.id)),
  } as unknown as MapLibreMap;
}

const CLICKABLE = [
  {
    ...{ id: 'alarms', order: 1 },
    hits: { order: 1, kind: 'alarm', layers: [{ id: 'one' }, { id: 'many', many: true }] },
  },
] as const satisfies MapLayers['clickable'];
const hit = (map: MapLibreMap) => hitAt(map, CLICKABLE, () => undefined, 10, 10);

it('a thing is selected, before one that stands for several', () => {
  const map = mapOf(drawn('many', { cluster_id: 7, point_count: 3 }), drawn('one', { id: 'a', title: 'Flooding' }));
  expect(hit(map)).toMatchObject({ selection: { kind: 'alarm', id: 'a', at }, at, title: 'Flooding' });
});

it('one that stands for several selects nothing, and is handed to its layer with what it knows', () => {
  const map = mapOf(drawn('many', { cluster_id: 7, point_count: 3 }));
  expect(hit(map)).toEqual({
    ...{ layer: 'alarms', selection: null, at, title: null },
    properties: { cluster_id: 7, point_count: 3 },
  });
  expect(hit(mapOf())).toBeNull();
});
