import type { TestMap } from './pbfFile.ts';

/** Nodes by number on a grid of about 100 m: `100 * row + column`, from the south-west. */
const at = (node: number) => ({
  id: node,
  lon: 121.5 + (node % 100) * 0.001,
  lat: 31.2 + Math.trunc(node / 100) * 0.001,
});
const GRID = Array.from({ length: 20 * 20 }, (_, i) => at(Math.trunc(i / 20) * 100 + (i % 20)));
const BOUNDS = [121.5, 31.2, 121.519, 31.219] as const;
/** A closed way around a square. */
export const square = (from: number, side: number) => [from, from + side, from + side * 101, from + side * 100, from];

/** A map of that grid and this. */
export const mapOf = (more: Partial<TestMap>): TestMap => ({
  bounds: BOUNDS,
  ways: more.ways ?? [],
  relations: more.relations ?? [],
  nodes: [...GRID, ...(more.nodes ?? [])],
});

export const TOWN: Partial<TestMap> = {
  nodes: [
    { id: 9001, lon: 121.5101, lat: 31.2101, tags: { place: 'suburb', name: '外滩', 'name:en': 'The Bund' } },
    { id: 9002, lon: 121.5051, lat: 31.2051, tags: { amenity: 'fire_station', name: '外滩消防站' } },
    { id: 9003, lon: 121.5061, lat: 31.2061, tags: { 'addr:street': '中山路', 'addr:housenumber': '18' } },
  ],
  ways: [
    { id: 1, refs: [500, 505, 510], tags: { highway: 'primary', name: '中山路', 'name:en': 'Zhongshan Road' } },
    { id: 2, refs: [519, 510], tags: { highway: 'primary', name: '中山路', 'name:en': 'Zhongshan Road' } },
    { id: 3, refs: [10, 510, 1010], tags: { highway: 'motorway', name: '高架' } },
    { id: 4, refs: [10, 12], tags: { highway: 'motorway_link' } },
    { id: 5, refs: square(602, 1), tags: { building: 'yes', 'building:levels': '10', name: '大厦' } },
    { id: 6, refs: square(1202, 4), tags: { leisure: 'park', name: '公园' } },
    { id: 7, refs: square(1212, 3), tags: { natural: 'water', name: '湖' } },
    { id: 8, refs: [1800, 1810, 1819], tags: { railway: 'rail', name: '铁路' } },
  ],
};
