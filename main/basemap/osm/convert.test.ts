import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { afterEach, describe, expect, test } from 'vitest';
import { placesOfMap } from '../../../core/places/gazetteer.ts';
import { halfSaid } from '../../../tests/support/bothLanguages.ts';
import { createScratch } from '../../../tests/support/scratch.ts';
import { converted, tilesCovered } from './testing/converted.ts';
import { pbfOf, type TestMap } from './testing/pbfFile.ts';
import { mapOf, square, TOWN } from './testing/town.ts';
import { xmlOf } from './testing/xmlFile.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());

const convertBytes = (bytes: Uint8Array | string) =>
  converted((mvt) => new VectorTile(new PbfReader(mvt)), scratch.folder('osm'), bytes);
const convert = (map: Partial<TestMap>) => convertBytes(pbfOf(mapOf(map)));

describe('a town becomes', () => {
  test('the same map from PBF and from XML', async () => {
    const [pbf, xml] = [await convert(TOWN), await convertBytes(xmlOf(mapOf(TOWN)))];
    expect(xml.map).toEqual(pbf.map);
    expect([...xml.tiles]).toEqual([...pbf.tiles]);
  });

  test('tiles in the layers of the style', async () => {
    const { seen, map } = await convert(TOWN);
    expect(seen('roads').map(({ properties }) => properties)).toEqual(
      expect.arrayContaining([
        { class: 'arterial', zh: '中山路', en: 'Zhongshan Road' },
        { class: 'expressway', zh: '高架', en: '高架' },
        { class: 'expressway', zh: '', en: '', ramp: true },
      ]),
    );
    expect(seen('buildings').map(({ properties }) => properties)).toContainEqual({ h: 30 });
    expect(seen('landuse').map(({ properties }) => properties)).toContainEqual({ use: 'park' });
    expect(new Set(seen('water').map(({ type, properties }) => `${type} ${properties.kind}`))).toEqual(
      new Set(['3 lake', '2 bank']),
    );
    expect(seen('rail')[0]?.properties).toEqual({ zh: '铁路', en: '铁路' });
    expect(
      seen('labels')
        .map(({ properties }) => `${properties.kind} ${properties.zh} ${properties.en}`)
        .sort(),
    ).toEqual(['lake 湖 湖', 'park 公园 公园', 'street 外滩 The Bund']);
    expect(seen('land').every(({ properties }) => properties.kind === 'land')).toBe(true);
    expect([map.minZoom, map.maxZoom]).toEqual([6, 14]);
  });

  test('roads by their names, large ones by their numbers where they have none', async () => {
    const ways = ['motorway', 'motorway_link', 'residential'].map((highway, i) => ({
      id: i,
      refs: [i * 200, i * 200 + 5],
      tags: { highway, ref: 'G15' },
    }));
    const { map, seen } = await convert({ ways });
    expect(map.roads.names).toEqual([{ zh: 'G15', en: 'G15' }]);
    expect(
      seen('roads')
        .map(({ properties }) => `${properties.class} ${properties.zh}`)
        .sort(),
    ).toEqual(['expressway ', 'expressway G15', 'local ']);
  });

  test('small zooms with little in them', async () => {
    const { seen } = await convert(TOWN);
    expect(seen('buildings', 12)).toEqual([]);
    expect(seen('roads', 6).map(({ properties }) => properties.class)).toEqual(['expressway']);
    expect(seen('land', 6)).toHaveLength(1);
  });

  test('a graph of its roads, in which places are found', async () => {
    const { map } = await convert(TOWN);
    const { roads, places } = map;
    expect([roads.nodes.length, roads.edges.length]).toEqual([6, 5]);
    const named = placesOfMap([], roads);
    expect(named.map(({ kind, zh }) => `${kind} ${zh}`).sort()).toEqual([
      'crossing 中山路与高架路口',
      'road 中山路',
      'road 高架',
    ]);
    expect(places).toEqual([
      { id: 'osm:n9001', kind: 'place', zh: '外滩', en: 'The Bund', lon: 121.5101, lat: 31.2101 },
      { id: 'osm:n9002', kind: 'facility', zh: '外滩消防站', en: '外滩消防站', lon: 121.5051, lat: 31.2051 },
      { id: 'osm:w6', kind: 'place', zh: '公园', en: '公园', lon: 121.504, lat: 31.214 },
      {
        id: 'osm:w7',
        kind: 'place',
        zh: '湖',
        en: '湖',
        lon: expect.closeTo(121.5135, 5),
        lat: expect.closeTo(31.2135, 5),
      },
      {
        id: 'osm:w5',
        kind: 'place',
        zh: '大厦',
        en: '大厦',
        lon: expect.closeTo(121.5025, 5),
        lat: expect.closeTo(31.2065, 5),
      },
      { id: 'osm:n9003', kind: 'place', zh: '中山路18号', en: '18 中山路', lon: 121.5061, lat: 31.2061 },
    ]);
  });

  test('counts of what it has', async () => {
    const { map, tiles } = await convert(TOWN);
    expect(map.counts).toMatchObject({ nodes: 403, ways: 8, relations: 0, tiles: tiles.size });
    expect(map.counts.bytes).toBe([...tiles.values()].reduce((sum, { length }) => sum + length, 0));
    expect(map.skipped).toEqual([]);
  });
});

