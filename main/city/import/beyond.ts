import type { Bounds } from '../../../core/places/city.ts';
import type { Text } from '../../../core/words.ts';
import type { Thing } from './things.ts';

/** Degrees beyond the hall's map that are still the city: a gauge upstream, a depot. */
const NEAR = 0.3;

/** Looks at things one by one, and tells of those that lie where the hall's map is not: of another city, in other coordinates, or with the two columns the wrong way round. */
export function beyondOf(area: Bounds | undefined): { look(thing: Thing): void; told(): Text[] } {
  let [one, count, turned]: [string | null, number, number] = [null, 0, 0];
  const [west, south, east, north] = area ?? [-180, -90, 180, 90];
  const within = (lon: number, lat: number) =>
    lon >= west - NEAR && lon <= east + NEAR && lat >= south - NEAR && lat <= north + NEAR;
  return {
    look({ id, lon, lat }) {
      if (!area || lon === undefined || within(Number(lon), Number(lat))) return;
      one ??= id;
      count++;
      if (within(Number(lat), Number(lon))) turned++;
    },
    told() {
      if (one === null) return [];
      const swapped = turned * 2 > count;
      return [
        {
          zh: `${count} 条不在底图范围内（如 ${one}）：${swapped ? '经纬度两列互换后在范围内，可能写反了' : '请核对坐标系与经纬度列'}`,
          en: `${count} of them lie outside the hall's map (${one}): ${swapped ? 'with longitude and latitude the other way round they would be in it' : 'check the system of coordinates and the columns'}`,
        },
      ];
    },
  };
}

/** The same of a list. */
export function beyond(things: readonly Thing[], area: Bounds | undefined): Text[] {
  const outside = beyondOf(area);
  for (const thing of things) outside.look(thing);
  return outside.told();
}
