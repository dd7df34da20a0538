/** A thread that reads one SQLite file for others, one order after another; see main/wire/readers.ts. */
import { statSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { openDatabase, type SqliteDatabase, troubleOf } from './database.ts';

/** Values by the names that the SQL calls them by. */
export type ReadValues = Readonly<Record<string, string | number | null>>;

/** What is to be read. */
export interface ReadOrder {
  readonly sql: string;
  /** Selects one row for each that counts; counted to `most`. */
  readonly count?: { readonly sql: string; readonly most: number };
  readonly values: ReadValues;
}

/** What was read; of so many in all, or more where that is not exact. */
export interface ReadRows {
  readonly rows: readonly Readonly<Record<string, string | number | null>>[];
  readonly count: number;
  readonly exact: boolean;
}

/** What an order comes to. `large`: more than a reader may answer. `gone`: there is no such file now. */
export type ReadReport =
  | ({ readonly kind: 'rows' } & ReadRows)
  | { readonly kind: 'large' | 'gone' | 'busy' }
  | { readonly kind: 'failed'; readonly why: string };

/** What a reader is made with. */
export interface ReaderData {
  readonly file: string;
  readonly mostRows: number;
  readonly mostChars: number;
}

/** Statements kept for the next order that says the same. */
const KEPT = 100;

const { file, mostRows, mostChars } = workerData as ReaderData;

interface Open {
  readonly db: SqliteDatabase;
  /** Which file it is: a file that is made anew comes in its place under the same name. */
  readonly inode: number;
  readonly statements: Map<string, ReturnType<SqliteDatabase['prepare']>>;
}
let open: Open | null = null;

function opened(): Open | null {
  const inode = statSync(file, { throwIfNoEntry: false })?.ino;
  if (open && open.inode === inode) return open;
  open?.db.close();
  open = null;
  if (inode === undefined) return null;
  const db = openDatabase(file, { readonly: true });
  db.pragma('query_only = ON');
  db.pragma('cache_size = -32768');
  open = { db, inode, statements: new Map() };
  return open;
}

function prepared({ db, statements }: Open, sql: string) {
  const known = statements.get(sql);
  if (known) return known;
  if (statements.size >= KEPT) statements.clear();
  const made = db.prepare(sql);
  statements.set(sql, made);
  return made;
}

function read({ sql, count, values }: ReadOrder): ReadReport {
  const at = opened();
  if (!at) return { kind: 'gone' };
  const rows: ReadRows['rows'][number][] = [];
  let chars = 0;
  for (const each of prepared(at, sql).iterate(values)) {
    const row = each as ReadRows['rows'][number];
    for (const value of Object.values(row)) chars += typeof value === 'string' ? value.length : 8;
    if (rows.length >= mostRows || chars > mostChars) return { kind: 'large' };
    rows.push(row);
  }
  if (!count) return { kind: 'rows', rows, count: rows.length, exact: true };
  const counted = `SELECT count(*) FROM (${count.sql} LIMIT ${count.most + 1})`;
  const n = Number(Object.values(prepared(at, counted).get(values) as object)[0]);
  return { kind: 'rows', rows, count: Math.min(n, count.most), exact: n <= count.most };
}

parentPort?.on('message', (order: ReadOrder) => {
  let report: ReadReport;
  try {
    report = read(order);
  } catch (error) {
    const trouble = troubleOf(error);
    if (trouble === 'busy') report = { kind: 'busy' };
    else if (trouble === 'cannot-open') report = { kind: 'gone' };
    else report = { kind: 'failed', why: error instanceof Error ? error.message : String(error) };
  }
  parentPort?.postMessage(report);
});
