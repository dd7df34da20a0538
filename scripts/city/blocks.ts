import type { Network, Segment } from './network.ts';
import { areaOf, centroidOf, dist, type Line, type Pt, pt } from './plane.ts';
import type { Random } from './random.ts';
import type { Terrain } from './terrain.ts';
import type { Zone, Zones } from './zones.ts';

/** What a block between streets is used for. */
export type LandUse =
  | 'housing'
  | 'oldtown'
  | 'commerce'
  | 'industry'
  | 'port'
  | 'park'
  | 'campus'
  | 'square'
  | 'village'
  | 'open';

/** A block: a face of the street network. */
export interface Block {
  readonly ring: Line;
  readonly area: number;
  readonly centre: Pt;
  readonly zone: Zone;
  readonly use: LandUse;
}

/** Finds the blocks between the streets and decides what each is used for. */
export function makeBlocks(network: Network, terrain: Terrain, zones: Zones, random: Random): Block[] {
  const blocks: Block[] = [];
  for (const ring of faces(network)) {
    const area = areaOf(ring);
    if (area < 700 || area > 900_000) continue;
    const centre = centroidOf(ring);
    const zone = zones.at(centre);
    blocks.push({ ring, area, centre, zone, use: landUseOf(area, centre, zone, terrain, random) });
  }
  return blocks;
}

function landUseOf(area: number, centre: Pt, zone: Zone, terrain: Terrain, random: Random): LandUse {
  const dice = random.next();
  if (terrain.lakes.some((lake) => dist(centre, centroidOf(lake)) < 230)) return 'park';
  if (area > 260_000 || terrain.elevation(centre) > 20) return 'open';
  const waterside = terrain.toWater(centre) < 55 && terrain.toSea(centre) > 120;
  if (waterside && dice < 0.6 && zone !== 'oldtown' && zone !== 'industry') return 'park';
  if (terrain.toSea(centre) < 130 && zone !== 'harbour') return dice < 0.75 ? 'park' : 'commerce';
  if (zone === 'oldtown') return dice < 0.035 ? 'square' : dice < 0.06 ? 'park' : 'oldtown';
  if (zone === 'core') return dice < 0.62 ? 'commerce' : dice < 0.7 ? 'square' : dice < 0.76 ? 'park' : 'housing';
  if (zone === 'industry') return dice < 0.86 ? 'industry' : dice < 0.93 ? 'open' : 'housing';
  if (zone === 'harbour') return centre.y > 3150 ? 'port' : dice < 0.8 ? 'industry' : 'housing';
  if (zone === 'village') return 'village';
  if (zone === 'rural') return 'open';
  if (dice < 0.055) return 'park';
  if (dice < 0.12) return 'campus';
  return dice < 0.2 ? 'commerce' : dice < 0.97 ? 'housing' : 'open';
}

/** Faces of the planar part of the network, counter-clockwise rings. */
function faces(network: Network): Pt[][] {
  const half: { to: number; angle: number; line: readonly Pt[]; twin: number; done: boolean }[] = [];
  const at: number[][] = network.nodes.map(() => []);
  const put = (s: Segment, reverse: boolean, twin: number): void => {
    const line = reverse ? [...s.line].reverse() : s.line;
    const [a, b] = [line[0] as Pt, line[1] as Pt];
    at[reverse ? s.b : s.a]?.push(half.length);
    half.push({ to: reverse ? s.a : s.b, angle: Math.atan2(b.y - a.y, b.x - a.x), line, twin, done: false });
  };
  for (const s of network.segments) {
    if (s.separate) continue;
    put(s, false, half.length + 1);
    put(s, true, half.length - 1);
  }
  const angle = (h: number): number => half[h]?.angle ?? 0;
  for (const out of at) out.sort((m, n) => angle(m) - angle(n));
  const rings: Pt[][] = [];
  half.forEach((_, start) => {
    const ring: Pt[] = [];
    let h = start;
    for (let steps = 0; steps < 4000; steps++) {
      const edge = half[h] as (typeof half)[number];
      if (edge.done) break;
      edge.done = true;
      for (let i = 0; i < edge.line.length - 1; i++) ring.push(edge.line[i] as Pt);
      // The next edge of the face on the left is the one clockwise before the way back.
      const out = at[edge.to] as number[];
      h = out[(out.indexOf(edge.twin) - 1 + out.length) % out.length] as number;
    }
    if (ring.length > 2 && areaOf(ring) > 0) rings.push(ring.map((p) => pt(p.x, p.y)));
  });
  return rings;
}
