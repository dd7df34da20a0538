/** A value over drill time: `[second, value]`, seconds ascending. */
export type Curve = readonly (readonly [number, number])[];

/** The curve's value at a second: straight lines between points, the end values beyond them. */
export function valueAt(curve: Curve, second: number): number {
  const first = curve[0];
  if (first === undefined) throw new RangeError('a curve needs at least one point');
  let [t0, v0] = first;
  if (second <= t0) return v0;
  for (const [t1, v1] of curve) {
    if (second <= t1) return t1 === t0 ? v1 : v0 + ((v1 - v0) * (second - t0)) / (t1 - t0);
    t0 = t1;
    v0 = v1;
  }
  return v0;
}

/** Whether an id is meant by a pattern: letters as they are, `*` for any run of characters. */
export function idMatches(pattern: string, id: string): boolean {
  const parts = pattern.split('*');
  const head = parts[0] ?? '';
  const tail = parts.at(-1) ?? '';
  if (parts.length === 1) return id === pattern;
  if (id.length < head.length + tail.length || !id.startsWith(head) || !id.endsWith(tail)) return false;
  let from = head.length;
  for (const part of parts.slice(1, -1)) {
    const found = id.indexOf(part, from);
    if (found < 0) return false;
    from = found + part.length;
  }
  return from <= id.length - tail.length;
}

/** The second of the weather's own time at a drill second, when it stands still at `holdAt` for a while. */
export function heldSecond(second: number, hold: { holdAt: number; for: number } | undefined): number {
  return hold === undefined || second <= hold.holdAt ? second : Math.max(hold.holdAt, second - hold.for);
}
