import { setImmediate } from 'node:timers/promises';
import { VectorTile, type VectorTileFeature } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { describe, expect, test } from 'vitest';
import type { Attributes } from './attributes.ts';
import { FeatureStore, LINE, POINT, POLYGON, Points, type Shape } from './featureStore.ts';
import type { Layer } from './layers.ts';
import { type Bounds, latOf, lonOf, tileSide } from './mercator.ts';
import { cutTiles } from './tiles.ts';

const Z14 = tileSide(14);
/** A corner of tiles in the middle of a tile of every smaller zoom but the largest two: (13000, 6500) of zoom 14. */
const [CX, CY] = [13_000 * Z14, 6500 * Z14];
/** Two by two tiles of the largest zoom around that corner. */
const BOUNDS: Bounds = [lonOf(CX - Z14 / 2), latOf(CY + Z14 / 2), lonOf(CX + Z14 / 2), latOf(CY - Z14 / 2)];

interface Drawn {
  readonly layer: Layer;
  readonly shape: Shape;
  readonly attributes?: Attributes;
  readonly minZoom?: number;
  readonly order?: number;
  /** World units from the corner, in tiles of the largest zoom. */
  readonly parts: [number, number][][];
}

function storeOf(...drawn: Drawn[]): FeatureStore {
  const store = new FeatureStore(new Points());
  for (const { attributes = {}, minZoom = 0, parts, ...rest } of drawn)
    store.add({
      ...rest,
      minZoom,
      attributes: store.table.add(attributes),
      parts: parts.map((part) =>
        part.map(([x, y]) => store.points.add(Math.round(CX + x * Z14), Math.round(CY + y * Z14))),
      ),
    });
  return store;
}

async function cut(...drawn: Drawn[]) {
  const tiles = new Map<string, Uint8Array>();
  const sink = {
    put: (z: number, x: number, y: number, mvt: Uint8Array) => {
      expect(tiles.has(`${z}/${x}/${y}`)).toBe(false);
      tiles.set(`${z}/${x}/${y}`, mvt);
    },
  };
  const counts = await cutTiles({ store: storeOf(...drawn), sink, bounds: BOUNDS });
  const features = (name: string, layer: Layer): VectorTileFeature[] => {
    const mvt = tiles.get(name);
    const its = mvt && new VectorTile(new PbfReader(mvt)).layers[layer];
    return its ? Array.from({ length: its.length }, (_, i) => its.feature(i)) : [];
  };
  return { tiles, counts, features };
}

const FOUR = ['14/12999/6499', '14/13000/6499', '14/12999/6500', '14/13000/6500'];
const square = (from: number, to: number): [number, number][] => [
  [from, from],
  [to, from],
  [to, to],
  [from, to],
  [from, from],
];
const doubleArea = (ring: { x: number; y: number }[]): number =>
  ring.reduce((sum, p, i) => {
    const q = ring[(i + 1) % ring.length] as { x: number; y: number };
    return sum + p.x * q.y - q.x * p.y;
  }, 0);

describe('a polygon', () => {
  test('that covers tiles wholly fills each with its buffer', async () => {
    const { features } = await cut({ layer: 'land', shape: POLYGON, parts: [square(-3, 3)] });
    for (const name of FOUR) {
      const [ring] = features(name, 'land')[0]?.loadGeometry() ?? [];
      expect(new Set(ring?.flatMap(({ x, y }) => [x, y]))).toEqual(new Set([-128, 4224]));
    }
  });

  test('with a hole keeps it, turned the other way, whichever way both were drawn', async () => {
    for (const turned of [false, true]) {
      const ring = (from: number, to: number) => (turned ? square(from, to).reverse() : square(from, to));
      const { features } = await cut({ layer: 'landuse', shape: POLYGON, parts: [ring(0.1, 0.9), ring(0.3, 0.7)] });
      const rings = features('14/13000/6500', 'landuse')[0]?.loadGeometry() ?? [];
      expect(rings.map((r) => Math.sign(doubleArea(r)))).toEqual([1, -1]);
      const [outer, hole] = rings.map((r) => Math.abs(doubleArea(r)) / 2 / 4096 ** 2);
      expect(outer).toBeCloseTo(0.64, 2);
      expect(hole).toBeCloseTo(0.16, 2);
    }
  });

  test('of which only the hole reaches a tile is not in it', async () => {
    const { features } = await cut({ layer: 'landuse', shape: POLYGON, parts: [square(-4, 4), square(-3, 3)] });
    for (const name of FOUR) {
      const rings = features(name, 'landuse')[0]?.loadGeometry() ?? [];
      const sum = rings.reduce((total, r) => total + doubleArea(r), 0);
      expect(sum).toBe(0);
    }
  });

  test('that is too small to be seen is left out of small zooms', async () => {
    const { features } = await cut({ layer: 'buildings', shape: POLYGON, parts: [square(0.5, 0.505)] });
    expect(features('14/13000/6500', 'buildings')).toHaveLength(1);
    expect(features('12/3250/1625', 'buildings')).toHaveLength(0);
  });

  test('small upon large is drawn later', async () => {
    const { features } = await cut(
      { layer: 'landuse', shape: POLYGON, attributes: { use: 'park' }, order: -1, parts: [square(0.4, 0.5)] },
      { layer: 'landuse', shape: POLYGON, attributes: { use: 'housing' }, order: -9, parts: [square(0.1, 0.9)] },
    );
    expect(features('14/13000/6500', 'landuse').map((f) => f.properties.use)).toEqual(['housing', 'park']);
  });
});

