import { MOST_POINTS, MOST_REFERENCES, type WarnedArea } from '../../../../core/warnings/message.ts';
import type { Issue } from '../../../config/issue.ts';
import { badCircle, badOutline, swapped, tooManyPoints } from './faults.ts';
import { type Element, each, textOf } from './xml.ts';

type Position = [number, number];

/** `[lon, lat]` in WGS 84. */
export type Convert = (lon: number, lat: number) => Position;

/** No circle on the earth is larger. */
const MOST_KM = 20_040;
/** A tenth of a metre. */
const round = (degrees: number): number => Math.round(degrees * 1e6) / 1e6 + 0;

/** A `lat,lon` pair as `[lon, lat]`; null where it is none. */
function pairOf(pair: string): Position | null {
  const [lat, lon, more] = pair.split(',').map((part) => (part === '' ? Number.NaN : Number(part)));
  if (lat === undefined || lon === undefined || more !== undefined) return null;
  return Number.isFinite(lat) && Number.isFinite(lon) ? [lon, lat] : null;
}

const onEarth = ([lon, lat]: Position): boolean => Math.abs(lon) <= 180 && Math.abs(lat) <= 90;

/** What of an area can be drawn; what is wrong with the rest is told to `faulty`. */
export function outlinesOf(
  areas: readonly { readonly element: Element; readonly path: string }[],
  convert: Convert,
  faulty: (issue: Issue) => void,
): Pick<WarnedArea, 'polygons' | 'circles'> {
  const polygons = new Map<string, Position[]>();
  const circles: WarnedArea['circles'] = [];
  let points = 0;
  const placed = (position: Position): Position | null => {
    const [lon, lat] = convert(...position);
    return onEarth([lon, lat]) ? [round(lon), round(lat)] : null;
  };
  for (const { element, path } of areas) {
    for (const { text } of each(element, 'polygon')) {
      if (text === '' || polygons.has(text)) continue;
      const pairs = text.split(/\s+/, MOST_POINTS + 1).map(pairOf);
      const whole = pairs.filter((pair) => pair !== null);
      if (
        whole.length === pairs.length &&
        whole.some((pair) => !onEarth(pair)) &&
        whole.every(([a, b]) => onEarth([b, a]))
      ) {
        faulty(swapped(`${path}.polygon`));
        continue;
      }
      const ring = whole
        .filter(onEarth)
        .flatMap((pair) => [placed(pair)])
        .filter((pair) => pair !== null);
      if (ring.length !== pairs.length || ring.length < 3) {
        faulty(badOutline(`${path}.polygon`, text));
        continue;
      }
      const [first, last] = [ring[0] as Position, ring.at(-1) as Position];
      if (first[0] !== last[0] || first[1] !== last[1]) ring.push([...first]);
      if (ring.length < 4) {
        faulty(badOutline(`${path}.polygon`, text));
        continue;
      }
      points += ring.length;
      if (points > MOST_POINTS) {
        faulty(tooManyPoints(MOST_POINTS));
        return { polygons: [...polygons.values()], circles };
      }
      polygons.set(text, ring);
    }
    for (const { text } of each(element, 'circle')) {
      if (text === '' || circles.length >= MOST_REFERENCES) continue;
      const [centre = '', km = '', ...more] = text.split(/\s+/, 3);
      const pair = pairOf(centre);
      const at = pair && onEarth(pair) ? placed(pair) : null;
      const radius = km === '' ? Number.NaN : Number(km);
      if (at === null || more.length > 0 || !(radius >= 0 && radius <= MOST_KM))
        faulty(badCircle(`${path}.circle`, text));
      // A circle of no size marks a point.
      else circles.push({ at, radius: Math.round(radius * 1000) });
    }
  }
  return { polygons: [...polygons.values()], circles };
}

/** Codes of districts: CAP's values, or the list that Chinese platforms write. */
export function codesOf(areas: readonly Element[]): string[] {
  const codes = areas.flatMap((area) =>
    each(area, 'geocode').flatMap((code) => (textOf(code, 'value') || code.text).split(/[,，\s]+/)),
  );
  return [...new Set(codes.filter((code) => code !== '' && code.length <= 250))].slice(0, 1000);
}
