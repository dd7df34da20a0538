import { describe, expect, test } from 'vitest';
import { areaOf } from './areas.ts';
import { borderOf } from './borders.ts';
import { heightOf, metresOf } from './heights.ts';
import { labelOf, underpassName } from './labels.ts';
import { clean, nameOf } from './names.ts';
import { bridgeOf, placeOf } from './places.ts';
import { isArea, railZoom, roadOf } from './roads.ts';
import { watercourseZoom } from './watercourses.ts';

/** `highway=primary name=长街`: tags as they're spoken of. */
const tags = (text: string): Map<string, string> =>
  new Map(text.split(' ').map((tag) => tag.split('=') as [string, string]));

describe('a name', () => {
  test.each([
    ['name=长街', '长街', '长街'],
    ['name=长街 name:en=Long', '长街', 'Long'],
    ['name=Long', 'Long', 'Long'],
    ['name=長街 name:zh=长街 int_name=Changjie', '长街', 'Changjie'],
    ['name=長街 name:zh=長街 name:zh-Hans=长街', '长街', '長街'],
    ['name:en=Long', 'Long', 'Long'],
    ['name:zh=长街', '长街', '长街'],
  ])('of %s is %s and %s', (text, zh, en) => {
    expect(nameOf(tags(text))).toEqual({ zh, en });
  });

  test('of nothing is none', () => {
    expect(nameOf(new Map([['name', ' \u0000\u200b ']]))).toBeNull();
  });

  test('is written on one line and not without end', () => {
    expect(clean(' a\n\tb\u202e ')).toBe('a b');
    expect([...clean('𠮷'.repeat(500))]).toHaveLength(120);
  });
});

describe('a road', () => {
  test.each([
    ['highway=motorway', 'expressway', false, true],
    ['highway=trunk_link', 'expressway', true, true],
    ['highway=primary', 'arterial', false, true],
    ['highway=primary_link', 'arterial', false, true],
    ['highway=secondary', 'secondary', false, true],
    ['highway=tertiary', 'local', false, true],
    ['highway=residential', 'local', false, true],
    ['highway=service service=driveway', 'service', false, true],
    ['highway=residential access=no', 'local', false, false],
    ['highway=pedestrian', 'service', false, false],
    ['highway=footway name=滨江步道', 'service', false, false],
  ])('%s is %s', (text, of, isRamp, isDriven) => {
    expect(roadOf(tags(text))).toMatchObject({ class: of, isRamp, isDriven });
  });

  test.each([
    'highway=footway',
    'highway=proposed',
    'highway=bus_stop',
    'highway=constructor',
    'highway=steps',
    'a=b',
    'highway=service indoor=yes',
  ])('%s is none', (text) => expect(roadOf(tags(text))).toBeNull());

  test('of more weight is seen from farther', () => {
    const zooms = ['motorway', 'primary', 'secondary', 'tertiary', 'residential', 'service'].map(
      (highway) => roadOf(tags(`highway=${highway}`))?.minZoom ?? 0,
    );
    expect(zooms).toEqual([...zooms].sort((a, b) => a - b));
    expect(roadOf(tags('highway=service service=parking_aisle'))?.minZoom).toBe(14);
  });

  test('around a square is the square', () => {
    expect(isArea(tags('highway=pedestrian area=yes'))).toBe(true);
    expect(isArea(tags('highway=pedestrian'))).toBe(false);
  });
});

test.each([
  ['railway=rail', 8],
  ['railway=rail tunnel=yes', 8],
  ['railway=rail service=yard', 13],
  ['railway=subway', 11],
  ['railway=subway tunnel=yes', null],
  ['railway=abandoned', null],
  ['railway=tram', null],
])('a railway %s is drawn from zoom %s', (text, zoom) => {
  expect(railZoom(tags(text))).toBe(zoom);
});

test.each([
  ['waterway=river', 12],
  ['waterway=ditch', 14],
  ['waterway=stream tunnel=culvert', null],
  ['waterway=dam', null],
])('running water %s is drawn from zoom %s', (text, zoom) => {
  expect(watercourseZoom(tags(text))).toBe(zoom);
});

describe('an area', () => {
  test.each([
    ['leisure=park', 'landuse', { use: 'park' }],
    ['natural=wood', 'landuse', { use: 'park' }],
    ['landuse=residential', 'landuse', { use: 'housing' }],
    ['landuse=residential historic=yes', 'landuse', { use: 'oldtown' }],
    ['landuse=industrial', 'landuse', { use: 'industry' }],
    ['landuse=industrial industrial=port', 'landuse', { use: 'port' }],
    ['landuse=retail', 'landuse', { use: 'commerce' }],
    ['amenity=hospital', 'landuse', { use: 'campus' }],
    ['highway=pedestrian area=yes', 'landuse', { use: 'square' }],
    ['place=square', 'landuse', { use: 'square' }],
    ['natural=water water=river', 'water', { kind: 'river' }],
    ['waterway=riverbank', 'water', { kind: 'river' }],
    ['natural=water water=reservoir', 'water', { kind: 'lake' }],
    ['natural=water', 'water', { kind: 'lake' }],
    ['leisure=swimming_pool', 'water', { kind: 'pond' }],
    ['man_made=pier', 'land', { kind: 'pier' }],
    ['building=yes height=31.6', 'buildings', { h: 32 }],
    ['building=school amenity=school building:levels=4', 'buildings', { h: 12 }],
  ])('%s is %s', (text, layer, attributes) => {
    expect(areaOf(tags(text), 50_000)).toMatchObject({ layer, attributes });
  });

  test.each([
    'building=no',
    'building=yes location=underground',
    'leisure=park area=no',
    'landuse=farmland',
    'leisure=toString',
    'highway=pedestrian',
    'natural=bay',
  ])('%s is not drawn', (text) => expect(areaOf(tags(text), 50_000)).toBeNull());

  test('of water that does not say what it is goes by its size', () => {
    expect(areaOf(tags('natural=water'), 19_000)?.attributes).toEqual({ kind: 'pond' });
    expect(areaOf(tags('natural=water'), 21_000)?.attributes).toEqual({ kind: 'lake' });
  });

  test('is seen from farther the larger it is', () => {
    const zooms = [1e9, 1e7, 1e6, 1e5, 1e4, 100].map((m2) => areaOf(tags('landuse=forest'), m2)?.minZoom);
    expect(zooms).toEqual([9, 9, 10, 12, 13, 14]);
  });
});

