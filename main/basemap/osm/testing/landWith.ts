import { Points } from '../../tiling/featureStore.ts';
import type { Box } from '../../tiling/mercator.ts';
import { landOf } from '../shapes/coast.ts';
import { isInRing, ringArea } from '../shapes/geometry.ts';
import type { Polygon } from '../shapes/rings.ts';

/** A thousand units a side; y goes south. */
const BOX: Box = [0, 0, 1000, 1000];
export type Place = readonly [number, number];

/** The land of these coastlines in the box, with something built at these places. */
export function landWith(coasts: readonly Place[][], built: readonly Place[] = [], outer = BOX) {
  const points = new Points();
  const at = new Map<string, number>();
  const point = ([x, y]: Place): number => {
    const known = at.get(`${x} ${y}`);
    if (known !== undefined) return known;
    const index = points.add(x, y);
    at.set(`${x} ${y}`, index);
    return index;
  };
  const land = landOf(
    points,
    coasts.map((coast) => coast.map(point)),
    { inner: BOX, outer },
    built.map(point),
  );
  const isLand = (x: number, y: number): boolean => land.polygons.some((polygon) => covers(points, polygon, x, y));
  const area = land.polygons.reduce(
    (sum, rings) =>
      sum + rings.reduce((all, ring, i) => all + (i === 0 ? 1 : -1) * Math.abs(ringArea(points, ring)), 0),
    0,
  );
  return { ...land, isLand, area: area / 1000 ** 2 };
}

function covers(points: Points, rings: Polygon, x: number, y: number): boolean {
  return rings.every((ring, i) => isInRing(points, ring, x, y) === (i === 0));
}

/** A circle of land, anticlockwise on the ground; the other way round one of water. */
export const circle = (cx: number, cy: number, r: number, isLand = true): Place[] => {
  const all = Array.from({ length: 25 }, (_, i): Place => {
    const angle = ((isLand ? -1 : 1) * i * 2 * Math.PI) / 24;
    return [Math.round(cx + r * Math.cos(angle)), Math.round(cy + r * Math.sin(angle))];
  });
  return [...all.slice(0, 24), all[0] as Place];
};
