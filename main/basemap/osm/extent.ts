import type { Points } from '../tiling/featureStore.ts';
import { MAX_ZOOM } from '../tiling/layers.ts';
import { type Bounds, latOf, lonOf, tilesOf } from '../tiling/mercator.ts';
import { OsmFileError } from './osmFileError.ts';

/** Nodes that are looked at for where most of them are. */
const SAMPLE = 50_000;
/** From so many nodes on a few that lie far off (a border on the sea, the end of a ferry line) don't widen the map. */
const MANY = 1000;
const FAR_OFF = 0.002;
const MARGIN = 0.05;
/** Tiles of the largest zoom: a square of 1 300 km at the latitude of Shanghai. */
const MOST_TILES = 400_000;

export interface MapExtent {
  readonly bounds: Bounds;
  /** In the middle of the nodes, which is where the city is. */
  readonly centre: readonly [number, number];
}

/**
 * What the map covers: the area that the file declares, cut to where its nodes are; else where nearly all of its nodes are.
 * @throws OsmFileError when that is far more than a city and its province
 */
export function extentOfMap(points: Points, count: number, declared: Bounds | null): MapExtent {
  const step = Math.max(1, Math.floor(count / SAMPLE));
  const xs: number[] = [];
  const ys: number[] = [];
  for (let i = 0; i < count; i += step) {
    xs.push(points.x.at(i));
    ys.push(points.y.at(i));
  }
  xs.sort((a, b) => a - b);
  ys.sort((a, b) => a - b);
  const centre = [lonOf(at(xs, 0.5)), latOf(at(ys, 0.5))] as const;
  const bounds = overlap(declared, full(points, count)) ?? (count < MANY ? padded(full(points, count)) : most(xs, ys));
  const { x0, y0, x1, y1 } = tilesOf(bounds, MAX_ZOOM);
  if ((x1 - x0 + 1) * (y1 - y0 + 1) > MOST_TILES) throw tooLarge();
  return { bounds, centre };
}

/** All of it; a map of one place would have no size. */
function padded([w, s, e, n]: Bounds): Bounds {
  const least = 1e-5;
  return [w - least, s - least, e + least, n + least];
}

function full(points: Points, count: number): Bounds {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < count; i++) {
    const [x, y] = [points.x.at(i), points.y.at(i)];
    if (x < x0) x0 = x;
    if (x > x1) x1 = x;
    if (y < y0) y0 = y;
    if (y > y1) y1 = y;
  }
  return [lonOf(x0), latOf(y1), lonOf(x1), latOf(y0)];
}

function overlap(a: Bounds | null, b: Bounds): Bounds | null {
  if (!a) return null;
  const both: Bounds = [Math.max(a[0], b[0]), Math.max(a[1], b[1]), Math.min(a[2], b[2]), Math.min(a[3], b[3])];
  return both[0] < both[2] && both[1] < both[3] ? both : null;
}

/** Where all but a few in a thousand are, and a little more; not more than where any is. */
function most(xs: readonly number[], ys: readonly number[]): Bounds {
  const within = (sorted: readonly number[]): [number, number] => {
    const [low, high] = [at(sorted, FAR_OFF), at(sorted, 1 - FAR_OFF)];
    const margin = (high - low) * MARGIN;
    return [Math.max(at(sorted, 0), low - margin), Math.min(at(sorted, 1), high + margin)];
  };
  const [x0, x1] = within(xs);
  const [y0, y1] = within(ys);
  return padded([lonOf(x0), latOf(y1), lonOf(x1), latOf(y0)]);
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

function tooLarge(): OsmFileError {
  return new OsmFileError({
    zh: '文件覆盖的范围远大于一座城市，生成的地图会过大。请只取出本市范围：osmium extract -b 西,南,东,北 旧文件 -o 新文件.osm.pbf',
    en: 'The file covers far more than a city, and its map would be too large. Cut your city out: osmium extract -b WEST,SOUTH,EAST,NORTH OLD -o NEW.osm.pbf',
  });
}
