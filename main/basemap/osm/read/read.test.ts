import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { createScratch } from '../../../../tests/support/scratch.ts';
import { Breath } from '../../tiling/breath.ts';
import { pbfOf, type TestMap } from '../testing/pbfFile.ts';
import { xmlOf } from '../testing/xmlFile.ts';
import { openOsm } from './open.ts';
import type { OsmVisitor } from './source.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());

async function opened(bytes: Uint8Array | string) {
  const file = join(scratch.folder('osm'), 'some.file');
  writeFileSync(file, bytes);
  const source = await openOsm(file, new Breath());
  return scratch.keep(source, (each) => each.close());
}

/** All that a file has, as lines. */
async function told(bytes: Uint8Array | string) {
  const source = await opened(bytes);
  const lines: string[] = [];
  const tags = (of: ReadonlyMap<string, string>) => JSON.stringify(Object.fromEntries(of));
  const visitor: OsmVisitor = {
    node: (id, lon, lat, its) => lines.push(`n${id} ${lon.toFixed(7)} ${lat.toFixed(7)} ${tags(its)}`),
    way: (id, refs, count, its) => lines.push(`w${id} ${refs.slice(0, count).join()} ${tags(its)}`),
    relation: (id, members, its) =>
      lines.push(`r${id} ${members.map((m) => `${m.type}/${m.id}/${m.role}`).join()} ${tags(its)}`),
  };
  await source.each(visitor);
  return { lines, bounds: source.bounds() };
}

const MAP: TestMap = {
  bounds: [121.4, 31.1, 121.6, 31.3],
  nodes: [
    { id: 11_000_000_001, lon: 121.5, lat: 31.2 },
    {
      id: 11_000_000_004,
      lon: -0.1234567,
      lat: -51.7654321,
      tags: { name: '人民广场 & "东"', place: 'square', source: 'x' },
    },
    { id: -7, lon: 121.51, lat: 31.21, tags: { amenity: 'police' } },
  ],
  ways: [
    { id: 5, refs: [11_000_000_004, 11_000_000_001, -7], tags: { highway: 'primary', name: '中山路' } },
    { id: 6, refs: [] },
  ],
  relations: [
    {
      id: 9,
      members: [
        [1, 5, 'outer'],
        [0, -7, ''],
        [2, 9, 'inner'],
      ],
      tags: { type: 'multipolygon' },
    },
  ],
};
const LINES = [
  'n11000000001 121.5000000 31.2000000 {}',
  'n11000000004 -0.1234567 -51.7654321 {"name":"人民广场 & \\"东\\"","place":"square"}',
  'n-7 121.5100000 31.2100000 {"amenity":"police"}',
  'w5 11000000004,11000000001,-7 {"highway":"primary","name":"中山路"}',
  'w6  {}',
  'r9 way/5/outer,node/-7/,relation/9/inner {"type":"multipolygon"}',
];

describe('a file tells its things, but for tags that nobody asks for', () => {
  test.each<[string, Uint8Array | string]>([
    ['PBF', pbfOf(MAP)],
    ['PBF that is not packed', pbfOf(MAP, { isPacked: false })],
    ['PBF with single nodes', pbfOf(MAP, { isDense: false, features: ['OsmSchema-V0.6'] })],
    ['XML', xmlOf(MAP)],
    ['XML that begins with a byte order mark', `\uFEFF${xmlOf(MAP)}`],
    ['XML in gzip', gzipSync(xmlOf(MAP))],
  ])('%s', async (_, bytes) => {
    const { lines, bounds } = await told(bytes);
    expect(lines).toEqual(LINES);
    expect(bounds?.map((side) => side.toFixed(6))).toEqual(['121.400000', '31.100000', '121.600000', '31.300000']);
  });
});

test('units of a PBF may be coarser than usual', async () => {
  const { lines } = await told(pbfOf({ nodes: [{ id: 1, lon: 121.5, lat: 31.2 }] }, { granularity: 1000 }));
  expect(lines).toEqual(['n1 121.5000000 31.2000000 {}']);
});

test('nodes that are there only as positions of a way are told before the ways are', async () => {
  const map: TestMap = {
    nodes: [{ id: 3, lon: 121.5, lat: 31.2, tags: { name: '东站' } }],
    ways: [
      {
        id: 5,
        refs: [1, 2],
        locations: [
          [121.6, 31.3],
          [121.7, -31.4],
        ],
        tags: { highway: 'primary' },
      },
    ],
  };
  const source = await opened(pbfOf(map, { optional: ['LocationsOnWays'] }));
  const nodes: string[] = [];
  const visitor: OsmVisitor = { node: (id, lon, lat) => nodes.push(`${id} ${lon.toFixed(1)} ${lat.toFixed(1)}`) };
  await source.each(visitor);
  const all = ['3 121.5 31.2', '1 121.6 31.3', '2 121.7 -31.4'];
  expect(nodes).toEqual(all);
  await source.each(visitor);
  expect(nodes).toEqual([...all, ...all]);
  expect((await told(pbfOf(map))).lines.filter((line) => line.startsWith('n'))).toHaveLength(1);
});

test('an area that cannot be one is as none', async () => {
  expect((await told(pbfOf({ ...MAP, bounds: [10, 5, 9, 6] }))).bounds).toBeNull();
  expect((await told(xmlOf({ ...MAP, bounds: [-500, 5, 9, 6] }))).bounds).toBeNull();
});

test('what was deleted is not told', async () => {
  const xml =
    '<osm><node id="1" lat="1" lon="1" action="delete"/><node id="2" visible="false"/><node id="3" lat="1" lon="1"/></osm>';
  expect((await told(xml)).lines).toEqual(['n3 1.0000000 1.0000000 {}']);
});

test('a second reading of a PBF passes over blocks without what is asked for', async () => {
  const bytes = pbfOf(MAP);
  const source = await opened(bytes);
  const nodes: number[] = [];
  await source.each({ node: (id) => nodes.push(id) });
  const ways: number[] = [];
  const read: number[] = [];
  await source.each({ way: (id) => ways.push(id) }, (done) => read.push(done));
  expect([nodes.length, ways]).toEqual([3, [5, 6]]);
  expect(read.at(-1)).toBe(bytes.length);
});

test('reading ends when it is called off', async () => {
  const file = join(scratch.folder('osm'), 'city.osm');
  writeFileSync(file, xmlOf(MAP));
  const off = new AbortController();
  const source = await openOsm(file, new Breath(off.signal));
  off.abort(new Error('the hall was closed'));
  await expect(source.each({})).rejects.toThrow('the hall was closed');
});
