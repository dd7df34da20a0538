import { ONLY } from '../core/drills/conditions.ts';
import type { DrillWeather } from '../core/drills/script.ts';
import type { CitySensor } from '../core/places/city.ts';
import type { LonLat } from '../core/places/geo.ts';

/** Units that set out for a place of the drill. */
export interface Sending {
  to: LonLat;
  /** Whose; all that can be sent where it is not told. */
  departments?: readonly string[];
}

/**
 * Where a drill sends units: for each incident that it opens, those of the departments that are expected to act go to the place of its alarm,
 * or where whoever called said. A script that opens none sends all to the first sensor with a curve of its own, by exact id.
 */
export function sendingsOf(script: DrillWeather | null, sensors: readonly CitySensor[]): Sending[] {
  const placeOf = (id: string | undefined) => sensors.find((sensor) => sensor.id === id);
  const opened = (script?.actions ?? []).flatMap((action): Sending[] => {
    if (action.do !== 'open-incident' && action.do !== 'open-by-hand') return [];
    const to = action.do === 'open-by-hand' ? action.place : placeOf(action.alarm.sensor);
    const departments = script?.expect?.incidents[action.about ?? ONLY]?.departments;
    return to ? [{ to, ...(departments ? { departments } : {}) }] : [];
  });
  if (opened.length > 0) return opened;
  const first = placeOf(script?.sensors.flatMap(({ ids }) => ids).find((id) => !id.includes('*')));
  return first ? [{ to: first }] : [];
}
