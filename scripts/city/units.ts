import type { CityUnit, Facility, UnitKind } from '../../core/places/city.ts';
import type { CityPlan } from './plan.ts';
import { inBounds, lonLat, type Pt } from './plane.ts';
import { randomFor } from './random.ts';

interface Fleet {
  readonly department: string;
  readonly prefix: string;
  readonly zh: string;
  readonly kind: UnitKind;
  readonly count: number;
  readonly capability: readonly string[];
  /** Kind of facility that the unit is stationed at; anywhere in town when absent. */
  readonly base?: Facility['kind'];
}

const FLEETS: readonly Fleet[] = [
  {
    department: 'police',
    prefix: 'POL-C',
    zh: '警车',
    kind: 'car',
    count: 260,
    capability: ['patrol', 'crowd-control', 'evacuate'],
    base: 'police-station',
  },
  {
    department: 'police',
    prefix: 'POL-M',
    zh: '警摩',
    kind: 'motorbike',
    count: 80,
    capability: ['patrol', 'escort'],
    base: 'police-station',
  },
  {
    department: 'police',
    prefix: 'POL-F',
    zh: '巡特警组',
    kind: 'foot-team',
    count: 80,
    capability: ['crowd-control', 'search'],
    base: 'police-station',
  },
  {
    department: 'fire',
    prefix: 'FIR-T',
    zh: '消防车',
    kind: 'truck',
    count: 78,
    capability: ['firefighting', 'rescue', 'pumping'],
    base: 'fire-station',
  },
  {
    department: 'fire',
    prefix: 'FIR-B',
    zh: '冲锋舟',
    kind: 'boat',
    count: 22,
    capability: ['water-rescue', 'evacuate'],
    base: 'fire-station',
  },
  {
    department: 'medical',
    prefix: 'MED-A',
    zh: '救护车',
    kind: 'ambulance',
    count: 90,
    capability: ['transport-patient', 'first-aid'],
    base: 'hospital',
  },
  {
    department: 'traffic',
    prefix: 'TRF-C',
    zh: '交警车',
    kind: 'car',
    count: 120,
    capability: ['close-road', 'divert', 'tow'],
  },
  {
    department: 'traffic',
    prefix: 'TRF-M',
    zh: '铁骑',
    kind: 'motorbike',
    count: 140,
    capability: ['close-road', 'divert', 'escort'],
  },
  {
    department: 'urban',
    prefix: 'URB-C',
    zh: '城管执法车',
    kind: 'car',
    count: 150,
    capability: ['inspect', 'clear-street'],
  },
  {
    department: 'urban',
    prefix: 'URB-T',
    zh: '环卫车',
    kind: 'truck',
    count: 170,
    capability: ['clean', 'clear-debris'],
  },
  {
    department: 'environment',
    prefix: 'ENV-C',
    zh: '环境监测车',
    kind: 'car',
    count: 24,
    capability: ['sample-air', 'sample-water'],
  },
  {
    department: 'water',
    prefix: 'WAT-T',
    zh: '排涝泵车',
    kind: 'truck',
    count: 64,
    capability: ['pumping', 'open-manhole'],
    base: 'pump-station',
  },
  {
    department: 'water',
    prefix: 'WAT-F',
    zh: '排水巡查组',
    kind: 'foot-team',
    count: 70,
    capability: ['inspect', 'open-manhole', 'guard-manhole'],
    base: 'pump-station',
  },
  {
    department: 'emergency',
    prefix: 'EMG-C',
    zh: '应急指挥车',
    kind: 'car',
    count: 18,
    capability: ['command', 'communications'],
  },
  {
    department: 'emergency',
    prefix: 'EMG-F',
    zh: '应急救援队',
    kind: 'foot-team',
    count: 46,
    capability: ['rescue', 'evacuate', 'sandbag'],
  },
  { department: 'transport', prefix: 'TRN-C', zh: '公交应急车', kind: 'car', count: 150, capability: ['move-people'] },
  {
    department: 'transport',
    prefix: 'TRN-T',
    zh: '路政抢险车',
    kind: 'truck',
    count: 48,
    capability: ['repair-road', 'clear-debris', 'tow'],
  },
  {
    department: 'health',
    prefix: 'HLT-C',
    zh: '卫生防疫车',
    kind: 'car',
    count: 36,
    capability: ['disinfect', 'sample-water'],
    base: 'hospital',
  },
  {
    department: 'power',
    prefix: 'PWR-T',
    zh: '电力抢修车',
    kind: 'truck',
    count: 84,
    capability: ['repair-power', 'generator', 'cut-power'],
  },
  {
    department: 'gas',
    prefix: 'GAS-C',
    zh: '燃气抢修车',
    kind: 'car',
    count: 40,
    capability: ['repair-gas', 'shut-gas', 'detect-gas'],
  },
  {
    department: 'community',
    prefix: 'COM-F',
    zh: '社区网格组',
    kind: 'foot-team',
    count: 220,
    capability: ['notify-residents', 'evacuate', 'inspect'],
  },
  { department: 'hotline', prefix: 'HOT-C', zh: '热线督办车', kind: 'car', count: 10, capability: ['inspect'] },
];

/** 2,000 vehicles and teams, stationed at nodes of the road graph. */
export function placeUnits(plan: CityPlan, facilities: readonly Facility[]): CityUnit[] {
  const random = randomFor(plan.seed, 'units');
  const town = plan.network.nodes
    .map((p, node) => ({ p, node }))
    .filter(({ p }) => inBounds(p, -20) && plan.zones.at(p) !== 'rural');
  const positions = plan.network.nodes.map(lonLat);
  const near = (f: Facility): number => {
    let best = 0;
    let gap = Infinity;
    positions.forEach(([lon, lat], node) => {
      const d = ((lon - f.lon) * 0.873) ** 2 + (lat - f.lat) ** 2;
      if (d < gap && inBounds(plan.network.nodes[node] as Pt)) {
        gap = d;
        best = node;
      }
    });
    return best;
  };
  const bases = new Map<string, number[]>();
  for (const f of facilities) bases.set(f.kind, [...(bases.get(f.kind) ?? []), near(f)]);
  return FLEETS.flatMap((fleet) =>
    Array.from({ length: fleet.count }, (_, i) => {
      const base = fleet.base ? bases.get(fleet.base) : undefined;
      const number = String(i + 1).padStart(3, '0');
      // Half of the based units wait at their base; the rest are out on patrol.
      const home = base && random.chance(0.5) ? random.pick(base) : random.pick(town).node;
      return {
        id: `${fleet.prefix}${number}`,
        callSign: `${fleet.zh}${number}`,
        department: fleet.department,
        kind: fleet.kind,
        capability: fleet.capability,
        home,
      };
    }),
  );
}
