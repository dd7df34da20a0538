import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Component } from '../../core/places/component.ts';
import { distanceM } from '../../core/places/geo.ts';
import { componentKey } from './componentKey.ts';
import { NoComponents, openComponentsFile } from './componentsReader.ts';
import { createComponentsFile } from './componentsWriter.ts';
import { openDatabase } from './database.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'opshall-components-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const component = (id: string, lon: number, lat: number): Component => ({
  ...{ id, kind: '0107', name: { zh: '路灯', en: 'Lamp' }, owner: '路灯所', lon, lat },
});

function written(components: readonly Component[], name = 'a.db'): string {
  const file = join(folder, name);
  const writer = createComponentsFile(file);
  for (const each of components) writer.add(each);
  writer.finish();
  writer.close();
  return file;
}

/** So many 1e-7 degrees from somewhere, as they are stored. */
const stored = (degrees: number, more: number) => (Math.round(degrees * 1e7) + more) / 1e7;
/** Degrees as they are stored. */
const degrees = (most: number) => fc.integer({ min: -most * 1e7, max: most * 1e7 }).map((n) => n / 1e7);
/** Many in one district, some anywhere, some at the very same spot. */
const places = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc
        .tuple(fc.integer({ min: 0, max: 2e5 }), fc.integer({ min: 0, max: 2e5 }))
        .map(([x, y]) => [stored(121.4, x), stored(31.2, y)] as const),
    },
    { weight: 1, arbitrary: fc.tuple(degrees(180), degrees(90)) },
    { weight: 1, arbitrary: fc.constant([121.41, 31.21] as const) },
  ),
  { minLength: 1, maxLength: 300 },
);

test('a box has those that stand in it, its edges among them, page after page, however they lie', () => {
  fc.assert(
    fc.property(
      places,
      fc.tuple(fc.nat(1e5), fc.nat(1e5), fc.nat(2e5), fc.nat(2e5)),
      fc.integer({ min: 1, max: 40 }),
      (all, [x, y, w, h], limit) => {
        const components = all.map(([lon, lat], i) => component(`C-${i}`, lon, lat));
        const reader = openComponentsFile(written(components));
        const box = {
          ...{ west: stored(121.4, x), south: stored(31.2, y) },
          ...{ east: stored(121.4, x + w), north: stored(31.2, y + h) },
        };
        const inside = components.filter(
          ({ lon, lat }) => lon >= box.west && lon <= box.east && lat >= box.south && lat <= box.north,
        );
        const got: string[] = [];
        for (let after: string | undefined, more = true; more; after = got.at(-1)) {
          const page = reader.within(box, { limit, after });
          if (!page) throw new Error('no page');
          expect(page.total).toBe(inside.length);
          expect(page.rows.length).toBeLessThanOrEqual(limit);
          got.push(...page.rows.map(({ id }) => id));
          more = page.more;
        }
        reader.close();
        expect(got).toEqual(inside.map(({ id }) => id));
      },
    ),
    { seed: 8, numRuns: 60 },
  );
}, 60_000);

test('near a place are the nearest of all, none farther than the radius', () => {
  fc.assert(
    fc.property(places, fc.integer({ min: 50, max: 5000 }), fc.integer({ min: 1, max: 30 }), (all, radius, most) => {
      const at = { lon: 121.41, lat: 31.21 };
      const components = all.map(([lon, lat], i) => component(`C-${i}`, lon, lat));
      const reader = openComponentsFile(written(components));
      const metres = components.map((each) => distanceM(at, each)).filter((far) => far <= radius);
      const nearest = metres.sort((a, b) => a - b).slice(0, most);
      const near = reader.near(at, radius, most);
      reader.close();
      expect(near.map((each) => each.metres)).toEqual(nearest);
    }),
    { seed: 8, numRuns: 60 },
  );
}, 60_000);

test('one is found by its id, as it was written', () => {
  const lamp = component('3101010107000001', 121.4737021, 31.2304163);
  const reader = openComponentsFile(written([lamp, component('B', 0, 0)]));
  expect(reader.one('3101010107000001')).toEqual(lamp);
  expect(reader.one('none')).toBeNull();
  expect(reader.count).toBe(2);
  expect(reader.within({ west: 121, south: 31, east: 122, north: 32 }, { limit: 9, after: 'none' })).toBeNull();
  reader.close();
});

test('of two with one id the first stays, and the writer says so', () => {
  const writer = createComponentsFile(join(folder, 'twice.db'));
  expect([writer.add(component('A', 1, 1)), writer.add(component('A', 2, 2))]).toEqual([true, false]);
  writer.finish();
  writer.close();
  const reader = openComponentsFile(join(folder, 'twice.db'));
  expect(reader.one('A')?.lon).toBe(1);
  reader.close();
});

test('a file is compared with the one that it replaces', () => {
  const former = written([component('A', 1, 1), component('B', 2, 2), component('C', 3, 3)]);
  const writer = createComponentsFile(join(folder, 'b.db'));
  for (const each of [component('D', 4, 4), component('B', 2, 2.5), component('A', 1, 1)]) writer.add(each);
  writer.finish();
  expect(writer.compared(former, 5)).toEqual({
    ...{ fresh: 1, changed: 1, gone: 1, same: 1 },
    some: { fresh: ['D'], changed: ['B'], gone: ['C'] },
  });
  expect(writer.compared(null, 2)).toMatchObject({ fresh: 3, gone: 0, some: { fresh: ['A', 'B'] } });
  writer.close();
});

test('a file of something else, and one that was never finished, are refused', () => {
  writeFileSync(join(folder, 'text.db'), 'no database at all, but a text that is long enough to have a head');
  expect(() => openComponentsFile(join(folder, 'text.db'))).toThrow();
  openDatabase(join(folder, 'other.db')).exec('CREATE TABLE t (a)').close();
  expect(() => openComponentsFile(join(folder, 'other.db'))).toThrow(NoComponents);
  const writer = createComponentsFile(join(folder, 'half.db'));
  writer.add(component('A', 1, 1));
  writer.close();
  expect(() => openComponentsFile(join(folder, 'half.db'))).toThrow();
});

test('keys of places near each other are near each other, and no degree is out of range', () => {
  const key = componentKey(121.4737, 31.2304);
  expect(Math.abs(componentKey(121.47371, 31.23041) - key)).toBeLessThan(2 ** 12);
  for (const [lon, lat] of [
    [-180, -90],
    [180, 90],
  ] as const) {
    expect(componentKey(lon, lat)).toBeGreaterThanOrEqual(0);
    expect(componentKey(lon, lat)).toBeLessThan(2 ** 48);
  }
});