describe('a height', () => {
  test.each([
    ['12', 12],
    ['12.5 m', 12.5],
    ['12,5', 12.5],
    ['40 ft', 12.192],
    [`6'6"`, 1.9812],
    ['30米', 30],
    ['high', undefined],
    ['0', undefined],
    ['-3', undefined],
    ['1e9', undefined],
  ])('%s is %s metres', (text, metres) => {
    if (metres === undefined) expect(metresOf(text)).toBeUndefined();
    else expect(metresOf(text)).toBeCloseTo(metres, 6);
  });

  test.each([
    ['building=yes', 9],
    ['building=garage', 3],
    ['building=toString', 9],
    ['building=yes building:levels=10', 30],
    ['building=yes building:levels=ten', 9],
    ['building=yes building:levels=999', 900],
    ['building=yes height=20 building:levels=10', 20],
  ])('of %s is %s', (text, h) => {
    expect(heightOf(tags(text), tags(text).get('building') ?? '')).toBe(h);
  });
});

test.each([
  ['place=city', 'city'],
  ['place=suburb', 'street'],
  ['place=village', 'community'],
  ['natural=peak', 'hill'],
  ['natural=bay', 'bay'],
  ['railway=station', 'station'],
  ['railway=station public_transport=stop_position', undefined],
  ['amenity=ferry_terminal', 'port'],
  ['natural=water water=lake', 'lake'],
  ['natural=water water=river', undefined],
  ['leisure=park', 'park'],
  ['shop=bakery', undefined],
  ['place=valueOf', undefined],
])('the name of %s is written as %s', (text, kind) => {
  expect(labelOf(tags(text))?.kind).toBe(kind);
});

test.each([
  ['tunnel=yes name=滨河路下穿', '滨河路下穿'],
  ['tunnel=yes name=滨河路 tunnel:name=滨河隧道', '滨河隧道'],
  ['tunnel=yes name=滨河路', null],
  ['tunnel=no name=滨河隧道', null],
  ['name=滨河隧道', null],
])('an underpass %s is called %s', (text, name) => {
  expect(underpassName(tags(text))).toBe(name);
});

test.each([
  ['boundary=administrative admin_level=8', 'street'],
  ['boundary=administrative admin_level=4', 'street'],
  ['boundary=administrative admin_level=10', 'community'],
  ['boundary=administrative admin_level=8 maritime=yes', null],
  ['boundary=administrative admin_level=x', null],
  ['boundary=political admin_level=8', null],
])('a border %s is that of a %s', (text, level) => {
  expect(borderOf(tags(text))).toBe(level);
});

describe('a place that is found', () => {
  test.each([
    ['name=东站 railway=station', 'facility', '东站'],
    ['name=一院 amenity=hospital', 'facility', '一院'],
    ['name=消防站 amenity=fire_station', 'facility', '消防站'],
    ['name=老街 place=suburb', 'place', '老街'],
    ['name=书店 shop=books', 'place', '书店'],
    ['name=大厦 building=yes', 'place', '大厦'],
    ['addr:street=和平路 addr:housenumber=12', 'place', '和平路12号'],
    ['addr:street=和平路 addr:housenumber=12号', 'place', '和平路12号'],
    ['addr:street=Rue addr:housenumber=12', 'place', 'Rue 12'],
  ])('%s is a %s called %s', (text, kind, zh) => {
    expect(placeOf(tags(text))).toMatchObject({ kind, name: { zh } });
  });

  test('has the address in the order of each language', () => {
    const address = tags('addr:street=和平路 addr:street:en=Heping addr:housenumber=12');
    expect(placeOf(address)?.name).toEqual({ zh: '和平路12号', en: '12 Heping' });
  });

  test.each([
    'amenity=hospital',
    'name=长椅 amenity=bench',
    'name=东站 public_transport=stop_position',
    'name=某 route=bus',
    'addr:housenumber=3',
  ])('%s is none', (text) => expect(placeOf(tags(text))).toBeNull());

  test.each([
    ['bridge=yes highway=primary name=卢浦大桥', '卢浦大桥'],
    ['bridge=yes highway=primary name=中山路 bridge:name=中山桥', '中山桥'],
    ['bridge=yes highway=primary name=中山路', undefined],
    ['bridge=no name=卢浦大桥', undefined],
  ])('bridge %s is called %s', (text, zh) => {
    expect(bridgeOf(tags(text))?.name.zh).toBe(zh);
  });
});
