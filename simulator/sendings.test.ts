import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { DrillScript } from '../core/drills/script.ts';
import { distanceM } from '../core/places/geo.ts';
import { readYaml } from '../main/config/readYaml.ts';
import { gridCity } from '../tests/fakes/gridCity.ts';
import { sendingsOf } from './sendings.ts';
import { createTraffic } from './traffic.ts';

const sensor = (id: string, lon: number) => ({
  ...{ id, kind: 'gas' as const, unit: '', zh: '', en: '', lon, lat: 29.2 },
  place: { zh: '', en: '' },
});
const sensors = [sensor('WL-001', 121.9), sensor('GS-008', 121.91)];
const drill = (name: string) => {
  const file = resolve(import.meta.dirname, '..', 'resources', 'drills', `${name}.yaml`);
  return readYaml(file, readFileSync(file, 'utf8'), DrillScript);
};

test('each incident has the units of its own departments sent to its own place', () => {
  const [flood, gas, ...more] = sendingsOf(drill('two-at-once'), sensors);
  expect(more).toEqual([]);
  expect([flood?.to, gas?.to]).toEqual([sensors[0], sensors[1]]);
  expect(flood?.departments).toContain('water');
  expect(flood?.departments).not.toContain('gas');
  expect(gas?.departments).toContain('gas');
});

test('where somebody called, units go where they said; a script that opens nothing sends to its own sensor', () => {
  expect(sendingsOf(drill('high-rise-fire'), sensors)).toMatchObject([{ to: { lon: 121.974707, lat: 29.203523 } }]);
  const { seed, sensors: curves, injects } = drill('flood');
  expect(sendingsOf({ seed, sensors: curves, injects }, sensors)).toEqual([{ to: sensors[0] }]);
  expect(sendingsOf(null, sensors)).toEqual([]);
});

test('nobody is sent to two places', () => {
  const city = gridCity(18, 120);
  const traffic = createTraffic(city, 5);
  const [east, west] = [
    { lon: 121.9 + 15 * 0.002, lat: 29.2 + 7 * 0.002 },
    { lon: 121.9 + 2 * 0.002, lat: 29.2 + 7 * 0.002 },
  ];
  traffic.dispatch(east, ['fire']);
  traffic.dispatch(west, ['fire']);
  for (let s = 0; s < 400; s++) traffic.step();
  const fire = new Set(city.units.filter(({ department }) => department === 'fire').map(({ id }) => id));
  const there = traffic.reports(0, 1, 0).filter((r) => r.status === 'on-scene' && fire.has(r.unit));
  const at = (place: { lon: number; lat: number }) => there.filter((r) => distanceM(r, place) < 60).length;
  // Eight each; a few may rest off the road or be on the way yet.
  expect(at(east)).toBeGreaterThan(4);
  expect(at(west)).toBeGreaterThan(4);
});
