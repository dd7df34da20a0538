import type { RoadClass } from '../../../core/places/roads.ts';
import { type FeatureStore, POLYGON } from '../tiling/featureStore.ts';
import { Ints } from '../tiling/growing.ts';
import { storeArea } from './area.ts';
import type { Labels } from './labels.ts';
import type { NodeTable } from './nodeTable.ts';
import type { Places } from './places.ts';
import type { Tags } from './read/source.ts';
import type { Relations } from './relations.ts';
import { innerPoint, middleOf } from './shapes/geometry.ts';
import { LineList } from './shapes/lineList.ts';
import { widened } from './shapes/widen.ts';
import type { SkipCount } from './skipped.ts';
import { mayBeArea } from './tags/areas.ts';
import { BORDER_ZOOM, borderOf } from './tags/borders.ts';
import { labelOf, underpassName } from './tags/labels.ts';
import { nameOf, sameName } from './tags/names.ts';
import { bridgeOf, placeOf } from './tags/places.ts';
import { isArea, railZoom, roadOf } from './tags/roads.ts';
import { watercourseZoom } from './tags/watercourses.ts';

/** Classes of roads that go by their number where they have no name: G15. */
const NUMBERED: ReadonlySet<RoadClass> = new Set(['expressway', 'arterial']);
/** Width of a pier that is drawn as a line, metres. */
const PIER_M = 5;

export interface WayParts {
  readonly nodes: NodeTable;
  readonly store: FeatureStore;
  readonly relations: Relations;
  readonly labels: Labels;
  readonly places: Places;
  readonly skipped: SkipCount;
}

/** Takes every way of a file for what it is: roads and other lines to be joined, areas into the store, coastlines, names. */
export class Ways {
  readonly lines = new LineList();
  readonly coast: Int32Array[] = [];
  /** A point of every road and building. */
  readonly built = new Ints();
  readonly #parts: WayParts;
  /** Points of the way; -1 where the file lacks a node. */
  readonly #line = new Ints();

  constructor(parts: WayParts) {
    this.#parts = parts;
  }

  way(id: number, refs: Float64Array, count: number, tags: Tags): void {
    const { relations, skipped } = this.#parts;
    const isMember = relations.wants(id);
    if (tags.size === 0 && !isMember) return;
    const isLacking = this.#find(refs, count);
    const runs = this.#runs();
    // Of a way that the extract cut off its area needs what is left of it.
    if (isMember) relations.setLine(id, longestOf(runs) ?? []);
    const isClosed = count >= 4 && refs[0] === refs[count - 1];
    const asLines = this.#asLines(id, tags, runs, isClosed);
    const asArea = isClosed && mayBeArea(tags);
    if (asArea) this.#storeArea(tags, runs);
    const asName = this.#asNamed(id, tags, runs, asArea || (isClosed && !tags.has('highway')));
    if (isLacking && (isMember || asLines || asArea || asName)) skipped.add('cut ways');
  }