describe('an area of several ways', () => {
  const around = (roles: [number, number, string][], tags = {}) => [
    { id: 1, members: roles, tags: { type: 'multipolygon', landuse: 'forest', ...tags } },
  ];
  const halves = [
    { id: 1, refs: [202, 212, 1212] },
    { id: 2, refs: [202, 1202, 1212] },
    { id: 3, refs: square(505, 4) },
  ];

  test('is a polygon with its hole', async () => {
    const { seen, map } = await convert({
      ways: halves,
      relations: around([
        [1, 1, 'outer'],
        [1, 2, 'outer'],
        [1, 3, 'inner'],
      ]),
    });
    const whole = await convert({
      ways: halves,
      relations: around([
        [1, 1, 'outer'],
        [1, 2, 'outer'],
      ]),
    });
    expect(tilesCovered(seen('landuse')) / tilesCovered(whole.seen('landuse'))).toBeCloseTo(1 - 16 / 100, 1);
    expect(map.skipped).toEqual([]);
  });

  test('that does not close is left out and counted, the rest of it is drawn', async () => {
    const { seen, map } = await convert({
      ways: halves,
      relations: around([
        [1, 1, 'outer'],
        [1, 77, 'outer'],
        [1, 3, 'outer'],
      ]),
    });
    expect(seen('landuse').length).toBeGreaterThan(0);
    expect(map.skipped.map(({ what, count }) => [what, count])).toEqual([['broken areas', 1]]);
  });

  test('that the extract cut off is closed along its edge and drawn', async () => {
    const ways = [
      { id: 1, refs: [400, 410, 419] },
      { id: 2, refs: [77_001, 500, 510, 519, 77_002] },
    ];
    const members: [number, number, string][] = [1, 77, 2].map((way) => [1, way, 'outer']);
    const { seen, map } = await convert({ ways, relations: around(members) });
    // A strip of 100 m, and not all on one side of one of its lines.
    expect(tilesCovered(seen('landuse'))).toBeGreaterThan(0.05);
    expect(tilesCovered(seen('landuse'))).toBeLessThan(0.2);
    expect(map.skipped.map(({ what, count }) => [what, count])).toEqual([
      ['cut ways', 1],
      ['cut areas', 1],
    ]);
  });

  test('is a division with its border, and its name where no place has it', async () => {
    const relations = [
      {
        id: 5,
        members: [
          [1, 1, 'outer'],
          [1, 2, 'outer'],
        ] as [number, number, string][],
        tags: { type: 'boundary', boundary: 'administrative', admin_level: '8', name: '东街道' },
      },
    ];
    const { seen, map } = await convert({ ways: halves, relations });
    expect(seen('borders').map(({ properties }) => properties)).toContainEqual({ level: 'street' });
    expect(seen('labels').map(({ properties }) => properties.zh)).toEqual(['东街道']);
    expect(map.places.map(({ id }) => id)).toEqual(['osm:r5']);
    const lacking = [
      {
        ...relations[0],
        id: 5,
        members: [
          [1, 3, 'outer'],
          [1, 77, 'outer'],
        ] as [number, number, string][],
      },
    ];
    const part = await convert({ ways: halves, relations: lacking });
    expect([part.seen('labels'), part.map.places]).toEqual([[], []]);
    const nodes = [{ id: 9000, lon: 121.505, lat: 31.205, tags: { place: 'suburb', name: '东街道' } }];
    expect((await convert({ ways: halves, relations, nodes })).seen('labels')).toHaveLength(1);
  });
});

describe('a way whose nodes are not all there', () => {
  test('is cut where they lack, and counted', async () => {
    const ways = [{ id: 1, refs: [500, 505, 77_000, 510, 515], tags: { highway: 'primary', name: '长街' } }];
    const { seen, map } = await convert({ ways });
    expect(seen('roads', 12).flatMap(({ geometry }) => geometry)).toHaveLength(2);
    expect(map.skipped.map(({ what, count }) => [what, count])).toEqual([
      ['cut ways', 1],
      ['roads apart', 1],
    ]);
    for (const { why } of map.skipped) expect(halfSaid(why)).toBeNull();
  });

  test('is left out where none is', async () => {
    const { seen, map } = await convert({ ways: [{ id: 1, refs: [77_000, 77_001], tags: { highway: 'primary' } }] });
    expect(seen('roads')).toEqual([]);
    expect(map.roads.edges).toEqual([]);
  });

  test('as an area is closed over the gap', async () => {
    const { seen } = await convert({
      ways: [{ id: 1, refs: [202, 212, 77_000, 1212, 1202, 202], tags: { leisure: 'park' } }],
    });
    expect(seen('landuse').length).toBeGreaterThan(0);
  });
});

describe('land', () => {
  const covered = async (ways: TestMap['ways'] & {}) => {
    const { seen, map } = await convert({ ways });
    return { share: tilesCovered(seen('land')), skipped: map.skipped.map(({ what }) => what) };
  };

  test('is everywhere without a coast, and in the north of one from west to east', async () => {
    const all = await covered([]);
    // Two by two tiles with their buffers.
    expect(all.share).toBeCloseTo(4 * (1 + 256 / 4096) ** 2, 1);
    const north = await covered([{ id: 1, refs: [900, 905, 910, 919], tags: { natural: 'coastline' } }]);
    expect(north.share).toBeGreaterThan(0.3 * all.share);
    expect(north.share).toBeLessThan(0.7 * all.share);
    expect(north.skipped).toEqual([]);
  });

  test('is everywhere with a coast of which nothing can be made, which is told', async () => {
    const all = await covered([]);
    const broken = await covered([{ id: 1, refs: [909, 910], tags: { natural: 'coastline' } }]);
    expect(broken.skipped).toEqual(['broken coastline']);
    expect(broken.share).toBeCloseTo(all.share, 5);
  });

  test('has a pier over it, though it was drawn as a line', async () => {
    const { seen } = await convert({ ways: [{ id: 1, refs: [505, 510, 1010], tags: { man_made: 'pier' } }] });
    const piers = seen('land').filter(({ properties }) => properties.kind === 'pier');
    expect(piers.length).toBeGreaterThan(0);
  });
});
