import type { FeatureStore } from '../tiling/featureStore.ts';
import { storeArea } from './area.ts';
import type { Labels } from './labels.ts';
import type { Places } from './places.ts';
import type { AreaRelation, Relations } from './relations.ts';
import type { Frame } from './shapes/boxSides.ts';
import { closeCut } from './shapes/closeCut.ts';
import { innerPoint, type PointList, ringArea } from './shapes/geometry.ts';
import { closedRings, type Polygon, polygonsOf } from './shapes/rings.ts';
import type { SkipCount } from './skipped.ts';
import { mayBeArea } from './tags/areas.ts';
import { type LabelKind, labelOf } from './tags/labels.ts';
import { nameOf } from './tags/names.ts';
import { placeOf } from './tags/places.ts';

export interface RelationParts {
  readonly store: FeatureStore;
  readonly frame: Frame;
  readonly relations: Relations;
  readonly labels: Labels;
  readonly places: Places;
  readonly skipped: SkipCount;
}

/** Names of divisions whose place nobody drew. */
const DIVISIONS: Readonly<Record<'street' | 'community', LabelKind>> = {
  street: { kind: 'street', rank: 2, minZoom: 11 },
  community: { kind: 'community', rank: 4, minZoom: 13 },
};

/** Puts what a relation is into the store: its polygons, and its name. What does not close is left out and counted. */
export function storeRelation(
  { store, frame, relations, labels, places, skipped }: RelationParts,
  area: AreaRelation,
): void {
  const { tags, id, border } = area;
  const lines = relations.linesOf(area);
  const { rings, open } = closedRings(lines.filter((line) => line !== null));
  const isBroken = open.length > 0 || lines.includes(null);
  const isDrawn = mayBeArea(tags);
  const cut = isDrawn && open.length > 0 ? closeCut(store.points, open, frame) : null;
  if (isDrawn && isBroken) skipped.add(cut ? 'cut areas' : 'broken areas');
  const polygons = polygonsOf(store.points, [...rings, ...(cut ?? [])]);
  if (isDrawn) for (const polygon of polygons) storeArea(store, tags, polygon);
  const at = largest(store, polygons);
  // Where only islands of a division are left, its name would stand on one of them.
  if (!at || (border && isBroken)) return;
  const place = innerPoint(store.points, at);
  const found = placeOf(tags);
  if (found) places.add(`osm:r${id}`, found, place);
  const name = nameOf(tags);
  const label = labelOf(tags);
  if (name && label) labels.add(label, name, place);
  else if (
    name &&
    border &&
    isDivision(tags.get('admin_level')) &&
    labels.addUnlessNamed(DIVISIONS[border], name, place)
  )
    places.add(`osm:r${id}`, { kind: 'place', name, rank: 2 }, place);
}

/** What is larger than a street bears its name on other maps. */
function isDivision(level: string | undefined): boolean {
  return Number(level) >= 8;
}

/** The outer ring of the largest. */
function largest(store: FeatureStore, polygons: readonly Polygon[]): PointList | null {
  let best: PointList | null = null;
  let most = 0;
  for (const [ring] of polygons) {
    const area = ring ? Math.abs(ringArea(store.points, ring)) : 0;
    if (ring && area > most) [most, best] = [area, ring];
  }
  return best;
}
