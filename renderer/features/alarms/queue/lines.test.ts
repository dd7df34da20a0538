import { describe, expect, it } from 'vitest';
import type { AlarmView } from '../../../../contract/features/alarms.ts';
import { alarmView as alarm } from '../../../../tests/fakes/alarmView.ts';
import { countsOf, type Line, lineBeside, linesOf, meantBySpace, NO_FILTER, type QueueView } from './lines.ts';

const VIEW: QueueView = { order: 'urgency', grouping: 'none', filter: NO_FILTER, open: new Set() };
const rain = (id: string, more: Partial<AlarmView> = {}) =>
  alarm(id, { rule: 'rain', title: { zh: '降雨', en: 'Rain' }, level: 3, ...more });
const ids = (lines: readonly Line[]) => lines.map(({ id }) => id);
const show = (alarms: AlarmView[], view: Partial<QueueView> = {}) => ids(linesOf(alarms, { ...VIEW, ...view }));

describe('the lines of the queue', () => {
  const place = (zh: string, lon: number) => ({ lon, lat: 29.17, name: { zh, en: zh } });
  const alarms = [
    rain('r1', { raisedAt: 600_000, place: place('乙', 121.9) }),
    rain('r2', { raisedAt: 100_000, state: 'acknowledged', place: place('乙', 121.9) }),
    alarm('flood', { level: 1, raisedAt: 50_000, place: place('甲', 122) }),
  ];

  it('stand in the order that was chosen, which an acknowledgement does not change but for the most urgent first', () => {
    expect(show(alarms)).toEqual(['flood', 'r1', 'r2']);
    const later = alarms.map(
      (each) => ({ ...each, state: each.id === 'flood' ? 'acknowledged' : each.state }) as const,
    );
    expect(show(later)).toEqual(['r1', 'flood', 'r2']);
    for (const order of ['newest', 'level', 'place'] as const)
      expect(show(later, { order })).toEqual(show(alarms, { order }));
    expect(show(alarms, { order: 'newest' })).toEqual(['r1', 'r2', 'flood']);
    expect(show(alarms, { order: 'level' })).toEqual(['flood', 'r1', 'r2']);
  });

  it('stay where the mark is: what is acknowledged there moves when the mark has left it, what gets worse at once', () => {
    const [r1, r2, flood] = alarms as [AlarmView, AlarmView, AlarmView];
    const now = [r1, r2, { ...flood, state: 'acknowledged' as const }];
    expect(ids(linesOf(now, VIEW, flood))).toEqual(['flood', 'r1', 'r2']);
    expect(ids(linesOf(now, VIEW, r1))).toEqual(['r1', 'flood', 'r2']);
    const worse = [r1, { ...r2, level: 1, state: 'unacknowledged', raisedAt: 700_000 } as const, flood];
    expect(ids(linesOf(worse, VIEW, r2))).toEqual(['r2', 'flood', 'r1']);
  });

  it('are those of a level, a kind, and words in either language', () => {
    const filter = (part: Partial<QueueView['filter']>) => show(alarms, { filter: { ...NO_FILTER, ...part } });
    expect(filter({ levels: [1] })).toEqual(['flood']);
    expect(filter({ rule: 'rain' })).toEqual(['r1', 'r2']);
    expect(filter({ words: 'RAIN 乙' })).toEqual(['r1', 'r2']);
    expect(filter({ words: 'rain 甲' })).toEqual([]);
    expect(filter({ words: 'wl-001' })).toHaveLength(3);
  });

  it('are in groups of two and more, whose alarms follow while they are open', () => {
    expect(show(alarms, { grouping: 'rule' })).toEqual(['flood', 'group:rule:rain']);
    const open = new Set(['group:rule:rain']);
    expect(show(alarms, { grouping: 'rule', open })).toEqual(['flood', 'group:rule:rain', 'r1', 'r2']);
    expect(show(alarms, { grouping: 'time' })).toEqual(['group:time:0', 'r1']);
    expect(show(alarms, { grouping: 'place' })).toEqual(['flood', 'group:place:12190,2917']);
    const [, group] = linesOf(alarms, { ...VIEW, grouping: 'rule' });
    expect(group).toMatchObject({ group: { waiting: 1, level: 3, newest: 600_000, by: { title: { zh: '降雨' } } } });
  });

  it('are counted by level and kind, whatever is shown', () => {
    expect(countsOf(alarms)).toMatchObject({
      ...{ all: 3, levels: { 1: 1, 2: 0, 3: 2, 4: 0 } },
      kinds: [
        { rule: 'rain', count: 2 },
        { rule: 'waterlogging', count: 1 },
      ],
    });
  });
});

describe('the mark', () => {
  const lines = linesOf([alarm('a', { raisedAt: 3 }), alarm('b', { raisedAt: 2 }), alarm('c', { raisedAt: 1 })], VIEW);
  it('moves line by line, stays at the ends, and begins at one of them', () => {
    expect(lineBeside(lines, 'a', 1)?.id).toBe('b');
    expect(lineBeside(lines, 'a', -1)?.id).toBe('a');
    expect(lineBeside(lines, 'b', 9)?.id).toBe('c');
    expect(lineBeside(lines, 'gone', 1)?.id).toBe('a');
    expect(lineBeside(lines, null, -1)?.id).toBe('c');
    expect(lineBeside([], null, 1)).toBeNull();
  });
});

describe('the acknowledge key', () => {
  const a = alarm('a', { raisedAt: 2 });
  const b = alarm('b', { raisedAt: 1 });
  const done = alarm('done', { state: 'acknowledged' });
  const lines = linesOf([a, b, done], VIEW);
  const all = () => true;

  it('means the marked alarm where it can be seen, and brings it onto the screen where not', () => {
    expect(meantBySpace(lines, b, all)).toEqual({ do: 'acknowledge', alarm: b });
    expect(meantBySpace(lines, b, () => false)).toMatchObject({ do: 'show', line: { id: 'b' } });
  });

  it('never acknowledges one that is not marked: it marks the first that waits', () => {
    expect(meantBySpace(lines, null, all)).toMatchObject({ do: 'show', line: { id: 'a' } });
    expect(meantBySpace(lines, done, all)).toMatchObject({ do: 'show', line: { id: 'a' } });
    expect(meantBySpace(linesOf([done], VIEW), done, all)).toEqual({ do: 'nothing' });
  });

  it('asks before it means a group, and marks a closed one that has alarms that wait', () => {
    const grouped = linesOf([a, b, done], { ...VIEW, grouping: 'rule' });
    const id = 'group:rule:waterlogging';
    expect(meantBySpace(grouped, id, all)).toMatchObject({ do: 'ask', id, group: { waiting: 2 } });
    expect(meantBySpace(grouped, null, all)).toMatchObject({ do: 'show', line: { id } });
  });
});
