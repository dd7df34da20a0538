import type { Point } from 'geojson';
import type { FacilityRow } from '../../../../contract/features/places.ts';
import { type ComponentTable, componentCode } from '../../../../core/places/city.ts';
import { facilityLook, type OwnKind } from '../../../../core/places/kinds.ts';
import { type Collection, collection, point } from '../../../map/overlays/collections.ts';
import type { Lang } from '../../../ui/format.ts';

/** Hospitals, fire stations, shelters … as points. */
export function facilityPoints(
  facilities: readonly FacilityRow[],
  kinds: readonly OwnKind[],
  lang: Lang,
): Collection<Point> {
  return collection(
    facilities.map((facility) =>
      point(facility, {
        id: facility.id,
        kind: facility.kind,
        look: `facility-${facilityLook(kinds, facility.kind)}`,
        title: lang === 'en' ? facility.name.en : facility.name.zh,
      }),
    ),
  );
}

/** City components as points, each with its 16-digit identifier. */
export function componentPoints(table: ComponentTable, county: string, lang: Lang): Collection<Point> {
  return collection(
    table.lon.flatMap((lon, i) => {
      const category = table.categories[table.category[i] ?? -1];
      const lat = table.lat[i];
      if (!category || lat === undefined) return [];
      return [
        point(
          { lon, lat },
          {
            id: componentCode(county, category.code, table.seq[i] ?? 0),
            kind: category.code,
            title: lang === 'en' ? category.en : category.zh,
          },
        ),
      ];
    }),
  );
}
