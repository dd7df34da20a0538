import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
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
import type { SideFileFault } from './sideFile.ts';
import { openTelemetryJournal, type TelemetryJournalOptions } from './telemetryJournal.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const T = 20_000 * DAY;

describe('the telemetry journal', () => {
  let folder: string;
  let file: string;
  let now: number;
  let faults: SideFileFault[];
  let mended: number;
  const open = (more: Partial<TelemetryJournalOptions> = {}) =>
    openTelemetryJournal({
      ...{ file, now: () => now, ...more },
      onFault: (fault) => faults.push(fault),
      onMended: () => mended++,
    });
  /** Says something every flush, as a city does, until it is written again. */
  const goOn = (journal: ReturnType<typeof open>) => {
    for (let i = 0; i < 8 && mended === 0; i++) {
      journal.observation('WL-1', now, i, 0);
      journal.flush();
    }
  };
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
    mended = 0;
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

  /** A value in the day's first hour, and one after it. */
  const passDay = (journal: ReturnType<typeof open>, day: number) => {
    for (const hour of [0, 2]) {
      now = T + day * DAY + hour * HOUR;
      journal.observation('WL-1', now, day, 0);
      journal.flush();
    }
  };
  const daysOf = (journal: ReturnType<typeof open>) => [
    ...new Set(journal.observationsOf('WL-1', -T, T * 2).map((o) => o.value)),
  ];

  test('begins a table a day and drops the old ones', () => {
    const journal = open({ keepDays: 1 });
    for (let day = 0; day < 4; day++) passDay(journal, day);
    expect(daysOf(journal)).toEqual([2, 3]);
    journal.close();
    expect(tables()).toEqual([
      'names',
      'observations_day20002',
      'observations_day20003',
      'positions_day20002',
      'positions_day20003',
      ...[0, 1, 2, 3].map((day) => `samples_day2000${day}`),
    ]);
  });

  test('keeps samples for as many days as rules look back, and drops those before', () => {
    const journal = open({ keepDays: 1 });
    for (let day = 0; day < 40; day++) {
      journal.sample('WL-1', T + day * DAY, day);
      passDay(journal, day);
    }
    journal.close();
    const samples = tables().filter((name) => name.startsWith('samples_'));
    expect([samples.length, samples[0], samples.at(-1)]).toEqual([29, 'samples_day20011', 'samples_day20039']);
  });

  test('a clock that jumps years ahead, or back to 1970 and before, for a while deletes no day that is wanted', () => {
    const journal = open();
    for (let day = 0; day < 3; day++) passDay(journal, day);
    for (const wrong of [3650, -20_000, -20_001]) {
      now = T + wrong * DAY;
      journal.observation('WL-1', now, wrong, 0);
      journal.flush();
      now = T + 2 * DAY + 3 * HOUR;
      journal.observation('WL-1', now, 2, 0);
      journal.flush();
    }
    expect(daysOf(journal)).toEqual([-20_001, -20_000, 0, 1, 2, 3650]);
    for (let day = 2; day < 6; day++) passDay(journal, day);
    expect(daysOf(journal)).toEqual([3, 4, 5, 3650]);
    journal.close();
    expect(faults).toEqual([]);
  });

  test('a clock that never stands still grows no more days than are kept', () => {
    const journal = open({ keepDays: 1 });
    for (let i = 0; i < 40; i++) passDay(journal, (i * 7919) % 1000);
    expect(daysOf(journal).length).toBeLessThanOrEqual(3);
    journal.close();
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

  test('a disk that refuses is said once, its rows are counted, and it is written again once the disk takes it', () => {
    const journal = open();
    const blocker = new Database(file);
    blocker.exec('BEGIN IMMEDIATE');
    journal.observation('WL-1', T, 1, 0);
    journal.flush();
    journal.observation('WL-1', T, 1, 0);
    journal.flush();
    expect(faults).toMatchObject([{ kind: 'unwritable', setAside: null }]);
    expect(faults[0]?.message).toContain(file);
    expect(journal.dropped()).toBe(2);
    blocker.exec('COMMIT');
    blocker.close();
    goOn(journal);
    expect(mended).toBe(1);
    journal.observation('WL-1', T + 1, 42, 0);
    journal.close();
    expect(faults).toHaveLength(1);
    expect(open().observationsOf('WL-1', T + 1, T + 1)).toEqual([{ t: T + 1, value: 42, quality: 0 }]);
  });

  test.each([
    ['the first write of a day', 0],
    ['every write of the day but the last', 40],
  ])('when %s fails for want of space, the rest of the day is written', (_what, failures) => {
    const journal = open();
    journal.observation('WL-1', T, 1, 0);
    journal.flush();
    now = T + DAY;
    const blocker = new Database(file);
    blocker.exec('BEGIN IMMEDIATE');
    for (let i = 0; i <= failures; i++) {
      journal.observation('WL-1', now + i, 2, 0);
      journal.flush();
    }
    expect(faults).toHaveLength(1);
    blocker.exec('ROLLBACK');
    blocker.close();
    goOn(journal);
    for (let i = 0; i < 60; i++) {
      journal.observation('WL-new', now + i, i, 0);
      journal.flush();
    }
    expect(journal.observationsOf('WL-new', now, now + DAY)).toHaveLength(60);
    journal.close();
    const reopened = open();
    expect(reopened.observationsOf('WL-new', now, now + DAY)).toHaveLength(60);
    reopened.close();
  });

  test('a torn file that cannot be set aside is said once, and the journal goes on when it can', () => {
    writeFileSync(file, 'x'.repeat(10_000));
    let refuses = true;
    const rename = (from: string, to: string) => {
      if (refuses) throw Object.assign(new Error('EROFS: read-only file system'), { code: 'EROFS' });
      renameSync(from, to);
    };
    const journal = open({ rename });
    for (let i = 0; i < 9; i++) {
      journal.observation('WL-1', T, 1, 0);
      journal.flush();
    }
    expect(faults).toMatchObject([{ kind: 'unwritable' }]);
    refuses = false;
    goOn(journal);
    expect(faults.map((fault) => fault.kind)).toEqual(['unwritable', 'torn']);
    expect(mended).toBe(1);
    journal.observation('WL-1', T, 42, 0);
    journal.flush();
    expect(journal.observationsOf('WL-1', T, T).at(-1)?.value).toBe(42);
    journal.close();
  });

  test('a folder where the file belongs keeps nothing from starting; once it is gone the journal is written', () => {
    mkdirSync(file);
    const journal = open();
    expect(faults).toMatchObject([{ kind: 'unwritable', message: expect.stringContaining(file) }]);
    expect(journal.observationsOf('WL-1', 0, T)).toEqual([]);
    rmSync(file, { recursive: true });
    goOn(journal);
    expect(mended).toBe(1);
    journal.close();
    expect(tables()).toContain('observations_day20000');
  });

  test('a file that was taken away while it was open is begun anew after a fault, with the names it needs', () => {
    const journal = open();
    journal.observation('WL-1', T, 1, 0);
    journal.flush();
    const blocker = new Database(file);
    blocker.exec('BEGIN IMMEDIATE');
    journal.observation('WL-1', T, 1, 0);
    journal.flush();
    blocker.close();
    for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
    goOn(journal);
    journal.observation('WL-1', T + 9, 9, 0);
    journal.close();
    const again = open();
    expect(again.observationsOf('WL-1', T + 9, T + 9)).toEqual([{ t: T + 9, value: 9, quality: 0 }]);
    again.close();
  });
});