describe('a line', () => {
  const across: Drawn = {
    layer: 'roads',
    shape: LINE,
    attributes: { class: 'local', zh: '长街' },
    parts: [
      [
        [-0.5, 0.5],
        [0.5, 0.5],
      ],
    ],
  };

  test('over a border is in both tiles and meets itself there', async () => {
    const { features } = await cut(across);
    const [west] = features('14/12999/6500', 'roads').map((f) => f.loadGeometry());
    const [east] = features('14/13000/6500', 'roads').map((f) => f.loadGeometry());
    expect(west).toEqual([
      [expect.objectContaining({ x: 2048, y: 2048 }), expect.objectContaining({ x: 4160, y: 2048 })],
    ]);
    expect(east).toEqual([
      [expect.objectContaining({ x: -64, y: 2048 }), expect.objectContaining({ x: 2048, y: 2048 })],
    ]);
  });

  test('along a border is in the tiles on both sides', async () => {
    const { features } = await cut({
      ...across,
      parts: [
        [
          [0.1, 0],
          [0.9, 0],
        ],
      ],
    });
    expect(
      features('14/13000/6499', 'roads')[0]
        ?.loadGeometry()[0]
        ?.map(({ y }) => y),
    ).toEqual([4096, 4096]);
    expect(
      features('14/13000/6500', 'roads')[0]
        ?.loadGeometry()[0]
        ?.map(({ y }) => y),
    ).toEqual([0, 0]);
  });

  test('has its attributes with their types, and others of the same are one feature with it', async () => {
    const more: Drawn = {
      ...across,
      parts: [
        [
          [0.1, 0.2],
          [0.9, 0.2],
        ],
      ],
    };
    const ramp: Drawn = { ...more, attributes: { class: 'expressway', ramp: true, zh: '', h: 3.5, n: -2 } };
    const { features, counts } = await cut(across, more, ramp);
    const [both, one] = features('14/13000/6500', 'roads');
    expect(both?.properties).toEqual({ class: 'local', zh: '长街' });
    expect(both?.loadGeometry()).toHaveLength(2);
    expect(one?.properties).toEqual({ class: 'expressway', ramp: true, zh: '', h: 3.5, n: -2 });
    expect(counts.features[14]).toEqual({ roads: 3 });
  });

  test('begins to be drawn at its zoom', async () => {
    const { features } = await cut({ ...across, minZoom: 13 });
    expect(features('13/6500/3250', 'roads')).toHaveLength(1);
    expect(features('12/3250/1625', 'roads')).toHaveLength(0);
  });
});

describe('a point', () => {
  test.each([
    ['in a tile', 0.5, 0.5],
    ['on a border', 0, 0.5],
    ['on a corner', 0, 0],
    ['less than half a unit beside a border', -0.0001, 0.3],
  ])('%s is in one tile of every zoom', async (_, x, y) => {
    const { tiles, features } = await cut({
      layer: 'labels',
      shape: POINT,
      attributes: { zh: '点' },
      parts: [[[x, y]]],
    });
    const zooms = [...tiles.keys()]
      .filter((name) => features(name, 'labels').length > 0)
      .map((name) => name.split('/')[0]);
    expect(zooms).toEqual(['6', '7', '8', '9', '10', '11', '12', '13', '14']);
  });
});

test('a tile with nothing in it is not made, nor one outside of the bounds', async () => {
  const { tiles } = await cut(
    { layer: 'labels', shape: POINT, parts: [[[0.5, 0.5]]] },
    { layer: 'labels', shape: POINT, parts: [[[1.5, 0.5]]] },
  );
  expect([...tiles.keys()].filter((name) => name.startsWith('14'))).toEqual(['14/13000/6500']);
});

test('what is called off ends with the reason that was given', async () => {
  const off = new AbortController();
  let put = 0;
  const sink = {
    put: () => {
      put++;
      off.abort(new Error('enough'));
    },
  };
  const store = storeOf({ layer: 'land', shape: POLYGON, parts: [square(-3, 3)] });
  await expect(cutTiles({ store, sink, bounds: BOUNDS, signal: off.signal })).rejects.toThrow('enough');
  expect(put).toBe(1);
});

test('a sink that takes its time is waited for', async () => {
  const log: string[] = [];
  const sink = {
    put: async (z: number) => {
      log.push(`begin ${z}`);
      await setImmediate();
      log.push(`end ${z}`);
    },
  };
  await cutTiles({ store: storeOf({ layer: 'labels', shape: POINT, parts: [[[0.5, 0.5]]] }), sink, bounds: BOUNDS });
  expect(log.slice(0, 4)).toEqual(['begin 6', 'end 6', 'begin 7', 'end 7']);
});

test('progress counts tiles of the largest zoom and ends with all of them', async () => {
  const told: [number, number][] = [];
  const store = storeOf({ layer: 'labels', shape: POINT, parts: [[[0.5, 0.5]]] });
  await cutTiles({ store, sink: { put: () => {} }, bounds: BOUNDS, onProgress: (done, of) => told.push([done, of]) });
  expect(told.at(-1)).toEqual([4, 4]);
});
