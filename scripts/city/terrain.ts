import { chaikin, offset, resample, simplify, spline, strip } from './curve.ts';
import { CANALS, COAST, HILLS, RIVER } from './landform.ts';
import { add, clamp, direction, dist, type Line, left, mix, type Pt, pt, smoothstep } from './plane.ts';
import { fractal, noiseFor, randomFor } from './random.ts';
import { distanceTo, fillRaster, makeRaster, type Raster, regionsAbove, sample, stampRing } from './raster.ts';

/** Sea, land, hills and fresh water. */
export interface Terrain {
  /** Mainland, islands, piers: closed rings. */
  readonly land: readonly Line[];
  readonly piers: readonly Line[];
  readonly islands: readonly Line[];
  /** Rivers, canals, lakes: closed rings. */
  readonly rivers: readonly Line[];
  readonly lakes: readonly Line[];
  /** The mainland's shore from north to south, the sea on its left. */
  readonly coast: Line;
  readonly riverLine: Line;
  /** Full width of the main river at every point of its line, metres. */
  readonly riverWidth: readonly number[];
  readonly canalLines: readonly Line[];
  /** Both banks of the main river. */
  readonly riverBanks: readonly Line[];
  /** Waters no deeper than each level, shallowest first, as polygons with holes; they reach under the land. */
  readonly depths: readonly (readonly (readonly Line[])[])[];
  /** Height bands of the hills, low first. */
  readonly heights: readonly (readonly (readonly Line[])[])[];
  /** Metres above the plain. */
  elevation(p: Pt): number;
  /** Metres to the nearest water; 0 in water. */
  toWater(p: Pt): number;
  /** Metres to the main river. */
  toRiver(p: Pt): number;
  /** Metres to the sea. */
  toSea(p: Pt): number;
}

/** Draws the ground that the city stands on. */
export function makeTerrain(seed: number): Terrain {
  const coast = naturalCoast(seed);
  const mainland = [...coast, pt(-60000, -34000), pt(-60000, 42000)];
  const islands = makeIslands(seed);
  const piers = makePiers();
  const riverLine = resample(spline(RIVER, 40), 40);
  const riverWidth = riverLine.map(
    (p) => 62 + 70 * smoothstep(1500, 6500, p.x) + 330 * smoothstep(7900, 9900, p.x) ** 1.5,
  );
  const wobble = noiseFor(seed, 'river-banks');
  const half = (i: number): number => {
    const p = riverLine[i] as Pt;
    return (riverWidth[i] as number) / 2 + 5 * wobble(p.x / 130, p.y / 130);
  };
  const riverBanks = [offset(riverLine, half), offset(riverLine, (i) => -half(i))];
  const canalLines = CANALS.map((c) => resample(spline(c.line, 30), 30));
  const rivers = [
    simplify(strip(riverLine, half), 1.5),
    ...canalLines.map((line, i) =>
      simplify(
        strip(line, () => (CANALS[i]?.width ?? 16) / 2),
        1,
      ),
    ),
  ];
  const lakes = [
    blob(seed, 'lake-west', pt(4230, 6600), 230, 150),
    blob(seed, 'reservoir', pt(1250, 8350), 420, 200),
    blob(seed, 'lake-north', pt(7350, 7250), 150, 110),
    blob(seed, 'lake-south', pt(8650, 2250), 210, 120),
    blob(seed, 'reservoir-south', pt(1450, 700), 230, 150),
  ];

  const near = makeRaster(-700, -700, 14700, 10700, 20);
  near.data.fill(2);
  stampRing(near, mainland, 0);
  for (const ring of [...islands, ...piers]) stampRing(near, ring, 0);
  const sea = distanceTo(near, (v) => v === 2);
  for (const ring of [...rivers, ...lakes]) stampRing(near, ring, 1);
  // A canal is narrower than a cell: its wider strip keeps it whole on the raster.
  for (const line of canalLines)
    stampRing(
      near,
      strip(line, () => 14),
      1,
    );
  const water = distanceTo(near, (v) => v > 0);

  near.data.fill(0);
  stampRing(near, rivers[0] ?? [], 1);
  const river = distanceTo(near, (v) => v > 0);

  const wide = makeRaster(-10000, -26000, 34000, 36000, 125);
  stampRing(wide, mainland, 1);
  for (const ring of islands) stampRing(wide, ring, 1);
  const offshore = distanceTo(wide, (v) => v === 1);
  const inland = distanceTo(wide, (v) => v === 0);
  const hills = elevationOf(seed);
  const sand = noiseFor(seed, 'sea-floor');
  const floor = fillRaster({ ...offshore, data: new Float32Array(offshore.data.length) }, (p) => {
    const d = sample(offshore, p);
    if (d <= 0) return 1;
    const shoals = 520 * smoothstep(50, 700, d) * fractal(sand, p.x / 1500 + 90, p.y / 1500, 4);
    return -d * (1 + 0.55 * fractal(sand, p.x / 2600, p.y / 2600, 3)) - shoals;
  });
  const depths = [350, 900, 2000, 4200].map((d) => bands(floor, -d, 60));
  const ground = makeRaster(-16000, -14000, 15500, 24000, 80);
  fillRaster(ground, (p) => hills(p) * smoothstep(60, 520, sample(inland, p)) * horizon(p));
  const heights = [24, 60, 105, 160, 225].map((h) => bands(ground, h, 12));

  return {
    land: [simplify(mainland, 1.5), ...islands, ...piers],
    piers,
    islands,
    rivers,
    lakes,
    coast,
    riverLine,
    riverWidth,
    riverBanks,
    canalLines,
    depths,
    heights,
    elevation: (p) => sample(ground, p),
    toWater: (p) => sample(water, p),
    toRiver: (p) => sample(river, p),
    toSea: (p) => sample(sea, p),
  };
}

