import { join } from 'node:path';
import { openDatabase, troubleOf } from './database.ts';

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
 * @throws FolderInUse
 */
export function lockFolder(folder: string): { release(): void } {
  const db = openDatabase(join(folder, LOCK_FILE), { timeout: 0 });
  try {
    // No journal file beside the lock: nothing is ever written.
    db.pragma('journal_mode = MEMORY');
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    if (troubleOf(error) === 'busy') throw new FolderInUse(folder, { cause: error });
    throw error;
  }
  return {
    release() {
      if (!db.open) return;
      if (db.inTransaction) db.exec('ROLLBACK');
      db.close();
    },
  };
}
