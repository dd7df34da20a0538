import { expect, test } from 'vitest';
import type { NearRow } from '../../../contract/features/places.ts';
import { candidates, mayBeSent, wayLeft } from './unitWay.ts';

const row = (thing: string, department: string, more: Partial<NearRow> = {}): NearRow => ({
  ...{ id: `unit:${thing}`, what: 'unit', thing, name: { zh: thing, en: thing }, type: 'car', department },
  ...{ status: 'available', age: 1, metres: 100, eta: { seconds: 60, by: 'road' }, lon: 121, lat: 29 },
  ...more,
});

test("the department's own units are offered first, each soonest first, without who is off duty or sent already", () => {
  const rows = [
    ...[row('p1', 'police'), row('f1', 'fire'), row('f2', 'fire', { status: 'off' }), row('f3', 'fire')],
    ...[row('h', 'health', { what: 'facility' }), row('f4', 'fire')],
  ];
  expect(candidates(rows, 'fire', ['f3']).map(({ thing }) => thing)).toEqual(['f1', 'f4', 'p1']);
  const many = Array.from({ length: 30 }, (_, i) => row(`f${i}`, 'fire'));
  expect(candidates(many, 'fire', [])).toHaveLength(8);
});

test('a unit is under way until it is within 150 m', () => {
  const to = { lon: 121.92, lat: 29.16 };
  expect(wayLeft({ lon: 121.92, lat: 29.161 }, to)).toMatchObject({ there: true });
  const far = wayLeft({ lon: 121.92, lat: 29.187 }, to);
  expect(far.there).toBe(false);
  expect(far.metres).toBeCloseTo(3002, -2);
  expect(far.minutes).toBe(8);
});

test('units are sent for what is still to be done', () => {
  expect((['waiting', 'ready', 'started'] as const).every((state) => mayBeSent({ state }))).toBe(true);
  expect((['done', 'skipped', 'not-taken'] as const).some((state) => mayBeSent({ state }))).toBe(false);
});
