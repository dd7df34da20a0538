import type { Points } from '../../tiling/featureStore.ts';
import type { Box } from '../../tiling/mercator.ts';
import { distance, isInside, lineLength, nearestSide, worldPoint } from './boxSides.ts';
import type { PointList } from './geometry.ts';

/** More chains than this are no coast with a few gaps in it. */
const MOST_CHAINS = 300;

/**
 * Bridges gaps in a coastline, as a way that the file lacks leaves them: from an end within the box straight to the nearest beginning,
 * when that is nearer than the sides of the box and the gap is shorter than what it joins.
 */
export function bridgeGaps(
  points: Points,
  chains: readonly PointList[],
  box: Box,
): { rings: PointList[]; chains: PointList[] } {
  const rings: PointList[] = [];
  let open = [...chains];
  for (let gap = nearestGap(points, open, box); gap; gap = nearestGap(points, open, box)) {
    const { from, to } = gap;
    open = open.filter((chain) => chain !== from && chain !== to);
    if (from === to) rings.push([...Array.from(from), from[0] as number]);
    else open.push([...Array.from(from), ...Array.from(to)]);
  }
  return { rings, chains: open };
}

function nearestGap(points: Points, chains: readonly PointList[], box: Box) {
  if (chains.length > MOST_CHAINS) return null;
  const lengths = new Map(chains.map((chain) => [chain, lineLength(points, chain)]));
  const ends = chains.filter((chain) => isInside(points, chain[chain.length - 1] as number, box));
  const starts = chains.filter((chain) => isInside(points, chain[0] as number, box));
  let best: { from: PointList; to: PointList; gap: number } | null = null;
  for (const from of ends) {
    const end = worldPoint(points, from[from.length - 1] as number);
    for (const to of starts) {
      const start = worldPoint(points, to[0] as number);
      const gap = distance(end, start);
      if (best && gap >= best.gap) continue;
      const toSides = Math.min(distance(end, nearestSide(end, box)), distance(start, nearestSide(start, box)));
      const joined = Math.min(lengths.get(from) ?? 0, lengths.get(to) ?? 0);
      if (gap < toSides && gap < joined) best = { from, to, gap };
    }
  }
  return best;
}
