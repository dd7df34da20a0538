import { MOST_RECENT } from '../../contract/features/sensors.ts';

/** [wall ms, value] */
export type RecentPoint = readonly [number, number];

/** The curve with one value more, in order of time: what lies after it was said by a clock that has been set back since. */
export function appended(
  points: readonly RecentPoint[],
  { t, value }: { readonly t: number; readonly value: number },
): readonly RecentPoint[] {
  const last = points.at(-1);
  if (last && last[0] === t && last[1] === value) return points;
  let end = points.length;
  while (end > 0 && (points[end - 1]?.[0] ?? t) >= t) end--;
  return [...points.slice(Math.max(0, end - MOST_RECENT + 1), end), [t, value]];
}
