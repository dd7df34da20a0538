import { expect, test } from 'vitest';
import {
  alarmParts,
  boundsOf,
  dayBeside,
  dayOf,
  LOG_PAGE,
  logQuery,
  ruleOf,
  seatsToChoose,
  selectionOf,
  zoneOf,
} from './dutyLog.ts';

const NOTHING = { day: '', seat: '', sort: 'all', text: '' } as const;

test('a day begins and ends at midnight of the window, and the days beside it touch', () => {
  const { from, until } = boundsOf('2026-11-27') ?? expect.fail('no day');
  expect([dayOf(from), dayOf(until - 1), dayOf(until)]).toEqual(['2026-11-27', '2026-11-27', '2026-11-28']);
  expect(new Date(from).getHours()).toBe(0);
  expect([dayBeside('2026-11-30', 1), dayBeside('2026-03-01', -1)]).toEqual(['2026-12-01', '2026-02-28']);
});

test.each(['', 'today', '2026-1-2'])('%j is no day, and the log of every day is asked for', (day) => {
  expect(boundsOf(day)).toBeNull();
  expect(dayBeside(day, 1)).toBe(day);
  expect(logQuery({ ...NOTHING, day }, null)).toEqual({ limit: LOG_PAGE });
});

test('what is typed and chosen is what the hall is asked for', () => {
  const asked = logQuery({ day: '2026-11-27', seat: 'duty', sort: 'notes', text: '  泵站 ' }, '5.7');
  expect(asked).toEqual({
    ...boundsOf('2026-11-27'),
    ...{ type: 'incident.noted', seat: 'duty', text: '泵站', after: '5.7', limit: LOG_PAGE },
  });
  expect(logQuery({ ...NOTHING, sort: 'handovers' }, null)).toEqual({ kind: 'handover', limit: LOG_PAGE });
});

test('times say their zone, and what has a detail can be selected', () => {
  expect(zoneOf(0)).toMatch(/^UTC[+-]\d+(:\d\d)?$/);
  expect(selectionOf('alarm:waterlogging:WL-001')).toMatchObject({ kind: 'alarm', id: 'alarm:waterlogging:WL-001' });
  expect(selectionOf('wall:north')).toBeNull();
});

test('every seat that occurs in the log is on offer, and the one asked for stays so', () => {
  expect(seatsToChoose(['duty', 'fire'], ['wall', 'fire', 'coast-guard'], '')).toEqual([
    ...['duty', 'fire', 'coast-guard', 'wall'],
  ]);
  expect(seatsToChoose(['duty'], [], 'coast-guard')).toEqual(['duty', 'coast-guard']);
});

test('an alarm is named by its rule and source, whatever the source is called; a rule decides by its own name', () => {
  expect(alarmParts('alarm:gas-leak:GAS-003')).toEqual({ rule: 'gas-leak', source: 'GAS-003' });
  expect(alarmParts('alarm:gas-leak:a:b')).toEqual({ rule: 'gas-leak', source: 'a:b' });
  for (const subject of ['incident:1', 'alarm:gas-leak', 'alarm:']) expect(alarmParts(subject)).toBeNull();
  const rules = new Map([['gas-leak', '燃气泄漏']]);
  for (const actor of ['gas-leak', 'rule.gas-leak', 'rule:gas-leak']) expect(ruleOf(actor, rules)).toBe('燃气泄漏');
  for (const actor of ['duty', 'hall.timer', 'rule.other']) expect(ruleOf(actor, rules)).toBeNull();
});
