import type { WarningShape } from '../../../../contract/features/warnings.ts';
import { NUMERAL } from '../../../../core/words.ts';
import { type Collection, circleRing, collection, point, type Say } from '../../../map/overlays/collections.ts';

/** Outlines and circles of warnings; the chosen one is drawn last. */
export function warnedAreas(shapes: readonly WarningShape[], chosen: string | null): Collection {
  const ordered = [...shapes].sort((a, b) => Number(a.id === chosen) - Number(b.id === chosen) || b.level - a.level);
  return collection<Collection['features'][number]['geometry']>(
    ordered.flatMap(({ id, level, polygons, circles }) => {
      const properties = { id, level, chosen: id === chosen };
      const rings = [
        ...polygons,
        ...circles
          .filter(({ radius }) => radius > 0)
          .map(({ at: [lon, lat], radius }) => circleRing({ lon, lat }, radius)),
      ];
      return rings.map((ring) => ({
        ...{ type: 'Feature' as const, properties },
        geometry: { type: 'Polygon' as const, coordinates: [ring] },
      }));
    }),
  );
}

/** The middle of each, with its level as a numeral and what it says. */
export function warnedMiddles(shapes: readonly WarningShape[], say: Say): Collection {
  return collection(
    shapes.map(({ id, level, title, at }) => point(at, { id, level, label: `${NUMERAL[level]} ${say(title)}` })),
  );
}
