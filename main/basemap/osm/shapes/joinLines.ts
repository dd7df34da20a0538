import type { Points } from '../../tiling/featureStore.ts';
import { LineList } from './lineList.ts';

/** Points of one joined line, at most: a ring road is several, lest every tile look at all of it. */
const LONGEST = 3000;
/** Where more than two lines of one style meet, those go on into one another that turn less than this (cosine of 60°). */
const STRAIGHT = 0.5;

/**
 * Joins lines of one style at their ends, so that a street is one line however many pieces it was drawn in: its name finds room, and
 * the road graph gets no node where nothing branches off.
 */
export function joinLines(points: Points, lines: LineList): LineList {
  const partner = partners(points, lines);
  const out = new LineList();
  for (const style of lines.styles) out.style(style);
  const isTaken = new Uint8Array(lines.count);
  const follow = (firstEnd: number): void => {
    let run: number[] = [];
    for (let end = firstEnd; end >= 0 && isTaken[end >> 1] === 0; end = partner[end ^ 1] as number) {
      isTaken[end >> 1] = 1;
      const line = lines.line(end >> 1);
      if (run.length + line.length > LONGEST && run.length > 1) {
        out.add(lines.styleOf.at(firstEnd >> 1), run);
        run = [];
      }
      for (let i = run.length === 0 ? 0 : 1; i < line.length; i++)
        run.push(line[end % 2 === 0 ? i : line.length - 1 - i] as number);
    }
    if (run.length > 1) out.add(lines.styleOf.at(firstEnd >> 1), run);
  };
  // From loose ends first; what is left then are circles.
  for (let end = 0; end < partner.length; end++) if (partner[end] === -1 && isTaken[end >> 1] === 0) follow(end);
  for (let line = 0; line < lines.count; line++) if (isTaken[line] === 0) follow(line * 2);
  return out;
}

/** Of every end of a line (`line * 2`, its last point `line * 2 + 1`) the end of another that goes on from there, or -1. */
function partners(points: Points, lines: LineList): Int32Array {
  const ends = new Map<number, number | number[]>();
  for (let line = 0; line < lines.count; line++) {
    const refs = lines.line(line);
    for (const [end, point] of [
      [line * 2, refs[0] as number],
      [line * 2 + 1, refs[refs.length - 1] as number],
    ] as const) {
      const key = lines.styleOf.at(line) * 2 ** 28 + point;
      const known = ends.get(key);
      if (known === undefined) ends.set(key, end);
      else if (typeof known === 'number') ends.set(key, [known, end]);
      else known.push(end);
    }
  }
  const partner = new Int32Array(lines.count * 2).fill(-1);
  for (const meeting of ends.values()) if (typeof meeting !== 'number') pair(points, lines, meeting, partner);
  return partner;
}

function pair(points: Points, lines: LineList, meeting: readonly number[], partner: Int32Array): void {
  let free = meeting;
  while (free.length > 1) {
    const best = straightest(points, lines, free);
    if (!best || (meeting.length > 2 && best.cosine < STRAIGHT)) return;
    const { a, b } = best;
    // A line that meets itself is a circle already.
    if (a >> 1 !== b >> 1) {
      partner[a] = b;
      partner[b] = a;
    }
    free = free.filter((end) => end !== a && end !== b);
  }
}

function straightest(points: Points, lines: LineList, ends: readonly number[]) {
  let best: { a: number; b: number; cosine: number } | null = null;
  const away = ends.map((end) => direction(points, lines, end));
  for (let i = 0; i < ends.length; i++) {
    for (let k = i + 1; k < ends.length; k++) {
      const [p, q] = [away[i], away[k]];
      if (!p || !q) continue;
      const cosine = -(p.x * q.x + p.y * q.y);
      if (!best || cosine > best.cosine) best = { a: ends[i] as number, b: ends[k] as number, cosine };
    }
  }
  return best;
}

/** Unit vector from an end into its line. */
function direction({ x, y }: Points, lines: LineList, end: number): { x: number; y: number } {
  const line = lines.line(end >> 1);
  const [from, to] = end % 2 === 0 ? [line[0], line[1]] : [line[line.length - 1], line[line.length - 2]];
  const [dx, dy] = [x.at(to as number) - x.at(from as number), y.at(to as number) - y.at(from as number)];
  const length = Math.hypot(dx, dy) || 1;
  return { x: dx / length, y: dy / length };
}
