import type { Facility, FacilityKind } from '../../core/places/city.ts';
import { type Name, STREET_OFFICES } from './names.ts';
import { type CityPlan, communityNear } from './plan.ts';
import { add, dist, left, lonLat, type Pt, pt } from './plane.ts';
import { randomFor } from './random.ts';

interface Kind {
  readonly kind: FacilityKind;
  readonly department: string;
  readonly prefix: string;
  readonly count: number;
  readonly apart: number;
  readonly zh: (stem: string, i: number) => string;
  readonly en: (stem: string, i: number) => string;
  readonly capacity?: readonly [number, number];
  readonly fits: (use: string) => boolean;
}

const ORDER = ['第一', '第二', '第三', '第四', '第五', '第六'];
const BUILT = new Set(['housing', 'commerce', 'campus', 'oldtown']);
const built = (use: string): boolean => BUILT.has(use);

const KINDS: readonly Kind[] = [
  {
    kind: 'hospital',
    department: 'health',
    prefix: 'HOS',
    count: 12,
    apart: 1050,
    capacity: [120, 1400],
    fits: built,
    zh: (s, i) => (i < 6 ? `澜港市${ORDER[i]}人民医院` : `${s}医院`),
    en: (s, i) => (i < 6 ? `Langang No. ${i + 1} People's Hospital` : `${s} Hospital`),
  },
  {
    kind: 'fire-station',
    department: 'fire',
    prefix: 'FIR',
    count: 13,
    apart: 1100,
    capacity: [4, 12],
    fits: () => true,
    zh: (s) => `${s}消防救援站`,
    en: (s) => `${s} Fire Station`,
  },
  {
    kind: 'police-station',
    department: 'police',
    prefix: 'POL',
    count: 22,
    apart: 800,
    fits: () => true,
    zh: (s) => `${s}派出所`,
    en: (s) => `${s} Police Station`,
  },
  {
    kind: 'shelter',
    department: 'emergency',
    prefix: 'SHE',
    count: 36,
    apart: 560,
    capacity: [300, 5000],
    fits: (u) => u === 'park' || u === 'campus' || u === 'square',
    zh: (s) => `${s}应急避难场所`,
    en: (s) => `${s} Emergency Shelter`,
  },
  {
    kind: 'school',
    department: 'community',
    prefix: 'SCH',
    count: 40,
    apart: 480,
    capacity: [600, 3000],
    fits: (u) => u === 'campus' || u === 'housing',
    zh: (s, i) => `${s}${i % 2 ? '中学' : '小学'}`,
    en: (s, i) => `${s} ${i % 2 ? 'Middle' : 'Primary'} School`,
  },
];

/** Hospitals, stations, shelters, schools in blocks that suit them; pump stations along the rivers, the first at the underpass. */
export function placeFacilities(plan: CityPlan): Facility[] {
  const random = randomFor(plan.seed, 'facilities');
  const out: Facility[] = offices(plan);
  for (const kind of KINDS) {
    const taken: Pt[] = [];
    const stems = new Set<string>();
    const blocks = random.shuffle(
      plan.blocks.filter((b) => b.area > 3000 && b.use !== 'open' && b.use !== 'village' && kind.fits(b.use)),
    );
    for (const block of blocks) {
      if (taken.length >= kind.count) break;
      const community = communityNear(plan, block.centre);
      if (stems.has(community.code) || taken.some((p) => dist(p, block.centre) < kind.apart)) continue;
      stems.add(community.code);
      const i = taken.push(block.centre) - 1;
      const [zh, en] = [community.name.zh.replace('社区', ''), community.name.en.replace(' Community', '')];
      out.push(
        facility(
          kind.prefix,
          i,
          kind.kind,
          kind.department,
          kind.zh(zh, i),
          kind.en(en, i),
          block.centre,
          kind.capacity ? Math.round(random.between(...kind.capacity)) : undefined,
        ),
      );
    }
  }
  out.push(
    facility('STA', 0, 'rail-station', 'transport', '澜港站', 'Langang Railway Station', pt(3260, 5880), undefined),
  );
  const { at, along: t } = plan.trunk.underpass;
  const pumps = [add(add(at, t, 26), left(t), 46)];
  const banks = plan.network.segments.filter(
    (s) =>
      plan.terrain.toWater(s.line[0] as Pt) < 70 &&
      plan.terrain.toSea(s.line[0] as Pt) > 100 &&
      plan.zones.at(s.line[0] as Pt) !== 'rural',
  );
  for (const s of random.shuffle(banks)) {
    const p = s.line[0] as Pt;
    if (pumps.length < 24 && pumps.every((o) => dist(o, p) > 520)) pumps.push(p);
  }
  pumps.forEach((p, i) => {
    const community = communityNear(plan, p);
    const [zh, en] =
      i === 0
        ? ['滨河路下穿', 'Binhe Road Underpass']
        : [community.name.zh.replace('社区', ''), community.name.en.replace(' Community', '')];
    out.push(
      facility(
        'PMP',
        i,
        'pump-station',
        'water',
        `${zh}泵站`,
        `${en} Pump Station`,
        p,
        Math.round(random.between(2, 24)),
      ),
    );
  });
  return out;
}

function facility(
  prefix: string,
  i: number,
  kind: FacilityKind,
  department: string,
  zh: string,
  en: string,
  p: Pt,
  capacity: number | undefined,
): Facility {
  const [lon, lat] = lonLat(p);
  return {
    id: `${prefix}-${String(i + 1).padStart(3, '0')}`,
    kind,
    department,
    zh,
    en,
    lon,
    lat,
    ...(capacity === undefined ? {} : { capacity }),
  };
}

/** The operations centre and the eight street offices. */
function offices(plan: CityPlan): Facility[] {
  const suitable = plan.blocks.filter((b) => b.area > 3000 && built(b.use));
  const near = (p: Pt): Pt =>
    suitable.reduce((best, b) => (dist(b.centre, p) < dist(best, p) ? b.centre : best), suitable[0]?.centre ?? p);
  const centre: [Name, Pt] = [{ zh: '澜港市城市运行管理中心', en: 'Langang City Operations Centre' }, pt(7050, 5900)];
  const streets = STREET_OFFICES.map(({ name, at }): [Name, Pt] => [
    { zh: `${name.zh}办事处`, en: `${name.en} Office` },
    pt(...at),
  ]);
  return [centre, ...streets].map(([name, p], i) =>
    facility('GOV', i, 'government', i === 0 ? 'emergency' : 'community', name.zh, name.en, near(p), undefined),
  );
}
