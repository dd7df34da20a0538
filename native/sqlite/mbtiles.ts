import { openDatabase, type SqliteDatabase } from './database.ts';

/** Why a SQLite file is no MBTiles. */
export type MbtilesTrouble = 'no-tiles' | 'no-metadata';

/** A SQLite file without what MBTiles has. */
export class NoMbtiles extends Error {
  override readonly name = 'NoMbtiles';
  readonly trouble: MbtilesTrouble;

  constructor(file: string, trouble: MbtilesTrouble) {
    super(`${file} is no MBTiles: it has no ${trouble === 'no-tiles' ? 'table "tiles"' : 'table "metadata"'}`);
    this.trouble = trouble;
  }
}

/** A tile as the file has it. */
export interface MbtilesTile {
  readonly z: number;
  /** From the west. */
  readonly x: number;
  /** From the north: MBTiles counts from the south. */
  readonly y: number;
  /** Null when it is no bytes, or more than were asked for. */
  readonly bytes: Uint8Array | null;
}

/** An MBTiles file (github.com/mapbox/mbtiles-spec, 1.3), open for reading only. Each member may throw a SqliteError. */
export interface Mbtiles {
  /** Texts of the table `metadata`. */
  readonly metadata: ReadonlyMap<string, string>;
  /** How many tiles there are; no more than `most` are counted. */
  count(most: number): number;
  /** The nearest and farthest zoom that has tiles; null when none has. */
  zooms(): { min: number; max: number } | null;
  /** Columns and rows of a zoom that have tiles, counted from the west and the north. */
  extent(z: number): { west: number; east: number; north: number; south: number };
  /** All tiles as they lie there. @param mostBytes of one tile */
  tiles(mostBytes: number): IterableIterator<MbtilesTile>;
  close(): void;
}

const MAX_METADATA_ROWS = 500;
const MAX_METADATA_CHARS = 4 * 1024 * 1024;
/** Rows with other numbers are nobody's tiles. */
const PLAUSIBLE = `typeof(zoom_level) = 'integer' AND zoom_level BETWEEN 0 AND 24
  AND typeof(tile_column) = 'integer' AND tile_column >= 0 AND tile_column < (1 << zoom_level)
  AND typeof(tile_row) = 'integer' AND tile_row >= 0 AND tile_row < (1 << zoom_level)`;

/**
 * Opens an MBTiles file. Its schema is not trusted: a view of it may call none of the functions that do something.
 *
 * @throws NoMbtiles when a table is missing; SqliteError when it is no SQLite file or cannot be read
 */
export function openMbtiles(file: string): Mbtiles {
  const db = openDatabase(file, { readonly: true });
  try {
    db.pragma('trusted_schema = OFF');
    db.pragma('cell_size_check = ON');
    if (!has(db, 'tiles', 'zoom_level', 'tile_column', 'tile_row', 'tile_data')) throw new NoMbtiles(file, 'no-tiles');
    if (!has(db, 'metadata', 'name', 'value')) throw new NoMbtiles(file, 'no-metadata');
    return {
      metadata: metadataOf(db),
      count: (most) =>
        db
          .prepare<[number], number>(`SELECT count(*) FROM (SELECT 1 FROM tiles WHERE ${PLAUSIBLE} LIMIT ?)`)
          .pluck()
          .get(most) ?? 0,
      zooms() {
        const row = db
          .prepare<[], { min: number | null; max: number | null }>(
            `SELECT min(zoom_level) AS min, max(zoom_level) AS max FROM tiles WHERE ${PLAUSIBLE}`,
          )
          .get();
        return row && row.min !== null && row.max !== null ? { min: row.min, max: row.max } : null;
      },
      extent(z) {
        const row = db
          .prepare<[number], { west: number; east: number; low: number; high: number }>(
            `SELECT min(tile_column) AS west, max(tile_column) AS east, min(tile_row) AS low, max(tile_row) AS high
             FROM tiles WHERE zoom_level = ? AND ${PLAUSIBLE}`,
          )
          .get(z) as { west: number; east: number; low: number; high: number };
        return { west: row.west, east: row.east, north: 2 ** z - 1 - row.high, south: 2 ** z - 1 - row.low };
      },
      *tiles(mostBytes) {
        const rows = db
          .prepare<[number], { z: number; x: number; row: number; bytes: Buffer | null }>(
            `SELECT zoom_level AS z, tile_column AS x, tile_row AS row,
               CASE WHEN typeof(tile_data) = 'blob' AND length(tile_data) <= ? THEN tile_data END AS bytes
             FROM tiles WHERE ${PLAUSIBLE}`,
          )
          .iterate(mostBytes);
        for (const { z, x, row, bytes } of rows) yield { z, x, y: 2 ** z - 1 - row, bytes };
      },
      close: () => void db.close(),
    };
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Whether there is a table, or a view, with these columns. */
function has(db: SqliteDatabase, table: string, ...columns: string[]): boolean {
  const found = db.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck().all(table);
  return columns.every((column) => found.includes(column));
}

function metadataOf(db: SqliteDatabase): ReadonlyMap<string, string> {
  const rows = db
    .prepare<[number, number], { name: string; value: string }>(
      `SELECT name, value FROM metadata
       WHERE typeof(name) = 'text' AND typeof(value) = 'text' AND length(value) <= ? LIMIT ?`,
    )
    .all(MAX_METADATA_CHARS, MAX_METADATA_ROWS);
  return new Map(rows.map(({ name, value }) => [name, value]));
}
