import type { CityMeta, Facility } from '../../../../core/places/city.ts';
import type { LonLat } from '../../../../core/places/geo.ts';
import type { NamedFeature } from '../../../map/city.ts';
import type { Findable } from '../../../map/search/find.ts';

/** Places, facilities and divisions of the city: what does not change while the window is open. */
export function cityFindables(meta: CityMeta, facilities: readonly Facility[]): Findable[] {
  return [
    ...meta.places.map((p): Findable => ({ kind: 'place', id: p.id, zh: p.zh, en: p.en, at: p })),
    ...facilities.map((f): Findable => ({ kind: 'facility', id: f.id, zh: f.zh, en: f.en, at: f })),
    ...[...meta.streets, ...meta.communities].map(
      (d): Findable => ({ kind: 'grid', id: d.code, zh: d.zh, en: d.en, at: d }),
    ),
  ];
}

/** One entry a road name, in the middle of its longest line. */
export function roadFindables(roads: readonly NamedFeature[]): Findable[] {
  const longest = new Map<string, { en: string; line: readonly unknown[] }>();
  for (const { properties, geometry } of roads) {
    const { zh, en } = properties;
    if (!zh || geometry.type !== 'LineString' || !Array.isArray(geometry.coordinates)) continue;
    const line: readonly unknown[] = geometry.coordinates;
    if (line.length > (longest.get(zh)?.line.length ?? 0)) longest.set(zh, { en: en ?? zh, line });
  }
  return [...longest].flatMap(([zh, { en, line }], i): Findable[] => {
    const at = position(line[Math.floor(line.length / 2)]);
    return at ? [{ kind: 'road', id: `road-${i}`, zh, en, at }] : [];
  });
}

/** Cells of the management grid by their 15-digit code, at a corner. */
export function cellFindables(cells: readonly NamedFeature[]): Findable[] {
  return cells.flatMap(({ properties, geometry }): Findable[] => {
    const { code } = properties;
    const at = position(firstPosition(geometry.coordinates));
    return code && at ? [{ kind: 'grid', id: code, zh: code, en: code, at }] : [];
  });
}

function firstPosition(coordinates: unknown): unknown {
  let node = coordinates;
  while (Array.isArray(node) && Array.isArray(node[0])) node = node[0];
  return node;
}

function position(node: unknown): LonLat | null {
  if (!Array.isArray(node)) return null;
  const [lon, lat]: unknown[] = node;
  return typeof lon === 'number' && typeof lat === 'number' ? { lon, lat } : null;
}
