import type { ChainHead } from '../../core/ledger/chain.ts';
import type { Checkpoint } from '../../core/ledger/checkpoint.ts';
import type { LedgerEvent } from '../../core/ledger/envelope.ts';
import type { Have } from '../../core/ledger/order.ts';
import type { Seal } from '../../core/ledger/seal.ts';
import { chainKey, chainKeys, eventId, splitKey } from '../../core/ledger/stream.ts';
import type { SubjectRange } from '../../core/ledger/subjects.ts';
import { storedWireText, textsOf } from '../../core/ledger/texts.ts';
import { openDatabase, type SqliteDatabase } from './database.ts';
import { LEDGER_MIGRATIONS } from './ledgerMigrations.ts';
import { type LedgerReader, openLedgerReader } from './ledgerReader.ts';
import {
  type ChainRow,
  type CheckpointRow,
  COLUMNS,
  checkpointOf,
  type EventRow,
  type EventValues,
  eventOf,
  type SealedRow,
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
  readonly file: string;
  appendAll(events: readonly LedgerEvent[], more?: LedgerCommit): void;
  range(chain: string, from: number, limit: number): LedgerEvent[];
  wireTexts(chain: string, from: number, limit: number): string[];
  ofSubject(subject: string): LedgerEvent[];
  all(): IterableIterator<LedgerEvent>;
  after(have: Have): IterableIterator<LedgerEvent>;
  asAppended(): IterableIterator<LedgerEvent>;
  bySubject(range?: SubjectRange): IterableIterator<LedgerEvent>;
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

/** Id of the event that a seal ends with. */
const sealedId = ({ chain, seq }: Seal): string => `${chain}-${seq}`;

function storeOn(db: SqliteDatabase, file: string): SqliteLedgerStore {
  const insert = db.prepare<[...EventValues, key: string | null, sig: string | null]>(
    `INSERT INTO events (${COLUMNS}, key, sig) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const range = db.prepare<[string, string, number, number], EventRow>(
    `SELECT ${COLUMNS} FROM events WHERE stream = ? AND station = ? AND seq >= ? ORDER BY seq LIMIT ?`,
  );
  const ofSubject = db.prepare<[string], EventRow>(`SELECT ${COLUMNS} FROM events WHERE subject = ?`);
  const heads = db.prepare<[], ChainRow>(
    `SELECT e.stream, e.station, e.seq, e.hash, e.hlc FROM chains AS c CROSS JOIN events AS e
      WHERE e.stream = c.stream AND e.station = c.station
        AND e.seq = (SELECT max(seq) FROM events WHERE stream = c.stream AND station = c.station)
      ORDER BY c.stream, c.station`,
  );
  const beginChain = db.prepare<[stream: string, station: string, seq: number, hash: string, hlc: string]>(
    'INSERT INTO chains (stream, station, seq, hash, hlc) VALUES (?, ?, ?, ?, ?)',
  );
  const noteEnds = db.prepare<[]>(
    `UPDATE chains SET (seq, hash, hlc) = (SELECT e.seq, e.hash, e.hlc FROM events AS e
      WHERE e.stream = chains.stream AND e.station = chains.station ORDER BY e.seq DESC LIMIT 1)`,
  );
  /** Chains that are in the file. */
  const begun = new Set(
    db.prepare<[], Pick<ChainRow, 'stream' | 'station'>>('SELECT stream, station FROM chains').all().map(chainKey),
  );
  /** Whether a chain goes on beyond where `chains` says. */
  let moved = false;
  const sealLater = db.prepare<[key: string, sig: string, stream: string, station: string, seq: number]>(
    'UPDATE events SET key = ?, sig = ? WHERE stream = ? AND station = ? AND seq = ? AND sig IS NULL',
  );
  // Between two seals lie few events (see sealPoints of main/ledger): an index of them would be one page more for each commit.
  const sealIn = (order: 'ASC' | 'DESC') =>
    db.prepare<[string, string, number, number], Pick<SealedRow, 'stream' | 'station' | 'seq' | 'key' | 'sig'>>(
      `SELECT stream, station, seq, key, sig FROM events
        WHERE stream = ? AND station = ? AND seq >= ? AND seq <= ? AND sig IS NOT NULL ORDER BY seq ${order} LIMIT 1`,
    );
  const [firstSeal, lastSeal] = [sealIn('ASC'), sealIn('DESC')];
  const bindKey = db.prepare<[string, string]>('INSERT INTO keys (station, key) VALUES (?, ?) ON CONFLICT DO NOTHING');
  const keys = db.prepare<[], { station: string; key: string }>('SELECT station, key FROM keys');
  /** Stations whose key is in the file: bound at every commit, looked at once. */
  const known = new Set(keys.all().map(({ station }) => station));
  const checkpoint = db.prepare<[], CheckpointRow>('SELECT * FROM checkpoints ORDER BY events DESC LIMIT 1');
  const addCheckpoint = db.prepare<[number, number, string, string]>(
    'INSERT INTO checkpoints (events, at, heads, sig) VALUES (?, ?, ?, ?) ON CONFLICT (events) DO NOTHING',
  );
  const readNote = db.prepare<[string], string>('SELECT value FROM meta WHERE key = ?').pluck();
  const writeNote = db.prepare<[string, string]>(
    'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );
  const dropNote = db.prepare<[string]>('DELETE FROM meta WHERE key = ?');

  /** Answers the keys of the chains that moved. */
  const write = (events: readonly LedgerEvent[], { chain, seals = [], keys: bound = [] }: LedgerCommit) => {
    const last = new Map<string, LedgerEvent>();
    const keyOf = chainKeys();
    const sealed = new Map(seals.map((seal) => [sealedId(seal), seal]));
    for (const event of events) {
      const { stream, station, seq, hlc, at, type, v, subject, prev, hash } = event;
      const { actor, body } = textsOf(event);
      const { key = null, sig = null } = sealed.get(event.id) ?? {};
      sealed.delete(event.id);
      insert.run(stream, station, seq, hlc, at, type, v, subject, actor, body, prev, hash, key, sig);
      last.set(keyOf(event), event);
    }
    // Where a chain ends its rows say: to write it down with each commit would be a page more (docs/adr/0078).
    for (const [key, { stream, station, seq, hash, hlc }] of last)
      if (!begun.has(key)) beginChain.run(stream, station, seq, hash, hlc);
    for (const { chain: of, seq, key, sig } of sealed.values()) {
      const { stream, station } = splitKey(of);
      sealLater.run(key, sig, stream, station, seq);
    }
    for (const [station, key] of bound) if (!known.has(station)) bindKey.run(station, key);
    if (chain !== undefined) writeNote.run('chain', chain);
    return last.keys();
  };
  const inTransaction = db.transaction(write).immediate;
  /** Whether `write` is one statement, which SQLite makes a transaction of by itself: so it is with most decisions. */
  const isOneRow = (events: readonly LedgerEvent[], { chain, seals = [], keys: bound = [] }: LedgerCommit): boolean => {
    const [event] = events;
    if (event === undefined || events.length > 1 || chain !== undefined || !begun.has(chainKey(event))) return false;
    return seals.every((seal) => sealedId(seal) === event.id) && bound.every(([station]) => known.has(station));
  };
  const appendCheckpoint = db.transaction((...values: Parameters<typeof addCheckpoint.run>) => {
    noteEnds.run();
    addCheckpoint.run(...values);
  });

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
    file,
    appendAll(events, more = {}) {
      const moving = isOneRow(events, more) ? write(events, more) : inTransaction(events, more);
      for (const key of moving) begun.add(key);
      moved ||= events.length > 0;
      for (const [station] of more.keys ?? []) known.add(station);
    },
    range(chain, from, limit) {
      const { stream, station } = splitKey(chain);
      return range.all(stream, station, from, limit).map(eventOf);
    },
    wireTexts(chain, from, limit) {
      const { stream, station } = splitKey(chain);
      const texts: string[] = [];
      for (const row of range.all(stream, station, from, limit)) {
        if (row.seq !== from + texts.length) break;
        texts.push(storedWireText({ id: eventId(row), ...row }));
      }
      return texts;
    },
    ofSubject: (subject) => ofSubject.all(subject).map(eventOf),
    all: () => inOrderOf('hlc, station, stream, seq'),
    asAppended: () => inOrderOf('rowid'),
    bySubject: (range) => aside((reader) => reader.bySubject(range)),
    after: (have) =>
      aside(function* (reader) {
        for (const head of heads.all()) yield* reader.after(head.stream, head.station, have[chainKey(head)] ?? 0);
      }),
    heads: () => new Map(heads.all().map((row) => [chainKey(row), { seq: row.seq, hash: row.hash, hlc: row.hlc }])),
    sealWithin(chain, from, to) {
      const { stream, station } = splitKey(chain);
      const row = lastSeal.get(stream, station, from, to);
      return (row && sealOf(row)) ?? undefined;
    },
    sealFrom(chain, from) {
      const { stream, station } = splitKey(chain);
      const row = firstSeal.get(stream, station, from, Number.MAX_SAFE_INTEGER);
      return (row && sealOf(row)) ?? undefined;
    },
    keys: () => new Map(keys.all().map(({ station, key }) => [station, key])),
    checkpoint() {
      const row = checkpoint.get();
      return row ? checkpointOf(row) : null;
    },
    addCheckpoint({ events, at, heads: stood, sig }) {
      appendCheckpoint.immediate(events, at, JSON.stringify(stood), sig);
      moved = false;
    },
    note: (key) => readNote.get(key),
    setNote(key, value) {
      if (value === null) dropNote.run(key);
      else writeNote.run(key, value);
    },
    tryWrite(chars) {
      writeNote.run('try', 'x'.repeat(chars));
      dropNote.run('try');
    },
    close() {
      try {
        if (moved) noteEnds.run();
      } catch {
        // The disk refuses it: what was noted last still holds.
      }
      db.close();
    },
  };
}
