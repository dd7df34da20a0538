import { describe, expect, test } from 'vitest';
import { type Going, putTogether, SHEET_LINES, Sheet, sectionsOf } from './sheet.ts';

const t = (en: string) => ({ zh: `【${en}】`, en });
const place = { name: t('Underpass') };
const NOTHING: Going = { incidents: [], alarms: [], calls: [], runs: [], feeds: [] };

const incident = (
  id: string,
  level: 1 | 2 | 3 | 4,
  openedAt: number,
  part: { state?: string; unseen?: number } = {},
) => ({
  ...{ id, title: t(id), place, level, openedAt, owner: 'duty', state: 'open', unseen: 0 },
  ...part,
});
const alarm = (
  id: string,
  state: string,
  part: { level?: 1 | 2; raisedAt?: number; until?: number; seen?: null } = {},
) => ({
  ...{ id, title: t(id), place, level: part.level ?? (2 as const), state, raisedAt: part.raisedAt ?? 1 },
  ...{ shelvedUntil: part.until ?? null, conflicts: part.seen === null ? [{ seen: null }] : [] },
});
const step = (title: string, state: 'waiting' | 'ready' | 'done', overdue: string) => ({
  title: t(title),
  state,
  overdue,
});
const run = (id: string, state: string, launched: number, steps: ReturnType<typeof step>[]) => ({
  ...{ id, incident: 'incident:1', name: t(id), state, launched: { at: launched }, steps },
  ...{ done: 1, skipped: 1, total: 5, conflicts: [] },
});

describe('a sheet', () => {
  test('S6 has open incidents, the worst and oldest first, and what is closed only for its conflicts', () => {
    const sheet = putTogether(
      {
        ...NOTHING,
        incidents: [
          incident('mild', 3, 1),
          incident('newer', 1, 9),
          incident('older', 1, 5, { unseen: 1 }),
          incident('over', 2, 1, { state: 'closed', unseen: 2 }),
          incident('done', 2, 1, { state: 'closed' }),
        ],
      },
      7,
    );
    expect(sheet.at).toBe(7);
    expect(sheet.incidents.lines.map(({ id }) => id)).toEqual(['older', 'newer', 'mild']);
    expect(sheet.incidents.lines[0]?.place).toEqual(place.name);
    expect(sheet.conflicts.lines.map(({ id, unseen }) => [id, unseen])).toEqual([
      ['over', 2],
      ['older', 1],
    ]);
  });

  test('S6 tells alarms that wait from those that are shelved, and until when; one that is back to normal waits until somebody has acknowledged it', () => {
    const { unacknowledged, shelved, conflicts } = putTogether(
      {
        ...NOTHING,
        alarms: [
          alarm('later', 'shelved', { until: 90 }),
          alarm('waits', 'unacknowledged', { raisedAt: 4 }),
          alarm('worse', 'unacknowledged', { level: 1, raisedAt: 8 }),
          alarm('sooner', 'shelved', { until: 30, seen: null }),
          alarm('known', 'acknowledged'),
          alarm('returned', 'returned', { raisedAt: 2 }),
          alarm('over', 'normal'),
        ],
      },
      0,
    );
    expect(unacknowledged.lines.map(({ id }) => id)).toEqual(['worse', 'returned', 'waits']);
    expect(shelved.lines.map(({ id, until }) => [id, until])).toEqual([
      ['sooner', 30],
      ['later', 90],
    ]);
    expect(conflicts).toMatchObject({ count: 1, lines: [{ id: 'sooner', unseen: 1 }] });
  });

  test('S6 has calls that wait, the oldest first; what was answered twice is a conflict', () => {
    const call = (id: string, cameAt: number, part: { place?: null; conflicts?: { seen: null }[] } = {}) => ({
      ...{ id, text: t(id), cameAt, place, conflicts: [] },
      ...part,
    });
    const calls = [
      call('call:2', 9),
      call('call:1', 5, { place: null }),
      call('call:3', 1, { conflicts: [{ seen: null }] }),
    ];
    const sheet = putTogether({ ...NOTHING, calls }, 0);
    expect(sheet.calls).toEqual({
      count: 2,
      lines: [
        { id: 'call:1', text: t('call:1'), place: { zh: '', en: '' }, cameAt: 5 },
        { id: 'call:2', text: t('call:2'), place: place.name, cameAt: 9 },
      ],
    });
    expect(sheet.conflicts).toMatchObject({ count: 1, lines: [{ id: 'call:3', unseen: 1 }] });
  });

  test('S6 a sheet of before calls were on it has no section of them', () => {
    const { calls: _, ...before } = putTogether(NOTHING, 0);
    expect(Sheet.safeParse(before).success).toBe(true);
    expect(sectionsOf(before).map(({ section }) => section)).not.toContain('calls');
    expect(sectionsOf(putTogether(NOTHING, 0))).toContainEqual({ section: 'calls', count: 0 });
  });

  test('S6 has runs that go on, late ones first, with the steps that are late by name', () => {
    const late = [step('A', 'ready', 'acknowledge'), step('B', 'done', 'finish'), step('C', 'waiting', 'finish')];
    const { runs } = putTogether(
      {
        ...NOTHING,
        runs: [run('calm', 'running', 1, []), run('late', 'running', 2, late), run('gone', 'ended', 3, late)],
      },
      0,
    );
    expect(runs).toEqual({
      count: 2,
      lines: [
        expect.objectContaining({ id: 'late', late: 1, lateSteps: [t('A')], settled: 2, total: 5 }),
        expect.objectContaining({ id: 'calm', late: 0, lateSteps: [] }),
      ],
    });
  });

  test('S6 has feeds that bring nothing, the longest first', () => {
    const feed = (id: string, state: string, since: number) => ({ id, name: t(id), state, since });
    const { feeds } = putTogether(
      { ...NOTHING, feeds: [feed('up', 'live', 1), feed('quiet', 'silent', 5), feed('gone', 'down', 3)] },
      0,
    );
    expect(feeds.lines.map(({ id, state }) => [id, state])).toEqual([
      ['gone', 'down'],
      ['quiet', 'silent'],
    ]);
  });

  test('S6 says how many there are where it has only the first, and fits its event whatever things are called', () => {
    const long = 'x'.repeat(1000);
    const many = Array.from({ length: 120 }, (_, i) => ({ ...incident(`i${i}`, 2, i), title: { zh: long, en: long } }));
    const sheet = putTogether({ ...NOTHING, incidents: many }, 0);
    expect(sheet.incidents.count).toBe(120);
    expect(sheet.incidents.lines).toHaveLength(SHEET_LINES);
    expect(sheet.incidents.lines[0]?.title.en).toHaveLength(200);
    expect(Sheet.safeParse(sheet).success).toBe(true);
  });
});
