import {
  accessSync,
  close,
  closeSync,
  constants,
  fsync,
  fsyncSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statfsSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { openDatabase, type SqliteDatabase } from './database.ts';
import type { EventRows } from './modelDb.ts';
import { type ForeignRow, INDEXES, openViews, type SqliteViews, TABLES, viewsOn, writerOn } from './views.ts';

/** As `cache_size`, of a file that is read once from its beginning to its end. */
const PASSING = -1024;

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
  /** Makes these tables in another file, for rows that come behind those of the part, and before those of the file that was made so last. */
  behindPart(tables: string): Rows;
  /**
   * Takes over the rows of every table of the part, which is whole and closed, into those of the same name, which are empty; then those
   * behind it. Rows that SQLite numbers go on from the last number.
   */
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
  /** The last of them is the one that rows are put into. */
  let behind: { file: string; part: ViewsPart }[] = [];
  const removeParts = (): void => {
    behind.at(-1)?.part.drop();
    behind = [];
    try {
      for (const name of memory ? [] : readdirSync(dirname(file)))
        if (name.startsWith(`${basename(file)}.part`)) rmSync(join(dirname(file), name), { force: true });
    } catch {
      // A thread that is being ended has it open still: it is taken away when this file, or the next, is whole.
    }
  };
  removeParts();
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
        db.pragma(`ledger.cache_size = ${PASSING}`);
        to = db.prepare<[], number | null>('SELECT max(rowid) FROM ledger.events').pluck().get() ?? 0;
      });
      return { table: 'ledger.events', after: 0, to };
    },
    leaveLedger: () => outside(() => db.exec('DETACH ledger')),
    behindPart(tables) {
      behind.at(-1)?.part.finish();
      const next = `${part}${behind.length + 2}`;
      const made = makePart({ file: next, tables });
      behind.push({ file: next, part: made });
      return made.views;
    },
    takePart() {
      const foreign: ForeignRow[] = [];
      behind.at(-1)?.part.finish();
      for (const each of [part, ...behind.map(({ file }) => file).reverse()]) {
        outside(() => db.prepare('ATTACH ? AS part').run(each));
        db.pragma(`part.cache_size = ${PASSING}`);
        foreign.push(...takeTables(db));
        outside(() => db.exec('DETACH part'));
      }
      removeParts();
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
      removeParts();
      const views = openViews(file, stamp);
      if (!views) throw new Error(`${file} was made and is not there`);
      return views;
    },
    drop() {
      db.close();
      if (!memory) removeViews(half);
      removeParts();
    },
  };
}

/** Takes over the rows of every table of the attached `part`. */
function takeTables(db: SqliteDatabase): ForeignRow[] {
  const tables = db
    .prepare<[], { name: string; wr: number }>(
      "SELECT name, wr FROM pragma_table_list WHERE schema = 'part' AND type = 'table' AND name NOT IN ('about', 'foreign_events', 'sqlite_schema')",
    )
    .all();
  const columnsOf = db.prepare<[string], { name: string; type: string; pk: number }>(
    "SELECT name, type, pk FROM pragma_table_info(?, 'part')",
  );
  for (const { name, wr } of tables) {
    const columns = columnsOf.all(name);
    const keys = columns.filter(({ pk }) => pk > 0);
    const number = wr === 0 && keys.length === 1 && keys[0]?.type === 'INTEGER' ? keys[0].name : null;
    const last = number && db.prepare<[], number | null>(`SELECT max("${number}") FROM main."${name}"`).pluck().get();
    if (last) {
      const those = columns.map((column) => (column.name === number ? `"${number}" + ?` : `"${column.name}"`));
      db.prepare(`INSERT INTO main."${name}" SELECT ${those.join()} FROM part."${name}"`).run(last);
    }
    // Of two tables that are declared alike SQLite takes over the rows as they lie there, without reading them.
    else db.exec(`INSERT INTO main."${name}" SELECT * FROM part."${name}"`);
  }
  return db.prepare<[], ForeignRow>('SELECT * FROM part.foreign_events ORDER BY rowid').all();
}

/** Some of the tables of a file in the making, in a file of its own, so that another thread may fill them. */
export interface ViewsPart {
  readonly views: Rows;
  /** It is whole, and closed. */
  finish(): void;
  /** Gives it up. */
  drop(): void;
}

export function makePart({ file, tables }: { file: string; tables: string }): ViewsPart {
  const db = openNew(file, tables);
  return {
    views: writerOn(db, 'INSERT'),
    finish() {
      db.exec('COMMIT');
      db.close();
    },
    drop: () => void db.close(),
  };
}

/** Bytes that the sorting of indexes may need: that of tens of millions of events. */
const ROOM_TO_SORT = 1024 ** 3;

/** Whether there is room to sort indexes beside the memory; else each is sorted in it, whole. */
function sortsInFiles(): boolean {
  try {
    accessSync(tmpdir(), constants.W_OK);
    const { bavail, bsize } = statfsSync(tmpdir());
    return bavail * bsize >= ROOM_TO_SORT;
  } catch {
    return false;
  }
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
    // What is written is hardly read again: pages that are used over and over stay near the processor, where a large cache is
    // memory that is touched for the first time. So it is with the portions that an index is sorted in, which are as large.
    db.pragma('cache_size = -4096');
    if (file === ':memory:' || !sortsInFiles()) db.pragma('temp_store = MEMORY');
    db.exec(TABLES);
    db.exec(tables);
    db.exec('BEGIN');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}
