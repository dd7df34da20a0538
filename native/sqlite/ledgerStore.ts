import type { ChainHead } from '../../core/ledger/chain.ts';
import type { LedgerEvent } from '../../core/ledger/envelope.ts';
import { openDatabase, type SqliteDatabase } from './database.ts';
import { LEDGER_MIGRATIONS } from './ledgerMigrations.ts';
import { COLUMNS, type EventRow, eventOf } from './ledgerRow.ts';
import { migrate } from './migrate.ts';

/** The ledger's events in a SQLite file. The only writer of it; implements `LedgerStore` of main/ledger. */
export interface SqliteLedgerStore {
  appendAll(events: readonly LedgerEvent[], chain?: string): void;
  range(station: string, from: number, limit: number): LedgerEvent[];
  ofSubject(subject: string): LedgerEvent[];
  all(): IterableIterator<LedgerEvent>;
  heads(): Map<string, ChainHead & { hlc: string }>;
  note(key: string): string | undefined;
  setNote(key: string, value: string | null): void;
  tryWrite(chars: number): void;
  close(): void;
}

/**
 * Opens or creates `ledger.db`: WAL, synchronous=FULL, newest schema.
 *
 * @param timeout ms to wait for another program that holds the file for a moment (a backup).
 * @throws NewerFile, SqliteError
 */
export function openLedgerStore(file: string, timeout = 2000): SqliteLedgerStore {
  const db = openDatabase(file, { timeout });
  try {
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    migrate(db, LEDGER_MIGRATIONS);
    return storeOn(db, file);
  } catch (error) {
    db.close();
    throw error;
  }
}

function storeOn(db: SqliteDatabase, file: string): SqliteLedgerStore {
  const insert = db.prepare<EventRow>(
    `INSERT INTO events (${COLUMNS}) VALUES (@station, @seq, @hlc, @at, @type, @subject, @actor, @body, @prev, @hash)`,
  );
  const range = db.prepare<[string, number, number], EventRow>(
    `SELECT ${COLUMNS} FROM events WHERE station = ? AND seq >= ? ORDER BY seq LIMIT ?`,
  );
  const ofSubject = db.prepare<[string], EventRow>(`SELECT ${COLUMNS} FROM events WHERE subject = ?`);
  const heads = db.prepare<[], Pick<EventRow, 'station' | 'seq' | 'hash' | 'hlc'>>(
    'SELECT station, max(seq) AS seq, hash, hlc FROM events GROUP BY station ORDER BY station',
  );
  const readNote = db.prepare<[string], string>('SELECT value FROM meta WHERE key = ?').pluck();
  const writeNote = db.prepare<[string, string]>(
    'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );
  const dropNote = db.prepare<[string]>('DELETE FROM meta WHERE key = ?');

  const appendAll = db.transaction((events: readonly LedgerEvent[], chain: string | undefined) => {
    for (const { id, body, ...columns } of events) insert.run({ ...columns, body: JSON.stringify(body) });
    if (chain !== undefined) writeNote.run('chain', chain);
  });

  return {
    appendAll: (events, chain) => appendAll.immediate(events, chain),
    range: (station, from, limit) => range.all(station, from, limit).map(eventOf),
    ofSubject: (subject) => ofSubject.all(subject).map(eventOf),
    *all() {
      // A connection of its own: a statement that is being read would block every append.
      const reader = openDatabase(file, { readonly: true });
      try {
        const rows = reader.prepare<[], EventRow>(`SELECT ${COLUMNS} FROM events ORDER BY hlc, station, seq`);
        for (const row of rows.iterate()) yield eventOf(row);
      } finally {
        reader.close();
      }
    },
    heads: () => new Map(heads.all().map(({ station, seq, hash, hlc }) => [station, { seq, hash, hlc }])),
    note: (key) => readNote.get(key),
    setNote(key, value) {
      if (value === null) dropNote.run(key);
      else writeNote.run(key, value);
    },
    tryWrite(chars) {
      writeNote.run('try', 'x'.repeat(chars));
      dropNote.run('try');
    },
    close: () => void db.close(),
  };
}
