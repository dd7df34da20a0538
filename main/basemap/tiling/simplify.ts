/** Which points of the line that is being looked at stay. */
let KEPT = new Uint8Array(1024);
const STACK: number[] = [];

/**
 * Thins a line or closed ring in place (Douglas and Peucker): no point that goes is farther than `tolerance` from what is left. Two
 * points of one place become one.
 *
 * @param xy flat `x, y, x, y …`
 * @returns how many numbers of it are left
 */
export function simplify(xy: Int32Array, length: number, tolerance: number, isRing: boolean): number {
  const n = unrepeated(xy, length) / 2;
  if (n < 3) return n * 2;
  if (KEPT.length < n) KEPT = new Uint8Array(n * 2);
  KEPT.fill(0, 0, n);
  KEPT[0] = KEPT[n - 1] = 1;
  const square = tolerance * tolerance;
  if (isRing) {
    // A ring's ends are one point: from there no course can be judged, so it's cut at the point that is farthest off.
    const far = farthest(xy, n);
    KEPT[far] = 1;
    thin(xy, 0, far, square);
    thin(xy, far, n - 1, square);
  } else thin(xy, 0, n - 1, square);
  let out = 0;
  for (let i = 0; i < n; i++) {
    if (KEPT[i] === 0) continue;
    xy[out++] = xy[i * 2] as number;
    xy[out++] = xy[i * 2 + 1] as number;
  }
  return out;
}

function unrepeated(xy: Int32Array, length: number): number {
  let out = Math.min(2, length);
  for (let i = 2; i < length; i += 2) {
    if (xy[i] === xy[out - 2] && xy[i + 1] === xy[out - 1]) continue;
    xy[out++] = xy[i] as number;
    xy[out++] = xy[i + 1] as number;
  }
  return out;
}

function farthest(xy: Int32Array, n: number): number {
  let best = 0;
  let most = -1;
  for (let i = 1; i < n - 1; i++) {
    const dx = (xy[i * 2] as number) - (xy[0] as number);
    const dy = (xy[i * 2 + 1] as number) - (xy[1] as number);
    const d = dx * dx + dy * dy;
    if (d > most) [most, best] = [d, i];
  }
  return best;
}

function thin(xy: Int32Array, first: number, last: number, square: number): void {
  STACK.push(first, last);
  while (STACK.length > 0) {
    const to = STACK.pop() as number;
    const from = STACK.pop() as number;
    let most = square;
    let far = -1;
    const ax = xy[from * 2] as number;
    const ay = xy[from * 2 + 1] as number;
    const dx = (xy[to * 2] as number) - ax;
    const dy = (xy[to * 2 + 1] as number) - ay;
    const span = dx * dx + dy * dy;
    for (let i = from + 1; i < to; i++) {
      let px = (xy[i * 2] as number) - ax;
      let py = (xy[i * 2 + 1] as number) - ay;
      const t = span === 0 ? 0 : Math.max(0, Math.min(1, (px * dx + py * dy) / span));
      px -= dx * t;
      py -= dy * t;
      const d = px * px + py * py;
      if (d > most) [most, far] = [d, i];
    }
    if (far < 0) continue;
    KEPT[far] = 1;
    if (far - from > 1) STACK.push(from, far);
    if (to - far > 1) STACK.push(far, to);
  }
}
