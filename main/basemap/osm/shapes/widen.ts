import type { Points } from '../../tiling/featureStore.ts';
import { latOf, unitsOfMetre } from '../../tiling/mercator.ts';
import type { PointList } from './geometry.ts';

/** A line as a closed ring of so many metres' width; corners are cut off, ends are straight. */
export function widened(points: Points, line: PointList, metres: number): number[] {
  const { x, y } = points;
  const half = (metres * unitsOfMetre(latOf(y.at(line[0] as number)))) / 2;
  const left: number[] = [];
  const right: number[] = [];
  for (let i = 0; i + 1 < line.length; i++) {
    const [a, b] = [line[i] as number, line[i + 1] as number];
    const [dx, dy] = [x.at(b) - x.at(a), y.at(b) - y.at(a)];
    const length = Math.hypot(dx, dy);
    if (length === 0) continue;
    const [ox, oy] = [Math.round((-dy / length) * half), Math.round((dx / length) * half)];
    for (const end of [a, b]) {
      left.push(points.add(x.at(end) + ox, y.at(end) + oy));
      right.push(points.add(x.at(end) - ox, y.at(end) - oy));
    }
  }
  if (left.length === 0) return [];
  return [...left, ...right.reverse(), left[0] as number];
}
