import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { ChainHead } from '../../core/ledger/chain.ts';
import type { Checkpoint } from '../../core/ledger/checkpoint.ts';
import type { Seal } from '../../core/ledger/seal.ts';
import { chainKey, splitKey } from '../../core/ledger/stream.ts';
import { openDatabase } from './database.ts';
import { LEDGER_MIGRATIONS } from './ledgerMigrations.ts';
import { type ChainRow, type CheckpointRow, COLUMNS, checkpointOf, type SealedRow, sealOf } from './ledgerRow.ts';
import { NewerFile, versionOf } from './migrate.ts';

/**
 * A ledger file that may be damaged, opened for reading only: nothing in it changes, and its write-ahead log is not folded
 * in. Each member may throw a SqliteError where pages are torn.
 */
export interface LedgerInspection {
  /** What SQLite's own quick check finds wrong, at most 20 lines; empty when nothing. */
  quickCheck(): string[];
  /** Every chain that has an event. */
  chains(): string[];
  /** How far the file says that each chain went at least: noted when it began, with each checkpoint, and when the file was closed. */
  heads(): Map<string, ChainHead>;
  /** One chain's seals, the newest first. */
  sealsOf(chain: string): IterableIterator<Seal>;
  /** The key that each station is bound to. */
  keys(): Map<string, string>;
  /** The newest checkpoint; null when there is none that can be read. */
  checkpoint(): Checkpoint | null;
  /** One chain's rows from `from` on by seq, found through the index. */
  rowsOf(chain: string, from?: number): IterableIterator<SealedRow>;
  /** Every row in the order it was appended, read without an index. */
  rowsAsAppended(): IterableIterator<SealedRow>;
  note(key: string): string | undefined;
  close(): void;
}

/** No release skips so many versions: a version beyond it is a flipped bit. */
const VERSIONS_AHEAD = 100;

/**
 * What is odd about a file's header though its pages may be whole: a format that nobody writes, which SQLite takes for a file it
 * may only read, or a schema version that no OpsHall will have for long. Null when nothing is.
 */
export function oddHeader(file: string): string | null {
  const header = Buffer.alloc(64);
  const handle = openSync(file, 'r');
  try {
    if (readSync(handle, header, 0, 64, 0) < 64) return null;
  } finally {
    closeSync(handle);
  }
  const [writeFormat, readFormat, version] = [header[18] ?? 0, header[19] ?? 0, header.readInt32BE(60)];
  if (header.toString('latin1', 0, 15) !== 'SQLite format 3') return null; // Said when it is opened.
  for (const format of [writeFormat, readFormat]) {
    if (format !== 1 && format !== 2) return `its header names the format ${format}, which there is not`;
  }
  return version < 0 || version > LEDGER_MIGRATIONS.length + VERSIONS_AHEAD
    ? `its header names the schema version ${version}, which there is not`
    : null;
}

/** How many bytes a SQLite file has, and how many its own header says (bytes 16–17 page size, 28–31 pages). */
export function lengthsOf(file: string): { bytes: number; expected: number } {
  const header = Buffer.alloc(32);
  const handle = openSync(file, 'r');
  try {
    readSync(handle, header, 0, 32, 0);
    const pageSize = header.readUInt16BE(16);
    return { bytes: fstatSync(handle).size, expected: (pageSize === 1 ? 65_536 : pageSize) * header.readUInt32BE(28) };
  } finally {
    closeSync(handle);
  }
}

/**
 * @param tolerant reads what is left of a file that is shorter than its header says; SQLite refuses every read of it otherwise.
 * @throws NewerFile when a later version wrote it.
 * @throws SqliteError when it cannot be read as a database at all.
 */
export function inspectLedgerFile(file: string, tolerant = false): LedgerInspection {
  const db = openDatabase(file, { readonly: true });
  try {
    if (tolerant) {
      db.unsafeMode(true);
      db.pragma('writable_schema = ON'); // the connection is read-only all the same
    }
    const version = versionOf(db);
    if (!tolerant && version > LEDGER_MIGRATIONS.length) throw new NewerFile(file, version, LEDGER_MIGRATIONS.length);
    db.exec('BEGIN'); // What is read is of one moment, whoever writes meanwhile.
    // A database without tables is what a start that was killed at once leaves behind: an empty ledger.
    const empty = db.prepare("SELECT count(*) FROM sqlite_master WHERE name = 'events'").pluck().get() === 0;
    // The first version had seals in a table of their own; it is looked at as it is before it is brought up to date.
    const beside =
      db.prepare("SELECT count(*) FROM pragma_table_info('events') WHERE name = 'sig'").pluck().get() !== 0;
    const sealed = beside ? '' : 'LEFT JOIN seals USING (stream, station, seq)';
    const columns = `${COLUMNS}, key, sig`;
    return {
      quickCheck() {
        const found = db.pragma('quick_check(20)') as { quick_check: string }[];
        return found
          .flatMap((row) => row.quick_check.split('\n'))
          .filter((line) => line !== 'ok' && !line.startsWith('***'));
      },
      chains: () =>
        empty
          ? []
          : db
              .prepare<[], Pick<ChainRow, 'stream' | 'station'>>(
                'SELECT DISTINCT stream, station FROM events ORDER BY stream, station',
              )
              .all()
              .map(chainKey),
      heads() {
        if (empty) return new Map();
        const rows = db.prepare<[], ChainRow>('SELECT * FROM chains ORDER BY stream, station').all();
        return new Map(rows.map((row) => [chainKey(row), { seq: row.seq, hash: row.hash }]));
      },
      *sealsOf(chain) {
        if (empty) return;
        const { stream, station } = splitKey(chain);
        const rows = db.prepare<[string, string], SealedRow>(
          `SELECT ${columns} FROM events ${sealed} WHERE stream = ? AND station = ? AND sig IS NOT NULL ORDER BY seq DESC`,
        );
        for (const row of rows.iterate(stream, station)) {
          const seal = sealOf(row);
          if (seal) yield seal;
        }
      },
      keys() {
        if (empty) return new Map();
        const rows = db.prepare<[], { station: string; key: string }>('SELECT station, key FROM keys').all();
        return new Map(rows.map(({ station, key }) => [station, key]));
      },
      checkpoint() {
        if (empty) return null;
        const row = db.prepare<[], CheckpointRow>('SELECT * FROM checkpoints ORDER BY events DESC LIMIT 1').get();
        return row ? checkpointOf(row) : null;
      },
      *rowsOf(chain, from = 0) {
        if (empty) return;
        const { stream, station } = splitKey(chain);
        yield* db
          .prepare<[string, string, number], SealedRow>(
            `SELECT ${columns} FROM events ${sealed} WHERE stream = ? AND station = ? AND seq >= ? ORDER BY seq`,
          )
          .iterate(stream, station, from);
      },
      *rowsAsAppended() {
        if (empty) return;
        yield* db
          .prepare<[], SealedRow>(`SELECT ${columns} FROM events NOT INDEXED ${sealed} ORDER BY events.rowid`)
          .iterate();
      },
      note: (key) =>
        empty ? undefined : db.prepare<[string], string>('SELECT value FROM meta WHERE key = ?').pluck().get(key),
      close: () => void db.close(),
    };
  } catch (error) {
    db.close();
    throw error;
  }
}
