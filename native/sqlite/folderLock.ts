import { renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase, type SqliteDatabase, troubleOf } from './database.ts';

/** Another hall works on the folder. */
export class FolderInUse extends Error {
  readonly folder: string;

  constructor(folder: string, options?: { cause: unknown }) {
    super(
      `Another hall is working on the data folder ${folder}. Close that hall, or start this one on another folder with --data.`,
      options,
    );
    this.name = 'FolderInUse';
    this.folder = folder;
  }
}

export const LOCK_FILE = 'hall.lock';

/**
 * Claims a data folder for this process: an exclusive lock that SQLite takes on `hall.lock`, of which the operating system
 * lets go when the process ends, however it ends. The file stays; it means nothing by itself.
 *
 * Nothing else may open `hall.lock` in this process: POSIX drops a process's locks when it closes any handle of the file.
 *
 * A lock that is no database, or a folder, is moved to `hall.lock.damaged`: it means nothing.
 *
 * @throws FolderInUse
 */
export function lockFolder(folder: string): { release(): void } {
  const file = join(folder, LOCK_FILE);
  let db: SqliteDatabase;
  try {
    db = claim(folder, file);
  } catch (error) {
    if (error instanceof FolderInUse || !isOdd(file, error)) throw error;
    rmSync(`${file}.damaged`, { recursive: true, force: true });
    renameSync(file, `${file}.damaged`);
    db = claim(folder, file);
  }
  return {
    release() {
      if (!db.open) return;
      if (db.inTransaction) db.exec('ROLLBACK');
      db.close();
    },
  };
}

function isOdd(file: string, error: unknown): boolean {
  const trouble = troubleOf(error);
  if (trouble === 'cannot-open') return statSync(file, { throwIfNoEntry: false })?.isDirectory() === true;
  return trouble === 'not-a-database' || trouble === 'unreadable';
}

function claim(folder: string, file: string): SqliteDatabase {
  const db = openDatabase(file, { timeout: 0 });
  try {
    // No journal file beside the lock: nothing is ever written.
    db.pragma('journal_mode = MEMORY');
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    if (troubleOf(error) === 'busy') throw new FolderInUse(folder, { cause: error });
    throw error;
  }
  return db;
}
