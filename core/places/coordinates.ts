import type { LonLat } from './geo.ts';

/** What a typed pair of numbers may mean. CGCS 2000 is WGS 84 to within centimetres. */
export type Datum = 'wgs84' | 'gcj02' | 'bd09';

/** Words that name a datum. */
const DATUMS: readonly (readonly [RegExp, Datum])[] = [
  [/wgs[\s-]?84|cgcs[\s-]?2000|国家\s*2000|gps/iu, 'wgs84'],
  [/gcj[\s-]?0?2|高德|腾讯|amap|火星/iu, 'gcj02'],
  [/bd[\s-]?0?9(?:ll)?|百度|baidu/iu, 'bd09'],
];

/** A number of degrees, with minutes and seconds where it has them, and the letters or characters of its hemisphere before or behind. */
const ANGLE =
  /([nsew]|东经|西经|北纬|南纬)?\s*([+-]?\d{1,3}(?:\.\d+)?)(?:\s*[°度]\s*|\s+(?=\d{1,2}(?:\.\d+)?\s*['′’分])|(?![\d.]))(?:(\d{1,2}(?:\.\d+)?)\s*['′’分]\s*)?(?:(\d{1,2}(?:\.\d+)?)\s*(?:["″”秒]|''|′′)\s*)?([nsew]|东经|西经|北纬|南纬)?/giu;

const NORTHERN = /^(?:n|s|北纬|南纬)$/iu;
const NEGATIVE = /^(?:s|w|南纬|西经)$/iu;

/** A pair of coordinates that somebody typed. */
export interface TypedCoordinates extends LonLat {
  /** Null where none was named. */
  readonly datum: Datum | null;
}

/**
 * Reads a pair of coordinates: decimal (`121.92126, 29.16711`), degrees and minutes (`29°10.03′N 121°55.28′E`) or with seconds, with
 * hemispheres in letters or Chinese, in either order where that is clear, and a datum by name. Null where the text is no such pair.
 */
export function readCoordinates(text: string): TypedCoordinates | null {
  let rest = text.normalize('NFKC').slice(0, 100);
  let datum: Datum | null = null;
  for (const [word, means] of DATUMS) {
    if (!word.test(rest)) continue;
    datum = means;
    rest = rest.replace(word, ' ');
    break;
  }
  const angles = [...rest.matchAll(ANGLE)];
  const [first, second] = angles.map(angleOf);
  if (angles.length !== 2 || !first || !second) return null;
  // Whatever stands between and around them is a separator, and no word.
  if (/[^\s,;/()~]/u.test(angles.reduce((left, [match]) => left.replace(match, ' '), rest))) return null;
  const swap =
    first.northern === true || second.northern === false || (!isSaid(first, second) && mustBeLatitude(first, second));
  const [lon, lat] = swap ? [second, first] : [first, second];
  if (lon.northern === true || lat.northern === false) return null;
  if (Math.abs(lon.degrees) > 180 || Math.abs(lat.degrees) > 90) return null;
  return { lon: lon.degrees, lat: lat.degrees, datum };
}

interface Angle {
  readonly degrees: number;
  /** Null where nobody said of which axis it is. */
  readonly northern: boolean | null;
}

function angleOf(match: RegExpMatchArray): Angle | null {
  const [, before, degrees = '', minutes = '0', seconds = '0', behind] = match;
  const side = before ?? behind;
  const [d, m, s] = [Number(degrees), Number(minutes), Number(seconds)];
  if (m >= 60 || s >= 60) return null;
  const size = Math.abs(d) + m / 60 + s / 3600;
  const negative = degrees.startsWith('-') || (side !== undefined && NEGATIVE.test(side));
  return { degrees: negative ? -size : size, northern: side === undefined ? null : NORTHERN.test(side) };
}

const isSaid = (a: Angle, b: Angle): boolean => a.northern !== null || b.northern !== null;

/** Longitude comes first unless it cannot be one: in China no latitude is as large as a longitude. */
const mustBeLatitude = (first: Angle, second: Angle): boolean =>
  Math.abs(second.degrees) > 90 || (Math.abs(first.degrees) < 60 && Math.abs(second.degrees) > 70);
