import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lonOf } from '../tiling/mercator.ts';
import { NodeTable } from './nodeTable.ts';
import { OsmFileError } from './osmFileError.ts';

describe('a node is found by its id', () => {
  const ids = fc.uniqueArray(fc.oneof(fc.integer({ min: -500, max: 500 }), fc.maxSafeInteger()), {
    minLength: 1,
    maxLength: 400,
  });

  test('in whatever order nodes came, and others are not', () => {
    fc.assert(
      fc.property(ids, fc.array(fc.maxSafeInteger(), { maxLength: 20 }), (all, others) => {
        const table = new NodeTable();
        for (const [i, id] of all.entries()) table.add(id, i / 10, 0);
        table.seal();
        for (const [i, id] of all.entries()) expect(lonOf(table.points.x.at(table.find(id)))).toBeCloseTo(i / 10, 5);
        for (const other of others) if (!all.includes(other)) expect(table.find(other)).toBe(-1);
      }),
      { seed: 5 },
    );
  });

  test('and of two of one id the last', () => {
    const table = new NodeTable();
    for (const [id, lon] of [
      [5, 1],
      [3, 2],
      [5, 3],
    ] as const)
      table.add(id, lon, 0);
    table.seal();
    expect([table.count, Math.round(lonOf(table.points.x.at(table.find(5))))]).toEqual([2, 3]);
  });
});

test('a table without nodes has none', () => {
  const table = new NodeTable();
  table.seal();
  expect([table.count, table.find(1)]).toEqual([0, -1]);
});

test('more nodes than a workstation holds are refused, with the way to fewer', () => {
  const table = new NodeTable(2);
  table.add(1, 0, 0);
  table.add(2, 0, 0);
  expect(() => table.add(3, 0, 0)).toThrow(OsmFileError);
  expect(() => table.add(3, 0, 0)).toThrow('osmium extract');
});
