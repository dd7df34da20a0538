import { expect, test } from 'vitest';
import { createGazetteer } from '../../../core/places/gazetteer.ts';
import { distanceM } from '../../../core/places/geo.ts';
import { findPlaces } from './find.ts';

const gazetteer = createGazetteer([
  { id: 'p', kind: 'place', zh: '滨河路下穿', en: 'Underpass', lon: 121.92, lat: 29.16 },
]);

test('coordinates without a system are offered in each, and differ by some hundred metres', () => {
  const rows = findPlaces(gazetteer, '121.92126, 29.16711', 20);
  expect(rows.map(({ datum }) => datum)).toEqual(['wgs84', 'gcj02', 'bd09']);
  expect(new Set(rows.map(({ id }) => id)).size).toBe(3);
  const [wgs, gcj, bd] = rows;
  if (!wgs || !gcj || !bd) throw new Error('three rows');
  expect(wgs).toMatchObject({ kind: 'point', lon: 121.92126, lat: 29.16711 });
  expect(distanceM(wgs, gcj)).toBeGreaterThan(300);
  expect(distanceM(gcj, bd)).toBeGreaterThan(300);
});

test('a system that is named is the one', () => {
  expect(findPlaces(gazetteer, '高德 121.92126,29.16711', 20).map(({ datum }) => datum)).toEqual(['gcj02']);
});

test('what is no pair of coordinates is a name', () => {
  expect(findPlaces(gazetteer, 'bhl', 20)).toMatchObject([{ id: 'p', kind: 'place', datum: null }]);
});
