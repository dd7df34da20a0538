import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createScratch } from '../../tests/support/scratch.ts';
import { loadHallCity } from './hallCity.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());
const CITY = resolve(import.meta.dirname, '..', '..', 'resources', 'city');

test('of things of the city with one id the first is taken, and the others are named', () => {
  const dir = scratch.folder('city');
  cpSync(CITY, dir, { recursive: true, filter: (from) => !from.endsWith('.geojson') });
  for (const file of ['sensors.json', 'cameras.json']) {
    const things = JSON.parse(readFileSync(join(dir, file), 'utf8'));
    writeFileSync(join(dir, file), JSON.stringify([...things, { ...things[0], zh: '另一个' }]));
  }
  const { city, notices } = loadHallCity(dir, 'drill', 5);
  const [sensor] = city.sensors;
  expect(city.sensors.filter(({ id }) => id === sensor?.id)).toEqual([sensor]);
  expect(sensor?.zh).not.toBe('另一个');
  expect(notices.map(({ severity, text }) => [severity, text.en.replace(`${dir}/`, '')])).toEqual([
    ['warning', `Ids used twice in sensors.json, of which the first is taken: ${sensor?.id}`],
    ['warning', `Ids used twice in cameras.json, of which the first is taken: ${city.cameras[0]?.id}`],
  ]);
  expect(loadHallCity(CITY, 'drill', 5).notices).toEqual([]);
});
