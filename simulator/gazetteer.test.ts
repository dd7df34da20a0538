import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createGazetteer, placesOfMap } from '../core/places/gazetteer.ts';
import { loadCity } from './load.ts';
import { placesOf } from './places.ts';

const city = loadCity(join('resources', 'city'));
const places = placesOfMap(placesOf(city), city.graph);
const gazetteer = createGazetteer(places);
const first = (text: string) => gazetteer.find(text, 5)[0];

describe('the named places of the drill city', () => {
  it('have an id of their own each', () => {
    expect(new Set(places.map(({ id }) => id)).size).toBe(places.length);
  });

  it('have a name of their own each among those of a kind: two crossings of the same roads are told apart by where they are', () => {
    for (const lang of ['zh', 'en'] as const) {
      const names = places.map((place) => `${place.kind} ${place[lang]}`);
      expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
    }
    const found = gazetteer.find('滨河路与环城路', 8).filter(({ kind }) => kind === 'crossing');
    expect(found.map(({ zh, en }) => [zh, en]).sort()).toEqual([
      ['环城路与滨河路路口（东）', 'Huancheng Road and Binhe Road (east)'],
      ['环城路与滨河路路口（西）', 'Huancheng Road and Binhe Road (west)'],
    ]);
  });

  it.each([
    ['滨河路', 'road', '滨河路'],
    ['binhe road', 'road', '滨河路'],
    ['bhl', 'road', '滨河路'],
    ['bhlxc', 'place', '滨河路下穿'],
    ['滨河路与环城路', 'crossing', '滨河路与环城路路口'],
    ['环城路和滨河路', 'crossing', '滨河路与环城路路口'],
    ['滨河路 环城路路口', 'crossing', '滨河路与环城路路口'],
    ['Huancheng Road & Binhe Road', 'crossing', '滨河路与环城路路口'],
    ['HOS-001', 'facility', null],
  ] as const)('%s', (typed, kind, name) => {
    expect(first(typed)).toMatchObject({
      kind,
      ...(name === null ? {} : { zh: expect.stringContaining(name.slice(0, 3)) }),
    });
    if (kind === 'crossing') expect([first(typed)?.zh]).toContain(first('滨河路与环城路')?.zh);
  });

  it('are told by their id, and found by nothing that nothing has', () => {
    expect(gazetteer.one('binhe-underpass')?.zh).toBe('滨河路下穿');
    expect(gazetteer.find('不存在的路名', 5)).toEqual([]);
    expect(gazetteer.find(' ', 5)).toEqual([]);
  });
});
