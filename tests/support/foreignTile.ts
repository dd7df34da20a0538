import { VectorTile } from '@mapbox/vector-tile';
import { fromVectorTileJs } from '@maplibre/vt-pbf';
import { PbfReader } from 'pbf';

type Value = string | number | boolean;

/** A feature of a tile that a test makes: points, lines or rings in units of the tile. */
export interface MadeFeature {
  readonly type: 1 | 2 | 3;
  readonly properties: Readonly<Record<string, Value>>;
  readonly lines: readonly (readonly (readonly [number, number])[])[];
}

export const point = (properties: MadeFeature['properties'], x = 2048, y = 2048): MadeFeature => ({
  type: 1,
  properties,
  lines: [[[x, y]]],
});
export const line = (properties: MadeFeature['properties']): MadeFeature => ({
  type: 2,
  properties,
  lines: [
    [
      [0, 100],
      [1000, 200],
      [4096, 300],
    ],
  ],
});
export const polygon = (properties: MadeFeature['properties']): MadeFeature => ({
  type: 3,
  properties,
  lines: [
    [
      [-64, -64],
      [2000, -64],
      [2000, 2000],
      [-64, 2000],
      [-64, -64],
    ],
    [
      [500, 500],
      [500, 900],
      [900, 900],
      [500, 500],
    ],
  ],
});

/** A vector tile, written by another hand than the product's. */
export function foreignTile(layers: Readonly<Record<string, readonly MadeFeature[]>>, extent = 4096): Uint8Array {
  const made = Object.entries(layers).map(([name, features]) => [
    name,
    {
      ...{ version: 2, name, extent, length: features.length },
      feature: (i: number) => {
        const { type, properties, lines } = features[i] as MadeFeature;
        return {
          ...{ type, extent, id: undefined, properties: { ...properties } },
          loadGeometry: () => lines.map((each) => each.map(([x, y]) => ({ x, y }) as never)),
        };
      },
    },
  ]);
  return Uint8Array.from(fromVectorTileJs({ layers: Object.fromEntries(made) }));
}

/** What is in a tile, as the library of the windows reads it: by layer its features' types, properties and geometry. */
export function contentOf(tile: Uint8Array): Record<string, MadeFeature[]> {
  const { layers } = new VectorTile(new PbfReader(tile));
  return Object.fromEntries(
    Object.entries(layers).map(([name, layer]) => [
      name,
      Array.from({ length: layer.length }, (_, i) => {
        const feature = layer.feature(i);
        return {
          type: feature.type as 1 | 2 | 3,
          properties: { ...feature.properties },
          lines: feature.loadGeometry().map((each) => each.map(({ x, y }) => [x, y] as const)),
        };
      }),
    ]),
  );
}
