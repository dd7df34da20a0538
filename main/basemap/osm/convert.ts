import type { NamedPlace } from '../../../core/places/gazetteer.ts';
import type { RoadGraph } from '../../../core/places/roads.ts';
import { Breath } from '../tiling/breath.ts';
import { MAX_ZOOM, MIN_ZOOM } from '../tiling/layers.ts';
import type { Bounds } from '../tiling/mercator.ts';
import type { TileSink } from '../tiling/sink.ts';
import { cutTiles, type TilingCounts } from '../tiling/tiles.ts';
import { gather } from './gather.ts';
import type { ConvertProgress } from './progress.ts';
import { openOsm } from './read/open.ts';
import type { Skipped } from './skipped.ts';

export interface ConvertOptions {
  /** `.osm.pbf`, `.osm` or `.osm.gz`; its content tells which. */
  readonly file: string;
  readonly sink: TileSink;
  readonly signal?: AbortSignal;
  onProgress?(progress: ConvertProgress): void;
}

export interface ConvertedMap {
  readonly bounds: Bounds;
  readonly minZoom: number;
  readonly maxZoom: number;
  /** Longitude and latitude. */
  readonly centre: readonly [number, number];
  readonly roads: RoadGraph;
  readonly places: NamedPlace[];
  readonly counts: ConvertCounts;
  readonly skipped: readonly Skipped[];
}

export interface ConvertCounts extends TilingCounts {
  readonly nodes: number;
  readonly ways: number;
  readonly relations: number;
}

/**
 * Makes a basemap of an OpenStreetMap extract: tiles in the schema of our style, the road graph and the places that have names. The
 * thread is given away every few milliseconds, but a city takes a minute: run it where nobody waits.
 *
 * @throws OsmFileError when no map can be made of the file; the signal's reason when it was called off. The sink has had some tiles
 * then: what it wrote is of no use.
 */
export async function convertOsm({ file, sink, signal, onProgress }: ConvertOptions): Promise<ConvertedMap> {
  signal?.throwIfAborted();
  const breath = new Breath(signal);
  const source = await openOsm(file, breath);
  const tell = (phase: ConvertProgress['phase']) => (done: number, of: number) => onProgress?.({ phase, done, of });
  try {
    const { store, extent, roads, places, counts, skipped } = await gather(source, breath, tell);
    const tiling = await cutTiles({ store, sink, bounds: extent.bounds, signal, onProgress: tell('tiles') });
    return {
      ...extent,
      minZoom: MIN_ZOOM,
      maxZoom: MAX_ZOOM,
      roads,
      places,
      counts: { ...counts, ...tiling },
      skipped: skipped.list(),
    };
  } finally {
    await source.close();
  }
}
