import { expect, test } from 'vitest';
import type { DrillWeather } from '../core/drills/script.ts';
import { gridCity } from '../tests/fakes/gridCity.ts';
import { createWeather } from './weather.ts';

const city = gridCity(3, 0);
const text = { zh: '', en: '' };
const script: DrillWeather = {
  seed: 1,
  sensors: [
    {
      ids: ['WL-001'],
      curve: [
        [0, 0.1],
        [10, 0.9],
      ],
      noise: 0,
    },
    {
      ids: ['RG-*'],
      curve: [
        [0, 5],
        [20, 60],
      ],
      noise: 2,
    },
  ],
  injects: [{ at: 5, text, silence: { ids: ['RG-002'], for: 3 } }],
};
const at = (drill: number | null, seed = 1, second = 100) =>
  Object.fromEntries(
    createWeather(city, seed, script)
      .observations(second, drill, 7)
      .map((o) => [o.sensor, o.value]),
  );

test('scripted sensors follow their curves; before the drill they stand at its beginning', () => {
  expect(at(null)['WL-001']).toBe(0.1);
  expect(at(5)['WL-001']).toBe(0.5);
  expect(at(50)['WL-001']).toBe(0.9);
  for (let s = 0; s < 40; s++) {
    const rain = at(20, 1, s)['RG-001'] ?? 0;
    expect(Math.abs(rain - 60)).toBeLessThanOrEqual(2);
  }
});

test('a silenced sensor says nothing while it is silent', () => {
  expect(at(4.9)).toHaveProperty('RG-002');
  expect(at(5)).not.toHaveProperty('RG-002');
  expect(at(7.9)).not.toHaveProperty('RG-002');
  expect(at(8)).toHaveProperty('RG-002');
});

test('the same seed and second say the same; other sensors have an ordinary day', () => {
  expect(at(3)).toEqual(at(3));
  expect(at(3)).not.toEqual(at(3, 2));
  expect(at(3)['AQ-001']).toBeGreaterThan(30);
  expect(createWeather(city, 1, null).observations(0, null, 7)).toHaveLength(4);
});
