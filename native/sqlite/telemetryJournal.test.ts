import {
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTelemetryJournal } from './telemetryJournal.ts';

const DAY = 86_400_000;
const T = 20_000 * DAY;

describe('the telemetry journal', () => {
  let folder: string;
  let file: string;
  let now: number;
  let faults: { message: string; setAside: string | null }[];
  const open = (more: { keepDays?: number; bufferRows?: number } = {}) =>
    openTelemetryJournal({ file, now: () => now, onFault: (fault) => faults.push(fault), ...more });
  const tables = () => {
    const db = new Database(file, { readonly: true });
    const rows = db.prepare<[], { name: string }>("SELECT name FROM sqlite_master WHERE type = 'table'").all();
    db.close();
    return rows.map((r) => r.name).sort();
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'opshall-telemetry-'));
    file = join(folder, 'telemetry.db');
    now = T;
    faults = [];
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('gives back what was written, in order, over a restart', () => {
    const journal = open();
    for (let i = 0; i < 250; i++) journal.observation(i % 2 === 0 ? 'WL-1' : 'WL-2', T + i, i / 8, i % 3);
    journal.position('U-1', T, 121.1234567, 29.7654321, 359.5, 12.5, 4);
    journal.flush();
    journal.observation('WL-1', T + 999, 7, 0);
    journal.close();

    const again = open();
    again.observation('WL-2', T + 1000, 1, 0);
    const values = again.observationsOf('WL-1', T, T + 5000);
    expect(values).toHaveLength(126);
    expect(values[1]).toEqual({ t: T + 2, value: 0.25, quality: 2 });
    expect(values.at(-1)).toEqual({ t: T + 999, value: 7, quality: 0 });
    expect(again.observationsOf('WL-2', T + 1000, T + 1000)).toHaveLength(1);
    expect(again.observationsOf('WL-9', 0, T + 5000)).toEqual([]);
    again.close();
    const db = new Database(file, { readonly: true });
    expect(db.prepare('SELECT lon, lat, heading, speed, status FROM positions_day20000').get()).toEqual({
      ...{ lon: 1_211_234_567, lat: 297_654_321, heading: 359.5, speed: 12.5, status: 4 },
    });
    db.close();
    expect(faults).toEqual([]);
  });

  test('begins a table a day and drops the old ones', () => {
    const journal = open({ keepDays: 1 });
    for (let day = 0; day < 4; day++) {
      now = T + day * DAY;
      journal.observation('WL-1', now, day, 0);
      journal.flush();
    }
    expect(journal.observationsOf('WL-1', 0, T + 9 * DAY).map((o) => o.value)).toEqual([2, 3]);
    journal.close();
    expect(tables()).toEqual([
      'names',
      'observations_day20002',
      'observations_day20003',
      'positions_day20002',
      'positions_day20003',
    ]);
  });

  test('is bounded: what does not fit is dropped and counted, and says how full it is', () => {
    const journal = open({ bufferRows: 10 });
    for (let i = 0; i < 8; i++) journal.observation('WL-1', T + i, i, 0);
    expect(journal.pressure()).toBe(0.8);
    for (let i = 0; i < 7; i++) journal.position('U-1', T, 0, 0, 0, 0, 0);
    expect(journal.dropped()).toBe(5);
    journal.flush();
    expect(journal.pressure()).toBe(0);
    expect(journal.observationsOf('WL-1', 0, T * 2)).toHaveLength(8);
    journal.close();
  });

  test('a file that is no database is set aside, nothing deleted', () => {
    writeFileSync(file, 'x'.repeat(10_000));
    const journal = open();
    journal.observation('WL-1', T, 1, 0);
    journal.close();
    expect(faults).toMatchObject([{ setAside: `${file}.torn-1` }]);
    expect(readFileSync(`${file}.torn-1`, 'utf8')).toBe('x'.repeat(10_000));
    expect(tables()).toContain('observations_day20000');
  });

  test.each([
    ['cut short', (path: string) => truncateSync(path, Math.floor(statSync(path).size / 2))],
    [
      'overwritten in the middle',
      (path: string) => {
        const fd = openSync(path, 'r+');
        for (let at = 4096; at < statSync(path).size; at += 4096) writeSync(fd, Buffer.alloc(4096, 0xa5), 0, 4096, at);
        closeSync(fd);
      },
    ],
  ])(
    'a file %s is noticed at the latest when it is written to, and set aside; no row that waited is lost',
    (_how, tear) => {
      const journal = open();
      for (let i = 0; i < 5000; i++) journal.observation(`WL-${i % 50}`, T + i, i, 0);
      journal.close();
      tear(file);

      const again = open();
      for (let i = 0; i < 500; i++) again.observation('WL-7', T + i, i, 0);
      again.observation('WL-new', T, 1, 0);
      again.flush();
      expect(faults).toMatchObject([{ setAside: `${file}.torn-1` }]);
      expect(faults[0]?.message).toContain('set aside');
      expect(again.dropped()).toBe(0);
      expect(again.observationsOf('WL-7', 0, T * 2)).toHaveLength(500);
      again.close();
      const reopened = open();
      expect(reopened.observationsOf('WL-new', 0, T * 2)).toHaveLength(1);
      reopened.close();
      expect(readdirSync(folder)).toContain('telemetry.db.torn-1');
    },
  );

  test('a disk that refuses is said once, its rows are counted, and it goes on when the disk does', () => {
    const journal = open();
    const blocker = new Database(file);
    journal.observation('WL-1', T, 1, 0);
    blocker.exec('BEGIN IMMEDIATE');
    journal.flush();
    expect(faults).toMatchObject([{ setAside: null }]);
    expect(journal.dropped()).toBe(1);
    blocker.exec('COMMIT');
    blocker.close();
    journal.observation('WL-1', T + 1, 2, 0);
    journal.close();
    expect(faults).toHaveLength(1);
  });
});
