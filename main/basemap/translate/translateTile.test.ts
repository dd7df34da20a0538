import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contentOf, foreignTile, line, type MadeFeature, point, polygon } from '../../../tests/support/foreignTile.ts';
import { OPENMAPTILES } from './schemas/openmaptiles.ts';
import { PROTOMAPS } from './schemas/protomaps.ts';
import { OWN_LAYERS, type Schema } from './schemas/schema.ts';
import { SHORTBREAD } from './schemas/shortbread.ts';
import { BadTile } from './tile/badTile.ts';
import { translateTile } from './translateTile.ts';

/** What becomes of one feature, without the land below all. */
function becomes(schema: Schema, layer: string, feature: MadeFeature) {
  const content = contentOf(translateTile(foreignTile({ [layer]: [feature] }), schema));
  if (schema.landIsWhatIsNotSea) delete content.land;
  const all = Object.entries(content).flatMap(([name, features]) => features.map((each) => ({ name, ...each })));
  expect(all.length).toBeLessThanOrEqual(1);
  const [first] = all;
  if (first) expect({ type: first.type, lines: first.lines }).toEqual({ type: feature.type, lines: feature.lines });
  return first ? { [first.name]: first.properties } : null;
}
type Case = [layer: string, feature: MadeFeature, becomes: ReturnType<typeof becomes>];
const BINHE = { name: '滨河路', 'name:en': 'Binhe Road' };
const NAMED = { zh: '滨河路', en: 'Binhe Road' };

describe('of Shortbread', () => {
  test.each<Case>([
    ['ocean', polygon({}), { water: { kind: 'sea' } }],
    ['water_polygons', polygon({ kind: 'river' }), { water: { kind: 'river' } }],
    ['water_polygons', polygon({ kind: 'constructor' }), { water: { kind: 'lake' } }],
    ['water_polygons', polygon({ kind: 'glacier' }), null],
    ['water_lines', line({ kind: 'canal' }), { water: { kind: 'bank' } }],
    ['water_lines', line({ kind: 'canal', tunnel: true }), null],
    ['streets', line({ kind: 'motorway' }), { roads: { class: 'expressway', zh: '', en: '' } }],
    ['streets', line({ kind: 'trunk', link: true }), { roads: { class: 'expressway', ramp: true, zh: '', en: '' } }],
    ['streets', line({ kind: 'primary', link: true }), { roads: { class: 'arterial', zh: '', en: '' } }],
    ['streets', line({ kind: 'living_street' }), { roads: { class: 'local', zh: '', en: '' } }],
    ['streets', line({ kind: 'footway' }), null],
    ['streets', line({ kind: 'rail', rail: true }), { rail: { zh: '', en: '' } }],
    ['streets', line({ kind: 'rail', rail: true, tunnel: true }), null],
    ['streets', line({ kind: 'subway', rail: true }), null],
    [
      'street_labels',
      line({ kind: 'secondary', name: '滨河路', name_en: 'Binhe Road' }),
      { roads: { class: 'secondary', ...NAMED } },
    ],
    ['street_labels', line({ kind: 'motorway', ref: 'G15' }), { roads: { class: 'expressway', zh: 'G15', en: 'G15' } }],
    ['land', polygon({ kind: 'forest' }), { landuse: { use: 'park' } }],
    ['land', polygon({ kind: 'residential' }), { landuse: { use: 'housing' } }],
    ['land', polygon({ kind: 'farmland' }), null],
    ['sites', polygon({ kind: 'hospital' }), { landuse: { use: 'campus' } }],
    ['pier_polygons', polygon({ kind: 'pier' }), { landuse: { use: 'port' } }],
    ['buildings', polygon({ dummy: 1 }), { buildings: { h: 9 } }],
    ['boundaries', line({ admin_level: 2 }), null],
    ['boundaries', line({ admin_level: 4 }), { borders: { level: 'street' } }],
    ['boundaries', line({ admin_level: 4, maritime: true }), null],
    [
      'place_labels',
      point({ kind: 'city', name: '澜港市' }),
      { labels: { kind: 'city', zh: '澜港市', en: '澜港市', rank: 0 } },
    ],
    ['place_labels', point({ kind: 'village', ...BINHE }), { labels: { kind: 'community', ...NAMED, rank: 4 } }],
    ['place_labels', point({ kind: 'village' }), null],
    [
      'public_transport',
      point({ kind: 'station', name: '站' }),
      { labels: { kind: 'station', zh: '站', en: '站', rank: 3 } },
    ],
    ['pois', point({ amenity: 'bench' }), null],
  ])('%s %o', (layer, feature, expected) => {
    expect(becomes(SHORTBREAD, layer, feature)).toEqual(expected);
  });
});

