import type { Bounds } from '../../../core/places/city.ts';
import type { Text } from '../../../core/words.ts';
import type { Thing } from './things.ts';

/** Degrees beyond the hall's map that are still the city: a gauge upstream, a depot. */
const NEAR = 0.3;

/** Things that lie where the hall's map is not: of another city, in other coordinates, or with the two columns the wrong way round. */
export function beyond(things: readonly Thing[], area: Bounds | undefined): Text[] {
  if (!area) return [];
  const [west, south, east, north] = area;
  const within = (lon: unknown, lat: unknown) =>
    Number(lon) >= west - NEAR &&
    Number(lon) <= east + NEAR &&
    Number(lat) >= south - NEAR &&
    Number(lat) <= north + NEAR;
  const outside = things.filter(({ lon, lat }) => lon !== undefined && !within(lon, lat));
  const [one] = outside;
  if (!one) return [];
  const swapped = outside.filter(({ lon, lat }) => within(lat, lon)).length * 2 > outside.length;
  return [
    {
      zh: `${outside.length} 条不在底图范围内（如 ${one.id}）：${swapped ? '经纬度两列互换后在范围内，可能写反了' : '请核对坐标系与经纬度列'}`,
      en: `${outside.length} of them lie outside the hall's map (${one.id}): ${swapped ? 'with longitude and latitude the other way round they would be in it' : 'check the system of coordinates and the columns'}`,
    },
  ];
}
