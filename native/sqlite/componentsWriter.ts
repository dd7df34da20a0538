import { closeSync, fsyncSync, openSync, rmSync } from 'node:fs';
import type { Component } from '../../core/places/component.ts';
import { coarse, componentKey, DEGREE } from './componentKey.ts';
import { openDatabase, type SqliteDatabase } from './database.ts';

/** `application_id` of the files, "OHCO", and what they are made of. */
export const COMPONENTS_FILE = { id: 0x4f48434f, version: 1 } as const;

/** Components of one leaf of the index of places. */
const LEAF = 64;
/** Rows of a transaction. */
const COMMIT = 50_000;

const TABLES = `
  CREATE TABLE components (
    n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, zh TEXT NOT NULL, en TEXT NOT NULL, owner TEXT NOT NULL,
    lon INTEGER NOT NULL, lat INTEGER NOT NULL, key INTEGER NOT NULL
  );
  CREATE VIRTUAL TABLE leaves USING rtree_i32(n, west, east, south, north, +first INTEGER, +last INTEGER);
`;

/** How a file of components differs from the one it is to replace. */
export interface ComponentsCompared {
  readonly fresh: number;
  readonly changed: number;
  readonly gone: number;
  readonly same: number;
  /** The first ids of each. */
  readonly some: {
    readonly fresh: readonly string[];
    readonly changed: readonly string[];
    readonly gone: readonly string[];
  };
}

/** A new file of components while it is written. */
export interface ComponentsWriter {
  /** False where one with that id is in it already. */
  add(component: Component): boolean;
  /** Makes its index and has it all on the disk; nothing is added afterwards. */
  finish(): void;
  /** Against a file that was finished before; only after `finish`. Null: there is none. @param most ids of each that are told */
  compared(former: string | null, most: number): ComponentsCompared;
  close(): void;
}

/**
 * Writes components into a file of their own, anew: however many there are, they are never in memory together. Their places are in an R*Tree of runs of some 64
 * that lie beside each other, as one for each of millions would take longer than all the rest.
 *
 * @param file is written over
 * @throws SqliteError; see `troubleOf`. What was written is worth nothing then.
 */
export function createComponentsFile(file: string): ComponentsWriter {
  rmSync(file, { force: true });
  const db = openDatabase(file);
  // A file that is not finished is thrown away: nothing of it needs a journal.
  db.pragma('journal_mode = OFF');
  db.pragma('synchronous = OFF');
  db.pragma('cache_size = -65536');
  db.exec(TABLES);
  const insert = db.prepare<[string, string, string, string, string, number, number, number]>(
    'INSERT OR IGNORE INTO components (id, kind, zh, en, owner, lon, lat, key) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  let rows = 0;
  db.exec('BEGIN');
  return {
    add({ id, kind, name, owner, lon, lat }) {
      const [x, y] = [Math.round(lon * DEGREE), Math.round(lat * DEGREE)];
      if (insert.run(id, kind, name.zh, name.en, owner, x, y, componentKey(lon, lat)).changes === 0) return false;
      if (++rows % COMMIT === 0) db.exec('COMMIT; BEGIN');
      return true;
    },
    finish() {
      db.exec('CREATE INDEX by_key ON components (key, lon, lat)');
      writeLeaves(db);
      // Last: one that is not finished is none.
      db.pragma(`application_id = ${COMPONENTS_FILE.id}`);
      db.pragma(`user_version = ${COMPONENTS_FILE.version}`);
      db.exec('COMMIT');
      const handle = openSync(file, 'r+');
      try {
        fsyncSync(handle);
      } finally {
        closeSync(handle);
      }
    },
    compared: (former, most) => compared(db, former, { rows, most }),
    close: () => db.close(),
  };
}

function writeLeaves(db: SqliteDatabase): void {
  const insert = db.prepare<number[]>('INSERT INTO leaves VALUES (?, ?, ?, ?, ?, ?, ?)');
  const keys = db.prepare<[], [number, number, number]>('SELECT key, lon, lat FROM components ORDER BY key').raw(true);
  // SQLite writes nothing while it reads: some at a time.
  const leaves: number[][] = [];
  let leaf: { box: [number, number, number, number]; first: number; last: number; count: number } | null = null;
  const put = () => {
    if (leaf) leaves.push([...leaf.box, leaf.first, leaf.last]);
    leaf = null;
  };
  for (const [key, lon, lat] of keys.iterate()) {
    if (leaf && key !== leaf.last && (leaf.count >= LEAF || coarse(key) !== coarse(leaf.last))) put();
    leaf ??= { box: [lon, lon, lat, lat], first: key, last: key, count: 0 };
    const { box } = leaf;
    if (lon < box[0]) box[0] = lon;
    if (lon > box[1]) box[1] = lon;
    if (lat < box[2]) box[2] = lat;
    if (lat > box[3]) box[3] = lat;
    leaf.last = key;
    leaf.count++;
  }
  put();
  for (const [n, values] of leaves.entries()) insert.run(n + 1, ...values);
}

function compared(
  db: SqliteDatabase,
  former: string | null,
  { rows, most }: { rows: number; most: number },
): ComponentsCompared {
  const first = (sql: string) => db.prepare<[number], string>(`${sql} ORDER BY 1 LIMIT ?`).pluck().all(most);
  const count = (sql: string) => db.prepare<[], number>(`SELECT count(*) FROM (${sql})`).pluck().get() ?? 0;
  if (former === null) {
    const fresh = first('SELECT id FROM main.components');
    return { fresh: rows, changed: 0, gone: 0, same: 0, some: { fresh, changed: [], gone: [] } };
  }
  db.prepare('ATTACH ? AS former').run(former);
  try {
    const fresh = 'SELECT id FROM main.components WHERE id NOT IN (SELECT id FROM former.components)';
    const gone = 'SELECT id FROM former.components WHERE id NOT IN (SELECT id FROM main.components)';
    const changed = `SELECT id FROM main.components AS a JOIN former.components AS b USING (id)
      WHERE (a.kind, a.zh, a.en, a.owner, a.lon, a.lat) IS NOT (b.kind, b.zh, b.en, b.owner, b.lon, b.lat)`;
    const counts = { fresh: count(fresh), changed: count(changed), gone: count(gone) };
    return {
      ...{ ...counts, same: rows - counts.fresh - counts.changed },
      some: { fresh: first(fresh), changed: first(changed), gone: first(gone) },
    };
  } finally {
    db.exec('DETACH former');
  }
}
