import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Layer } from '../../tiling/layers.ts';
import { type ConvertOptions, convertOsm } from '../convert.ts';

export interface SeenFeature {
  /** 1 point, 2 line, 3 polygon. */
  readonly type: number;
  readonly properties: Readonly<Record<string, string | number | boolean>>;
  readonly geometry: { x: number; y: number }[][];
}

/** What a reader of vector tiles makes of one; tests bring it, because the product has none. */
export type ReadTile = (mvt: Uint8Array) => {
  readonly layers: Readonly<Record<string, TileLayer | undefined>>;
};
interface TileLayer {
  readonly length: number;
  feature(index: number): {
    readonly type: number;
    readonly properties: Readonly<Record<string, unknown>>;
    loadGeometry(): { x: number; y: number }[][];
  };
}

/** Converts these bytes, by way of a file in this folder, and tells what the tiles have. */
export async function converted(
  readTile: ReadTile,
  folder: string,
  bytes: Uint8Array | string,
  options: Partial<ConvertOptions> = {},
) {
  const file = join(folder, 'city.osm');
  writeFileSync(file, bytes);
  const tiles = new Map<string, Uint8Array>();
  const sink = { put: (z: number, x: number, y: number, mvt: Uint8Array) => void tiles.set(`${z}/${x}/${y}`, mvt) };
  const map = await convertOsm({ file, sink, ...options });
  /** What the tiles of a zoom have in a layer. */
  const seen = (layer: Layer, zoom = 14): SeenFeature[] =>
    [...tiles].flatMap(([name, mvt]) => {
      const its = name.startsWith(`${zoom}/`) ? readTile(mvt).layers[layer] : undefined;
      if (!its) return [];
      return Array.from({ length: its.length }, (_, i) => {
        const feature = its.feature(i);
        const geometry = feature.loadGeometry().map((part) => part.map(({ x, y }) => ({ x, y })));
        return { type: feature.type, properties: feature.properties as SeenFeature['properties'], geometry };
      });
    });
  return { map, tiles, seen };
}

/** Area of a polygon's rings in whole tiles, holes taken off. */
export function tilesCovered(features: readonly SeenFeature[]): number {
  let sum = 0;
  for (const { geometry } of features)
    for (const ring of geometry)
      ring.forEach((p, i) => {
        const q = ring[(i + 1) % ring.length] ?? p;
        sum += p.x * q.y - q.x * p.y;
      });
  return sum / 2 / 4096 ** 2;
}
