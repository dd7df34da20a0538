import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { queries } from '../../contract/index.ts';
import { type Page, patchBody } from '../../contract/wire/page.ts';
import { actorNamed } from '../../core/ledger/actor.ts';
import type { LedgerEvent } from '../../core/ledger/envelope.ts';
import { alarmsModel } from '../../main/features/alarms/model.ts';
import { historyOrder } from '../../main/features/alarms/past.ts';
import { logModel } from '../../main/features/log/model.ts';
import { logOrder, logQueries } from '../../main/features/log/queries.ts';
import { createLiveQueries } from '../../main/wire/liveQueries.ts';
import type { ReadOrder } from '../../main/wire/readers.ts';
import { modelDbOn } from '../../native/sqlite/modelDb.ts';
import { createFakeClock } from '../fakes/clock.ts';

const TYPES = ['alarm.raised', 'incident.noted', 'run.ended'] as const;

function event(seq: number): LedgerEvent {
  const type = TYPES[seq % TYPES.length] ?? '';
  return {
    ...{ id: `ops/A-${seq}`, stream: 'ops', v: 1, station: 'A', seq, hlc: '', at: 1_700_000_000_000 + seq, type },
    ...{ subject: `${type.split('.')[0]}:${seq % 100}`, actor: actorNamed(seq % 2 === 0 ? 'duty' : 'fire') },
    ...{ body: { text: `第${seq}次：水位上涨` }, prev: '', hash: '' },
  };
}

/** A log of so many events, an open page on it, and the rows that were read for it. */
function openLog(count: number) {
  const db = new Database(':memory:');
  db.exec(logModel.tables);
  for (const sql of logModel.indexes) db.exec(sql);
  const model = modelDbOn(db);
  const writer = logModel.writer(model);
  const add = (events: readonly LedgerEvent[]) => model.arrive(events, (rows) => writer.events?.(rows)?.());
  add(Array.from({ length: count }, (_, i) => event(i + 1)));
  let read = 0;
  const readers = {
    async read({ sql, values, count: counted }: ReadOrder) {
      const rows = db.prepare(sql).all(values) as never[];
      const most = counted?.most ?? 0;
      const n = Number(
        db
          .prepare(`SELECT count(*) FROM (${counted?.sql} LIMIT ${most + 1})`)
          .pluck()
          .get(values),
      );
      read += rows.length;
      return { rows, count: Math.min(n, most), exact: n <= most };
    },
  };
  const clock = createFakeClock();
  const live = createLiveQueries({ clock, answerers: logQueries(readers) as never });
  const pages: Page[] = [];
  const params = queries['log.list'].params.parse({ kind: 'incident', limit: 50 });
  live.open('log.list', params, { page: (page) => pages.push(page), end: (why) => expect.fail(String(why)) });
  return {
    db,
    async change(seq: number) {
      await clock.advance(0); // The first page comes before any time passes.
      await clock.advance(1000);
      const before = pages.at(-1) ?? expect.fail('no page');
      read = 0;
      add([event(seq)]);
      live.changed(['log']);
      await clock.advance(1000);
      const after = pages.at(-1) ?? expect.fail('no page');
      return { read, sent: patchBody(before, after)?.length ?? 0 };
    },
  };
}

test('rows read and characters sent for a change on an open page are the same for a table ten times as long', async () => {
  const [small, large] = [openLog(3_000), openLog(30_000)];
  const next = 90_001; // Of the kind that the page shows.
  const [a, b] = [await small.change(next), await large.change(next)];
  expect(a.read).toBe(51);
  expect(b.read).toBe(a.read);
  expect(a.sent).toBeGreaterThan(0);
  expect(a.sent).toBeLessThan(1000);
  expect(b.sent - a.sent).toBeLessThan(20); // The row that left has a longer number.
});

test('a page of the log is read from an index in its order: nothing is sorted', () => {
  const { db } = openLog(10);
  for (const wanted of [
    {},
    { kind: 'alarm' },
    { type: 'run.ended' },
    { seat: 'duty' },
    { subject: 'alarm:3' },
    { from: 5, until: 9 },
    { kind: 'alarm', from: 5, after: '9.9' },
  ]) {
    const steps = stepsOf(db, wanted);
    expect([wanted, steps]).not.toEqual([wanted, expect.stringContaining('TEMP B-TREE')]);
    expect([wanted, steps]).toEqual([wanted, expect.stringContaining('INDEX')]);
  }
});

test('a page that is searched for takes era by era from the last on, and sorts within one alone', () => {
  const { db } = openLog(10);
  for (const wanted of [{ text: '水位上涨' }, { text: '水位', kind: 'alarm', after: '9.9' }]) {
    const steps = stepsOf(db, wanted);
    expect([wanted, steps]).toEqual([
      wanted,
      expect.stringMatching(/SCAN era; SCAN log_words VIRTUAL TABLE.*log_said/),
    ]);
    expect([wanted, steps.match(/TEMP B-TREE FOR [A-Z ]*/g)]).toEqual([
      wanted,
      ['TEMP B-TREE FOR LAST TERM OF ORDER BY'],
    ]);
  }
});

/** How SQLite reads a page. */
function stepsOf(db: ReturnType<typeof openLog>['db'], wanted: object): string {
  const order = logOrder(queries['log.list'].params.parse(wanted)) ?? expect.fail('nothing to read');
  const plan = db.prepare(`EXPLAIN QUERY PLAN ${order.sql}`).all(order.values) as { detail: string }[];
  return plan.map(({ detail }) => detail).join('; ');
}

test('a page of all past alarms is read from an index in its order, however many there are; a span reads the events of its time alone', () => {
  const { db } = openLog(10);
  db.exec(alarmsModel.tables);
  for (const sql of alarmsModel.indexes) db.exec(sql);
  const stepsOf = (wanted: object) => {
    const order = historyOrder(queries['alarms.history'].params.parse(wanted), 'ops') ?? expect.fail('nothing to read');
    const plan = db.prepare(`EXPLAIN QUERY PLAN ${order.sql}`).all(order.values) as { detail: string }[];
    return plan.map(({ detail }) => detail).join('; ');
  };
  for (const wanted of [{}, { level: 1 }, { after: '9.9' }, { rule: 'waterlogging', after: '9.9' }]) {
    expect([wanted, stepsOf(wanted)]).toEqual([wanted, expect.stringContaining('alarms_raised')]);
    expect([wanted, stepsOf(wanted)]).not.toEqual([wanted, expect.stringContaining('TEMP B-TREE')]);
  }
  expect(stepsOf({ from: 5 })).toContain('log_type (type=? AND at>?)');
  expect(stepsOf({ from: 5, until: 9 })).toContain('log_type (type=? AND at>? AND at<?)');
});
