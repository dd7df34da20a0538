import type { PlaceRow } from '../../../contract/features/places.ts';
import { useQuery } from '../../bridge/index.ts';
import type { Findable } from '../../map/search/find.ts';

/** So many: alarms, cameras and units are found by the same words. */
const MOST = 8;
/** How systems of coordinates are called, in both languages. */
const DATUM_NAMES = { wgs84: 'WGS 84', gcj02: 'GCJ-02', bd09: 'BD-09' } as const;

const NONE: readonly PlaceRow[] = [];

/** Places of the city that answer what is typed, best first; the same list until it is another. */
export function usePlacesFound(typed: string): readonly PlaceRow[] {
  const text = typed.trim().slice(0, 100);
  return useQuery('places.find', text === '' ? null : { text, limit: MOST }).rows ?? NONE;
}

/** A place's name in both languages, and of coordinates in which system they were read. */
export function nameOf({ name, datum }: Pick<PlaceRow, 'name' | 'datum'>): { zh: string; en: string } {
  if (datum === null) return name;
  return { zh: `${name.zh} · ${DATUM_NAMES[datum]}`, en: `${name.en} · ${DATUM_NAMES[datum]}` };
}

/** A place as the map's search has it. */
export function findable(place: PlaceRow, typed: string): Findable {
  return { kind: place.kind, id: place.id, ...nameOf(place), at: { lon: place.lon, lat: place.lat }, foundBy: typed };
}
