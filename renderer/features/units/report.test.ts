import { expect, test } from 'vitest';
import { compass, kilometresAnHour } from './report.ts';

test('a heading is one of eight winds, north from both sides', () => {
  expect([0, 22, 23, 90, 181, 337, 338, 360].map(compass)).toEqual(['n', 'n', 'ne', 'e', 's', 'nw', 'n', 'n']);
});

test('a speed is said in km/h', () => {
  expect([0, 1.4, 13.9].map(kilometresAnHour)).toEqual([0, 5, 50]);
});
