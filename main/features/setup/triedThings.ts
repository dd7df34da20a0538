import type { AlarmRule } from '../../../core/alarms/rules.ts';
import type { HallCity } from '../../city/hallCity.ts';
import { whereIs } from '../../city/whereIs.ts';
import type { TriedThings } from './tryRules.ts';

/** What of a city these rules are tried on, as a thread can be sent it. */
export function triedThings(city: HallCity, rules: readonly AlarmRule[]): TriedThings {
  const at = whereIs(city);
  const around = new Set(rules.flatMap(({ area }) => (area && 'around' in area ? area.around : [])));
  return {
    sensors: city.sensors.map(({ id, kind }) => ({ id, kind })),
    units: city.units.map(({ id, kind }) => ({ id, kind })),
    places: new Map(
      [...around].flatMap((id) => {
        const place = at(id);
        return place ? [[id, place] as const] : [];
      }),
    ),
  };
}
