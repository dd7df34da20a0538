import { Breath } from './breath.ts';
import { TileEncoder } from './encode.ts';
import type { FeatureStore } from './featureStore.ts';
import { LAYERS, MAX_ZOOM, MIN_ZOOM } from './layers.ts';
import { type Bounds, tilesOf } from './mercator.ts';
import { type Held, heldIn } from './pieces.ts';
import { Shaper } from './shape.ts';
import type { TileSink } from './sink.ts';

export interface TilingOptions {
  readonly store: FeatureStore;
  readonly sink: TileSink;
  /** Tiles that cover it are made, others not. */
  readonly bounds: Bounds;
  readonly signal?: AbortSignal | undefined;
  /** `of` is the number of tiles of the largest zoom. */
  onProgress?(done: number, of: number): void;
}

export interface TilingCounts {
  tiles: number;
  bytes: number;
  /** Features by zoom and layer. */
  readonly features: Record<number, Record<string, number>>;
}

/**
 * Cuts all features into tiles, from the smallest zoom down into every quarter of every tile: what has been cut for a tile serves its
 * quarters, and is let go when they are done. What lies wholly within a tile is not copied but pointed to.
 */
export async function cutTiles({ store, sink, bounds, signal, onProgress }: TilingOptions): Promise<TilingCounts> {
  const encoder = new TileEncoder(store.table);
  const shaper = new Shaper(store);
  const breath = new Breath(signal);
  const counts: TilingCounts = { tiles: 0, bytes: 0, features: {} };
  const ranges = Array.from({ length: MAX_ZOOM + 1 }, (_, z) => tilesOf(bounds, z));
  const most = ranges[MAX_ZOOM] as (typeof ranges)[number];
  const of = (most.x1 - most.x0 + 1) * (most.y1 - most.y0 + 1);
  let done = 0;

  const draw = async (z: number, x: number, y: number, held: Held): Promise<void> => {
    const before = [...encoder.counts];
    shaper.shape(z, x, y, held, encoder);
    const mvt = encoder.finish();
    if (!mvt) return;
    counts.tiles++;
    counts.bytes += mvt.length;
    const byLayer = counts.features[z] ?? {};
    counts.features[z] = byLayer;
    LAYERS.forEach((layer, i) => {
      const more = (encoder.counts[i] ?? 0) - (before[i] ?? 0);
      if (more > 0) byLayer[layer] = (byLayer[layer] ?? 0) + more;
    });
    const put = sink.put(z, x, y, mvt);
    if (put) await put;
  };

  const visit = async (z: number, x: number, y: number, held: Held): Promise<void> => {
    if (breath.isDue) {
      onProgress?.(done, of);
      await breath.take();
    }
    if (held.items.length > 0) await draw(z, x, y, held);
    if (z === MAX_ZOOM || held.items.length === 0) {
      done += within(most, z, x, y);
      return;
    }
    const range = ranges[z + 1] as (typeof ranges)[number];
    for (let i = 0; i < 4; i++) {
      const [kidX, kidY] = [x * 2 + (i % 2), y * 2 + (i >> 1)];
      if (kidX < range.x0 || kidX > range.x1 || kidY < range.y0 || kidY > range.y1) continue;
      await visit(z + 1, kidX, kidY, heldIn(store, held, z + 1, kidX, kidY));
    }
  };

  const all: Held = { items: store.sorted(), pieces: [] };
  onProgress?.(0, of);
  const first = ranges[MIN_ZOOM] as (typeof ranges)[number];
  for (let y = first.y0; y <= first.y1; y++)
    for (let x = first.x0; x <= first.x1; x++) await visit(MIN_ZOOM, x, y, heldIn(store, all, MIN_ZOOM, x, y));
  signal?.throwIfAborted();
  onProgress?.(of, of);
  return counts;
}

/** How many tiles of the largest zoom that are to be made lie in this one. */
function within(most: ReturnType<typeof tilesOf>, z: number, x: number, y: number): number {
  const side = 2 ** (MAX_ZOOM - z);
  const columns = Math.min(most.x1, (x + 1) * side - 1) - Math.max(most.x0, x * side) + 1;
  const rows = Math.min(most.y1, (y + 1) * side - 1) - Math.max(most.y0, y * side) + 1;
  return columns * rows;
}
