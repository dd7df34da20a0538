import { openDatabase } from './database.ts';

/** A system of coordinates, as a GeoPackage describes it. */
export interface GeoPackageSrs {
  readonly id: number;
  /** Such as `EPSG`. */
  readonly organization: string;
  readonly code: number;
  /** WKT, or `undefined`. */
  readonly definition: string;
}

/** The features of one table of a GeoPackage. */
export interface GeoPackageTable {
  readonly name: string;
  /** All tables of features that there are. */
  readonly names: readonly string[];
  /** Null where the file does not describe it. */
  readonly srs: GeoPackageSrs | null;
  /** But for the geometry, in the table's order. */
  readonly columns: readonly string[];
  readonly rows: readonly GeoPackageRow[];
}

export interface GeoPackageRow {
  /** The feature's own number. */
  readonly fid: number;
  /** In the order of the columns. What is binary is null; an integer that a number cannot hold is its digits. */
  readonly cells: readonly (string | number | null)[];
  /** With its header (OGC 12-128r19, 2.1.3). */
  readonly geometry: Uint8Array | null;
}

/** That a file is a database, but not what was asked for. */
export class GeoPackageError extends Error {
  override readonly name = 'GeoPackageError';
  readonly reason: 'no-features' | 'no-such-table' | 'a-view';
  readonly names: readonly string[];

  constructor(reason: GeoPackageError['reason'], names: readonly string[] = []) {
    super(reason);
    this.reason = reason;
    this.names = names;
  }
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/**
 * Reads the features of a GeoPackage (OGC 12-128r19), which is opened for reading only: nothing that the file brings along, view or
 * trigger, is run.
 *
 * @param options.table its first one when left out
 * @param options.most rows that are read at most
 * @throws GeoPackageError when it has no such features.
 * @throws SqliteError; see `troubleOf`.
 */
export function readGeoPackage(file: string, options: { table?: string | undefined; most: number }): GeoPackageTable {
  const db = openDatabase(file, { readonly: true });
  try {
    db.pragma('trusted_schema = OFF');
    db.pragma('cell_size_check = ON');
    db.defaultSafeIntegers(true);
    const has = db.prepare<[string], string>("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?").pluck();
    if (has.get('gpkg_contents') === undefined || has.get('gpkg_geometry_columns') === undefined)
      throw new GeoPackageError('no-features');
    const all = db
      .prepare<[], { name: string; geometry: string; srs: bigint }>(
        `SELECT table_name AS name, column_name AS geometry, g.srs_id AS srs FROM gpkg_contents JOIN gpkg_geometry_columns g USING (table_name)
        WHERE data_type = 'features' ORDER BY gpkg_contents.rowid LIMIT 1000`,
      )
      .all();
    const names = all.map(({ name }) => name);
    const chosen = options.table === undefined ? all[0] : all.find(({ name }) => name === options.table);
    if (!chosen) throw new GeoPackageError(options.table === undefined ? 'no-features' : 'no-such-table', names);
    const made = has.get(chosen.name);
    // A view may compute without an end, and what is virtual calls other code.
    if (made === undefined || /^\s*create\s+virtual/i.test(made)) throw new GeoPackageError('a-view', names);
    const columns = db
      .prepare<[string], string>('SELECT name FROM pragma_table_xinfo(?) WHERE hidden = 0 ORDER BY cid')
      .pluck()
      .all(chosen.name)
      .filter((name) => name !== chosen.geometry);
    const selected = ['rowid', quoted(chosen.geometry), ...columns.map(quoted)].join(', ');
    const rows = db
      .prepare<[bigint], unknown[]>(`SELECT ${selected} FROM ${quoted(chosen.name)} ORDER BY rowid LIMIT ?`)
      .raw()
      .all(BigInt(options.most))
      .map(([fid, geometry, ...cells]) => ({
        fid: Number(fid),
        geometry: geometry instanceof Uint8Array ? geometry : null,
        cells: cells.map(cellOf),
      }));
    return { name: chosen.name, names, srs: srsOf(Number(chosen.srs)), columns, rows };
  } finally {
    db.close();
  }

  function srsOf(id: number): GeoPackageSrs | null {
    // 0 and -1 are the standard's own ways to say that nobody knows.
    if (id <= 0) return null;
    const row = db
      .prepare<[bigint], { organization: string; code: bigint; definition: string }>(
        'SELECT organization, organization_coordsys_id AS code, definition FROM gpkg_spatial_ref_sys WHERE srs_id = ?',
      )
      .get(BigInt(id));
    return row
      ? { id, organization: row.organization, code: Number(row.code), definition: String(row.definition) }
      : null;
  }
}

function cellOf(value: unknown): string | number | null {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}
