import { describe, expect, it } from 'vitest';
import { stationOf } from './Who.tsx';

describe('the station of a chain', () => {
  it.each([
    ['A', 'A'],
    ['A~2', 'A'],
    ['hall-a~13', 'hall-a'],
    ['~2', '~2'],
    ['a~b', 'a~b'],
  ])('%s → %s', (chain, station) => {
    expect(stationOf(chain)).toBe(station);
  });
});
