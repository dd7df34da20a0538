import type { ChainHead } from '../../core/ledger/chain.ts';
import type { Checkpoint } from '../../core/ledger/checkpoint.ts';
import type { LedgerEvent } from '../../core/ledger/envelope.ts';
import type { Have } from '../../core/ledger/order.ts';
import type { Seal } from '../../core/ledger/seal.ts';
import { chainKey, splitKey } from '../../core/ledger/stream.ts';
import { openDatabase, type SqliteDatabase } from './database.ts';
import { LEDGER_MIGRATIONS } from './ledgerMigrations.ts';
import { type LedgerReader, openLedgerReader } from './ledgerReader.ts';
import {
  type ChainRow,
  type CheckpointRow,
  COLUMNS,
  checkpointOf,
  type EventRow,
  eventOf,
  rowOf,
  type SealRow,
  sealOf,
} from './ledgerRow.ts';
import { migrate } from './migrate.ts';

/** What is written in one transaction with events. */
export interface LedgerCommit {
  /** Set when this file's own chain changes. */
  chain?: string | undefined;
  seals?: readonly Seal[];
  /** Keys that stations are bound to from now on: station and key. */
  keys?: readonly (readonly [station: string, key: string])[];
}

/** The ledger's events in a SQLite file. The only writer of it; implements `LedgerStore` of main/ledger. */
export interface SqliteLedgerStore {
  appendAll(events: readonly LedgerEvent[], more?: LedgerCommit): void;
  range(chain: string, from: number, limit: number): LedgerEvent[];
  ofSubject(subject: string): LedgerEvent[];
  all(): IterableIterator<LedgerEvent>;
  after(have: Have): IterableIterator<LedgerEvent>;
  asAppended(): IterableIterator<LedgerEvent>;
  bySubject(): IterableIterator<LedgerEvent>;
  heads(): Map<string, ChainHead & { hlc: string }>;
  /** The last seal of a chain from `from` to `to`. */
  sealWithin(chain: string, from: number, to: number): Seal | undefined;
  /** The first seal of a chain from `from` on. */
  sealFrom(chain: string, from: number): Seal | undefined;
  keys(): Map<string, string>;
  checkpoint(): Checkpoint | null;
  addCheckpoint(checkpoint: Checkpoint): void;
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
    `INSERT INTO events (${COLUMNS}) VALUES (@stream, @station, @seq, @hlc, @at, @type, @v, @subject, @actor, @body, @prev, @hash)`,
  );
  const range = db.prepare<[string, string, number, number], EventRow>(
    `SELECT ${COLUMNS} FROM events WHERE stream = ? AND station = ? AND seq >= ? ORDER BY seq LIMIT ?`,
  );
  const ofSubject = db.prepare<[string], EventRow>(`SELECT ${COLUMNS} FROM events WHERE subject = ?`);
  const heads = db.prepare<[], ChainRow>('SELECT stream, station, seq, hash, hlc FROM chains ORDER BY stream, station');
  const moveHead = db.prepare<ChainRow>(
    `INSERT INTO chains (stream, station, seq, hash, hlc) VALUES (@stream, @station, @seq, @hash, @hlc)
      ON CONFLICT (stream, station) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, hlc = excluded.hlc`,
  );
  const addSeal = db.prepare<SealRow>(
    `INSERT INTO seals (stream, station, seq, alg, key, sig) VALUES (@stream, @station, @seq, @alg, @key, @sig)
      ON CONFLICT DO NOTHING`,
  );
  const sealWithin = db.prepare<[string, string, number, number], SealRow>(
    'SELECT * FROM seals WHERE stream = ? AND station = ? AND seq >= ? AND seq <= ? ORDER BY seq DESC LIMIT 1',
  );
  const sealFrom = db.prepare<[string, string, number], SealRow>(
    'SELECT * FROM seals WHERE stream = ? AND station = ? AND seq >= ? ORDER BY seq LIMIT 1',
  );
  const bindKey = db.prepare<[string, string]>('INSERT INTO keys (station, key) VALUES (?, ?) ON CONFLICT DO NOTHING');
  const keys = db.prepare<[], { station: string; key: string }>('SELECT station, key FROM keys');
  const checkpoint = db.prepare<[], CheckpointRow>('SELECT * FROM checkpoints ORDER BY events DESC LIMIT 1');
  const addCheckpoint = db.prepare<[number, number, string, string]>(
    'INSERT INTO checkpoints (events, at, heads, sig) VALUES (?, ?, ?, ?) ON CONFLICT (events) DO NOTHING',
  );
  const readNote = db.prepare<[string], string>('SELECT value FROM meta WHERE key = ?').pluck();
  const writeNote = db.prepare<[string, string]>(
    'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );
  const dropNote = db.prepare<[string]>('DELETE FROM meta WHERE key = ?');

  const appendAll = db.transaction(
    (events: readonly LedgerEvent[], { chain, seals = [], keys: bound = [] }: LedgerCommit) => {
      const last = new Map<string, LedgerEvent>();
      for (const event of events) {
        insert.run(rowOf(event));
        last.set(chainKey(event), event);
      }
      for (const { stream, station, seq, hash, hlc } of last.values())
        moveHead.run({ stream, station, seq, hash, hlc });
      for (const { chain: of, ...seal } of seals) addSeal.run({ ...splitKey(of), ...seal });
      for (const [station, key] of bound) bindKey.run(station, key);
      if (chain !== undefined) writeNote.run('chain', chain);
    },
  );

  function* aside(read: (reader: LedgerReader) => Iterable<LedgerEvent>): IterableIterator<LedgerEvent> {
    const reader = openLedgerReader(file);
    try {
      yield* read(reader);
    } finally {
      reader.close();
    }
  }

  const inOrderOf = (columns: string): IterableIterator<LedgerEvent> => aside((reader) => reader.inOrderOf(columns));

  return {
    appendAll: (events, more = {}) => appendAll.immediate(events, more),
    range(chain, from, limit) {
      const { stream, station } = splitKey(chain);
      return range.all(stream, station, from, limit).map(eventOf);
    },
    ofSubject: (subject) => ofSubject.all(subject).map(eventOf),
    all: () => inOrderOf('hlc, station, stream, seq'),
    asAppended: () => inOrderOf('rowid'),
    bySubject: () => inOrderOf('subject'),
    after: (have) =>
      aside(function* (reader) {
        for (const head of heads.all()) yield* reader.after(head.stream, head.station, have[chainKey(head)] ?? 0);
      }),
    heads: () => new Map(heads.all().map((row) => [chainKey(row), { seq: row.seq, hash: row.hash, hlc: row.hlc }])),
    sealWithin(chain, from, to) {
      const { stream, station } = splitKey(chain);
      const row = sealWithin.get(stream, station, from, to);
      return row && sealOf(row);
    },
    sealFrom(chain, from) {
      const { stream, station } = splitKey(chain);
      const row = sealFrom.get(stream, station, from);
      return row && sealOf(row);
    },
    keys: () => new Map(keys.all().map(({ station, key }) => [station, key])),
    checkpoint() {
      const row = checkpoint.get();
      return row ? checkpointOf(row) : null;
    },
    addCheckpoint: ({ events, at, heads: stood, sig }) =>
      void addCheckpoint.run(events, at, JSON.stringify(stood), sig),
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
