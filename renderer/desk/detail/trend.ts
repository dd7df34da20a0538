/** A sensor's last values as the points of a polyline. */
export interface Trend {
  /** `x,y x,y …` in the drawing's units. */
  readonly points: string;
  readonly last: { readonly x: number; readonly y: number };
  /** Where each of the marked values lies, in their order. */
  readonly marks: readonly number[];
  readonly min: number;
  readonly max: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Fits `[wall ms, value]` into a box. Marked values are always inside, so that how far away they are can be seen.
 * @returns null with fewer than two points
 */
export function trend(
  recent: readonly (readonly [number, number])[],
  box: { width: number; height: number },
  marked: readonly number[],
): Trend | null {
  const first = recent[0];
  const final = recent.at(-1);
  if (recent.length < 2 || !first || !final) return null;
  const values = recent.map(([, value]) => value);
  const all = [...values, ...marked];
  const min = Math.min(...all);
  const max = Math.max(...all);
  const room = (max - min || 1) * 0.08;
  const bottom = min - room;
  const span = max + room - bottom;
  const duration = final[0] - first[0] || 1;
  const x = (at: number) => round(((at - first[0]) / duration) * box.width);
  const y = (value: number) => round(box.height - ((value - bottom) / span) * box.height);
  return {
    points: recent.map(([at, value]) => `${x(at)},${y(value)}`).join(' '),
    last: { x: x(final[0]), y: y(final[1]) },
    marks: marked.map(y),
    min: Math.min(...values),
    max: Math.max(...values),
    from: first[0],
    to: final[0],
  };
}

function round(n: number): number {
  return Math.round(n * 10) / 10;
}
