import { describe, expect, it } from 'vitest';
import type { LonLat } from '../../../core/places/geo.ts';
import {
  areaM2,
  areaText,
  bearingText,
  circleM2,
  lengthM,
  lengthText,
  type MeasureMode,
  measureShapes,
  scaleBar,
} from './measure.ts';

const p = (lon: number, lat: number) => ({ lon, lat });
const degree = (Math.PI / 180) * 6_371_008.8;

describe('measuring', () => {
  it('adds up great circles', () => {
    expect(lengthM([p(0, 0), p(0, 1), p(1, 1)])).toBeCloseTo(degree * (1 + Math.cos(Math.PI / 180)), -1);
    expect(lengthM([p(0, 0)])).toBe(0);
  });

  it('measures areas either way round', () => {
    const square = [p(0, 0), p(0.01, 0), p(0.01, 0.01), p(0, 0.01)];
    const side = degree / 100;
    expect(areaM2(square) / (side * side)).toBeCloseTo(1, 4);
    expect(areaM2([...square].reverse())).toBeCloseTo(areaM2(square), 3);
  });

  it('says lengths and areas in words a person reads', () => {
    expect([lengthText(840), lengthText(2350)]).toEqual(['840 m', '2.35 km']);
    expect([areaText(5200), areaText(31_000), areaText(1_250_000)]).toEqual(['5200 m²', '3.1 ha', '1.25 km²']);
  });

  /** Kinds of what is drawn; a line that is not there yet as `open`. */
  const drawn = (mode: MeasureMode, n: number, reach: LonLat | null = null) =>
    measureShapes(mode, [p(0, 0), p(0.01, 0), p(0.01, 0.01)].slice(0, n), reach)
      .features.filter(({ geometry }) => geometry.type !== 'Point')
      .map(({ geometry, properties }) => (properties.open ? 'open' : geometry.type));

  it('draws a line, an area with its inside, a circle around its middle', () => {
    expect(drawn('distance', 3)).toEqual(['LineString']);
    expect(drawn('area', 2)).toEqual(['LineString']);
    expect(drawn('area', 3)).toEqual(['Polygon', 'LineString']);
    expect(drawn('radius', 1)).toEqual([]);
    expect(drawn('radius', 2)).toEqual(['Polygon', 'LineString']);
  });

  it('goes on to the pointer with a line that is not there yet', () => {
    const pointer = p(0, 0.02);
    expect(drawn('distance', 0, pointer)).toEqual([]);
    expect(drawn('distance', 2, pointer)).toEqual(['LineString', 'open']);
    expect(drawn('area', 2, pointer)).toEqual(['Polygon', 'LineString', 'open']);
    expect(drawn('radius', 1, pointer)).toEqual(['Polygon', 'open']);
    expect(
      measureShapes('area', [p(0, 0), p(1, 0)], null).features.filter((f) => f.geometry.type === 'Point'),
    ).toHaveLength(2);
  });

  it('draws a circle as wide as its second point is far, and says its bearing in three digits', () => {
    const [circle] = measureShapes('radius', [p(121.9, 29.2), p(121.91, 29.2)], null).features;
    const ring = circle?.geometry.type === 'Polygon' ? (circle.geometry.coordinates[0] ?? []) : [];
    const radius = lengthM([p(121.9, 29.2), p(121.91, 29.2)]);
    for (const [lon = 0, lat = 0] of ring) expect(lengthM([p(121.9, 29.2), p(lon, lat)])).toBeCloseTo(radius, 0);
    expect(areaM2(ring.slice(0, -1).map(([lon = 0, lat = 0]) => p(lon, lat))) / circleM2(radius)).toBeCloseTo(1, 2);
    expect([bearingText(p(0, 0), p(0, 1)), bearingText(p(0, 0), p(1, 0)), bearingText(p(0, 0), p(-0.0001, 1))]).toEqual(
      ['000°', '090°', '000°'],
    );
  });

  it('chooses a round scale that fits', () => {
    expect(scaleBar(8.3, 110)).toEqual({ metres: 500, pixels: 500 / 8.3 });
    expect(scaleBar(0.07, 110).metres).toBe(5);
    for (const mpp of [0.05, 0.31, 4.17, 33, 240]) expect(scaleBar(mpp, 110).pixels).toBeLessThanOrEqual(110);
  });
});
