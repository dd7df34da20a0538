import { describe, expect, test } from 'vitest';
import { halfSaid } from '../../../tests/support/bothLanguages.ts';
import { crsNamed, epsgOfPlane, type SourceCrs, toPlace } from './crs.ts';
import { crsOfWkt } from './foundCrs.ts';

const at = (crs: SourceCrs, x: number, y: number) => {
  const placed = toPlace(crs)(x, y);
  if ('at' in placed) return [placed.at.lon, placed.at.lat];
  expect([halfSaid(placed.fault.message), halfSaid(placed.fault.remedy)]).toEqual([null, null]);
  return `${placed.fault.message.en} ${placed.fault.remedy.en}`;
};

/** Of the ellipsoid of CGCS2000. */
const [A, F] = [6_378_137, 1 / 298.257222101];
const E2 = F * (2 - F);
const rad = (degrees: number) => (degrees * Math.PI) / 180;
/** Metres from the equator to a latitude, added up in small steps. */
function meridianArc(lat: number): number {
  const steps = 20_000;
  let sum = 0;
  for (let i = 0; i < steps; i++) sum += (1 - E2 * Math.sin(rad((lat * (i + 0.5)) / steps)) ** 2) ** -1.5;
  return (A * (1 - E2) * sum * rad(lat)) / steps;
}

describe('Gauss–Krüger zones', () => {
  test.each<[SourceCrs, number, number]>([
    ['EPSG:4547', 114, 500_000],
    ['EPSG:4526', 114, 38_500_000],
    ['EPSG:4549', 120, 500_000],
    ['EPSG:4528', 120, 40_500_000],
    ['EPSG:4534', 75, 500_000],
    ['EPSG:4554', 135, 500_000],
    ['EPSG:4513', 75, 25_500_000],
    ['EPSG:4533', 135, 45_500_000],
    ['EPSG:4509', 117, 500_000],
    ['EPSG:4498', 117, 20_500_000],
    ['EPSG:4491', 75, 13_500_000],
    ['EPSG:4512', 135, 500_000],
  ])('%s: on its meridian a place is as far north as the ellipsoid says', (crs, lon, easting) => {
    for (const lat of [18.25, 30, 53.5]) expect(at(crs, easting, meridianArc(lat))).toEqual([lon, lat]);
  });

  test('beside its meridian a kilometre is a kilometre of the parallel', () => {
    const lat = 30;
    const perDegree = (A * Math.cos(rad(lat)) * rad(1)) / Math.sqrt(1 - E2 * Math.sin(rad(lat)) ** 2);
    const [lon, north] = at('EPSG:4549', 501_000, meridianArc(lat)) as number[];
    expect(lon).toBeCloseTo(120 + 1000 / perDegree, 6);
    expect(north).toBeCloseTo(lat, 5);
  });

  test('what is of another zone, in degrees, or swapped is refused with what to write', () => {
    expect(at('EPSG:4549', 40_500_000, 3_450_000)).toMatch(/number 40: write --crs EPSG:4528\.$/);
    expect(at('EPSG:4528', 500_000, 3_450_000)).toMatch(/write --crs EPSG:4549\.$/);
    expect(at('EPSG:4498', 500_000, 3_450_000)).toMatch(/write --crs EPSG:4509\.$/);
    expect(at('EPSG:4509', 20_500_000, 3_450_000)).toMatch(/write --crs EPSG:4498\.$/);
    expect(at('EPSG:4549', 121.5, 31.2)).toMatch(/is in degrees .* Write --crs cgcs2000\.$/);
    expect(at('EPSG:4549', 3_450_000, 500_000)).toMatch(/look swapped/);
    expect(at('EPSG:4549', 0, 0)).toMatch(/are 0,0/);
    expect(at('EPSG:4549', 500_000, 9_000_000)).toMatch(/Make sure of the zone/);
  });
});

