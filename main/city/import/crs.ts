import proj4 from 'proj4';
import { Crs, toWgs84 } from '../../../core/places/crs.ts';
import type { LonLat } from '../../../core/places/geo.ts';
import type { Said } from '../../config/issue.ts';

/**
 * What the coordinates of a department's file may mean: degrees of WGS 84, GCJ-02, BD-09 or CGCS2000 (which is WGS 84 to within a
 * decimetre), or metres of a Gauss–Krüger zone of CGCS2000 by its EPSG number:
 *
 * | EPSG | zones | easting |
 * |---|---|---|
 * | 4491–4501 | 6°, 13–23 | with the zone's number in front, `20500000` |
 * | 4502–4512 | 6°, 75°E–135°E | without |
 * | 4513–4533 | 3°, 25–45 | with it, `40500000` |
 * | 4534–4554 | 3°, 75°E–135°E | without |
 */
export type SourceCrs = Crs | 'cgcs2000' | `EPSG:${number}`;

/** What to write where a person has to say it. */
export const CRS_CHOICES = 'wgs84, gcj02, bd09, cgcs2000, EPSG:4491 … EPSG:4554';

/** A Gauss–Krüger zone: transverse Mercator on the ellipsoid of CGCS2000, scale 1. */
interface Zone {
  /** Degrees east. */
  readonly meridian: number;
  readonly falseEasting: number;
  /** How many degrees of longitude it is meant for. */
  readonly degrees: 3 | 6;
  /** In front of the easting; null where it is not. */
  readonly number: number | null;
}

function zoneOf(epsg: number): Zone | null {
  const zone = (degrees: 3 | 6, meridian: number, number: number | null): Zone => ({
    degrees,
    meridian,
    number,
    falseEasting: 500_000 + (number ?? 0) * 1_000_000,
  });
  if (epsg >= 4491 && epsg <= 4501) return zone(6, (epsg - 4491) * 6 + 75, epsg - 4491 + 13);
  if (epsg >= 4502 && epsg <= 4512) return zone(6, (epsg - 4502) * 6 + 75, null);
  if (epsg >= 4513 && epsg <= 4533) return zone(3, (epsg - 4513) * 3 + 75, epsg - 4513 + 25);
  if (epsg >= 4534 && epsg <= 4554) return zone(3, (epsg - 4534) * 3 + 75, null);
  return null;
}

const planeOf = (crs: SourceCrs): Zone | null => (crs.startsWith('EPSG:') ? zoneOf(Number(crs.slice(5))) : null);

const DEGREES: Readonly<Record<string, SourceCrs>> = {
  crs84: 'wgs84',
  wgs1984: 'wgs84',
  'epsg:4326': 'wgs84',
  gcj: 'gcj02',
  bd: 'bd09',
  bd09ll: 'bd09',
  'epsg:4490': 'cgcs2000',
};

/** The system that somebody names, a person or a file; null for one that the hall cannot convert. */
export function crsNamed(name: string): SourceCrs | null {
  const text = name.normalize('NFKC').trim().toLowerCase();
  const epsg = /^(?:urn:ogc:def:crs:)?epsg:(?:[\d.]*:)?(\d{4,5})$/.exec(text)?.[1];
  const ogc = /^urn:ogc:def:crs:ogc:[\d.]*:(crs84)h?$/.exec(text)?.[1];
  const plain = epsg ? `epsg:${epsg}` : (ogc ?? text.replace(/[\s_-]/g, ''));
  const own = Crs.safeParse(plain);
  if (own.success) return own.data;
  if (plain === 'cgcs2000') return 'cgcs2000';
  if (Object.hasOwn(DEGREES, plain)) return DEGREES[plain] ?? null;
  return epsg && zoneOf(Number(epsg)) ? `EPSG:${Number(epsg)}` : null;
}

/**
 * The EPSG number of a national zone; null where meridian, false easting and scale are those of none.
 *
 * @param plane.degrees null where it does not say that it is one of 6°: on a meridian of both, 3° is what cities have
 */
export function epsgOfPlane(plane: {
  meridian: number;
  falseEasting: number;
  scale: number;
  degrees: 6 | null;
}): SourceCrs | null {
  if (plane.scale !== 1) return null;
  for (let epsg = 4554; epsg >= 4491; epsg--) {
    const zone = zoneOf(epsg);
    if (zone?.meridian !== plane.meridian || zone.falseEasting !== plane.falseEasting) continue;
    // A zone of 6° about the same meridian has the same numbers, but for the one in front.
    if (plane.degrees === null || plane.degrees === zone.degrees) return `EPSG:${epsg}`;
  }
  return null;
}

/** East and north in metres, or longitude and latitude in degrees, into WGS 84; or why they cannot be a place. */
export type ToPlace = (x: number, y: number) => { at: LonLat } | { fault: Said };

/** About 1 cm: what is finer is noise of the conversion. */
const round = (degrees: number): number => Math.round(degrees * 1e7) / 1e7;

