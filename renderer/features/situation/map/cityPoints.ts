import type { Point } from 'geojson';
import type { ComponentRow, FacilityRow } from '../../../../contract/features/places.ts';
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
            look: componentLook(category.code),
            title: lang === 'en' ? category.en : category.zh,
          },
        ),
      ];
    }),
  );
}

/** Components of the hall's registers as points, each once. */
export function registerPoints(rows: readonly ComponentRow[], lang: Lang): Collection<Point> {
  const each = new Map(rows.map((row) => [row.id, row]));
  return collection(
    [...each.values()].map((row) =>
      point(row, { id: row.id, look: componentLook(row.kind), title: row.name[lang === 'en' ? 'en' : 'zh'] }),
    ),
  );
}

/** By the class of GB/T 30428.2 where the kind is a code of it, else as any other. */
const componentLook = (kind: string): string => `component-${/^0[1-5]\d{2}$/.test(kind) ? kind.slice(0, 2) : '05'}`;