function bands(raster: Raster, level: number, tolerance: number): Pt[][][] {
  return regionsAbove(raster, level)
    .map((rings) => rings.filter((ring) => ring.length > 8).map((ring) => simplify(chaikin(ring, 1), tolerance / 3)))
    .filter((rings) => rings.length > 0 && (rings[0]?.length ?? 0) > 4);
}

/** 1 around the city, 0 where the drawn hills end. */
function horizon(p: Pt): number {
  const west = smoothstep(-15_500, -9000, p.x);
  return west * smoothstep(-13_500, -8000, p.y) * (1 - smoothstep(17_500, 23_500, p.y));
}

/** The control curve with bays and points added; sea walls along the town stay smooth, the quay stays straight. */
function naturalCoast(seed: number): Pt[] {
  const noise = noiseFor(seed, 'coast');
  const smooth = resample(spline(COAST, 40), 35);
  const quay = [pt(10520, 4150), pt(12050, 3580)];
  return smooth.map((p, i) => {
    const t = direction(smooth[Math.max(0, i - 1)] as Pt, smooth[Math.min(smooth.length - 1, i + 1)] as Pt);
    const town = 1 - smoothstep(1500, 3300, dist(p, pt(9300, 5600)));
    const harbour = 1 - smoothstep(250, 700, Math.min(...quay.map((q) => dist(p, q)), dist(p, pt(11300, 3860))));
    const wild = clamp(1 - Math.max(town * 0.88, harbour), 0, 1);
    const far = smoothstep(6000, 14000, Math.abs(p.y - 5000));
    const sway =
      (150 + 500 * far) * fractal(noise, p.x / 900, p.y / 900, 5) + 60 * fractal(noise, p.x / 160 + 40, p.y / 160, 3);
    return add(p, left(t), sway * wild);
  });
}

function makeIslands(seed: number): Pt[][] {
  const random = randomFor(seed, 'islands');
  const sites: [number, number, number, number][] = [
    [13350, 6650, 330, 210],
    [12650, 7300, 130, 90],
    [13750, 4900, 190, 150],
    [14900, 7600, 520, 330],
    [16200, 3600, 700, 420],
    [15500, 1500, 360, 520],
    [17600, 9200, 900, 500],
    [19300, 5600, 420, 380],
    [14700, 11800, 480, 620],
    [20600, 12400, 1200, 700],
    [18200, -1200, 620, 500],
    [14600, -2600, 460, 300],
    [22800, 2200, 900, 1300],
  ];
  for (let i = 0; i < 14; i++)
    sites.push([
      random.between(14200, 24000),
      random.between(-6000, 15000),
      random.between(50, 190),
      random.between(45, 150),
    ]);
  return sites.map(([x, y, rx, ry], i) => blob(seed, `island-${i}`, pt(x, y), rx, ry));
}