/** Where China is, with its seas. */
const inChina = (lon: number, lat: number): boolean => lon >= 73 && lon <= 136 && lat >= 3 && lat <= 54;

/** How to convert what a file has, row by row. */
export function toPlace(crs: SourceCrs): ToPlace {
  const zone = planeOf(crs);
  if (zone) return fromPlane(zone);
  const convert = crs === 'cgcs2000' ? null : toWgs84(crs as Crs);
  return (lon, lat) => {
    if (lon === 0 && lat === 0) return { fault: NOWHERE };
    const swapped = (Math.abs(lat) > 90 || !inChina(lon, lat)) && inChina(lat, lon);
    if (swapped) return { fault: SWAPPED };
    if (Math.abs(lon) > 180 || Math.abs(lat) > 90) return { fault: lon > 1000 || lat > 1000 ? METRES : BEYOND };
    const [east, north] = convert ? convert(lon, lat) : [lon, lat];
    return { at: { lon: round(east), lat: round(north) } };
  };
}

function fromPlane(zone: Zone): ToPlace {
  const { meridian, falseEasting, degrees } = zone;
  const converter = proj4(
    `+proj=tmerc +lat_0=0 +lon_0=${meridian} +k=1 +x_0=${falseEasting} +y_0=0 +a=6378137 +rf=298.257222101 +towgs84=0,0,0 +units=m +no_defs`,
    '+proj=longlat +datum=WGS84 +no_defs',
  );
  // Half a zone at the equator, and as much again: departments go on in their zone beyond its edge.
  const reach = degrees * 111_320;
  const fits = (east: number, north: number) =>
    Math.abs(east - falseEasting) <= reach && north >= 300_000 && north <= 6_100_000;
  return (east, north) => {
    if (east === 0 && north === 0) return { fault: NOWHERE };
    if (!fits(east, north)) return { fault: fits(north, east) ? SWAPPED : misfit(zone, east, north) };
    const [lon = Number.NaN, lat = Number.NaN] = converter.forward([east, north]);
    return { at: { lon: round(lon), lat: round(lat) } };
  };
}

const NOWHERE: Said = {
  message: { zh: '坐标是 0,0', en: 'the coordinates are 0,0' },
  remedy: { zh: '请补上坐标', en: 'Fill the place in.' },
};
const SWAPPED: Said = {
  message: {
    zh: '经度与纬度（或东与北）两列像是写反了',
    en: 'the columns of longitude and latitude (or east and north) look swapped',
  },
  remedy: { zh: '请在映射中把 lon 与 lat 两列对调', en: 'Exchange the columns of lon and lat in the mapping.' },
};
const BEYOND: Said = {
  message: { zh: '不是地球上的坐标', en: 'is no place on the earth' },
  remedy: { zh: '经度应在 ±180、纬度应在 ±90 以内', en: 'Give a longitude within ±180 and a latitude within ±90.' },
};
const METRES: Said = {
  message: { zh: '是以米为单位的平面坐标，不是经纬度', en: 'is in metres of a plane and not in degrees' },
  remedy: {
    zh: '请写明高斯投影分带，例如 --crs EPSG:4549（三度带，中央子午线 120°）',
    en: 'Name the Gauss–Krüger zone, such as --crs EPSG:4549 (3°, central meridian 120°).',
  },
};

function misfit({ number, meridian, degrees }: Zone, east: number, north: number): Said {
  const message = { zh: '不在所写的高斯投影带内', en: 'is not within the Gauss–Krüger zone that is named' };
  const prefix = Math.floor(Math.max(east, north) / 1_000_000);
  if (Math.abs(east) <= 180 && Math.abs(north) <= 180)
    return {
      message: { zh: '是经纬度，不是以米为单位的平面坐标', en: 'is in degrees and not in metres of a plane' },
      remedy: { zh: '请写 --crs cgcs2000', en: 'Write --crs cgcs2000.' },
    };
  if (prefix >= 13 && prefix <= 45 && prefix !== number) {
    const epsg = prefix >= 25 ? 4513 + prefix - 25 : 4491 + prefix - 13;
    return {
      message,
      remedy: {
        zh: `坐标前有带号 ${prefix}，请写 --crs EPSG:${epsg}`,
        en: `The easting begins with the zone's number ${prefix}: write --crs EPSG:${epsg}.`,
      },
    };
  }
  if (number !== null && east > 0 && east < 1_000_000) {
    const epsg = degrees === 3 ? 4534 + (meridian - 75) / 3 : 4502 + (meridian - 75) / 6;
    return {
      message,
      remedy: {
        zh: `坐标前没有带号，请写 --crs EPSG:${epsg}`,
        en: `The easting does not begin with a zone's number: write --crs EPSG:${epsg}.`,
      },
    };
  }
  return {
    message,
    remedy: { zh: '请核对坐标系，或改正坐标', en: 'Make sure of the zone, or correct the coordinates.' },
  };
}
