import { kmlGen } from '@tmcw/togeojson';
import { DOMParser } from '@xmldom/xmldom';
import type { Feature, Geometry } from 'geojson';
import { type DrawnRow, propertiesOf, tableOfFeatures } from './features.ts';
import { refusal } from './importError.ts';
import { IMPORT_LIMITS, tooManyRows } from './limits.ts';
import type { SourceTable } from './table.ts';
import { encodingOf, readXml } from './xmlEvents.ts';

/** How it is drawn is nothing that the hall asks for. */
const STYLE =
  /^(?:style(?:Url|Hash|MapHash)|stroke.*|fill.*|icon.*|label-.*|visibility|open|tessellate|extrude|altitudeMode|drawOrder)$|^@/;

/** So many placemarks are made a tree at a time: of a whole city the tree would be a hundred times the file. */
const AT_A_TIME = 200;

/** Google's own elements that a place can be told by. */
const OF_GOOGLE = new Set(['Track', 'MultiTrack', 'coord']);

/**
 * Reads the placemarks of a KML document (OGC 12-007): name, description and extended data are columns. By the standard it is WGS 84, but
 * much that is made in China is GCJ-02, so that the file does not count as saying so.
 *
 * @throws ImportError for a document type, for what is not well-formed, and beyond the limits.
 */
export function readKml(bytes: Uint8Array): SourceTable {
  if (bytes.length > IMPORT_LIMITS.kml) throw TOO_LARGE();
  return { format: 'kml', encoding: encodingOf(bytes), ...tableOfFeatures(placemarksOf(bytes)) };
}

function placemarksOf(bytes: Uint8Array): DrawnRow[] {
  const rows: DrawnRow[] = [];
  let held: string[] = [];
  let whole = 0;
  /** How deep within a placemark. */
  let depth = 0;
  const make = () => {
    for (const feature of featuresOf(held.join(''))) rows.push(rowOf(feature, rows.length + 1));
    if (rows.length > IMPORT_LIMITS.rows) throw tooManyRows();
    [held, whole] = [[], 0];
  };
  readXml(bytes, {
    open(name, attributes) {
      if (depth === 0 && name !== 'Placemark') return;
      depth++;
      const plain = Object.entries(attributes).filter(([key]) => !key.includes(':') && key !== 'xmlns');
      held.push(`<${tagOf(name)}${plain.map(([key, value]) => ` ${key}="${escaped(value)}"`).join('')}>`);
    },
    text(text) {
      if (depth > 0) held.push(escaped(text));
    },
    close(name) {
      if (depth === 0) return;
      held.push(`</${tagOf(name)}>`);
      if (--depth === 0 && ++whole === AT_A_TIME) make();
    },
  });
  make();
  return rows;
}

const tagOf = (name: string): string => (OF_GOOGLE.has(name) ? `gx:${name}` : name);

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

function featuresOf(placemarks: string): Feature<Geometry | null>[] {
  try {
    const text = `<kml xmlns:gx="http://www.google.com/kml/ext/2.2"><Document>${placemarks}</Document></kml>`;
    return [...kmlGen(new DOMParser({ onError: () => undefined }).parseFromString(text, 'text/xml'))];
  } catch (cause) {
    throw refusal({ zh: 'KML 有误', en: 'is no good KML' }, { zh: '请用原软件重新导出', en: 'Export it anew.' }, cause);
  }
}

function rowOf(feature: Feature<Geometry | null>, row: number): DrawnRow {
  const properties = [...propertiesOf(feature)].filter(([name]) => !STYLE.test(name));
  return {
    row,
    properties: properties.map(([name, value]) => [name, textOf(value)] as const),
    geometry: feature.geometry,
  };
}

/** Descriptions in HTML come as an object of their markup. */
function textOf(value: unknown): unknown {
  if (typeof value === 'object' && value !== null && 'value' in value) {
    return String(value.value)
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim();
  }
  return value;
}

const TOO_LARGE = () =>
  refusal(
    { zh: 'KML 超过 64 MiB', en: 'is KML of more than 64 MiB' },
    { zh: '请拆分，或导出为 GeoJSON', en: 'Split it, or export it as GeoJSON.' },
  );
