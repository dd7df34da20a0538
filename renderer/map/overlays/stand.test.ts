import type { LayerSpecification } from 'maplibre-gl';
import { expect, it, vi } from 'vitest';
import type { MapLayer, OverlayLayer } from '../layer.ts';
import { PALETTES } from '../palette.ts';
import { type Collection, collection, EMPTY, point } from './collections.ts';
import { standOn } from './stand.ts';

const PALETTE = PALETTES.dark;
const SOMETHING: Collection = collection([point({ lon: 121, lat: 29 }, { id: 'a' })]);

const drawn = (id: string, source: string, under = false): OverlayLayer => ({
  ...{ spec: { id, type: 'circle', source }, group: null, under },
});
const of = (id: string, order: number, source: string, style: OverlayLayer[]): MapLayer => ({
  ...{ id, order, sources: [source], style: () => style },
});
const LAYERS: MapLayer[] = [
  of('zones', 10, 'zones', [drawn('zone-fill', 'zones', true), drawn('zone-name', 'zones')]),
  of('cones', 20, 'cones', [drawn('cone', 'cones', true)]),
  of('alarms', 30, 'alarms', [drawn('alarm', 'alarms')]),
];

/** A map with a ground and the names of the city over it. */
function ground() {
  const layers = ['ground', 'names'].map((id) => ({
    id,
    type: id === 'names' ? 'symbol' : 'fill',
  })) as LayerSpecification[];
  const sources = new Map<string, { data: unknown; setData: ReturnType<typeof vi.fn> }>();
  const map = {
    getStyle: () => ({ layers }),
    getSource: (id: string) => sources.get(id),
    addSource: (id: string, { data }: { data: unknown }) => sources.set(id, { data, setData: vi.fn(async () => {}) }),
    getLayer: (id: string) => layers.find((each) => each.id === id),
    addLayer(spec: LayerSpecification, before?: string) {
      const at = before === undefined ? layers.length : layers.findIndex(({ id }) => id === before);
      if (at < 0) throw new Error(`no layer ${before}`);
      layers.splice(at, 0, spec);
    },
  };
  return { map: map as unknown as Parameters<typeof standOn>[0], sources, order: () => layers.map(({ id }) => id) };
}

it('leaves off the map what has nothing in it', () => {
  const { map, sources, order } = ground();
  const stand = standOn(map, LAYERS);
  expect(stand.put('alarms', EMPTY, null)).toBe(false);
  expect(stand.put('cones', SOMETHING, null)).toBe(false);
  stand.install(PALETTE);
  expect([...sources.keys()]).toEqual(['cones']);
  expect(order()).toEqual(['ground', 'cone', 'names']);
  expect(stand.put('zones', EMPTY, PALETTE)).toBe(false);
  expect([...sources.keys()]).toEqual(['cones']);
});

it('has the same order from the ground up, whichever comes first', () => {
  const whole = ['ground', 'zone-fill', 'cone', 'names', 'zone-name', 'alarm'];
  const [a, b, c] = ['zones', 'cones', 'alarms'] as const;
  for (const coming of [
    [a, b, c],
    [a, c, b],
    [b, a, c],
    [b, c, a],
    [c, a, b],
    [c, b, a],
  ]) {
    const { map, order } = ground();
    const stand = standOn(map, LAYERS);
    stand.install(PALETTE);
    for (const source of coming) expect(stand.put(source, SOMETHING, PALETTE)).toBe(true);
    expect(order(), coming.join()).toEqual(whole);
  }
});

it('keeps on the map what has become empty, and tells it what is in it', () => {
  const { map, sources } = ground();
  const stand = standOn(map, LAYERS);
  stand.install(PALETTE);
  stand.put('alarms', SOMETHING, PALETTE);
  expect(stand.put('alarms', EMPTY, PALETTE)).toBe(false);
  expect(sources.get('alarms')?.setData).toHaveBeenCalledExactlyOnceWith(EMPTY);
});

it('puts everything on a style that replaces the one before', () => {
  const first = ground();
  const stand = standOn(first.map, LAYERS);
  stand.put('alarms', '/a-file.geojson', null);
  stand.put('zones', SOMETHING, null);
  stand.install(PALETTE);
  expect(first.sources.get('alarms')?.data).toBe('/a-file.geojson');
  expect(first.order()).toEqual(['ground', 'zone-fill', 'names', 'zone-name', 'alarm']);
});
