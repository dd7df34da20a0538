import { expect, test, vi } from 'vitest';
import { followMissingTiles } from './missingTiles.ts';

type Watched = Parameters<typeof followMissingTiles>[0];

function createMap(hasSource = true) {
  let heard: (event: object) => void = () => undefined;
  const refreshed: unknown[] = [];
  const map = {
    on: (_: string, listener: typeof heard) => {
      heard = listener;
    },
    getSource: () => (hasSource ? {} : undefined),
    refreshTiles: (source: string, tiles: unknown) => refreshed.push([source, tiles]),
  } as unknown as Watched;
  const fail = (x: number, sourceId = 'basemap') =>
    heard({ error: new Error('gone'), sourceId, tile: { tileID: { canonical: { z: 3, x, y: 2 } } } });
  return { map, refreshed, fail, hear: (event: object) => heard(event) };
}

test('tiles that could not be had are asked for again, each once, when the hall is back', () => {
  const { map, refreshed, fail } = createMap();
  const again = followMissingTiles(map, 'basemap');
  again();
  expect(refreshed).toEqual([]);
  fail(1);
  fail(1);
  fail(4);
  again();
  again();
  expect(refreshed).toEqual([
    [
      'basemap',
      [
        { z: 3, x: 1, y: 2 },
        { z: 3, x: 4, y: 2 },
      ],
    ],
  ]);
});

test('of a map whose card is lost nothing is asked: it comes anew', () => {
  const { map, refreshed, fail } = createMap(false);
  const again = followMissingTiles(map, 'basemap');
  fail(1);
  again();
  expect(refreshed).toEqual([]);
});

test('other errors are told as before', () => {
  const told = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const { map, fail, hear, refreshed } = createMap();
  const again = followMissingTiles(map, 'basemap');
  fail(1, 'roads');
  const error = new Error('no such layer');
  hear({ error });
  again();
  expect(told.mock.calls.map(([said]) => String(said))).toEqual(['Error: gone', 'Error: no such layer']);
  expect(refreshed).toEqual([]);
  told.mockRestore();
});
