import type { SqliteDatabase } from './database.ts';

/** One additive change of a file's schema. Once released it is never edited: a later one follows it. */
export interface Migration {
  /** What it adds, in a few words. */
  name: string;
  sql: string;
}

/** The file was written by a version of OpsHall that knows more than this one. Nothing is wrong with it. */
export class NewerFile extends Error {
  readonly file: string;

  constructor(file: string, found: number, known: number) {
    super(
      `${file} has schema version ${found}; this OpsHall knows up to ${known}. Start the newer OpsHall that wrote it, or another data folder. If no newer one ever ran here the file is damaged: take it from a backup.`,
    );
    this.name = 'NewerFile';
    this.file = file;
  }
}

/** Schema version of an open file: 0 for an empty one. Kept in SQLite's own user_version, so that it can be read without a table. */
export function versionOf(db: SqliteDatabase): number {
  return Number(db.pragma('user_version', { simple: true }));
}

/**
 * Brings a file to the newest schema, each migration in a transaction of its own.
 *
 * @throws NewerFile
 */
export function migrate(db: SqliteDatabase, migrations: readonly Migration[]): void {
  const found = versionOf(db);
  if (found > migrations.length) throw new NewerFile(db.name, found, migrations.length);
  for (let version = found; version < migrations.length; version++) {
    const { sql } = migrations[version] as Migration;
    db.transaction(() => {
      db.exec(sql);
      db.pragma(`user_version = ${version + 1}`);
    }).immediate();
  }
}
