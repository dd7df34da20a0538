import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openDatabase } from '../../native/sqlite/database.ts';
import { createFakeClock } from '../../tests/fakes/clock.ts';
import { createScratch } from '../../tests/support/scratch.ts';
import { until } from '../../tests/support/until.ts';
import { createReaders, type ReadLimits } from './readers.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());

const LIST = 'SELECT id, name FROM things WHERE id > :after ORDER BY id LIMIT :limit';
/** Takes as long as it is told, and answers no row until it is done. */
const DEAR = 'WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < :n) SELECT count(*) AS n FROM c';

function things(file: string, count: number): void {
  const db = openDatabase(file);
  db.pragma('journal_mode = WAL');
  db.exec('CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT)');
  const add = db.prepare('INSERT INTO things (name) VALUES (?)');
  for (let i = 1; i <= count; i++) add.run(`事物 ${i}`);
  db.close();
}

function open(count = 100, limits: Partial<ReadLimits> = {}, threads = 2) {
  const file = join(scratch.folder(), 'views.db');
  things(file, count);
  const clock = createFakeClock();
  const readers = scratch.keep(createReaders({ file, clock, threads, limits }), (it) => it.close());
  return { file, readers, clock };
}

test('V12 while the file may not be told from, what is asked is refused with the reason, and answered afterwards', async () => {
  const file = join(scratch.folder(), 'views.db');
  things(file, 3);
  let why: string | null = 'it is being made anew';
  const readers = scratch.keep(
    createReaders({ file, clock: createFakeClock(), threads: 1, refuses: () => why }),
    (it) => it.close(),
  );
  const order = { sql: LIST, values: { after: 0, limit: 2 } };
  await expect(readers.read(order)).rejects.toMatchObject({ code: 'unavailable', message: 'it is being made anew' });
  why = null;
  expect((await readers.read(order)).rows).toHaveLength(2);
});

test('rows are read by name, and counted to a bound', async () => {
  const { readers } = open(100);
  const values = { after: 10, limit: 2 };
  const all = 'SELECT 1 FROM things WHERE id > :after';
  expect(await readers.read({ sql: LIST, values, count: { sql: all, most: 90 } })).toMatchObject({
    rows: [
      { id: 11, name: '事物 11' },
      { id: 12, name: '事物 12' },
    ],
    count: 90,
    exact: true,
  });
  expect(await readers.read({ sql: LIST, values, count: { sql: all, most: 89 } })).toMatchObject({
    ...{ count: 89, exact: false },
  });
});

test('an order that brings too much is refused with what to do; one that is wrong is a fault; nothing can be written', async () => {
  const { readers } = open(100, { rows: 50, chars: 1000 });
  const too = { code: 'too-large', message: expect.stringContaining('ask for less') };
  await expect(readers.read({ sql: LIST, values: { after: 0, limit: 51 } })).rejects.toMatchObject(too);
  await expect(readers.read({ sql: "SELECT printf('%2000s', 'x') AS x", values: {} })).rejects.toMatchObject(too);
  await expect(readers.read({ sql: 'SELECT no_such', values: {} })).rejects.toThrow('no such column: no_such');
  await expect(readers.read({ sql: 'DELETE FROM things RETURNING id', values: {} })).rejects.toThrow(/readonly/);
  await expect(readers.read({ sql: LIST, values: { after: 0, limit: 2 } })).resolves.toMatchObject({ count: 2 });
});

test('an order that takes too long is given up; the others are read meanwhile, and afterwards', async () => {
  const { readers, clock } = open();
  const ends: unknown[] = [];
  readers.read({ sql: DEAR, values: { n: 5_000_000 } }).then(
    () => ends.push('read'),
    (error) => ends.push(error),
  );
  for (let i = 0; i < 3; i++) {
    const { rows } = await readers.read({ sql: LIST, values: { after: i, limit: 1 } });
    expect(rows[0]?.id).toBe(i + 1);
  }
  // Nothing else is being read: it is the dear one that is given up, once its thread runs.
  await until(() => {
    clock.advanceSync(3000);
    return ends.length > 0;
  });
  expect(ends).toEqual([
    expect.objectContaining({ code: 'too-large', message: 'the query takes too long: ask for less' }),
  ]);
  await expect(readers.read({ sql: LIST, values: { after: 0, limit: 1 } })).resolves.toMatchObject({ count: 1 });
});

test('a file that is not there yet, or comes in the place of another, is found by itself', async () => {
  const file = join(scratch.folder(), 'views.db');
  const readers = scratch.keep(createReaders({ file, clock: createFakeClock(), threads: 1 }), (it) => it.close());
  const first = () => readers.read({ sql: LIST, values: { after: 0, limit: 1 } });
  await expect(first()).rejects.toMatchObject({ code: 'unavailable' });
  things(file, 3);
  await expect(first()).resolves.toMatchObject({ count: 1 });
  const anew = `${file}.new`;
  const db = openDatabase(anew);
  db.exec("CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT); INSERT INTO things (name) VALUES ('other')");
  db.close();
  renameSync(anew, file);
  await expect(first()).resolves.toMatchObject({ rows: [{ name: 'other' }] });
});

test('what is written is in what is read next', async () => {
  const { file, readers } = open(0);
  const db = scratch.keep(openDatabase(file), (it) => void it.close());
  for (const name of ['a', 'b']) {
    db.prepare('INSERT INTO things (name) VALUES (?)').run(name);
    const { rows } = await readers.read({ sql: 'SELECT name FROM things ORDER BY id DESC LIMIT 1', values: {} });
    expect(rows).toEqual([{ name }]);
  }
});

test('too many that wait are sent away, and a hall that closes leaves nobody waiting', async () => {
  const { readers } = open(10, { waiting: 2 }, 1);
  const slow = { sql: DEAR, values: { n: 300_000 } };
  const asked = Array.from({ length: 5 }, () =>
    readers.read(slow).then(
      () => 'read',
      (error) => error.code,
    ),
  );
  expect((await Promise.all(asked)).sort()).toEqual(['busy', 'busy', 'read', 'read', 'read']);
  const last = readers.read(slow).then(
    () => 'read',
    (error) => error.code,
  );
  const closing = readers.close();
  expect(['read', 'unavailable']).toContain(await last);
  await closing;
  await expect(readers.read(slow)).rejects.toMatchObject({ code: 'unavailable' });
});
