import type { LonLat } from '../../core/places/geo.ts';
import type { HallCity } from './hallCity.ts';

/** What of a city stands somewhere and has an id. */
export type Placed = Pick<HallCity, 'places' | 'facilities' | 'sensors' | 'cameras'>;

/** Where a place, facility, sensor or camera is, by its id. Looks through all of them: for what is asked once. */
export function whereIs({ places, facilities, sensors, cameras }: Placed): (id: string) => LonLat | undefined {
  return (id) => {
    for (const all of [places, facilities, sensors, cameras] as readonly (readonly (LonLat & { id: string })[])[]) {
      const found = all.find((each) => each.id === id);
      if (found) return { lon: found.lon, lat: found.lat };
    }
    return undefined;
  };
}