  /** Looks the nodes up; true when some are missing. */
  #find(refs: Float64Array, count: number): boolean {
    const line = this.#line;
    line.clear();
    let isLacking = false;
    for (let i = 0; i < count; i++) {
      const point = this.#parts.nodes.find(refs[i] as number);
      if (point < 0) isLacking = true;
      else if (line.length > 0 && line.at(line.length - 1) === point) continue;
      line.push(point);
    }
    return isLacking;
  }

  /** The stretches of two and more points between missing nodes. */
  #runs(): Int32Array[] {
    const runs: Int32Array[] = [];
    const { data, length } = this.#line;
    for (let from = 0, i = 0; i <= length; i++) {
      if (i < length && (data[i] as number) >= 0) continue;
      if (i - from >= 2) runs.push(data.slice(from, i));
      from = i + 1;
    }
    return runs;
  }

  #asLines(id: number, tags: Tags, runs: readonly Int32Array[], isClosed: boolean): boolean {
    const { store, relations } = this.#parts;
    const isCoast = tags.get('natural') === 'coastline';
    if (isCoast) this.coast.push(...runs);
    const styles: number[] = [];
    const road = isClosed && isArea(tags) ? null : roadOf(tags);
    if (road) {
      this.#build(runs);
      const name = nameOf(tags) ?? (NUMBERED.has(road.class) && !road.isRamp ? sameName(tags.get('ref')) : null);
      const { zh, en } = name ?? { zh: '', en: '' };
      const attributes = store.table.add({ class: road.class, zh, en, ...(road.isRamp ? { ramp: true } : {}) });
      const driven = road.isDriven ? { road: { class: road.class, name } } : {};
      styles.push(this.lines.style({ layer: 'roads', attributes, minZoom: road.minZoom, ...driven }));
    }
    const rail = railZoom(tags);
    if (rail !== null) {
      const { zh, en } = nameOf(tags) ?? { zh: '', en: '' };
      styles.push(this.lines.style({ layer: 'rail', attributes: store.table.add({ zh, en }), minZoom: rail }));
    }
    const course = watercourseZoom(tags);
    if (course !== null) {
      const river = tags.get('waterway') === 'river' || tags.get('waterway') === 'canal' ? nameOf(tags) : null;
      const attributes = store.table.add({ kind: 'bank' });
      styles.push(this.lines.style({ layer: 'water', attributes, minZoom: course, ...(river ? { river } : {}) }));
    }
    // A border that is the shore is drawn as the shore.
    const isAtSea = isCoast || tags.get('maritime') === 'yes';
    const border = isAtSea ? null : (relations.borders.get(id) ?? borderOf(tags));
    if (border) {
      const attributes = store.table.add({ level: border });
      styles.push(this.lines.style({ layer: 'borders', attributes, minZoom: BORDER_ZOOM[border] }));
    }
    for (const style of styles) for (const run of runs) this.lines.add(style, run);
    return styles.length > 0;
  }

  #build(runs: readonly Int32Array[]): void {
    const point = runs[0]?.[0];
    if (point !== undefined) this.built.push(point);
  }

  #storeArea(tags: Tags, runs: readonly Int32Array[]): void {
    if (tags.has('building')) this.#build(runs);
    const ring = closedOver(runs);
    if (ring.length >= 4) storeArea(this.#parts.store, tags, [ring]);
  }

  #asNamed(id: number, tags: Tags, runs: readonly Int32Array[], isSurface: boolean): boolean {
    const { store, labels, places } = this.#parts;
    const longest = longestOf(runs);
    if (!longest) return false;
    const made = tags.get('man_made');
    if (!isSurface && (made === 'pier' || made === 'breakwater' || made === 'groyne'))
      for (const run of runs)
        store.add({
          layer: 'land',
          shape: POLYGON,
          attributes: store.table.add({ kind: 'pier' }),
          minZoom: 12,
          parts: [widened(store.points, run, PIER_M)],
        });
    const isRoad = tags.has('highway') && !isSurface;
    const tunnel = isRoad ? sameName(underpassName(tags) ?? undefined) : null;
    const found = isRoad ? bridgeOf(tags) : placeOf(tags);
    const label = isRoad ? null : labelOf(tags);
    if (!tunnel && !found && !label) return false;
    const at = isSurface ? innerPoint(store.points, closedOver(runs)) : middleOf(store.points, longest);
    if (tunnel) labels.addUnderpass(tunnel, at);
    if (found) places.add(`osm:w${id}`, found, at);
    const name = label && nameOf(tags);
    if (label && name) labels.add(label, name, at, populationOf(tags));
    return true;
  }
}

/** How many live in a town, null when it is none: for the choice of the one that the map is of. */
export function populationOf(tags: Tags): number | null {
  if (tags.get('place') !== 'town') return null;
  const population = Number(tags.get('population'));
  return Number.isFinite(population) && population > 0 ? population : 0;
}

function longestOf(runs: readonly Int32Array[]): Int32Array | null {
  return runs.reduce<Int32Array | null>((best, run) => (run.length > (best?.length ?? 0) ? run : best), null);
}

/** One ring over all stretches, whatever is missing between them. */
function closedOver(runs: readonly Int32Array[]): ArrayLike<number> {
  const [only] = runs;
  if (only && runs.length === 1 && only[0] === only[only.length - 1]) return only;
  const ring = runs.flatMap((run) => [...run]);
  if (ring.length > 0 && ring[0] !== ring[ring.length - 1]) ring.push(ring[0] as number);
  return ring;
}
