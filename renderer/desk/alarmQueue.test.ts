import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AlarmView } from '../../contract/features/alarms.ts';
import { alarmView as alarm } from '../../tests/fakes/alarmView.ts';
import { alarmQueue, byUrgency, isWorseSinceClosed, mayBecomeIncident } from './alarmQueue.ts';

describe('alarm queue', () => {
  it('says that an alarm got worse after its incident was closed, as long as it is up and that is its incident', () => {
    const worse = alarm('a', { incident: 'incident:1', worsenedAt: 20 });
    const closed = { id: 'incident:1', state: 'closed', closedAt: 10 } as const;
    expect(isWorseSinceClosed(worse, closed)).toBe(true);
    expect(isWorseSinceClosed({ ...worse, state: 'acknowledged' }, closed)).toBe(true);
    expect(isWorseSinceClosed(worse, { ...closed, closedAt: 30 })).toBe(false);
    expect(isWorseSinceClosed(worse, { ...closed, state: 'open', closedAt: null })).toBe(false);
    expect(isWorseSinceClosed({ ...worse, worsenedAt: null }, closed)).toBe(false);
    expect(isWorseSinceClosed({ ...worse, state: 'returned', clearedAt: 25 }, closed)).toBe(false);
    expect(isWorseSinceClosed({ ...worse, incident: 'incident:2' }, closed)).toBe(false);
    expect(isWorseSinceClosed(worse, null)).toBe(false);
  });

  it('offers an incident for an alarm that has none, or is up while the one it became is closed', () => {
    const became = (more: Partial<AlarmView>) => alarm('a', { incident: 'incident:1', ...more });
    expect(mayBecomeIncident(alarm('a'), undefined)).toBe(true);
    expect(mayBecomeIncident(alarm('a', { state: 'returned' }), undefined)).toBe(true);
    expect(mayBecomeIncident(alarm('a', { state: 'normal' }), undefined)).toBe(false);
    expect(mayBecomeIncident(became({}), { state: 'open' })).toBe(false);
    expect(mayBecomeIncident(became({}), { state: 'closed' })).toBe(true);
    expect(mayBecomeIncident(became({}), { state: 'merged' })).toBe(false);
    expect(mayBecomeIncident(became({ state: 'shelved' }), undefined)).toBe(true);
    expect(mayBecomeIncident(became({ state: 'shelved', clearedAt: 5 }), { state: 'closed' })).toBe(false);
    expect(mayBecomeIncident(became({ state: 'returned', clearedAt: 5 }), { state: 'closed' })).toBe(false);
  });

  it('puts what nobody has acknowledged first, then the worst, then the newest', () => {
    const queue = alarmQueue([
      alarm('shelved', { state: 'shelved', level: 1 }),
      alarm('acknowledged-1', { state: 'acknowledged', level: 1 }),
      alarm('old-2', { raisedAt: 10 }),
      alarm('new-2', { raisedAt: 20 }),
      alarm('returned-1', { state: 'returned', level: 1, raisedAt: 1 }),
      alarm('normal', { state: 'normal' }),
    ]);
    expect(queue.map((a) => a.id)).toEqual(['returned-1', 'new-2', 'old-2', 'acknowledged-1', 'shelved']);
  });

  it('keeps a normal alarm whose conflict nobody has seen', () => {
    const by = { station: 'a', actor: 'duty', at: 1, event: 'e' };
    const values = [
      { value: 'x', by },
      { value: 'y', by },
    ];
    const conflict = { id: 'c', subject: 's', field: 'ack', values, stands: 0, rule: 'r', seen: null };
    expect(alarmQueue([alarm('a', { state: 'normal', conflicts: [conflict] })])).toHaveLength(1);
    expect(alarmQueue([alarm('a', { state: 'normal', conflicts: [{ ...conflict, seen: by }] })])).toHaveLength(0);
  });

  it('orders totally: the same set gives the same queue whatever order it comes in', () => {
    const states = ['unacknowledged', 'acknowledged', 'returned', 'shelved'] as const;
    const any = fc.record({
      level: fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const),
      state: fc.constantFrom(...states),
      raisedAt: fc.integer({ min: 0, max: 3 }),
    });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 12 }), (parts) => {
        const all = parts.map((part, i) => alarm(`a${i}`, part));
        const forwards = alarmQueue(all).map((a) => a.id);
        expect(alarmQueue([...all].reverse()).map((a) => a.id)).toEqual(forwards);
        for (const a of all)
          for (const b of all) expect(Math.sign(byUrgency(a, b)) + Math.sign(byUrgency(b, a))).toBe(0);
      }),
      { seed: 7, numRuns: 100 },
    );
  });
});
