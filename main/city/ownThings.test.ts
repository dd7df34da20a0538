import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createFakeClock } from '../../tests/fakes/clock.ts';
import { createScratch } from '../../tests/support/scratch.ts';
import { createRejects } from '../rejects/rejects.ts';
import { loadHallCity } from './hallCity.ts';
import { ownThingsIn, withOwnThings } from './ownThings.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());
const CITY = resolve(import.meta.dirname, '..', '..', 'resources', 'city');

function read(files: Record<string, string>, profile: 'drill' | 'empty' = 'drill') {
  const dir = ownThingsIn(scratch.folder('data'));
  mkdirSync(dir);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text);
  const { city: made } = loadHallCity(CITY, profile, 5);
  const rejects = createRejects({ clock: createFakeClock() });
  const { city, notices } = withOwnThings(made, { dir, rejects, now: 5 });
  const own = { sensors: city.sensors.slice(made.sensors.length), units: city.units.slice(made.units.length) };
  return { made, own, said: notices.map(({ text }) => text.en.replaceAll(`${dir}/`, '')) };
}

const SENSOR =
  '{ id: WL-901, kind: water-level, unit: m, name: { zh: 东门水位, en: East Gate }, lon: 121.5, lat: 31.2 }';
const UNIT = '{ id: SW-901, callSign: 水务901, department: water, kind: truck }';

test('sensors and units of the hall’s own stand beside the drill city’s, in WGS 84', () => {
  const { made, own, said } = read({
    'a.yaml': `crs: gcj02\nsensors: [${SENSOR}]\nunits: [${UNIT}]\n`,
  });
  expect(made.sensors.length).toBeGreaterThan(10);
  const [sensor] = own.sensors;
  expect(sensor).toMatchObject({
    id: 'WL-901',
    zh: '东门水位',
    en: 'East Gate',
    place: { zh: '东门水位', en: 'East Gate' },
  });
  expect(Math.abs((sensor?.lon ?? 0) - 121.5)).toBeGreaterThan(0.003);
  expect(own.units).toEqual([
    { id: 'SW-901', callSign: '水务901', department: 'water', kind: 'truck', capability: [] },
  ]);
  expect(said).toEqual([]);
});

test('a hall without a drill city has its own things alone, and knows of no department that would be a stranger', () => {
  const { made, own, said } = read({ 'a.yaml': `crs: wgs84\nsensors: [${SENSOR}]\nunits: [${UNIT}]\n` }, 'empty');
  expect(made.sensors).toEqual([]);
  expect(own.sensors.map(({ id, lon }) => [id, lon])).toEqual([['WL-901', 121.5]]);
  expect([own.units.length, said]).toEqual([1, []]);
});

test('of two things with one id the first is taken, and a file that is wrong is named with its line; the others are in use', () => {
  const { own, said } = read({
    'a.yaml': `crs: wgs84\nsensors: [${SENSOR}]\n`,
    'b.yaml': `crs: wgs84\nsensors: [${SENSOR}]\nunits: [${UNIT.replace('water', 'watr')}, ${UNIT.replace('SW-901', 'FIR-T001')}]\n`,
    'c.yaml': `sensors: [${SENSOR}]\n`,
  });
  expect(own.sensors.length).toBe(1);
  expect(own.units.map(({ id }) => id)).toEqual(['SW-901']);
  expect(said).toEqual([
    expect.stringMatching(/^A configuration file was left out: c\.yaml:1:\d+: crs: is left out$/),
    'Ids used twice in b.yaml, of which the first is taken: WL-901, FIR-T001',
    '"units" in b.yaml names what is not there: watr',
  ]);
});
