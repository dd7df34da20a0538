import { expect, test } from 'vitest';
import type { z } from 'zod';
import { queries } from '../../../contract/index.ts';
import { alarmAggregate, alarmSubject } from '../../../core/alarms/alarm.ts';
import { OPS } from '../../../core/ledger/stream.ts';
import { createDomainRig, type DomainRig } from '../../../tests/fakes/domainRig.ts';
import { createMemoryViewsPlace, type MemoryViewsPlace } from '../../../tests/fakes/viewsPlace.ts';
import type { ReadOrder } from '../../wire/readers.ts';
import { pastAlarms } from './past.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const of = (sensor: string) => alarmSubject('waterlogging', sensor);

/** The lists of a station, as its tables answer them. */
function listsOf(place: MemoryViewsPlace, stream = OPS) {
  const read = async ({ sql, values, count }: ReadOrder) => {
    const rows = place.rows(sql, values) as never[];
    if (!count) return { rows, count: rows.length, exact: true };
    const n = place.rows(`${count.sql} LIMIT ${count.most + 1}`, values).length;
    return { rows, count: Math.min(n, count.most), exact: n <= count.most };
  };
  const answers = pastAlarms({ read }, stream);
  return {
    history: async (wanted: z.input<(typeof queries)['alarms.history']['params']>) =>
      await answers['alarms.history'].answer(queries['alarms.history'].params.parse(wanted)),
    nuisances: async (wanted: z.input<(typeof queries)['alarms.nuisances']['params']>) =>
      await answers['alarms.nuisances'].answer(queries['alarms.nuisances'].params.parse(wanted)),
  };
}

/** WL-001 chatters and got worse in the end, WL-002 came once and stands, WL-003 came twice and is over, each two hours after the one before. */
async function worked(): Promise<{ rig: DomainRig; place: MemoryViewsPlace; start: number }> {
  const place = createMemoryViewsPlace();
  const rig = createDomainRig({ place });
  const start = rig.clock.now();
  for (let i = 0; i < 4; i++) {
    await rig.raise(3);
    await rig.clock.advance(5 * MINUTE);
    await rig.clear();
    await rig.clock.advance(5 * MINUTE);
  }
  await rig.raise(3);
  await rig.raise(1);
  await rig.clock.advance(2 * HOUR);
  await rig.raise(2, 'WL-002');
  await rig.clock.advance(2 * HOUR);
  for (let i = 0; i < 2; i++) {
    await rig.raise(4, 'WL-003');
    await rig.clear('WL-003');
    await rig.clock.advance(2 * HOUR);
  }
  rig.views.flush();
  return { rig, place, start };
}

test('every alarm that ever came is a line, the last one first, in pages', async () => {
  const { place, rig } = await worked();
  const { history } = listsOf(place);
  const { rows, total, more } = await history({});
  expect(rows.map(({ id, times, level }) => [id, times, level])).toEqual([
    [of('WL-003'), 2, 4],
    [of('WL-002'), 1, 2],
    [of('WL-001'), 5, 1],
  ]);
  expect([total, more]).toEqual([{ count: 3, exact: true }, null]);
  const first = await history({ limit: 2 });
  expect(first.total.count).toBe(3);
  const second = await history({ limit: 2, after: first.more ?? '' });
  expect([...first.rows, ...second.rows]).toEqual(rows);
  expect(second.more).toBeNull();
  await expect(history({ after: 'x' })).rejects.toThrow(/after: is no page/);
  for (const row of rows) expect(queries['alarms.history'].row.parse(row)).toEqual(row);
  expect(rows[2]?.at).toBe(rig.domain.of(alarmAggregate).get(of('WL-001')).raisedAt);
});

