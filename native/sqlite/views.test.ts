import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createScratch } from '../../tests/support/scratch.ts';
import { openDatabase } from './database.ts';
import { DamagedViews, openViews } from './views.ts';
import { makePart, makeViews } from './viewsMaking.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());

const row = (subject: string, open: number, over: number | null) => ({
  ...{ subject, kind: 'tally', open, over, hlc: 'h', stream: 'ops', station: 'A', seq: 1 },
  state: JSON.stringify({ subject, words: '积水' }),
});

function made(file: string) {
  const making = makeViews({ file, stamp: 'v1', tables: 'CREATE TABLE more (id TEXT);' });
  making.views.putState(row('tally:1', 1, null));
  for (let i = 2; i < 6; i++) making.views.putState(row(`tally:${i}`, 0, i));
  return making;
}

test('V8 it takes its place when it is whole, and is opened by the same stamp only', async () => {
  const file = join(await scratch.folder(), 'views.db');
  const making = made(file);
  expect(openViews(file, 'v1')).toBeNull();
  making.drop();
  expect(existsSync(`${file}.new`)).toBe(false);
  made(file).finish('here').close();
  expect(openViews(file, 'v2')).toBeNull();
  const views = openViews(file, 'v1');
  expect(views?.position()).toBe('here');
  expect(views?.open('tally').map(({ subject }) => subject)).toEqual(['tally:1']);
  expect(views?.newestOver('tally', 2).map(({ subject }) => subject)).toEqual(['tally:5', 'tally:4']);
  expect([...(views?.states() ?? [])]).toHaveLength(5);
  views?.close();
});

test('V8 a part that was made in another file is taken over as it is, and leaves no file', async () => {
  const folder = await scratch.folder();
  const file = join(folder, 'views.db');
  const tables = 'CREATE TABLE more (id TEXT PRIMARY KEY, words TEXT) WITHOUT ROWID;';
  const making = makeViews({ file, stamp: 'v1', tables: `${tables} CREATE TABLE own (id TEXT);` });
  making.views.prepare("INSERT INTO own VALUES ('x')").run();
  const part = makePart({ file: making.part ?? '', tables });
  part.views.putState(row('tally:1', 1, null));
  part.views.prepare("INSERT INTO more VALUES ('a', '积水')").run();
  const foreign = { id: 'ops/Z-1', type: 'balloon.risen', subject: 'balloon:1' };
  part.views.putForeign(foreign);
  part.finish();
  expect(making.takePart()).toEqual([foreign]);
  const views = making.finish('here');
  expect(readdirSync(folder).filter((name) => name.includes('part'))).toEqual([]);
  expect(views.state('tally:1')).toMatchObject(row('tally:1', 1, null));
  expect(views.prepare('SELECT words, (SELECT id FROM own) AS own FROM more').get()).toEqual({
    words: '积水',
    own: 'x',
  });
  views.close();
});

test('V8 what comes behind the part follows it, and rows that SQLite numbers go on from its last number', async () => {
  const folder = await scratch.folder();
  const tables = 'CREATE TABLE more (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);';
  const making = makeViews({ file: join(folder, 'views.db'), stamp: 'v1', tables });
  const part = makePart({ file: making.part ?? '', tables });
  const fill = (subject: string, { views }: Pick<typeof part, 'views'>) => {
    views.putState(row(subject, 1, null));
    for (const id of ['1', '2']) views.prepare('INSERT INTO more (id) VALUES (?)').run(subject + id);
    views.putForeign({ id: `${subject} is foreign`, type: 'balloon.risen', subject });
  };
  fill('tally:c', { views: making.behindPart(tables) });
  fill('tally:b', { views: making.behindPart(tables) });
  fill('tally:a', part);
  part.finish();
  expect(making.takePart().map(({ subject }) => subject)).toEqual(['tally:a', 'tally:b', 'tally:c']);
  const views = making.finish('here');
  expect(readdirSync(folder).filter((name) => name.includes('part'))).toEqual([]);
  expect(views.prepare('SELECT subject FROM states ORDER BY rowid').all()).toEqual([
    { subject: 'tally:a' },
    { subject: 'tally:b' },
    { subject: 'tally:c' },
  ]);
  expect(views.prepare('SELECT n, id FROM more').all()).toEqual(
    ['tally:a1', 'tally:a2', 'tally:b1', 'tally:b2', 'tally:c1', 'tally:c2'].map((id, i) => ({ n: i + 1, id })),
  );
  views.close();
});

test('V8 what comes behind a part is given up with it', async () => {
  const folder = await scratch.folder();
  const making = makeViews({ file: join(folder, 'views.db'), stamp: 'v1', tables: '' });
  making.behindPart('').putState(row('tally:1', 1, null));
  making.drop();
  expect(readdirSync(folder)).toEqual([]);
});

test('V2 what a failed write began is taken back, its position with it', async () => {
  const views = made(join(await scratch.folder(), 'views.db')).finish('before');
  const failing = () =>
    views.write('after', () => {
      views.putState(row('tally:1', 0, 9));
      throw new Error('no room');
    });
  expect(failing).toThrow('no room');
  expect([views.position(), views.state('tally:1')?.open]).toEqual(['before', 1]);
  views.write('after', () => views.putState(row('tally:1', 0, 9)));
  expect([views.position(), views.state('tally:1')?.open]).toEqual(['after', 0]);
  views.close();
});

test('all states are those of one moment, whatever is written meanwhile', async () => {
  const views = made(join(await scratch.folder(), 'views.db')).finish('before');
  const rows = views.states();
  views.write('after', () => views.putState(row('tally:9', 0, 9)));
  expect([...rows]).toHaveLength(5);
  expect([...views.states()]).toHaveLength(6);
  views.close();
});

test('V7 a state that is not what was written is no state, and a file that is none is said to be', async () => {
  const folder = await scratch.folder();
  const file = join(folder, 'views.db');
  made(file).finish('here').close();
  const db = openDatabase(file);
  db.prepare("UPDATE states SET state = replace(state, '积水', '洪水') WHERE subject = 'tally:3'").run();
  db.close();
  const views = openViews(file, 'v1');
  expect(() => views?.state('tally:3')).toThrow(DamagedViews);
  expect(views?.state('tally:2')?.state).toContain('积水');
  views?.close();
  writeFileSync(join(folder, 'torn.db'), 'x'.repeat(9000));
  expect(() => openViews(join(folder, 'torn.db'), 'v1')).toThrow(expect.objectContaining({ code: 'SQLITE_NOTADB' }));
});
