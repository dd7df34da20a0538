import type { Block } from './blocks.ts';
import { dist, type Pt, pt } from './plane.ts';
import type { Random } from './random.ts';
import { makeRaster, stampRing } from './raster.ts';
import { CELL, COLS, ROWS } from './tiling.ts';

/** The raster cells of every block of the town. */
export function wholeBlocks(blocks: readonly Block[]): number[][] {
  const raster = makeRaster(0, 0, COLS * CELL, ROWS * CELL, CELL);
  blocks.forEach((block, i) => {
    if (block.area < 260_000) stampRing(raster, block.ring, i + 1);
  });
  const out: number[][] = blocks.map(() => []);
  raster.data.forEach((v, i) => {
    if (v > 0) out[v - 1]?.push(i);
  });
  return out.filter((cells) => cells.length > 1);
}

/** Gives every block to the label that has most of it, so that borders run along streets. */
export function unite(label: Int32Array, blocks: readonly number[][]): void {
  for (const block of blocks) {
    const votes = new Map<number, number>();
    for (const i of block) votes.set(label[i] as number, (votes.get(label[i] as number) ?? 0) + 1);
    if (votes.size < 2) continue;
    const winner = [...votes].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0] ?? -1;
    if (winner < 0) continue;
    for (const i of block) if (label[i] !== -1) label[i] = winner;
  }
}

/** Renumbers labels without gaps; returns the old number of each. */
export function dropEmpty(label: Int32Array, count: number): number[] {
  const sizes = new Uint32Array(count);
  for (const v of label) if (v >= 0) sizes[v] = (sizes[v] as number) + 1;
  const kept = Array.from(sizes.keys()).filter((k) => (sizes[k] as number) > 0);
  const renumber = new Map(kept.map((old, now) => [old, now]));
  for (let i = 0; i < label.length; i++) label[i] = renumber.get(label[i] as number) ?? -1;
  return kept;
}

/** Seeds far from one another: each new one is the best of several by weighted distance to those taken. */
export function scatter(own: Int32Array, count: number, weight: (i: number) => number, random: Random): number[] {
  const out: number[] = [];
  const at = (i: number): Pt => pt((i % COLS) * CELL, Math.floor(i / COLS) * CELL);
  for (let n = 0; n < count && own.length > 0; n++) {
    let best = own[random.below(own.length)] as number;
    let bestGap = -1;
    for (let k = 0; k < 14; k++) {
      const i = own[random.below(own.length)] as number;
      if (out.includes(i)) continue;
      const gap = out.reduce((m, o) => Math.min(m, dist(at(i), at(o))), 1e9) / weight(i);
      if (gap > bestGap) {
        bestGap = gap;
        best = i;
      }
    }
    out.push(best);
  }
  return out;
}

/** Labels every cell inside with the seed that reaches it first (Dijkstra over the 8 neighbours, in buckets). */
export function spread(
  seeds: readonly number[],
  cost: Float32Array,
  inside: Uint8Array,
  may: ((i: number, label: number) => boolean) | undefined,
): Int32Array {
  const label = new Int32Array(COLS * ROWS).fill(-1);
  const best = new Float64Array(COLS * ROWS).fill(Infinity);
  const buckets: number[][] = [];
  const push = (i: number, d: number, from: number): void => {
    if (d >= (best[i] as number)) return;
    best[i] = d;
    label[i] = from;
    const b = Math.floor(d * 4);
    const list = buckets[b];
    if (list) list.push(i);
    else buckets[b] = [i];
  };
  seeds.forEach((seed, n) => void push(seed, 0, n));
  for (let b = 0; b < buckets.length; b++) {
    const list = buckets[b];
    if (!list) continue;
    for (let head = 0; head < list.length; head++) {
      const i = list[head] as number;
      if (Math.floor((best[i] as number) * 4) !== b) continue;
      const col = i % COLS;
      const row = Math.floor(i / COLS);
      for (let dr = -1; dr <= 1; dr++) {
        for (let dc = -1; dc <= 1; dc++) {
          if ((dr === 0 && dc === 0) || col + dc < 0 || col + dc >= COLS || row + dr < 0 || row + dr >= ROWS) continue;
          const j = i + dr * COLS + dc;
          const from = label[i] as number;
          if (may && inside[j] === 1 && !may(j, from)) continue;
          // The sea is passable at a price, so that islands belong to the coast that faces them.
          const step = inside[j] === 1 ? (cost[j] as number) : 6;
          push(j, (best[i] as number) + step * (dr !== 0 && dc !== 0 ? Math.SQRT2 : 1), from);
        }
      }
    }
  }
  for (let i = 0; i < label.length; i++) if (inside[i] !== 1) label[i] = -1;
  return label;
}
