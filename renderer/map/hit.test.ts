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
    ...{ id: 'alarms', order: 2, marks: { group: null, symbols: () => undefined } },
    hits: { order: 1, kind: 'alarm' },
  },
  {
    ...{ id: 'sensors', order: 1 },
    hits: { order: 2, kind: 'sensor', layers: [{ id: 'chosen' }, { id: 'sensors' }] },
  },
] as const satisfies MapLayers['clickable'];
const several = { selection: null, at, title: null, properties: { point_count: 3 } };

it('is selected in the order that layers declare, whatever is drawn on top', () => {
  const map = mapOf(drawn('sensors', { id: 'b', title: 'Gauge' }), drawn('chosen', { id: 'a', title: 'Chosen gauge' }));
  const hit = hitAt(map, CLICKABLE, () => null, 10, 10);
  expect(hit).toMatchObject({
    layer: 'sensors',
    selection: { kind: 'sensor', id: 'a', at },
    at,
    title: 'Chosen gauge',
  });
  expect(hitAt(mapOf(), CLICKABLE, () => null, 10, 10)).toBeNull();
});

it('is answered by marks themselves where they come first; one that stands for several selects nothing, and is handed to its layer', () => {
  const map = mapOf(drawn('sensors', { id: 'b', title: 'Gauge' }));
  const asked: unknown[] = [];
  const answer = (...of: unknown[]) => {
    asked.push(of);
    return several;
  };
  expect(hitAt(map, CLICKABLE, answer, 10, 20)).toEqual({ layer: 'alarms', ...several });
  expect(asked).toEqual([['alarms', 10, 20]]);
});
