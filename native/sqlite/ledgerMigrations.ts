import type { Migration } from './migrate.ts';

/** Schema of `ledger.db`. The position in the list is the version. */
export const LEDGER_MIGRATIONS: readonly Migration[] = [
  {
    name: 'events, where each chain stands, seals, checkpoints and notes',
    sql: `
      CREATE TABLE events (
        stream TEXT NOT NULL,
        station TEXT NOT NULL,
        seq INTEGER NOT NULL,
        hlc TEXT NOT NULL,
        at INTEGER NOT NULL,
        type TEXT NOT NULL,
        v INTEGER NOT NULL,
        subject TEXT NOT NULL,
        actor TEXT NOT NULL,
        body TEXT NOT NULL,
        prev TEXT NOT NULL,
        hash TEXT NOT NULL,
        PRIMARY KEY (stream, station, seq)
      );
      CREATE INDEX events_subject ON events (subject);
      CREATE TABLE chains (
        stream TEXT NOT NULL,
        station TEXT NOT NULL,
        seq INTEGER NOT NULL,
        hash TEXT NOT NULL,
        hlc TEXT NOT NULL,
        PRIMARY KEY (stream, station)
      ) WITHOUT ROWID;
      CREATE TABLE checkpoints (
        events INTEGER PRIMARY KEY,
        at INTEGER NOT NULL,
        heads TEXT NOT NULL,
        sig TEXT NOT NULL
      );
      CREATE TABLE seals (
        stream TEXT NOT NULL,
        station TEXT NOT NULL,
        seq INTEGER NOT NULL,
        alg TEXT NOT NULL,
        key TEXT NOT NULL,
        sig TEXT NOT NULL,
        PRIMARY KEY (stream, station, seq)
      ) WITHOUT ROWID;
      CREATE TABLE keys (station TEXT PRIMARY KEY, key TEXT NOT NULL) WITHOUT ROWID;
      CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    `,
  },
  {
    name: 'each seal beside its event',
    sql: `
      ALTER TABLE events ADD COLUMN key TEXT;
      ALTER TABLE events ADD COLUMN sig TEXT;
      UPDATE events SET key = seals.key, sig = seals.sig FROM seals
        WHERE seals.stream = events.stream AND seals.station = events.station AND seals.seq = events.seq;
      DROP TABLE seals;
    `,
  },
];
