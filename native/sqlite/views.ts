import { existsSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import type { LedgerEvent } from '../../core/ledger/envelope.ts';
import { openDatabase, type SqliteDatabase } from './database.ts';
import { type EventRows, modelDbOn } from './modelDb.ts';

/** The state of one aggregate as it was put down. */
export interface StateRow {
  subject: string;
  kind: string;
  /** Whether it goes on: 1, 0. */
  open: number;
  /** Wall time at which it was over, for those that are told to windows a while longer; null for all others. */
  over: number | null;
  /** Where its last event stands in the merge order. */
  hlc: string;
  stream: string;
  station: string;
  seq: number;
  /** JSON; null where it is folded again by whoever needs it. */
  state: string | null;
}

/** An event nobody here understands. */
export interface ForeignRow {
  id: string;
  type: string;
  subject: string;
}

/** States and rows of read models in a SQLite file. Implements `ViewsStore` of main/kernel. */
export interface SqliteViews {
  readonly file: string;
  /** What the file was made by, and where the ledger stood that it was made from, as texts. */
  position(): string;
  state(subject: string): StateRow | undefined;
  open(kind: string): StateRow[];
  newestOver(kind: string, limit: number): StateRow[];
  /** Every subject and its state, in the order of the subjects, as they are at the first of them. */
  states(): IterableIterator<Pick<StateRow, 'subject' | 'state'>>;
  foreign(): ForeignRow[];
  /** For the tables of read models. */
  prepare(sql: string): {
    run(...values: unknown[]): unknown;
    get(...values: unknown[]): unknown;
    all(...values: unknown[]): unknown[];
  };
  define(name: string, answer: (value: unknown) => string): void;
  /** Lays events into a table of their own while they are used. */
  arrive(events: readonly LedgerEvent[], use: (rows: EventRows) => void): void;
  /** All of it or nothing; `position` belongs to it. */
  write(position: string, work: () => void): void;
  putState(row: StateRow): void;
  putForeign(row: ForeignRow): void;
  close(): void;
}

/** The file cannot be trusted: what a row says is not what was written. */
export class DamagedViews extends Error {
  constructor(file: string, subject: string) {
    super(`${file}: the state of ${subject} is not the one that was written`);
    this.name = 'DamagedViews';
  }
}

/** What every such file has. */
export const TABLES = `
  CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE foreign_events (id TEXT PRIMARY KEY, type TEXT NOT NULL, subject TEXT NOT NULL);
  CREATE TABLE states (
    subject TEXT NOT NULL,
    kind TEXT NOT NULL,
    open INTEGER NOT NULL,
    over INTEGER,
    hlc TEXT NOT NULL,
    stream TEXT NOT NULL,
    station TEXT NOT NULL,
    seq INTEGER NOT NULL,
    crc INTEGER,
    state TEXT
  );
`;
/** The same, made of the rows. */
export const INDEXES = `
  CREATE UNIQUE INDEX states_subject ON states (subject);
  CREATE INDEX states_open ON states (kind) WHERE open;
  CREATE INDEX states_over ON states (kind, over) WHERE over IS NOT NULL;
`;
const COLUMNS = 'subject, kind, open, over, hlc, stream, station, seq, state';

/**
 * Opens what was made by the same `stamp`; null when there is no such file.
 *
 * @throws SqliteError for a file that is none, or that cannot be read or written.
 */
export function openViews(file: string, stamp: string): SqliteViews | null {
  if (!existsSync(file)) return null;
  const db = openDatabase(file);
  try {
    db.pragma('journal_mode = WAL');
    // A power cut may take the last moments, never what holds together: the position tells what is missing.
    db.pragma('synchronous = NORMAL');
    db.pragma('temp_store = MEMORY');
    const known = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'about'").get();
    const made = known && db.prepare("SELECT value FROM about WHERE key = 'stamp'").pluck().get();
    if (made !== stamp) {
      db.close();
      return null;
    }
    return viewsOn(db, file);
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Puts rows into an open file. */
export function writerOn(db: SqliteDatabase, insert: 'INSERT' | 'INSERT OR REPLACE') {
  const put = db.prepare(
    `${insert} INTO states (subject, kind, open, over, hlc, stream, station, seq, crc, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const note = db.prepare('INSERT OR IGNORE INTO foreign_events (id, type, subject) VALUES (?, ?, ?)');
  return {
    ...modelDbOn(db),
    putState({ subject, kind, open, over, hlc, stream, station, seq, state }: StateRow) {
      put.run(subject, kind, open, over, hlc, stream, station, seq, state === null ? null : crc32(state), state);
    },
    putForeign({ id, type, subject }: ForeignRow) {
      note.run(id, type, subject);
    },
  };
}

/** @param db an open file with all tables */
export function viewsOn(db: SqliteDatabase, file: string): SqliteViews {
  type Checked = StateRow & { crc: number | null };
  const position = db.prepare<[], string>("SELECT value FROM about WHERE key = 'position'").pluck();
  const move = db.prepare<[string]>("UPDATE about SET value = ? WHERE key = 'position'");
  const state = db.prepare<[string], Checked>(`SELECT ${COLUMNS}, crc FROM states WHERE subject = ?`);
  const open = db.prepare<[string], Checked>(
    `SELECT ${COLUMNS}, crc FROM states WHERE open AND kind = ? ORDER BY subject`,
  );
  const newest = db.prepare<[string, number], Checked>(
    `SELECT ${COLUMNS}, crc FROM states WHERE kind = ? AND over IS NOT NULL ORDER BY over DESC, subject LIMIT ?`,
  );
  const foreign = db.prepare<[], ForeignRow>('SELECT id, type, subject FROM foreign_events ORDER BY rowid');
  const write = db.transaction((at: string, work: () => void) => {
    work();
    move.run(at);
  });
  const every = 'SELECT subject, state FROM states ORDER BY subject';

  /** A row that says something else than was written has no state that could be shown. */
  const checked = (row: Checked): StateRow => {
    const crc = typeof row.state === 'string' ? crc32(row.state) : null;
    if ((crc === null && row.state !== null) || crc !== row.crc) throw new DamagedViews(file, row.subject);
    return row;
  };

  return {
    file,
    position: () => position.get() ?? '',
    state(subject) {
      const row = state.get(subject);
      return row && checked(row);
    },
    open: (kind) => open.all(kind).map(checked),
    newestOver: (kind, limit) => newest.all(kind, limit).map(checked),
    states() {
      if (file === ':memory:') return db.prepare<[], Pick<StateRow, 'subject' | 'state'>>(every).all().values();
      // A connection of its own sees one moment, that of its first row, and keeps nobody from writing.
      const reader = openDatabase(file, { readonly: true });
      const rows = reader.prepare<[], Pick<StateRow, 'subject' | 'state'>>(every).iterate();
      let next = rows.next();
      return (function* () {
        try {
          for (; !next.done; next = rows.next()) yield next.value;
        } finally {
          rows.return?.();
          reader.close();
        }
      })();
    },
    foreign: () => foreign.all(),
    ...writerOn(db, 'INSERT OR REPLACE'),
    write: (at, work) => write.immediate(at, work),
    close: () => void db.close(),
  };
}
