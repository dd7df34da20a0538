import type { CitySensor, SensorKind } from '../../core/places/city.ts';
import type { Name } from './names.ts';
import { type CityPlan, communityNear, crossingName } from './plan.ts';
import { add, dist, inBounds, left, lonLat, type Pt, pt } from './plane.ts';
import { type Random, randomFor } from './random.ts';

const KINDS: Record<
  SensorKind,
  {
    readonly prefix: string;
    readonly unit: string;
    readonly count: number;
    readonly apart: number;
    readonly zh: string;
    readonly en: string;
  }
> = {
  rain: { prefix: 'RG', unit: 'mm/h', count: 30, apart: 1250, zh: '雨量站', en: 'rain gauge' },
  'water-level': { prefix: 'WL', unit: 'm', count: 40, apart: 420, zh: '水位站', en: 'water level' },
  gas: { prefix: 'GS', unit: '%LEL', count: 10, apart: 900, zh: '燃气监测点', en: 'gas detector' },
  wind: { prefix: 'WD', unit: 'm/s', count: 10, apart: 1500, zh: '风速站', en: 'anemometer' },
  air: { prefix: 'AQ', unit: 'µg/m³', count: 12, apart: 1500, zh: '空气质量站', en: 'air quality station' },
};

/** The underpass's name, which the flood drill speaks of. */
export const UNDERPASS: Name = { zh: '滨河路下穿', en: 'Binhe Road underpass' };

/** Rain gauges, water levels (WL-001 in the underpass), gas, wind and air sensors. */
export function placeSensors(plan: CityPlan): CitySensor[] {
  const random = randomFor(plan.seed, 'sensors');
  const { at, along } = plan.trunk.underpass;
  const nodes = plan.network.nodes.map((p, node) => ({ p, node })).filter(({ p }) => inBounds(p, -60));
  const wet = (p: Pt): boolean => plan.terrain.toWater(p) < 90 && plan.terrain.toSea(p) > 60;
  const town = (p: Pt): boolean => plan.zones.at(p) !== 'rural';
  const first: Partial<Record<SensorKind, Pt>> = { rain: add(add(at, along, 120), left(along), 60), 'water-level': at };
  const rules: Record<SensorKind, (p: Pt) => boolean> = {
    rain: () => true,
    'water-level': (p) => wet(p) && town(p),
    gas: (p) => plan.zones.at(p) === 'industry' || plan.zones.at(p) === 'core',
    wind: (p) => plan.terrain.toSea(p) < 500 || plan.zones.at(p) === 'newtown',
    air: town,
  };
  return (Object.keys(KINDS) as SensorKind[]).flatMap((kind) =>
    spread(
      plan,
      kind,
      first[kind],
      nodes.filter(({ p }) => rules[kind](p)),
      random,
    ),
  );
}

function spread(
  plan: CityPlan,
  kind: SensorKind,
  first: Pt | undefined,
  nodes: readonly { p: Pt; node: number }[],
  random: Random,
): CitySensor[] {
  const spec = KINDS[kind];
  const chosen: { p: Pt; place: Name }[] = first ? [{ p: first, place: UNDERPASS }] : [];
  for (let apart = spec.apart; chosen.length < spec.count && apart > 60; apart *= 0.8) {
    for (const { p, node } of random.shuffle(nodes)) {
      if (chosen.length >= spec.count) break;
      if (chosen.every((c) => dist(c.p, p) > apart))
        chosen.push({ p: add(p, pt(9, 7)), place: crossingName(plan, node) });
    }
  }
  return chosen.map(({ p, place }, i) => {
    const [lon, lat] = lonLat(p);
    const stem = i === 0 && first ? { zh: place.zh, en: place.en } : communityOf(plan, p);
    return {
      id: `${spec.prefix}-${String(i + 1).padStart(3, '0')}`,
      kind,
      unit: spec.unit,
      zh: `${stem.zh}${spec.zh}`,
      en: `${stem.en} ${spec.en}`,
      lon,
      lat,
      place,
    };
  });
}

function communityOf(plan: CityPlan, p: Pt): Name {
  const { name } = communityNear(plan, p);
  return { zh: name.zh.replace('社区', ''), en: name.en.replace(' Community', '') };
}
