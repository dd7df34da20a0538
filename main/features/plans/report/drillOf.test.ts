import { expect, test } from 'vitest';
import { OPS } from '../../../../core/ledger/stream.ts';
import { drillOf } from './drillOf.ts';

const name = { zh: '城市内涝', en: 'Urban flooding' };
const live = {
  world: { kind: 'live', name: null },
  stream: OPS,
  simulated: false,
  strip: { parts: () => ({}) },
} as const;

test('what happened in a drill is known as one, by name where the name is known, and live work is not', () => {
  expect(drillOf(live)).toBeNull();
  expect(drillOf({ ...live, world: { kind: 'drill', name }, stream: 'drill:x', simulated: true })).toEqual({ name });
  expect(drillOf({ ...live, stream: 'drill:x' })).toEqual({ name: null }); // The record of one.
  const strip = { parts: () => ({ drill: { name, state: 'ready', second: 0 } as const }) };
  expect(drillOf({ ...live, simulated: true, strip })).toEqual({ name });
  expect(drillOf({ ...live, simulated: true })).toEqual({ name: null });
});
