import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readGeoPackageGeometry, readWkb, WkbError } from './wkb.ts';

/** A part of a geometry: its byte order, its kind, and doubles or counts. */
function wkb(kind: number, body: readonly (number | { count: number } | Buffer)[], little = true): Buffer {
  const head = Buffer.alloc(5);
  head[0] = little ? 1 : 0;
  if (little) head.writeUInt32LE(kind >>> 0, 1);
  else head.writeUInt32BE(kind >>> 0, 1);
  return Buffer.concat([
    head,
    ...body.map((each) => {
      if (Buffer.isBuffer(each)) return each;
      const bytes = Buffer.alloc(typeof each === 'number' ? 8 : 4);
      if (typeof each !== 'number') little ? bytes.writeUInt32LE(each.count) : bytes.writeUInt32BE(each.count);
      else if (little) bytes.writeDoubleLE(each);
      else bytes.writeDoubleBE(each);
      return bytes;
    }),
  ]);
}
const header = (flags: number, envelope = 0) =>
  Buffer.concat([Buffer.from([0x47, 0x50, 0, flags, 0, 0, 0, 0]), Buffer.alloc(envelope)]);
const POINT = wkb(1, [121.5, 31.2]);

test.each([
  ['in either order of bytes', wkb(1, [121.5, 31.2], false)],
  ['with a height, as ISO has it', wkb(1001, [121.5, 31.2, 4])],
  ['with height and measure, as ISO has it', wkb(3001, [121.5, 31.2, 4, 5])],
  ['with height and system, in the extended kind', wkb(0x80000001 | 0x20000000, [{ count: 4326 }, 121.5, 31.2, 4])],
])('a point %s', (_, bytes) => {
  expect(readWkb(bytes)).toEqual({ type: 'Point', coordinates: [121.5, 31.2] });
});

test('lines, areas, several of them and collections', () => {
  const line = wkb(2, [{ count: 2 }, 0, 0, 1, 1]);
  expect(readWkb(line)).toEqual({
    type: 'LineString',
    coordinates: [
      [0, 0],
      [1, 1],
    ],
  });
  expect(readWkb(wkb(1003, [{ count: 1 }, { count: 2 }, 0, 0, 9, 1, 1, 9]))).toEqual({
    type: 'Polygon',
    coordinates: [
      [
        [0, 0],
        [1, 1],
      ],
    ],
  });
  expect(readWkb(wkb(4, [{ count: 1 }, POINT]))).toEqual({ type: 'MultiPoint', coordinates: [[121.5, 31.2]] });
  expect(readWkb(wkb(5, [{ count: 1 }, line]))).toEqual({
    type: 'MultiLineString',
    coordinates: [
      [
        [0, 0],
        [1, 1],
      ],
    ],
  });
  expect(readWkb(wkb(7, [{ count: 2 }, POINT, line])).type).toBe('GeometryCollection');
});

test('the header of a GeoPackage is passed over, with any envelope; an empty geometry is null', () => {
  for (const [kind, size] of [0, 32, 48, 48, 64].entries())
    expect(readGeoPackageGeometry(Buffer.concat([header(1 | (kind << 1), size), POINT]))?.type).toBe('Point');
  expect(readGeoPackageGeometry(header(0x11))).toBeNull();
});

test('what is cut, a curve, or promises more than there is, is refused', () => {
  for (const bytes of [
    POINT.subarray(0, 20),
    wkb(8, []),
    wkb(2, [{ count: 0xffffffff }, 0, 0]),
    wkb(4, [{ count: 1 }, wkb(2, [{ count: 0 }])]),
    Array.from({ length: 12 }).reduce<Buffer>((inner) => wkb(7, [{ count: 1 }, inner]), POINT),
  ])
    expect(() => readWkb(bytes)).toThrow(WkbError);
  expect(() => readGeoPackageGeometry(Buffer.from('XX345678'))).toThrow(WkbError);
  expect(() => readGeoPackageGeometry(header(0x0b))).toThrow(WkbError);
});

test('whatever bytes come, there is a geometry or its own error', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), fc.constantFrom(1, 2, 3, 4, 5, 6, 7), (noise, kind) => {
      try {
        readWkb(wkb(kind, [Buffer.from(noise)]));
      } catch (error) {
        expect(error).toBeInstanceOf(WkbError);
      }
    }),
    { numRuns: 2000, seed: 7 },
  );
});
