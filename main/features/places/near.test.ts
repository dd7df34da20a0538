import { expect, test } from 'vitest';
import { createRoadTimes } from '../../../core/places/roadTimes.ts';
import type { UnitFix } from '../../../core/units/unit.ts';
import { gridCity } from '../../../tests/fakes/gridCity.ts';
import { nearTo } from './near.ts';

const STEP = 0.002;
const place = (x: number, y: number) => ({ lon: 121.9 + x * STEP, lat: 29.2 + y * STEP });
const fix = (x: number, y: number, status: UnitFix['status'] = 'available'): UnitFix => ({
  ...{ t: 1000, heading: 0, speed: 0, status, ...place(x, y) },
});
const units = ['slow', 'quick', 'far', 'off', 'silent', 'foot'].map((id) => ({
  ...{ id, callSign: id, department: 'police', kind: id === 'foot' ? 'foot-team' : 'car' },
}));
const at: Record<string, UnitFix> = {
  // Two local blocks are quicker than one's walk, slower than three on the arterial.
  slow: fix(2, 3),
  quick: fix(0, 4),
  far: fix(8, 8),
  off: fix(0, 1, 'off'),
  foot: fix(0, 2),
};
const facility = {
  id: 'HOS-1',
  kind: 'hospital',
  department: 'health',
  zh: '医院',
  en: 'Hospital',
  ...place(0, 1),
} as const;
const camera = { id: 'CAM-1', zh: '路口', en: 'Crossing', ...place(1, 0) } as never;

const hydrant = {
  id: 'H-1',
  kind: '0109',
  name: { zh: '消火栓', en: 'Hydrant' },
  owner: '',
  ...place(0, 0.5),
  metres: 111,
};

const near = (radius: number, but?: string) =>
  nearTo(
    {
      ...{ cameras: [camera], facilities: [facility], units, position: (id: string) => at[id] ?? null },
      components: (_, metres, most) => (metres >= 200 && most === 20 ? [hydrant] : []),
    },
    createRoadTimes(gridCity(9, 0).graph),
    { at: place(0, 0), radius, but, now: 5000 },
  );

test('units and facilities come by the time they are away over the roads, then cameras and components; who is off duty or was not heard of is left out', () => {
  const rows = near(1200);
  expect(rows.map(({ id }) => id)).toEqual([
    'unit:quick',
    'unit:slow',
    'unit:foot',
    'facility:HOS-1',
    'camera:CAM-1',
    'component:H-1',
  ]);
  expect(rows[0]).toMatchObject({ status: 'available', age: 4, eta: { by: 'road' }, type: 'car' });
  expect(rows.at(-1)).toMatchObject({ what: 'component', type: '0109', metres: 111, eta: null, status: null });
});

test('a smaller radius has less, and what was asked about is not near itself', () => {
  expect(near(300).map(({ id }) => id)).toEqual(['facility:HOS-1', 'camera:CAM-1', 'component:H-1']);
  expect(near(300, 'HOS-1').map(({ id }) => id)).toEqual(['camera:CAM-1', 'component:H-1']);
});

test('without roads times are straight, and say so', () => {
  const rows = nearTo(
    { cameras: [], facilities: [facility], units: [], position: () => null, components: () => [] },
    createRoadTimes({ classes: [], names: [], nodes: [], edges: [], bends: [] }),
    { at: place(0, 0), radius: 500, now: 0 },
  );
  expect(rows[0]?.eta?.by).toBe('straight');
});
