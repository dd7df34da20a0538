import type { AlarmRule } from '../../../core/alarms/rules.ts';
import type { LonLat } from '../../../core/places/geo.ts';
import type { HallCity } from '../../city/hallCity.ts';
import { whereIs } from '../../city/whereIs.ts';

/** What of a hall rules are tried on. */
export interface TriedThings {
  readonly sensors: readonly (LonLat & { readonly id: string; readonly kind: string })[];
  readonly units: readonly { readonly id: string; readonly kind: string }[];
  /** Where what areas are around is, by its id. */
  readonly places: ReadonlyMap<string, LonLat>;
  /** The hall's time zone, an IANA name. */
  readonly zone: string;
}

/** What of a city these rules are tried on, as a thread can be sent it. @param zone an IANA name */
export function triedThings(city: HallCity, rules: Iterable<AlarmRule>, zone: string): TriedThings {
  const at = whereIs(city);
  const around = new Set([...rules].flatMap(({ area }) => (area && 'around' in area ? area.around : [])));
  return {
    sensors: city.sensors.map(({ id, kind, lon, lat }) => ({ id, kind, lon, lat })),
    zone,
    units: city.units.map(({ id, kind }) => ({ id, kind })),
    places: new Map(
      [...around].flatMap((id) => {
        const place = at(id);
        return place ? [[id, place] as const] : [];
      }),
    ),
  };
}
