import { describe, expect, test } from 'vitest';
import { worldX, worldY } from '../tiling/mercator.ts';
import { Places } from './places.ts';
import { SkipCount } from './skipped.ts';
import { ADDRESS_RANK } from './tags/places.ts';

const at = (lon: number, lat: number) => ({ x: worldX(lon), y: worldY(lat) });
const found = (zh: string, rank: number) => ({ kind: 'place' as const, name: { zh, en: zh }, rank });

function placesOf(all: readonly (readonly [string, number, number])[], mostAddresses?: number) {
  const skipped = new SkipCount();
  const places = new Places(skipped, mostAddresses);
  all.forEach(([zh, rank, lon], i) => {
    places.add(`osm:n${i}`, found(zh, rank), at(lon, 31.2));
  });
  return {
    names: (most?: number) => places.list(most).map(({ zh }) => zh),
    skipped: () => skipped.list().map(({ what, count }) => [what, count]),
  };
}

test('places come in the order in which they are asked for', () => {
  const { names } = placesOf([
    ['店', 5, 121.1],
    ['12号', ADDRESS_RANK, 121.2],
    ['城', 0, 121.3],
  ]);
  expect(names()).toEqual(['城', '店', '12号']);
});

test('one place that is drawn twice is one, two of one name far from one another are two', () => {
  const { names } = placesOf([
    ['桥', 2, 121.1],
    ['桥', 2, 121.1005],
    ['桥', 2, 121.2],
  ]);
  expect(names()).toHaveLength(2);
});

describe('of too many', () => {
  test('places the minor ones are left out and counted', () => {
    const { names, skipped } = placesOf([
      ['店', 5, 121.1],
      ['城', 0, 121.3],
      ['区', 1, 121.4],
      ['12号', ADDRESS_RANK, 121.2],
    ]);
    expect(names(2)).toEqual(['城', '区', '12号']);
    expect(skipped()).toEqual([['named places', 1]]);
  });

  test('addresses the later ones are', () => {
    const { names, skipped } = placesOf(
      [
        ['1号', ADDRESS_RANK, 121.1],
        ['2号', ADDRESS_RANK, 121.2],
        ['3号', ADDRESS_RANK, 121.3],
      ],
      1,
    );
    expect([names(), skipped()]).toEqual([['1号'], [['addresses', 2]]]);
  });
});
