import { expect, test } from 'vitest';
import type { ComponentRow } from '../../../../contract/features/places.ts';
import { cellsIn, createComponentCells } from './componentCells.ts';

const VIEW = { west: 121.401, south: 31.201, east: 121.419, north: 31.209 };
const row = (id: string, lon: number, lat: number): ComponentRow => ({
  ...{ id, lon, lat, kind: '0107', name: { zh: '路灯', en: 'Lamp' }, owner: '' },
});

test('a view is made of cells that do not share an edge, its middle first', () => {
  const cells = cellsIn(VIEW);
  expect(cells.map(({ key }) => key).sort()).toEqual(['12140/3120', '12141/3120']);
  const [a, b] = cells.map(({ box }) => box).sort((p, q) => p.west - q.west);
  expect(b?.west).toBeGreaterThan(a?.east ?? 999);
  expect(cellsIn({ west: 121, south: 31, east: 122, north: 32 })).toHaveLength(40);
  expect(cellsIn({ west: 121, south: 31, east: 121.3, north: 31.3 })[0]?.box.west).toBeCloseTo(121.15, 1);
});

test('what is in view is asked for once, page after page, and drawn when it is another', async () => {
  const asked: string[] = [];
  const cells = createComponentCells((box, after) => {
    asked.push(`${box.west.toFixed(2)} ${after ?? ''}`);
    const id = `${box.west.toFixed(2)}${after ?? ''}`;
    return Promise.resolve({ rows: [row(id, box.west, box.south)], more: after === undefined ? 'b' : null });
  });
  expect(await cells.look(VIEW)).toBe(true);
  expect(asked).toEqual(['121.40 ', '121.40 b', '121.41 ', '121.41 b']);
  expect(cells.rows().map(({ id }) => id)).toEqual(['121.40', '121.40b', '121.41', '121.41b']);
  expect(await cells.look(VIEW)).toBe(false);
  expect(asked).toHaveLength(4);
});

test('a later look ends an earlier one, and what could not be had is asked for again', async () => {
  const waiting: (() => void)[] = [];
  let fails = false;
  const cells = createComponentCells((box) => {
    if (fails) return Promise.reject(new Error('away'));
    return new Promise((resolve) =>
      waiting.push(() => resolve({ rows: [row(`${box.west}`, box.west, box.south)], more: null })),
    );
  });
  const first = cells.look(VIEW);
  const second = cells.look({ ...VIEW, east: VIEW.west });
  for (const answer of waiting) answer();
  expect([await first, await second]).toEqual([undefined, true]);
  fails = true;
  await expect(cells.look(VIEW)).rejects.toThrow('away');
  expect(cells.rows()).toHaveLength(1);
});

test('a window that goes through a whole city keeps what it looks at and some of what it looked at', async () => {
  const cells = createComponentCells((box) =>
    Promise.resolve({
      rows: Array.from({ length: 3000 }, (_, i) => row(`${box.west}/${i}`, box.west, box.south)),
      more: null,
    }),
  );
  for (let x = 0; x < 40; x++)
    await cells.look({ west: 121 + x / 100 + 0.001, south: 31.001, east: 121 + x / 100 + 0.002, north: 31.002 });
  expect(cells.rows().length).toBeLessThanOrEqual(40_000);
  expect(cells.rows().at(-1)?.lon).toBeCloseTo(121.39, 5);
});

test('of a cell with more than a screen can tell apart some are asked for', async () => {
  let pages = 0;
  const cells = createComponentCells((box, after) => {
    pages++;
    const rows = Array.from({ length: 2500 }, (_, i) => row(`${after}/${i}`, box.west, box.south));
    return Promise.resolve({ rows, more: `${pages}` });
  });
  await cells.look({ ...VIEW, east: VIEW.west });
  expect(pages).toBe(4);
});