/** A closed natural shape about `rx` by `ry` around a centre. */
export function blob(seed: number, name: string, centre: Pt, rx: number, ry: number): Pt[] {
  const noise = noiseFor(seed, name);
  const turn = randomFor(seed, name).between(0, Math.PI);
  const count = Math.max(24, Math.min(90, Math.round((rx + ry) / 8)));
  return Array.from({ length: count }, (_, i) => {
    const a = (2 * Math.PI * i) / count;
    const r = 1 + 0.75 * fractal(noise, 1.4 * Math.cos(a) + 7, 1.4 * Math.sin(a) + 3, 4);
    const u = rx * r * Math.cos(a);
    const v = ry * r * Math.sin(a);
    return pt(centre.x + u * Math.cos(turn) - v * Math.sin(turn), centre.y + u * Math.sin(turn) + v * Math.cos(turn));
  });
}

/** Finger piers on the quay, two breakwaters, a marina. */
function makePiers(): Pt[][] {
  const from = pt(10520, 4150);
  const to = pt(12050, 3580);
  const out = left(direction(from, to));
  const along = direction(from, to);
  const fingers = [0.14, 0.34].map((f) => {
    const base = add(mix(from, to, f), out, -60);
    const tip = add(base, out, 430);
    return [add(base, along, -38), add(base, along, 38), add(tip, along, 38), add(tip, along, -38)];
  });
  const jetties = [0.55, 0.7, 0.85].map((f) => {
    const base = add(mix(from, to, f), out, -40);
    const tip = add(base, out, 260);
    return [add(base, along, -13), add(base, along, 13), add(tip, along, 13), add(tip, along, -13)];
  });
  const line = (control: readonly (readonly [number, number])[], width: number): Pt[] =>
    strip(spline(control, 30), () => width / 2);
  const breakwaters = [
    line(
      [
        [12750, 2420],
        [13050, 2800],
        [13100, 3400],
        [12900, 3950],
        [12650, 4250],
      ],
      26,
    ),
    line(
      [
        [10250, 6900],
        [10650, 6800],
        [10900, 6480],
        [10880, 6200],
      ],
      16,
    ),
    line(
      [
        [10020, 6180],
        [10320, 6050],
        [10560, 6080],
      ],
      14,
    ),
    line(
      [
        [10120, 6560],
        [10380, 6500],
      ],
      7,
    ),
    line(
      [
        [10080, 6430],
        [10340, 6370],
      ],
      7,
    ),
    line(
      [
        [9980, 6310],
        [10260, 6240],
      ],
      7,
    ),
  ];
  return [...fingers, ...jetties, ...breakwaters];
}

function elevationOf(seed: number): (p: Pt) => number {
  const ridge = noiseFor(seed, 'ridges');
  return (p) => {
    let h = 0;
    for (const [x, y, rx, ry, top] of HILLS) {
      const q = ((p.x - x) / rx) ** 2 + ((p.y - y) / ry) ** 2;
      if (q < 9) h += top * Math.exp(-q * 1.6);
    }
    const rough = fractal(ridge, p.x / 1500, p.y / 1500, 5);
    const inland = smoothstep(5200, 8500, Math.sqrt(((p.x - 6800) * 0.95) ** 2 + ((p.y - 5000) * 1.25) ** 2));
    const valley = smoothstep(300, 2200, Math.abs(p.y - 4800 - 600 * Math.sin(p.x / 2600)));
    const wild = inland * valley * (260 * (fractal(ridge, p.x / 4200 + 50, p.y / 4200, 4) + 0.12) + 60 * rough);
    return Math.max(0, h * (1 + 1.1 * rough) + wild);
  };
}

/** The bank line of the main river, `gap` metres from the water, on its left (1) or right (-1) side. */
export function riverBank(terrain: Terrain, side: 1 | -1, gap: number): Pt[] {
  return offset(terrain.riverLine, (i) => side * ((terrain.riverWidth[i] as number) / 2 + gap));
}

/** The waterfront of the town, `inland` metres behind the shore: north and south of the river's mouth. */
export function seafront(terrain: Terrain, inland: number): Pt[][] {
  const line = resample(
    offset(terrain.coast, () => -inland),
    30,
  );
  const town = (lo: number, hi: number): Pt[] => line.filter((p) => p.y > lo && p.y < hi && p.x > 9000 && p.x < 11_500);
  return [town(5540, 8430), town(3960, 4420).filter((p) => p.x < 10_150)];
}
