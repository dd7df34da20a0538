import { describe, expect, it } from 'vitest';
import { areaM2, areaText, lengthM, lengthText, measureShapes, scaleBar } from './measure.ts';

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

  it('draws a line, and for an area its inside as soon as there is one', () => {
    const kinds = (mode: 'distance' | 'area', n: number) =>
      measureShapes(mode, [p(0, 0), p(1, 0), p(1, 1)].slice(0, n)).features.map((f) => f.geometry.type);
    expect(kinds('distance', 3)).toEqual(['LineString', 'Point', 'Point', 'Point']);
    expect(kinds('area', 2)).toEqual(['LineString', 'Point', 'Point']);
    expect(kinds('area', 3)).toEqual(['Polygon', 'Point', 'Point', 'Point']);
  });

  it('chooses a round scale that fits', () => {
    expect(scaleBar(8.3, 110)).toEqual({ metres: 500, pixels: 500 / 8.3 });
    expect(scaleBar(0.07, 110).metres).toBe(5);
    for (const mpp of [0.05, 0.31, 4.17, 33, 240]) expect(scaleBar(mpp, 110).pixels).toBeLessThanOrEqual(110);
  });
});
