import type { Text } from '../../../core/words.ts';
import { crsNamed, epsgOfPlane, type SourceCrs } from './crs.ts';
import { visible } from './visible.ts';

/** What a file says of its own coordinates. */
export interface FoundCrs {
  /** As it is written there. */
  readonly written: string;
  /** Null for one that the hall cannot convert. */
  readonly crs: SourceCrs | null;
  /** Why it cannot be, where there is more to say. */
  readonly why?: Text;
}

const OLD_DATUM: Text = {
  zh: '北京 54、西安 80 与 2000 坐标系之间的转换参数不公开',
  en: 'how Beijing 1954 and Xian 1980 lie to CGCS2000 is not public',
};
const LOCAL: Text = {
  zh: '中央子午线或东偏移不是国家标准分带，像是地方独立坐标系',
  en: 'its meridian or false easting is of no national zone; it looks like a city’s own grid',
};

/** Of a name such as `EPSG:4547`, `urn:ogc:def:crs:OGC:1.3:CRS84` or a word of {@link crsNamed}. */
export function crsWritten(written: string): FoundCrs {
  const short = visible(written.slice(0, 200));
  return { written: short, crs: crsNamed(short) };
}

/**
 * Of a description in WKT 1, as a `.prj` beside a shapefile or a GeoPackage has it: geographic on WGS 84 or CGCS2000, and on the latter
 * the national Gauss–Krüger zones.
 */
export function crsOfWkt(wkt: string): FoundCrs {
  const text = visible(wkt.slice(0, 10_000));
  const written = /"([^"]{1,200})"/.exec(text)?.[1] ?? text.slice(0, 60);
  const plain = text.toLowerCase().replace(/[\s_-]/g, '');
  if (/beijing|xian|krasovsky|krassovsky|iag75/.test(plain)) return { written, crs: null, why: OLD_DATUM };
  if (/gcj/.test(plain)) return { written, crs: 'gcj02' };
  if (/bd09|baidu/.test(plain)) return { written, crs: 'bd09' };
  const datum = /cgcs2000|china2000|chinageodetic/.test(plain)
    ? 'cgcs2000'
    : /wgs1984|wgs84/.test(plain)
      ? 'wgs84'
      : null;
  if (datum === null) return { written, crs: null };
  if (/^(geogcs|geogcrs|geodcrs)\[/.test(plain)) return { written, crs: datum };
  if (datum !== 'cgcs2000' || !/gausskruger|transversemercator/.test(plain)) return { written, crs: null };
  const parameter = (name: string) => Number(new RegExp(`"?${name}"?,(-?[\\d.]+)`).exec(plain)?.[1] ?? Number.NaN);
  const crs = epsgOfPlane({
    meridian: parameter('centralmeridian'),
    falseEasting: parameter('falseeasting'),
    scale: parameter('scalefactor'),
    degrees: /6degree/.test(plain) ? 6 : null,
  });
  return crs === null ? { written, crs: null, why: LOCAL } : { written, crs };
}