describe('degrees', () => {
  test('WGS 84 and CGCS2000 stay as they are, GCJ-02 and BD-09 are shifted back by half a kilometre and a whole one', () => {
    expect(at('wgs84', 121.5, 31.2)).toEqual([121.5, 31.2]);
    expect(at('cgcs2000', 121.5, 31.2)).toEqual([121.5, 31.2]);
    for (const [crs, east] of [
      ['gcj02', 0.0045],
      ['bd09', 0.011],
    ] as const) {
      const [lon = 0, lat = 0] = at(crs, 121.5, 31.2) as number[];
      expect(121.5 - lon).toBeCloseTo(east, 2);
      expect(Math.abs(31.2 - lat)).toBeLessThan(0.01);
      expect([lon, lat].every((each) => String(each).length <= 11)).toBe(true);
    }
  });

  test('columns that are swapped, in metres or no place are refused', () => {
    expect(at('wgs84', 31.2, 121.5)).toMatch(/look swapped/);
    expect(at('wgs84', 43.8, 87.6)).toMatch(/look swapped/); // Urumqi: both would be latitudes.
    expect(at('gcj02', 500_000, 3_450_000)).toMatch(/metres of a plane/);
    expect(at('wgs84', 181, 0)).toMatch(/no place on the earth/);
    expect(at('wgs84', 0, 0)).toMatch(/are 0,0/);
    expect(at('wgs84', -0.12, 51.5)).toEqual([-0.12, 51.5]);
  });
});

describe('names', () => {
  test.each([
    ['WGS84', 'wgs84'],
    ['GCJ-02', 'gcj02'],
    ['bd09', 'bd09'],
    ['ＣＧＣＳ２０００', 'cgcs2000'],
    ['epsg:4326', 'wgs84'],
    ['EPSG:4490', 'cgcs2000'],
    ['epsg:4549', 'EPSG:4549'],
    ['urn:ogc:def:crs:EPSG:6.9:4491', 'EPSG:4491'],
    ['EPSG:4555', null],
    ['EPSG:3857', null],
    ['火星', null],
    ['toString', null],
  ])('%s is %s', (name, crs) => {
    expect(crsNamed(name)).toBe(crs);
  });

  test('every zone is found by its numbers', () => {
    for (const degrees of [3, 6] as const)
      for (let meridian = 75; meridian <= 135; meridian += degrees) {
        const crs = epsgOfPlane({ meridian, falseEasting: 500_000, scale: 1, degrees: degrees === 6 ? 6 : null });
        expect(crs).toBe(`EPSG:${degrees === 3 ? 4534 + (meridian - 75) / 3 : 4502 + (meridian - 75) / 6}`);
      }
    expect(epsgOfPlane({ meridian: 121.5, falseEasting: 0, scale: 1, degrees: null })).toBeNull();
    expect(epsgOfPlane({ meridian: 120, falseEasting: 500_000, scale: 0.9996, degrees: null })).toBeNull();
  });

  const plane = (name: string, datum: string, meridian: number, easting: number) =>
    `PROJCS["${name}",GEOGCS["G",DATUM["${datum}",SPHEROID["S",6378137,298.257222101]]],PROJECTION["Transverse_Mercator"],PARAMETER["central_meridian",${meridian}],PARAMETER["scale_factor",1],PARAMETER["false_easting",${easting}]]`;
  test.each([
    [plane('CGCS2000 / 3-degree Gauss-Kruger zone 40', 'China_2000', 120, 40_500_000), 'EPSG:4528'],
    [plane('CGCS2000 / Gauss-Kruger CM 117E', 'China_2000', 117, 500_000), 'EPSG:4548'],
    [plane('CGCS2000 / Gauss-Kruger zone 20', 'China_2000', 117, 20_500_000), 'EPSG:4498'],
    [plane('CGCS2000_6_Degree_GK_CM_117E', 'D_China_2000', 117, 500_000), 'EPSG:4509'],
    [plane('Shanghai', 'D_China_2000', 121.46, 0), null],
    [plane('Beijing_1954_3_Degree_GK_CM_120E', 'D_Beijing_1954', 120, 500_000), null],
    [plane('Xian_1980_3_Degree_GK_CM_120E', 'D_Xian_1980', 120, 500_000), null],
    ['GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]]]', 'wgs84'],
    ['GEOGCS["China Geodetic Coordinate System 2000",DATUM["China_2000"]]', 'cgcs2000'],
    ['PROJCS["WGS_1984_UTM_Zone_50N",GEOGCS["GCS_WGS_1984"]]', null],
    ['nonsense', null],
  ])('WKT %s', (wkt, crs) => {
    expect(crsOfWkt(wkt).crs).toBe(crs);
  });
});
