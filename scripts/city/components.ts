import type { ComponentCategory, ComponentTable } from '../../core/places/city.ts';
import { HALF_WIDTH } from './buildings.ts';
import { walk } from './occupancy.ts';
import type { CityPlan } from './plan.ts';
import { add, inBounds, left, lonLat, type Pt } from './plane.ts';
import { randomFor } from './random.ts';

/** Categories after GB/T 30428.2: class 01 public utilities, 02 traffic, 03 environment, 04 greenery, 05 others. */
const CATEGORIES: readonly (ComponentCategory & {
  readonly share: number;
  readonly side: number;
  readonly where: 'lit' | 'any' | 'main' | 'town' | 'bank';
})[] = [
  { code: '0120', zh: '路灯', en: 'Street lamp', department: 'urban', share: 6400, side: 0.8, where: 'lit' },
  { code: '0102', zh: '污水井盖', en: 'Sewage manhole', department: 'water', share: 2600, side: 0.25, where: 'any' },
  {
    code: '0103',
    zh: '雨水井盖',
    en: 'Storm-drain manhole',
    department: 'water',
    share: 2100,
    side: 0.5,
    where: 'any',
  },
  { code: '0104', zh: '雨水箅子', en: 'Storm-drain grate', department: 'water', share: 1900, side: 0.68, where: 'any' },
  {
    code: '0101',
    zh: '上水井盖',
    en: 'Water-supply manhole',
    department: 'water',
    share: 700,
    side: 0.4,
    where: 'any',
  },
  { code: '0108', zh: '电力井盖', en: 'Power manhole', department: 'power', share: 650, side: 0.85, where: 'town' },
  { code: '0112', zh: '燃气井盖', en: 'Gas manhole', department: 'gas', share: 600, side: 0.6, where: 'town' },
  { code: '0118', zh: '消防栓', en: 'Fire hydrant', department: 'fire', share: 900, side: 0.9, where: 'town' },
  { code: '0130', zh: '交接箱', en: 'Telecom cabinet', department: 'urban', share: 350, side: 0.95, where: 'town' },
  { code: '0201', zh: '公交站亭', en: 'Bus shelter', department: 'transport', share: 340, side: 0.92, where: 'main' },
  { code: '0206', zh: '交通信号灯', en: 'Traffic light', department: 'traffic', share: 640, side: 0.75, where: 'main' },
  { code: '0210', zh: '交通标志牌', en: 'Traffic sign', department: 'traffic', share: 720, side: 0.9, where: 'main' },
  { code: '0301', zh: '公共厕所', en: 'Public toilet', department: 'urban', share: 120, side: 1.3, where: 'town' },
  { code: '0304', zh: '果皮箱', en: 'Litter bin', department: 'urban', share: 1100, side: 0.88, where: 'town' },
  { code: '0306', zh: '垃圾收集点', en: 'Refuse point', department: 'urban', share: 160, side: 1.2, where: 'town' },
  { code: '0401', zh: '行道树', en: 'Street tree', department: 'urban', share: 520, side: 0.86, where: 'main' },
  { code: '0502', zh: '水域护栏', en: 'Waterside railing', department: 'water', share: 120, side: 0.95, where: 'bank' },
  {
    code: '0508',
    zh: '应急排水泵',
    en: 'Emergency drainage pump',
    department: 'water',
    share: 80,
    side: 0.95,
    where: 'bank',
  },
];

/** Places 20,000 city components along the roads, each in its grid cell. */
export function placeComponents(plan: CityPlan): ComponentTable {
  const random = randomFor(plan.seed, 'components');
  const cells: string[] = [];
  const cellIndex = new Map<string, number>();
  const out = {
    lon: [] as number[],
    lat: [] as number[],
    category: [] as number[],
    cell: [] as number[],
    seq: [] as number[],
  };
  CATEGORIES.forEach((category, c) => {
    const spots: { p: Pt; t: Pt; half: number }[] = [];
    const pitch = category.where === 'bank' ? 24 : 31;
    for (const s of plan.network.segments) {
      if (s.separate || !suits(category.where, s.class)) continue;
      const half = HALF_WIDTH[s.class];
      for (const { p, t } of walk(s.line, pitch, 12)) {
        if (
          inBounds(p, -5) &&
          (category.where !== 'bank' || (plan.terrain.toWater(p) < 75 && plan.terrain.toWater(p) > 10))
        )
          spots.push({ p, t, half });
      }
    }
    let seq = 0;
    for (const spot of category.where === 'lit' ? thin(spots, category.share * 1.03) : random.shuffle(spots)) {
      if (seq >= category.share) break;
      const side = category.where === 'lit' ? (seq % 2 ? 1 : -1) : random.chance(0.5) ? 1 : -1;
      const p = add(spot.p, left(spot.t), side * (spot.half * category.side - 1));
      const code = plan.cellAt(p);
      if (!code) continue;
      let index = cellIndex.get(code);
      if (index === undefined) {
        index = cells.push(code) - 1;
        cellIndex.set(code, index);
      }
      const [lon, lat] = lonLat(p);
      seq++;
      out.lon.push(lon);
      out.lat.push(lat);
      out.category.push(c);
      out.cell.push(index);
      out.seq.push(seq);
    }
  });
  return {
    categories: CATEGORIES.map(({ code, zh, en, department }) => ({ code, zh, en, department })),
    cells,
    ...out,
  };
}

function suits(where: (typeof CATEGORIES)[number]['where'], roadClass: string): boolean {
  if (where === 'main' || where === 'lit') return roadClass === 'arterial' || roadClass === 'secondary';
  return where === 'any' || roadClass !== 'expressway';
}

function thin<T>(items: readonly T[], count: number): T[] {
  const step = Math.max(1, items.length / count);
  return Array.from({ length: Math.floor(items.length / step) }, (_, i) => items[Math.floor(i * step)] as T);
}
