import type { Geometry } from 'geojson';
import { troubleOf } from '../../../native/sqlite/database.ts';
import {
  GeoPackageError,
  type GeoPackageSrs,
  type GeoPackageTable,
  readGeoPackage,
} from '../../../native/sqlite/geopackage.ts';
import { tableOfFeatures } from './features.ts';
import { crsOfWkt, crsWritten, type FoundCrs } from './foundCrs.ts';
import { type ImportError, refusal } from './importError.ts';
import { IMPORT_LIMITS } from './limits.ts';
import type { SourceTable } from './table.ts';
import { readGeoPackageGeometry, WkbError } from './wkb.ts';
import { noSuchSheet } from './xlsx.ts';

/**
 * Reads a table of features of a GeoPackage: the named one, else its first.
 *
 * @throws ImportError when it has none, is damaged, or is open elsewhere.
 */
export function readGeoPackageFile(file: string, sheet: string | undefined): SourceTable {
  const table = opened(file, sheet);
  const crs = table.srs ? crsOf(table.srs) : null;
  return {
    format: 'geopackage',
    sheet: table.name,
    sheets: table.names,
    ...(crs ? { crs } : {}),
    ...tableOfFeatures(
      table.rows.map(({ fid, cells, geometry }) => ({
        row: fid,
        properties: table.columns.map((name, i) => [name, cells[i] ?? null] as const),
        geometry: geometryOf(geometry),
      })),
    ),
  };
}

function opened(file: string, sheet: string | undefined): GeoPackageTable {
  try {
    return readGeoPackage(file, { table: sheet, most: IMPORT_LIMITS.rows + 1 });
  } catch (error) {
    throw explained(error, sheet);
  }
}

function explained(error: unknown, sheet: string | undefined): ImportError {
  if (error instanceof GeoPackageError) {
    if (error.reason === 'no-such-table') return noSuchSheet(sheet ?? '', error.names);
    if (error.reason === 'a-view')
      return refusal(
        { zh: '所选图层是视图，不是表', en: 'the layer is a view and no table' },
        { zh: '请在 QGIS 中把该图层另存为新的 GeoPackage', en: 'Save the layer as a GeoPackage of its own in QGIS.' },
      );
    return refusal(
      { zh: '是 SQLite 数据库，但没有 GeoPackage 要素表', en: 'is a SQLite database without a GeoPackage’s features' },
      { zh: '请导出为 GeoPackage（.gpkg）', en: 'Export it as a GeoPackage (.gpkg).' },
    );
  }
  const trouble = troubleOf(error);
  return trouble === 'busy' || trouble === 'cannot-open' || trouble === 'readonly'
    ? refusal(
        { zh: '正被其他软件打开，无法读取', en: 'cannot be read while it is open elsewhere' },
        { zh: '请在 QGIS 等软件中关闭，或复制一份再导入', en: 'Close it in QGIS and such, or import a copy.' },
        error,
      )
    : refusal(
        { zh: 'GeoPackage 已损坏', en: 'the GeoPackage is damaged' },
        { zh: '请重新复制或重新导出', en: 'Copy it again, or export it anew.' },
        error,
      );
}

/** By its number where the hall knows it, else by its description. */
function crsOf({ organization, code, definition }: GeoPackageSrs): FoundCrs {
  const byNumber = crsWritten(`${organization}:${code}`);
  if (byNumber.crs !== null || definition === 'undefined') return byNumber;
  return { ...crsOfWkt(definition), written: `${organization}:${code}` };
}

function geometryOf(blob: Uint8Array | null): Geometry | null {
  try {
    return blob ? readGeoPackageGeometry(blob) : null;
  } catch (error) {
    if (error instanceof WkbError) return null; // A row without a place, which is named.
    throw error;
  }
}
