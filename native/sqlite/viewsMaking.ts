import { close, closeSync, fsync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { openDatabase, type SqliteDatabase } from './database.ts';
import type { EventRows } from './modelDb.ts';
import { type ForeignRow, INDEXES, openViews, type SqliteViews, TABLES, viewsOn, writerOn } from './views.ts';

/** Takes the file away, with what SQLite keeps beside it. */
export function removeViews(file: string): void {
  for (const each of [file, `${file}-wal`, `${file}-shm`, `${file}-journal`]) rmSync(each, { force: true });
}

/** Where rows are put that no one reads yet. */
type Rows = Pick<SqliteViews, 'prepare' | 'define' | 'arrive' | 'putState' | 'putForeign'>;

/** A file that is being made, beside the one it will stand in for. */
export interface ViewsInTheMaking {
  readonly views: Rows;
  /** Where {@link makePart} may make some of the tables meanwhile; null where there is no file. */
  readonly part: string | null;
  /** Has the ledger's file at hand as `ledger`, to be read from, until {@link leaveLedger}. Answers all its events of now. */
  openLedger(file: string): EventRows;
  leaveLedger(): void;
  /** Takes over the rows of every table of the part, which is whole and closed, into those of the same name, which are empty. */
  takePart(): ForeignRow[];
  /** For what is made of rows that are there: indexes. */
  exec(sql: string): void;
  /** Puts it in its place. Nobody may have the one that it replaces open. */
  finish(position: string): SqliteViews;
  /** Gives it up. */
  drop(): void;
}

/** @param options.file `:memory:` for one that ends with the hall */
export function makeViews({ file, stamp, tables }: { file: string; stamp: string; tables: string }): ViewsInTheMaking {
  const memory = file === ':memory:';
  const half = memory ? file : `${file}.new`;
  const part = memory ? null : `${file}.part`;
  const removePart = (): void => {
    try {
      if (part !== null) removeViews(part);
    } catch {
      // A thread that is being ended has it open still: it is taken away when this file, or the next, is whole.
    }
  };
  removePart();
  const db = openNew(half, tables);
  let writing = false;
  /** Has what is there written out beside the work: at the end there is little left to wait for, and only then has it to be there. */
  const writeOut = (): void => {
    if (memory || writing) return;
    writing = true;
    const written = openSync(half, 'r+');
    fsync(written, () =>
      close(written, () => {
        writing = false;
      }),
    );
  };
  /** Files come and go between two transactions. */
  const outside = (work: () => unknown): void => {
    db.exec('COMMIT');
    work();
    db.exec('BEGIN');
    writeOut();
  };
  return {
    views: writerOn(db, 'INSERT'),
    part,
    openLedger(file) {
      let to = 0;
      outside(() => {
        db.prepare('ATTACH ? AS ledger').run(file);
        to = db.prepare<[], number | null>('SELECT max(rowid) FROM ledger.events').pluck().get() ?? 0;
      });
      return { table: 'ledger.events', after: 0, to };
    },
    leaveLedger: () => outside(() => db.exec('DETACH ledger')),
    takePart() {
      outside(() => db.prepare('ATTACH ? AS part').run(part));
      const names = db
        .prepare<[], string>(
          "SELECT name FROM part.sqlite_schema WHERE type = 'table' AND name NOT IN ('about', 'foreign_events')",
        )
        .pluck()
        .all();
      const foreign = db.prepare<[], ForeignRow>('SELECT * FROM part.foreign_events ORDER BY rowid').all();
      // Of two tables that are declared alike SQLite takes over the rows as they lie there, without reading them.
      for (const name of names) db.exec(`INSERT INTO main."${name}" SELECT * FROM part."${name}"`);
      outside(() => db.exec('DETACH part'));
      removePart();
      return foreign;
    },
    exec: (sql) => void db.exec(sql),
    finish(position) {
      db.exec(INDEXES);
      const about = db.prepare('INSERT INTO about (key, value) VALUES (?, ?)');
      about.run('stamp', stamp);
      about.run('position', position);
      db.exec('COMMIT');
      if (memory) {
        db.pragma('journal_mode = MEMORY');
        return viewsOn(db, file);
      }
      db.close();
      const written = openSync(half, 'r+');
      fsyncSync(written);
      closeSync(written);
      removeViews(file);
      renameSync(half, file);
      removePart();
      const views = openViews(file, stamp);
      if (!views) throw new Error(`${file} was made and is not there`);
      return views;
    },
    drop() {
      db.close();
      if (!memory) removeViews(half);
      removePart();
    },
  };
}

/** Some of the tables of a file in the making, in a file of its own, so that another thread may fill them. */
export interface ViewsPart {
  readonly views: Rows;
  /** It is whole, and closed. */
  finish(): void;
}

export function makePart({ file, tables }: { file: string; tables: string }): ViewsPart {
  const db = openNew(file, tables);
  return {
    views: writerOn(db, 'INSERT'),
    finish() {
      db.exec('COMMIT');
      db.close();
    },
  };
}

/** A new file with these tables, for rows that come by the thousand. */
function openNew(file: string, tables: string): SqliteDatabase {
  if (file !== ':memory:') removeViews(file);
  const db = openDatabase(file);
  try {
    // Rows come in order, and indexes are sorted whole: fewer, larger pages.
    db.pragma('page_size = 16384');
    // Nothing of a file that is half made is ever read: it needs no journal.
    db.pragma('journal_mode = OFF');
    db.pragma('synchronous = OFF');
    // Of this file alone: others that it reads from beside are not its own.
    db.pragma('main.locking_mode = EXCLUSIVE');
    db.pragma('cache_size = -65536');
    db.pragma('temp_store = MEMORY');
    db.exec(TABLES);
    db.exec(tables);
    db.exec('BEGIN');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}
