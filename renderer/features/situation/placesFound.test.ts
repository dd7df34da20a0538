import { expect, test } from 'vitest';
import { findable } from './placesFound.ts';

const place = {
  id: 'p',
  kind: 'point',
  name: { zh: '121, 29', en: '121, 29' },
  datum: 'gcj02',
  lon: 120.9,
  lat: 28.9,
} as const;

test('typed coordinates say in which system they were read, and answer what was typed', () => {
  expect(findable(place, '121 29')).toEqual({
    ...{ kind: 'point', id: 'p', zh: '121, 29 · GCJ-02', en: '121, 29 · GCJ-02' },
    ...{ at: { lon: 120.9, lat: 28.9 }, foundBy: '121 29' },
  });
});

test('a named place has its name', () => {
  expect(findable({ ...place, kind: 'road', datum: null, name: { zh: '滨河路', en: 'Binhe Road' } }, 'bhl').zh).toBe(
    '滨河路',
  );
});
