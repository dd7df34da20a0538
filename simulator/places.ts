import type { NamedPlace } from '../core/places/gazetteer.ts';
import type { PlayedCity } from './load.ts';

/** What of the city has a name but its roads and crossings, whose names a hall takes from the roads: places, facilities, divisions and cells of the management grid. */
export function placesOf({ meta, facilities, cells }: Pick<PlayedCity, 'meta' | 'facilities' | 'cells'>): NamedPlace[] {
  const divisions = [...meta.streets, ...meta.communities];
  return [
    ...meta.places.map(({ id, zh, en, lon, lat }) => ({ id, kind: 'place' as const, zh, en, lon, lat })),
    ...facilities.map(({ id, zh, en, lon, lat }) => ({ id, kind: 'facility' as const, zh, en, lon, lat })),
    ...divisions.map(({ code, zh, en, lon, lat }) => ({ id: code, kind: 'grid' as const, zh, en, lon, lat })),
    ...cells.flatMap(({ code, polygons }) => {
      const [lon, lat] = polygons[0]?.[0]?.[0] ?? [];
      return lon === undefined || lat === undefined
        ? []
        : [{ id: code, kind: 'grid' as const, zh: code, en: code, lon, lat }];
    }),
  ];
}
