import type { RoadClass } from '../../../../core/places/roads.ts';
import type { Tags } from '../read/source.ts';

export interface RoadKind {
  readonly class: RoadClass;
  readonly isRamp: boolean;
  /** First zoom that shows it. */
  readonly minZoom: number;
  /** Whether the vehicles of a response drive there: it's in the road graph. */
  readonly isDriven: boolean;
}

const kind = (of: RoadClass, minZoom: number, more: Partial<RoadKind> = {}): RoadKind => ({
  class: of,
  minZoom,
  isRamp: false,
  isDriven: true,
  ...more,
});
const ramp = { isRamp: true };
const onFoot = { isDriven: false };

/**
 * What `highway=*` is on our map. Ways on foot have no line of their own there: a service road is drawn six metres wide, and a park full
 * of those would be a car park. One that bears a name is looked for by it and is drawn.
 */
const KINDS: Readonly<Record<string, RoadKind>> = {
  motorway: kind('expressway', 6),
  motorway_link: kind('expressway', 11, ramp),
  trunk: kind('expressway', 6),
  trunk_link: kind('expressway', 11, ramp),
  primary: kind('arterial', 8),
  primary_link: kind('arterial', 11),
  secondary: kind('secondary', 10),
  secondary_link: kind('secondary', 12),
  tertiary: kind('local', 11),
  tertiary_link: kind('local', 12),
  unclassified: kind('local', 12),
  residential: kind('local', 12),
  living_street: kind('local', 13),
  road: kind('local', 13),
  busway: kind('service', 13),
  bus_guideway: kind('service', 13),
  service: kind('service', 13),
  track: kind('service', 14),
  pedestrian: kind('service', 13, onFoot),
};
const NAMED_ONLY: ReadonlySet<string> = new Set(['footway', 'path', 'steps', 'cycleway', 'bridleway']);
const NAMED_WALK = kind('service', 14, onFoot);
/** Service roads that are seen from near only. */
const MINOR_SERVICE: ReadonlySet<string> = new Set(['driveway', 'parking_aisle', 'drive-through', 'alley']);

/** The road that a way is, or null. */
export function roadOf(tags: Tags): RoadKind | null {
  const highway = tags.get('highway');
  if (highway === undefined || tags.get('indoor') === 'yes') return null;
  const known = Object.hasOwn(KINDS, highway) ? KINDS[highway] : undefined;
  if (!known) return NAMED_ONLY.has(highway) && tags.has('name') ? NAMED_WALK : null;
  const isClosed = tags.get('access') === 'no';
  const isMinor = highway === 'service' && MINOR_SERVICE.has(tags.get('service') ?? '');
  return isClosed || isMinor
    ? { ...known, isDriven: known.isDriven && !isClosed, minZoom: isMinor ? 14 : known.minZoom }
    : known;
}

/** Whether a closed way that is a road is meant as an area: a square, not a circle to drive. */
export function isArea(tags: Tags): boolean {
  return tags.get('area') === 'yes';
}

const RAILS: ReadonlySet<string> = new Set(['rail', 'light_rail', 'narrow_gauge', 'monorail', 'subway']);

/** First zoom that shows the railway that a way is, or null. A metro is drawn where it runs in the open. */
export function railZoom(tags: Tags): number | null {
  const railway = tags.get('railway');
  if (railway === undefined || !RAILS.has(railway)) return null;
  const isBelow = tags.has('tunnel') && tags.get('tunnel') !== 'no';
  if (isBelow && railway !== 'rail') return null;
  if (tags.has('service')) return 13;
  return railway === 'rail' ? 8 : 11;
}
