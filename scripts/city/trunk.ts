import type { RoadClass } from '../../core/places/roads.ts';
import { ARTERIALS, COUNTRY_ROADS, type Control, EXPRESSWAYS, RAILWAYS } from './alignments.ts';
import { along, crossing, lengthOf, resample, spline, stations } from './curve.ts';
import { add, dist, type Line, type Pt, pt } from './plane.ts';
import { riverBank, seafront, type Terrain } from './terrain.ts';

/** A road as a line, before the network is cut at its crossings. */
export interface Road {
  readonly line: Line;
  readonly class: RoadClass;
  readonly zh: string;
  readonly en: string;
  /** Elevated or crossing on its own level: it meets other roads at its ends only. */
  readonly separate?: boolean;
  readonly ramp?: boolean;
}

/** The roads and the railway drawn by hand, which the rest of the network grows around. */
export interface Trunk {
  readonly roads: readonly Road[];
  readonly railways: readonly { readonly line: Line; readonly zh: string; readonly en: string }[];
  /** Where Binhe Road passes under the railway. */
  readonly underpass: { readonly at: Pt; readonly along: Pt };
}

/** The trunk network: expressways with ramps, arterials, river roads, railway. */
export function makeTrunk(terrain: Terrain): Trunk {
  const draw = (control: Control): Pt[] => resample(spline(control, 25), 25);
  const expressways: Road[] = EXPRESSWAYS.map(([zh, en, control]) => ({
    line: draw(control),
    class: 'expressway',
    zh,
    en,
    separate: true,
  }));
  const arterials: Road[] = ARTERIALS.map(([zh, en, control]) => ({
    line:
      zh === '环城路'
        ? resample([...spline(control, 25, true), pt(control[0]?.[0] ?? 0, control[0]?.[1] ?? 0)], 25)
        : draw(control),
    class: 'arterial',
    zh,
    en,
  }));
  const between = (line: Line, lo: number, hi: number): Pt[] =>
    resample(
      line.filter((p) => p.x > lo && p.x < hi),
      25,
    );
  const river: Road[] = [
    { line: between(riverBank(terrain, 1, 48), 2350, 8950), class: 'secondary', zh: '滨河路', en: 'Binhe Road' },
    {
      line: between(riverBank(terrain, -1, 48), 2350, 8950),
      class: 'secondary',
      zh: '滨河南路',
      en: 'Binhe South Road',
    },
    ...COUNTRY_ROADS.map(([zh, en, control]): Road => ({ line: draw(control), class: 'secondary', zh, en })),
    ...seafront(terrain, 72).map((line): Road => ({ line, class: 'local', zh: '海滨路', en: 'Haibin Road' })),
  ];
  const railways = RAILWAYS.map(([zh, en, control]) => ({ line: draw(control), zh, en }));
  const binhe = river[0] as Road;
  const hit = crossings(binhe.line, (railways[0] as { line: Line }).line)[0];
  if (!hit)
    throw new Error('The railway must cross Binhe Road: the flood drill happens there. Move one of them in trunk.ts.');
  return {
    roads: [...expressways, ...arterials, ...river, ...ramps(expressways, arterials)],
    railways,
    underpass: { at: hit.p, along: along(binhe.line, hit.sa).t },
  };
}

/** Where two lines cross, with the distance along each. */
export function crossings(a: Line, b: Line): { p: Pt; sa: number; sb: number }[] {
  if (apart(a, b)) return [];
  const sa = stations(a);
  const sb = stations(b);
  const out: { p: Pt; sa: number; sb: number }[] = [];
  for (let i = 1; i < a.length; i++) {
    for (let j = 1; j < b.length; j++) {
      const [p, q, r, s] = [a[i - 1] as Pt, a[i] as Pt, b[j - 1] as Pt, b[j] as Pt];
      if (Math.abs(p.x - r.x) > 120 || Math.abs(p.y - r.y) > 120) continue;
      const x = crossing(p, q, r, s);
      if (x)
        out.push({
          p: add(p, pt(q.x - p.x, q.y - p.y), x.t),
          sa: (sa[i - 1] as number) + x.t * dist(p, q),
          sb: (sb[j - 1] as number) + x.u * dist(r, s),
        });
    }
  }
  return out;
}

/** A diamond of four ramps wherever an arterial crosses an expressway, 1.2 km or more apart; and the branch's merges. */
function ramps(expressways: readonly Road[], arterials: readonly Road[]): Road[] {
  const out: Road[] = [];
  const taken: Pt[] = [];
  for (const fast of expressways) {
    for (const slow of arterials) {
      for (const x of crossings(fast.line, slow.line)) {
        if (
          x.p.x < -300 ||
          x.p.y < 0 ||
          x.p.y > 10000 ||
          taken.some((p) => dist(p, x.p) < 1200) ||
          x.sa > lengthOf(fast.line) - 700
        )
          continue;
        taken.push(x.p);
        for (const [i, j] of [
          [1, 1],
          [1, -1],
          [-1, 1],
          [-1, -1],
        ] as const) {
          const reach = lengthOf(slow.line);
          const sb = x.sb + j * 130;
          if (sb < 0 || sb > reach) continue;
          const start = along(fast.line, x.sa + i * 430);
          const end = along(slow.line, sb);
          const control = add(add(x.p, along(fast.line, x.sa).t, i * 120), along(slow.line, x.sb).t, j * 70);
          out.push(ramp(start.p, control, end.p, `${fast.zh}${slow.zh}匝道`, `${slow.en} Ramp`));
        }
      }
    }
  }
  const [main, branch] = expressways;
  if (main && branch) {
    const join = branch.line[0] as Pt;
    const at = stations(main.line)[
      main.line.reduce((best, p, i) => (dist(p, join) < dist(main.line[best] as Pt, join) ? i : best), 0)
    ] as number;
    const onto = along(branch.line, 520).p;
    out.push(
      ramp(along(main.line, at - 480).p, add(join, pt(160, -160)), onto, '疏港枢纽匝道', 'Port Interchange Ramp'),
    );
    out.push(ramp(along(main.line, at + 480).p, add(join, pt(60, 60)), onto, '疏港枢纽匝道', 'Port Interchange Ramp'));
  }
  return out;
}

function ramp(a: Pt, control: Pt, b: Pt, zh: string, en: string): Road {
  const line = Array.from({ length: 25 }, (_, i) => {
    const t = i / 24;
    const u = 1 - t;
    return pt(u * u * a.x + 2 * u * t * control.x + t * t * b.x, u * u * a.y + 2 * u * t * control.y + t * t * b.y);
  });
  return { line: resample(line, 20), class: 'expressway', zh, en, separate: true, ramp: true };
}

function apart(a: Line, b: Line): boolean {
  const [p, q] = [boxOf(a), boxOf(b)];
  return p.x1 < q.x0 || q.x1 < p.x0 || p.y1 < q.y0 || q.y1 < p.y0 || !b.some((v) => within(v, p, 120));
}

function boxOf(line: Line): { x0: number; y0: number; x1: number; y1: number } {
  const box = { x0: Infinity, y0: Infinity, x1: -Infinity, y1: -Infinity };
  for (const p of line) {
    box.x0 = Math.min(box.x0, p.x);
    box.y0 = Math.min(box.y0, p.y);
    box.x1 = Math.max(box.x1, p.x);
    box.y1 = Math.max(box.y1, p.y);
  }
  return box;
}

function within(p: Pt, box: ReturnType<typeof boxOf>, margin: number): boolean {
  return p.x > box.x0 - margin && p.x < box.x1 + margin && p.y > box.y0 - margin && p.y < box.y1 + margin;
}
