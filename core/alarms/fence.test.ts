import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inPolygon } from '../places/area.ts';
import { destination } from '../places/geo.ts';
import { Area, fenceOf } from './fence.ts';
import { indexFences } from './fenceIndex.ts';

const HERE = { lon: 121.9, lat: 29.15 };
const nowhere = () => undefined;
/** A square of so many metres around a point. */
function square(side: number, { lon, lat } = HERE): Area {
  const half = (bearing: number, metres: number) => destination({ lon, lat }, bearing, metres);
  const [north, east, south, west] = [0, 90, 180, 270].map((bearing) => half(bearing, side / 2)) as [
    typeof HERE,
    typeof HERE,
    typeof HERE,
    typeof HERE,
  ];
  const ring: [number, number][] = [
    [west.lon, south.lat],
    [east.lon, south.lat],
    [east.lon, north.lat],
    [west.lon, north.lat],
    [west.lon, south.lat],
  ];
  return Area.parse({ type: 'Polygon', coordinates: [ring] });
}
const inside = (area: Area, point: typeof HERE, reach = 100) =>
  fenceOf(area, (id) => (id === 'SCHOOL' ? HERE : undefined), reach)?.inside(point) ?? Number.NaN;
const off = (bearing: number, metres: number) => destination(HERE, bearing, metres);

describe('metres inside an area (A17)', () => {
  test('of a square and of a circle around what the hall knows', () => {
    const area = square(400);
    const circle = Area.parse({ around: 'SCHOOL', metres: 200 });
    for (const each of [area, circle]) {
      expect(inside(each, HERE)).toBeCloseTo(200, 0);
      expect(inside(each, off(90, 190))).toBeCloseTo(10, 0);
      expect(inside(each, off(180, 230))).toBeCloseTo(-30, 0);
      expect(inside(each, off(270, 5000))).toBeLessThan(-4500);
    }
    expect(fenceOf(Area.parse({ around: 'NOBODY', metres: 50 }), nowhere, 10)).toBeNull();
  });

  test('a hole is outside, and each part of a MultiPolygon inside', () => {
    const ring = (area: Area) => ('coordinates' in area ? area.coordinates : []) as [number, number][][];
    const holed = Area.parse({ type: 'Polygon', coordinates: [...ring(square(400)), ...ring(square(100))] });
    expect(inside(holed, HERE)).toBeCloseTo(-50, 0);
    expect(inside(holed, off(0, 100))).toBeCloseTo(50, 0);
    const far = off(90, 3000);
    const two = Area.parse({ type: 'MultiPolygon', coordinates: [ring(square(400)), ring(square(400, far))] });
    expect(inside(two, HERE)).toBeCloseTo(200, 0);
    expect(inside(two, far)).toBeCloseTo(200, 0);
    expect(inside(two, off(90, 1500))).toBeLessThan(-1000);
  });

  test('whatever the polygon: the sign is that of the even-odd rule, and no threshold within reach is answered otherwise for the box', () => {
    const corner = fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 }));
    const at = (n: number) => n / 10_000;
    fc.assert(
      fc.property(
        fc.array(corner, { minLength: 3, maxLength: 8 }),
        corner.map(([x, y]) => ({ lon: 2 * at(x) + 0.000_037, lat: 2 * at(y) + 0.000_023 })),
        fc.integer({ min: 1, max: 500 }),
        (corners, point, reach) => {
          const ring = [...corners, corners[0] as [number, number]].map(([x, y]): [number, number] => [at(x), at(y)]);
          const area = Area.parse({ type: 'Polygon', coordinates: [ring] });
          const [near, exact] = [inside(area, point, reach), inside(area, point, 1e7)];
          if (Math.abs(exact) > 1e-6) expect(exact > 0).toBe(inPolygon(point, [ring]));
          if (Math.abs(Math.abs(exact) - reach) > 1e-6)
            for (const threshold of [-reach, 0, reach]) expect(near >= threshold).toBe(exact >= threshold);
        },
      ),
      { seed: 17 },
    );
  });

  test.each([
    [
      'a ring that is not closed',
      {
        type: 'Polygon',
        coordinates: [
          [
            [0, 0],
            [1, 0],
            [1, 1],
            [0, 1],
          ],
        ],
      },
      /not closed/,
    ],
    [
      'a line',
      {
        type: 'LineString',
        coordinates: [
          [0, 0],
          [1, 1],
        ],
      },
      /./,
    ],
    [
      'latitudes of 120',
      {
        type: 'Polygon',
        coordinates: [
          [
            [29, 121],
            [30, 121],
            [30, 122],
            [29, 121],
          ],
        ],
      },
      /./,
    ],
    ['no radius', { around: 'SCHOOL' }, /./],
    [
      'more corners than can be meant',
      {
        type: 'MultiPolygon',
        coordinates: Array.from({ length: 3 }, () => [[...Array.from({ length: 2500 }, () => [0, 0]), [0, 0]]]),
      },
      /corners/,
    ],
  ])('refuses %s', (_, area, why) => {
    const { error } = Area.safeParse(area);
    expect(JSON.stringify(error?.issues)).toMatch(why);
  });

  test('anything at all is refused or makes a fence that answers (fuzz)', () => {
    const odd = fc.oneof(
      fc.jsonValue(),
      fc.record({ type: fc.constantFrom('Polygon', 'MultiPolygon'), coordinates: fc.jsonValue() }),
    );
    fc.assert(
      fc.property(odd, (value) => {
        const read = Area.safeParse(value);
        if (read.success) expect(fenceOf(read.data, () => HERE, 10)?.inside(HERE)).not.toBeNaN();
      }),
      { seed: 18 },
    );
  });
});

test('the index answers the fences whose boxes hold a position, as a look at all would', () => {
  const side = fc.integer({ min: -400, max: 400 }).map((n) => n / 100);
  const box = fc
    .tuple(side, side, fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 200 }))
    .map(([west, south, w, h]) => ({ box: [west, south, west + w / 100, south + h / 100] as const }));
  fc.assert(
    fc.property(fc.array(box, { maxLength: 12 }), side, side, (boxes, lon, lat) => {
      const plain = boxes.flatMap(({ box: [w, s, e, n] }, i) =>
        lon >= w && lon <= e && lat >= s && lat <= n ? [i] : [],
      );
      expect(indexFences(boxes).near({ lon, lat })).toEqual(plain);
    }),
    { seed: 19 },
  );
});
