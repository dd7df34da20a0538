import Database from 'better-sqlite3';

export type SqliteDatabase = Database.Database;

/** Why SQLite would not do it, as far as a person can act upon it. */
export type SqliteTrouble =
  | 'not-a-database'
  | 'unreadable'
  | 'busy'
  | 'full'
  | 'readonly'
  | 'cannot-open'
  | 'io'
  | 'other';

const TROUBLES: readonly [code: string, trouble: SqliteTrouble][] = [
  ['SQLITE_NOTADB', 'not-a-database'],
  ['SQLITE_CORRUPT', 'unreadable'],
  ['SQLITE_BUSY', 'busy'],
  ['SQLITE_LOCKED', 'busy'],
  ['SQLITE_FULL', 'full'],
  ['SQLITE_READONLY', 'readonly'],
  ['SQLITE_PERM', 'readonly'],
  ['SQLITE_CANTOPEN', 'cannot-open'],
  ['SQLITE_IOERR', 'io'],
];

/** What kind of trouble an error of better-sqlite3 is; extended codes (`SQLITE_IOERR_FSYNC`) count as their family. */
export function troubleOf(error: unknown): SqliteTrouble {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return TROUBLES.find(([family]) => code === family || code.startsWith(`${family}_`))?.[1] ?? 'other';
}

/**
 * Opens a SQLite file.
 *
 * @throws Error when this Node is too old for the SQLite that is installed: loading it would end the process without a word.
 * @throws SqliteError; see {@link troubleOf}.
 */
export function openDatabase(file: string, options: { readonly?: boolean; timeout?: number } = {}): SqliteDatabase {
  const napi = Number(process.versions.napi ?? 0);
  if (napi < 10) {
    throw new Error(
      `The ledger needs a runtime with Node-API 10 (Node 22.14 or later, Electron 35 or later); this one, Node ${process.versions.node}, has ${napi}. Start with npm start, which uses the Node that OpsHall brings along.`,
    );
  }
  const { readonly = false, timeout = 2000 } = options;
  return new Database(file, { readonly, fileMustExist: readonly, timeout });
}
