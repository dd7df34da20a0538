import type { NearRow } from '../../../contract/features/places.ts';
import type { PlacedCamera } from '../../../core/places/camera.ts';
import type { Facility } from '../../../core/places/city.ts';
import type { Component } from '../../../core/places/component.ts';
import { distanceM, type LonLat } from '../../../core/places/geo.ts';
import type { createRoadTimes, Way } from '../../../core/places/roadTimes.ts';
import type { UnitFix } from '../../../core/units/unit.ts';

/** Of each kind so many: the rest is farther than what anybody would send. */
const MOST = { unit: 60, facility: 40, camera: 20, component: 20 };
/** On foot, metres a second. */
const WALKING = 1.4;
/** How a kind of unit goes, beside a car. */
const SHARE: Readonly<Record<string, number>> = { truck: 0.8, boat: 0.7 };

/** What may be near. */
export interface Around {
  readonly cameras: readonly PlacedCamera[];
  readonly facilities: readonly Facility[];
  readonly units: readonly { id: string; callSign: string; department: string; kind: string }[];
  /** Those within a radius, the nearest first. */
  components(at: LonLat, radius: number, most: number): readonly (Component & { readonly metres: number })[];
  /** Null for a unit that was not heard of. */
  position(unit: string): UnitFix | null;
}

/**
 * What is within so many metres of a place, as the crow flies: units that are on duty and facilities by the time they are away over the roads, then cameras and
 * components by distance.
 *
 * @param now wall ms, against which a report has its age
 */
export function nearTo(
  around: Around,
  roads: ReturnType<typeof createRoadTimes>,
  { at, radius, but, now }: { at: LonLat; radius: number; but?: string | undefined; now: number },
): NearRow[] {
  const within = <T>(things: readonly T[], placeOf: (thing: T) => LonLat, most: number) =>
    things
      .map((thing) => ({ thing, place: placeOf(thing), metres: distanceM(placeOf(thing), at) }))
      .filter(({ metres }) => metres <= radius)
      .sort((a, b) => a.metres - b.metres)
      .slice(0, most);
  const ways = roads.to(at);

  const reports = around.units.flatMap((unit) => {
    const fix = around.position(unit.id);
    return fix === null || fix.status === 'off' || unit.id === but ? [] : [{ unit, fix }];
  });
  const units = within(reports, ({ fix }) => fix, MOST.unit).map(({ thing: { unit, fix }, place, metres }): NearRow => {
    const { id, callSign, department, kind } = unit;
    return {
      ...{ id: `unit:${id}`, what: 'unit', thing: id, name: { zh: callSign, en: callSign }, type: kind, department },
      ...{ status: fix.status, age: Math.max(0, (now - fix.t) / 1000), lon: place.lon, lat: place.lat, metres },
      eta: etaOf(ways.from(place), kind),
    };
  });
  const facilities = within(
    around.facilities.filter(({ id }) => id !== but),
    (facility) => facility,
    MOST.facility,
  ).map(
    ({ thing: { id, zh, en, kind, department, lon, lat }, metres }): NearRow => ({
      ...{ id: `facility:${id}`, what: 'facility', thing: id, name: { zh, en }, type: kind, department },
      ...{ status: null, age: null, lon, lat, metres, eta: etaOf(ways.from({ lon, lat }), 'car') },
    }),
  );
  const cameras = within(
    around.cameras.filter(({ id }) => id !== but),
    (camera) => camera,
    MOST.camera,
  ).map(
    ({ thing: { id, zh, en, lon, lat }, metres }): NearRow => ({
      ...{ id: `camera:${id}`, what: 'camera', thing: id, name: { zh, en }, type: '', department: null },
      ...{ status: null, age: null, lon, lat, metres, eta: null },
    }),
  );
  const components = around.components(at, radius, MOST.component).map(
    ({ id, kind, name, lon, lat, metres }): NearRow => ({
      ...{ id: `component:${id}`, what: 'component', thing: id, name, type: kind, department: null },
      ...{ status: null, age: null, lon, lat, metres, eta: null },
    }),
  );
  const sooner = (a: NearRow, b: NearRow) => (a.eta?.seconds ?? 0) - (b.eta?.seconds ?? 0);
  return [...units.sort(sooner), ...facilities.sort(sooner), ...cameras, ...components];
}

function etaOf({ seconds, metres, by }: Way, kind: string): NearRow['eta'] {
  if (kind === 'foot-team') return { seconds: metres / WALKING, by };
  return { seconds: seconds / (SHARE[kind] ?? 1), by };
}