describe('of OpenMapTiles', () => {
  test.each<Case>([
    ['water', polygon({ class: 'ocean' }), { water: { kind: 'sea' } }],
    ['water', polygon({ class: 'lake' }), { water: { kind: 'lake' } }],
    ['waterway', line({ class: 'river' }), { water: { kind: 'bank' } }],
    ['transportation', line({ class: 'minor' }), { roads: { class: 'local', zh: '', en: '' } }],
    [
      'transportation',
      line({ class: 'motorway', ramp: 1 }),
      { roads: { class: 'expressway', ramp: true, zh: '', en: '' } },
    ],
    ['transportation', line({ class: 'path', subclass: 'footway' }), null],
    [
      'transportation',
      line({ class: 'path', subclass: 'pedestrian' }),
      { roads: { class: 'service', zh: '', en: '' } },
    ],
    ['transportation', polygon({ class: 'path', subclass: 'pedestrian' }), { landuse: { use: 'square' } }],
    ['transportation', line({ class: 'rail', subclass: 'rail' }), { rail: { zh: '', en: '' } }],
    ['transportation', line({ class: 'transit', subclass: 'subway' }), null],
    ['transportation_name', line({ class: 'primary', ...BINHE }), { roads: { class: 'arterial', ...NAMED } }],
    ['landcover', polygon({ class: 'grass', subclass: 'park' }), { landuse: { use: 'park' } }],
    ['landcover', polygon({ class: 'wood', subclass: 'nothing' }), { landuse: { use: 'park' } }],
    ['landuse', polygon({ class: 'industrial' }), { landuse: { use: 'industry' } }],
    ['building', polygon({ render_height: 48.5 }), { buildings: { h: 48.5 } }],
    ['building', polygon({ render_height: 48, hide_3d: true }), null],
    ['boundary', line({ admin_level: 8, maritime: 0 }), { borders: { level: 'street' } }],
    ['boundary', line({ admin_level: 10, maritime: 0 }), { borders: { level: 'community' } }],
    ['boundary', line({ admin_level: 6, maritime: 1 }), null],
    ['place', point({ class: 'suburb', ...BINHE }), { labels: { kind: 'street', ...NAMED, rank: 2 } }],
    ['place', point({ class: 'country', ...BINHE }), null],
    ['water_name', point({ class: 'ocean', ...BINHE }), { labels: { kind: 'sea', ...NAMED, rank: 1 } }],
    ['mountain_peak', point(BINHE), { labels: { kind: 'hill', ...NAMED, rank: 1 } }],
    [
      'poi',
      point({ class: 'railway', subclass: 'station', ...BINHE }),
      { labels: { kind: 'station', ...NAMED, rank: 3 } },
    ],
    ['poi', point({ class: 'railway', subclass: 'subway', ...BINHE }), null],
  ])('%s %o', (layer, feature, expected) => {
    expect(becomes(OPENMAPTILES, layer, feature)).toEqual(expected);
  });
});

describe('of Protomaps', () => {
  test.each<Case>([
    ['earth', polygon({ kind: 'earth' }), { land: { kind: 'land' } }],
    ['water', polygon({ kind: 'ocean' }), null],
    ['water', polygon({ kind: 'lake' }), { water: { kind: 'lake' } }],
    ['water', polygon({ 'pmap:kind': 'river' }), { water: { kind: 'river' } }],
    ['water', line({ kind: 'stream' }), { water: { kind: 'bank' } }],
    ['water', point({ kind: 'bay', ...BINHE }), { labels: { kind: 'bay', ...NAMED, rank: 1 } }],
    [
      'roads',
      line({ kind: 'highway', kind_detail: 'motorway', ...BINHE }),
      { roads: { class: 'expressway', ...NAMED } },
    ],
    [
      'roads',
      line({ kind: 'highway', kind_detail: 'motorway_link' }),
      { roads: { class: 'expressway', ramp: true, zh: '', en: '' } },
    ],
    [
      'roads',
      line({ 'pmap:kind': 'highway', 'pmap:link': 1 }),
      { roads: { class: 'expressway', ramp: true, zh: '', en: '' } },
    ],
    ['roads', line({ kind: 'major_road' }), { roads: { class: 'arterial', zh: '', en: '' } }],
    ['roads', line({ kind: 'path', kind_detail: 'footway' }), null],
    ['roads', line({ kind: 'rail', kind_detail: 'tram' }), { rail: { zh: '', en: '' } }],
    ['landuse', polygon({ kind: 'university' }), { landuse: { use: 'campus' } }],
    ['buildings', polygon({ kind: 'building', height: 120 }), { buildings: { h: 120 } }],
    ['buildings', point({ kind: 'address' }), null],
    ['boundaries', line({ kind: 'country', kind_detail: 2 }), null],
    ['boundaries', line({ kind: 'county', kind_detail: '6' }), { borders: { level: 'street' } }],
    [
      'places',
      point({ kind: 'locality', kind_detail: 'city', ...BINHE }),
      { labels: { kind: 'city', ...NAMED, rank: 0 } },
    ],
    ['places', point({ kind: 'neighbourhood', ...BINHE }), { labels: { kind: 'community', ...NAMED, rank: 4 } }],
    ['places', point({ kind: 'country', ...BINHE }), null],
    ['pois', point({ kind: 'park', ...BINHE }), { labels: { kind: 'park', ...NAMED, rank: 5 } }],
  ])('%s %o', (layer, feature, expected) => {
    expect(becomes(PROTOMAPS, layer, feature)).toEqual(expected);
  });
});

