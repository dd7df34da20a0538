import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCoordinates } from './coordinates.ts';

const AT = { lon: 121.92126, lat: 29.16711 };
const near = (text: string) => {
  const read = readCoordinates(text);
  return read && { lon: read.lon.toFixed(3), lat: read.lat.toFixed(3), datum: read.datum };
};

describe('coordinates that somebody typed', () => {
  it.each([
    '121.92126, 29.16711',
    '29.16711 121.92126',
    '121.92126，29.16711',
    '(29.16711;121.92126)',
    'N29.16711 E121.92126',
    '东经121.92126 北纬29.16711',
    '29.16711°N 121.92126°E',
    '29°10.0266′N 121°55.2756′E',
    "29 10.0266' 121 55.2756'",
    '29°10\'01.6"N, 121°55\'16.5"E',
    '29度10分1.6秒 121度55分16.5秒',
    '121.92126~29.16711',
  ])('%s', (text) => {
    expect(near(text)).toEqual({ lon: AT.lon.toFixed(3), lat: AT.lat.toFixed(3), datum: null });
  });

  it.each([
    ['gcj02 121.92126,29.16711', 'gcj02'],
    ['121.92126,29.16711 高德', 'gcj02'],
    ['百度 121.92126,29.16711', 'bd09'],
    ['BD-09 121.92126,29.16711', 'bd09'],
    ['CGCS2000 121.92126,29.16711', 'wgs84'],
    ['WGS 84 29.16711 121.92126', 'wgs84'],
  ])('%s is in %s', (text, datum) => {
    expect(near(text)).toEqual({ lon: AT.lon.toFixed(3), lat: AT.lat.toFixed(3), datum });
  });

  it('knows the south and the west', () => {
    expect(readCoordinates('33.5S 70.6W')).toMatchObject({ lon: -70.6, lat: -33.5 });
    expect(readCoordinates('-70.6, -33.5')).toMatchObject({ lon: -70.6, lat: -33.5 });
  });

  it.each([
    '',
    '滨河路',
    '121.9',
    '1 2 3',
    '解放路 12 号 34',
    '200, 29',
    '121, 95',
    '29°70′N 121°E',
    '29N 30N',
    'CAM-003 12',
  ])('of %j it makes nothing', (text) => {
    expect(readCoordinates(text)).toBeNull();
  });

  it('survives whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        const read = readCoordinates(text);
        if (read) expect(Math.abs(read.lon) <= 180 && Math.abs(read.lat) <= 90).toBe(true);
      }),
    );
  });
});
