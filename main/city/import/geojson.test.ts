import { expect, test } from 'vitest';
import { readGeoJson } from './geojson.ts';
import { ImportError } from './importError.ts';
import { gbk } from './sampleFiles.ts';

const feature = (properties: object | null, geometry: unknown, id?: unknown) => ({
  type: 'Feature',
  id,
  properties,
  geometry,
});
const collection = (features: unknown[], more: object = {}) =>
  Buffer.from(JSON.stringify({ type: 'FeatureCollection', ...more, features }));
const refusalOf = (bytes: Buffer): string => {
  try {
    readGeoJson(bytes);
  } catch (error) {
    if (error instanceof ImportError) return error.said.message.en;
    throw error;
  }
  return 'taken';
};

test('given features, their properties are columns in the order in which they are met, and their places are told', () => {
  const table = readGeoJson(
    collection([
      feature(
        { name: '东闸', beds: 3, parts: [1, { a: 2 }], __proto__: null },
        { type: 'Point', coordinates: [121.5, 31.2] },
        'H-1',
      ),
      feature(
        { id: 'H-2', note: true },
        {
          type: 'Polygon',
          coordinates: [
            [
              [0, 0],
              [2, 0],
              [2, 2],
              [0, 2],
              [0, 0],
            ],
          ],
        },
      ),
      feature(null, null),
    ]),
  );
  expect(table).toMatchObject({
    format: 'geojson',
    encoding: 'utf-8',
    columns: ['id', 'name', 'beds', 'parts', 'note'],
  });
  expect(table.crs).toBeUndefined();
  expect(table.rows).toEqual([
    {
      row: 1,
      values: { id: 'H-1', name: '东闸', beds: 3, parts: '[1,{"a":2}]' },
      at: { lon: 121.5, lat: 31.2 },
      geometry: 'point',
    },
    { row: 2, values: { id: 'H-2', note: true }, at: { lon: 1, lat: 1 }, geometry: 'area' },
    { row: 3, values: {}, at: null, geometry: 'none' },
  ]);
  expect(table.notes[0]?.zh).toMatch(/^0 条线、1 个面/);
});

test.each([
  ['urn:ogc:def:crs:OGC:1.3:CRS84', 'wgs84'],
  ['urn:ogc:def:crs:EPSG::4490', 'cgcs2000'],
  ['EPSG:4549', 'EPSG:4549'],
  ['urn:ogc:def:crs:EPSG::3857', null],
])('the system that it names is found: %s', (name, crs) => {
  expect(readGeoJson(collection([feature({}, null)], { crs: { type: 'name', properties: { name } } })).crs).toEqual({
    written: name,
    crs,
  });
});

test('it may be in GBK, a single feature, or have a byte order mark', () => {
  expect(
    readGeoJson(gbk('{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"名":"闸"}}]}')).rows[0]
      ?.values,
  ).toEqual({ 名: '闸' });
  expect(readGeoJson(Buffer.from(`\ufeff${JSON.stringify(feature({ a: 1 }, null))}`)).rows).toHaveLength(1);
});

test('more features than may be are refused', () => {
  expect(refusalOf(Buffer.from(`{"features":[${'{},'.repeat(200_000)}{}]}`))).toBe('there are more than 200,000 rows');
  const columns = Object.fromEntries(Array.from({ length: 501 }, (_, i) => [`c${i}`, 1]));
  expect(refusalOf(collection([feature(columns, null)]))).toBe('there are more than 500 columns');
});

test('what is no features, cut, or too deep is refused', () => {
  expect(refusalOf(Buffer.from('{"type":"FeatureCollection","features":['))).toBe('is no whole JSON');
  expect(refusalOf(Buffer.from('{"a":1}'))).toBe('is JSON, but no GeoJSON features');
  expect(refusalOf(Buffer.from('[1,2]'))).toBe('is JSON, but no GeoJSON features');
  expect(refusalOf(Buffer.from(`{"features":${'['.repeat(100_000)}`))).toBe('goes deeper than 64 levels');
  expect(refusalOf(collection([feature({ a: 'x'.repeat(10_001) }, null)]))).toBe(
    'row 1 has a cell of more than 10,000 characters',
  );
});
