import { Points } from '../tiling/featureStore.ts';
import { Doubles } from '../tiling/growing.ts';
import { worldX, worldY } from '../tiling/mercator.ts';
import { OsmFileError } from './osmFileError.ts';
import { MOST_NODES } from './read/limits.ts';

/** Ids from one entry of the index to the next: they fill eight cache lines of the processor. */
const STEP = 64;

/** All nodes of a file: ids beside the positions, sixteen bytes each. */
export class NodeTable {
  /** Positions in world units, in the order of the ids once `seal` was called. */
  readonly points = new Points();
  readonly #ids = new Doubles();
  readonly #most: number;
  #isSorted = true;
  #index = new Float64Array(0);
  #last = -1;
  #count = 0;

  constructor(most = MOST_NODES) {
    this.#most = most;
  }

  /** How many nodes there are; later points are none. */
  get count(): number {
    return this.#count;
  }

  /** @throws OsmFileError when the position is none, or there are too many nodes */
  add(id: number, lon: number, lat: number): void {
    if (!(lon >= -180 && lon <= 180 && lat >= -90 && lat <= 90)) throw outOfRange(id, lon, lat);
    if (this.#ids.length >= this.#most) throw tooMany(this.#most);
    if (this.#ids.length > 0 && id <= this.#ids.at(this.#ids.length - 1)) this.#isSorted = false;
    this.#ids.push(id);
    this.points.add(worldX(lon), worldY(lat));
  }

  /** Makes nodes findable; after it none is added. */
  seal(): void {
    this.#ids.trim();
    if (!this.#isSorted) this.#sort();
    this.#count = this.#ids.length;
    this.#index = new Float64Array(Math.ceil(this.#count / STEP));
    for (let i = 0; i < this.#index.length; i++) this.#index[i] = this.#ids.at(i * STEP);
  }

  /** Index of the node's point, or -1. */
  find(id: number): number {
    const ids = this.#ids.data;
    // Who drew a way drew its nodes one after the other.
    const next = this.#last + 1;
    if (next < this.#count && ids[next] === id) {
      this.#last = next;
      return next;
    }
    const block = lastNotAbove(this.#index, 0, this.#index.length, id);
    if (block < 0) return -1;
    const at = lastNotAbove(ids, block * STEP, Math.min(this.#count, block * STEP + STEP), id);
    if (at < 0 || ids[at] !== id) return -1;
    this.#last = at;
    return at;
  }

  /** By id; of nodes of one id the last stays. */
  #sort(): void {
    const ids = this.#ids;
    const { x, y } = this.points;
    const order = Uint32Array.from({ length: ids.length }, (_, i) => i);
    order.sort((a, b) => ids.at(a) - ids.at(b) || a - b);
    const [sortedIds, sortedX, sortedY] = [new Doubles(), x.copy(), y.copy()];
    for (const at of order) {
      const n = sortedIds.length;
      if (n > 0 && sortedIds.at(n - 1) === ids.at(at)) sortedIds.length--;
      sortedX[sortedIds.length] = x.at(at);
      sortedY[sortedIds.length] = y.at(at);
      sortedIds.push(ids.at(at));
    }
    ids.data = sortedIds.data;
    ids.length = x.length = y.length = sortedIds.length;
    x.data = sortedX;
    y.data = sortedY;
  }
}

/** Index of the last value not above `value` in a sorted stretch, or -1. */
function lastNotAbove(values: Float64Array, from: number, to: number, value: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low === from ? -1 : low - 1;
}

function outOfRange(id: number, lon: number, lat: number): OsmFileError {
  return new OsmFileError({
    zh: `节点 ${id} 的坐标（经度 ${lon}，纬度 ${lat}）超出范围，应为 WGS 84 度数。请检查或重新下载该文件`,
    en: `The position of node ${id} (longitude ${lon}, latitude ${lat}) is out of range; it must be degrees of WGS 84. Check the file or download it again.`,
  });
}

function tooMany(most: number): OsmFileError {
  return new OsmFileError({
    zh: `文件的节点超过 ${most} 个，转换所需内存过大。请只取出本市范围：osmium extract -b 西,南,东,北 旧文件 -o 新文件.osm.pbf`,
    en: `The file has more than ${most} nodes, which takes more memory than a workstation can spare. Cut your city out: osmium extract -b WEST,SOUTH,EAST,NORTH OLD -o NEW.osm.pbf`,
  });
}
