import type { LonLat } from '../../../core/places/geo.ts';
import type { Subject } from '../../desk/subject.ts';

/** Where what is selected is, and its name as it is written there; the name is empty for a point of the map. Null without a place. */
export function placeOf({ at, alarm, incident, sensor, camera }: Subject): (LonLat & { name: string }) | null {
  if (at === null) return null;
  const name = alarm?.place.name.zh ?? incident?.place.name.zh ?? sensor?.name.zh ?? camera?.name.zh ?? '';
  return { lon: at.lon, lat: at.lat, name };
}