test('a span of time finds each alarm that came in it, also one that came again since, and says how often', async () => {
  const { place, start } = await worked();
  const { history } = listsOf(place);
  const came = async (wanted: Parameters<typeof history>[0]) =>
    (await history(wanted)).rows.map(({ id, times, at }) => [id.slice(-6), times, (at - start) / MINUTE]);
  expect(await came({ from: start, until: start + 25 * MINUTE })).toEqual([['WL-001', 3, 20]]);
  // Raised, and got worse: twice.
  expect(await came({ from: start + 40 * MINUTE, until: start + 3 * HOUR })).toEqual([
    ['WL-002', 1, 160],
    ['WL-001', 2, 40],
  ]);
  expect(await came({ from: start + 5 * HOUR })).toEqual([['WL-003', 1, 400]]);
  expect(await came({ until: start })).toEqual([]);
  const page = await history({ from: start, limit: 1 });
  const rest = await history({ from: start, limit: 5, after: page.more ?? '' });
  expect([...page.rows, ...rest.rows].map(({ id }) => id)).toEqual([of('WL-003'), of('WL-002'), of('WL-001')]);
  expect(rest.total.count).toBe(3);
  // Nothing of another stream that the log has too.
  expect((await listsOf(place, 'drill:1').history({ from: start })).rows).toEqual([]);
});

test('level, rule, place and words find the same lines, in any order of typing and by initials', async () => {
  const { place } = await worked();
  const { history } = listsOf(place);
  const found = async (wanted: Parameters<typeof history>[0]) =>
    (await history(wanted)).rows.map(({ id }) => id.slice(-6));
  expect(await found({ level: 1 })).toEqual(['WL-001']);
  expect(await found({ rule: 'none' })).toEqual([]);
  expect(await found({ text: 'underp' })).toHaveLength(3);
  expect(await found({ text: '002 water' })).toEqual(['WL-002']);
  expect(await found({ text: '没有' })).toEqual([]);
  expect(await found({ text: '。' })).toEqual([]);
  expect(await found({ bounds: { west: 121.9, south: 29, east: 122, north: 30 } })).toHaveLength(3);
  expect(await found({ bounds: { west: 122, south: 29, east: 123, north: 30 } })).toEqual([]);
});

test('nuisances: what comes often, what comes and goes within an hour, what stays', async () => {
  const { place, start, rig } = await worked();
  const { nuisances } = listsOf(place);
  const list = async (by: 'frequent' | 'chattering' | 'standing', from = start, standing = start + 4 * HOUR) =>
    (await nuisances({ by, from, standing })).rows.map(({ id, times, hourly }) => [id.slice(-6), times, hourly]);
  expect(await list('frequent')).toEqual([
    ['WL-001', 6, 4],
    ['WL-003', 2, 1],
  ]);
  expect(await list('chattering')).toEqual([['WL-001', 6, 4]]);
  // Two clears are left in the time that is asked for.
  expect(await list('chattering', start + 20 * MINUTE)).toEqual([]);
  expect(await list('standing')).toEqual([
    ['WL-001', 6, 4],
    ['WL-002', 1, 0],
  ]);
  expect(await list('standing', rig.clock.now(), start + HOUR)).toEqual([['WL-001', 0, 0]]);
  await rig.clear();
  rig.views.flush();
  expect(await list('standing')).toEqual([['WL-002', 1, 0]]);
  for (const row of (await nuisances({ by: 'standing', from: 0, standing: start + 4 * HOUR })).rows)
    expect(queries['alarms.nuisances'].row.parse(row)).toEqual(row);
});

test('an alarm is told page by page, newest first, and one that nobody knows is not found', async () => {
  const { rig } = await worked();
  const { moments, next } = await rig.call('alarms.timeline', { alarm: of('WL-001') });
  expect(next).toBeNull();
  expect(moments.slice(0, 3).map(({ what, level, actor }) => [what, level, actor])).toEqual([
    ['worsened', 1, 'rule.waterlogging'],
    ['raised', 3, 'rule.waterlogging'],
    ['cleared', 3, 'rule.waterlogging'],
  ]);
  expect(moments).toHaveLength(10);
  expect((await rig.call('alarms.timeline', { alarm: of('WL-001'), from: 9 })).moments).toEqual(moments.slice(9));
  await expect(rig.call('alarms.timeline', { alarm: of('WL-999') })).rejects.toThrow(/there is no alarm/);
});
