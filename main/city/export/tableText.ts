import { fromWgs84 } from '../../../core/places/crs.ts';
import type { Table } from './tables.ts';

/** What coordinates of a table can be written in; CGCS2000 is WGS 84 to within a decimetre. */
export const EXPORT_CRS = { wgs84: 'WGS 84', cgcs2000: 'CGCS2000', gcj02: 'GCJ-02', bd09: 'BD-09' } as const;
export type ExportCrs = keyof typeof EXPORT_CRS;

/** Excel keeps fifteen digits of what looks like a number. */
const LONG_NUMBER = /^\d{16,}$/;
/** What spreadsheets take for a formula and reckon. */
const FORMULA = /^[=+\-@]/;

/** A cell as RFC 4180 has it. Text that a spreadsheet would reckon or round is kept text by a tab before it, which an import passes over. */
function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = FORMULA.test(value) || LONG_NUMBER.test(value) ? `\t${value}` : value;
  return /[",;|，\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A table as CSV in UTF-8 with its mark, by which Excel knows it; the head of each coordinate says what it means. */
export function csvText({ columns, rows }: Table, crs: ExportCrs): string {
  const placed = rows.some(({ at }) => at !== null);
  const convert = crs === 'gcj02' || crs === 'bd09' ? fromWgs84(crs) : null;
  const position = (lon: number, lat: number) =>
    convert ? convert(lon, lat).map((degrees) => degrees.toFixed(7)) : [String(lon), String(lat)];
  const head = [
    ...columns.map(({ zh }) => cell(zh)),
    ...(placed ? [`经度（${EXPORT_CRS[crs]}）`, `纬度（${EXPORT_CRS[crs]}）`] : []),
  ];
  const lines = rows.map(({ values, at }) =>
    [...values.map(cell), ...(placed && at ? position(at.lon, at.lat) : [])].join(','),
  );
  return `\ufeff${[head.join(','), ...lines].join('\r\n')}\r\n`;
}

/**
 * A table of things that stand somewhere as GeoJSON (RFC 7946), a feature a line. It is in WGS 84 as the standard wants, and says so besides
 * in the member of the 2008 form, because much that goes round in China is not.
 */
export function geojsonText({ kind, columns, rows }: Table): string {
  const features = rows.flatMap(({ values, at }) => {
    if (at === null) return [];
    const said = columns.map(({ member }, i) => [member, values[i] ?? null]).filter(([, value]) => value !== null);
    const geometry = { type: 'Point', coordinates: [at.lon, at.lat] };
    return [JSON.stringify({ type: 'Feature', properties: Object.fromEntries(said), geometry })];
  });
  const crs = JSON.stringify({ type: 'name', properties: { name: 'urn:ogc:def:crs:OGC:1.3:CRS84' } });
  return `{"type":"FeatureCollection","name":"${kind}","crs":${crs},"features":[\n${features.join(',\n')}\n]}\n`;
}