describe('a tile', () => {
  test('of a schema that has the sea and no land gets a land as large as itself, and beyond its edges', () => {
    const content = contentOf(translateTile(foreignTile({ ocean: [polygon({})] }), SHORTBREAD));
    expect(content.land).toMatchObject([{ type: 3, properties: { kind: 'land' } }]);
    expect(content.land?.[0]?.lines[0]?.slice(0, 3)).toEqual([
      [-1024, -1024],
      [5120, -1024],
      [5120, 5120],
    ]);
    expect(content.water).toHaveLength(1);
  });

  test('with layers of several measures is brought to one', () => {
    const fine = foreignTile({ streets: [line({ kind: 'primary' })] }, 8192);
    const coarse = foreignTile({ street_labels: [line({ kind: 'primary', name: '路' })] }, 4096);
    const { roads } = contentOf(translateTile(Buffer.concat([fine, coarse]), SHORTBREAD));
    expect(roads?.[0]?.lines).toEqual([
      [
        [0, 100],
        [1000, 200],
        [4096, 300],
      ],
    ]);
    expect(roads?.[1]?.lines).toEqual([
      [
        [0, 200],
        [2000, 400],
        [8192, 600],
      ],
    ]);
  });

  test('of our own layers stays as it is', () => {
    const tile = foreignTile({
      land: [polygon({ kind: 'land' })],
      labels: [point({ kind: 'city', zh: '市', en: 'C' })],
    });
    expect(contentOf(translateTile(tile, 'own'))).toEqual(contentOf(tile));
    expect(() => translateTile(tile.subarray(0, tile.length - 3), 'own')).toThrow(BadTile);
  });

  test('with nothing that is drawn is empty', () => {
    expect(translateTile(foreignTile({ pois: [point({ kind: 'bench' })] }), PROTOMAPS)).toHaveLength(0);
  });

  test('that promises millions of points out of nothing is refused at once', () => {
    // A geometry of one point, and then 2^28 times the command to close a ring.
    const geometry = [0x09, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0x0f];
    const feature = [0x18, 3, 0x22, geometry.length, ...geometry];
    const layer = [0x78, 2, 0x0a, 5, ...Buffer.from('earth'), 0x12, feature.length, ...feature, 0x28, 0x80, 0x20];
    expect(() => translateTile(Uint8Array.from([0x1a, layer.length, ...layer]), PROTOMAPS)).toThrow(BadTile);
  });

  test('of whatever bytes is read or refused, and what comes of it is drawn by the styles', () => {
    const good = foreignTile({
      ocean: [polygon({})],
      streets: [line({ kind: 'motorway', link: true, name: '高速', lanes: 2.5 })],
      water: [polygon({ kind: 'lake', class: 'ocean' })],
      places: [point({ kind: 'locality', ...BINHE })],
      transportation: [line({ class: 'minor', ramp: 1 })],
    });
    const change = fc.tuple(fc.nat(good.length - 1), fc.nat(255));
    let read = 0;
    fc.assert(
      fc.property(
        fc.oneof(
          fc.tuple(fc.array(change, { maxLength: 6 }), fc.nat(good.length)).map(([changes, end]) => {
            const bytes = Uint8Array.from(good);
            for (const [at, byte] of changes) bytes[at] = byte;
            return end % 2 === 0 ? bytes : bytes.subarray(0, end);
          }),
          fc.uint8Array({ maxLength: 80 }),
        ),
        fc.constantFrom(SHORTBREAD, OPENMAPTILES, PROTOMAPS, 'own' as const),
        (bytes, schema) => {
          try {
            const content = contentOf(translateTile(bytes, schema));
            read++;
            for (const name of Object.keys(content)) expect(OWN_LAYERS).toContain(name);
          } catch (error) {
            if (!(error instanceof BadTile)) throw error;
          }
        },
      ),
      { numRuns: 3000, seed: 84 },
    );
    expect(read).toBeGreaterThan(300);
  });
});
