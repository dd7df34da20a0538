import type { Feature, Geometry } from 'geojson';
import { decodeText } from './decodeText.ts';
import { propertiesOf, tableOfFeatures } from './features.ts';
import { crsWritten, type FoundCrs } from './foundCrs.ts';
import { refusal } from './importError.ts';
import { IMPORT_LIMITS } from './limits.ts';
import type { SourceTable } from './table.ts';
import { tooDeep } from './xmlEvents.ts';

const EXPORT_ANEW = { zh: '请用原软件重新导出为 GeoJSON', en: 'Export it anew as GeoJSON.' };

/**
 * Reads GeoJSON (RFC 7946, and the `crs` member of the 2008 form). A file without that member does not say what its coordinates mean: by
 * the RFC they are WGS 84, but much that goes round in China is GCJ-02.
 *
 * @throws ImportError when it is no JSON, or no features.
 */
export function readGeoJson(bytes: Uint8Array, asked?: string): SourceTable {
  const { text, encoding } = decodeText(bytes, asked);
  if (depthOf(text) > IMPORT_LIMITS.depth) throw tooDeep();
  let whole: unknown;
  try {
    whole = JSON.parse(text.startsWith('\ufeff') ? text.slice(1) : text);
  } catch (cause) {
    throw refusal({ zh: '不是完整的 JSON', en: 'is no whole JSON' }, EXPORT_ANEW, cause);
  }
  const features = featuresOf(whole);
  if (!features)
    throw refusal({ zh: '是 JSON，但不是 GeoJSON 要素', en: 'is JSON, but no GeoJSON features' }, EXPORT_ANEW);
  const crs = crsMember(whole);
  return {
    format: 'geojson',
    encoding,
    ...(crs ? { crs } : {}),
    ...tableOfFeatures(
      features.map((feature, i) => ({
        row: i + 1,
        properties: propertiesOf(feature),
        geometry: isObject(feature.geometry) ? (feature.geometry as Geometry) : null,
      })),
    ),
  };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function featuresOf(whole: unknown): Feature<Geometry | null>[] | null {
  if (!isObject(whole)) return null;
  const all = whole.type === 'Feature' ? [whole] : whole.features;
  if (!Array.isArray(all)) return null;
  return all.filter(isObject).map((each) => ({
    ...each,
    properties: isObject(each.properties) ? each.properties : {},
  })) as Feature<Geometry | null>[];
}

function crsMember(whole: unknown): FoundCrs | null {
  const crs = isObject(whole) ? whole.crs : undefined;
  const properties = isObject(crs) ? crs.properties : undefined;
  const name = isObject(properties) ? properties.name : undefined;
  return typeof name === 'string' ? crsWritten(name) : null;
}

/** How deep brackets stand within each other, outside of strings. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x22) {
      i = endOfString(text, i);
    } else if (code === 0x5b || code === 0x7b) {
      if (++depth > deepest) deepest = depth;
    } else if (code === 0x5d || code === 0x7d) depth--;
  }
  return deepest;
}

function endOfString(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x5c) i++;
    else if (code === 0x22) return i;
  }
  return text.length;
}
