import { describe, expect, test } from 'vitest';
import { PaperStation } from '../../tests/fakes/fold.ts';
import { Refusal } from '../refusal.ts';
import { type Alarm, alarmAggregate, alarmSubject, incidentOf } from './alarm.ts';
import { type AlarmCommand, decideAlarm, type Finding } from './decide.ts';

const finding: Finding = {
  rule: 'waterlogging',
  title: { zh: '道路积水', en: 'Road waterlogging' },
  level: 2,
  source: { kind: 'sensor', id: 'WL-001' },
  value: 0.42,
  unit: 'm',
  place: { lon: 121.9, lat: 29.1, name: { zh: '滨河路下穿', en: 'Binhe underpass' } },
};
const raise: AlarmCommand = { do: 'raise', finding, actor: 'rule.waterlogging' };
const acknowledge: AlarmCommand = { do: 'acknowledge', actor: 'duty' };
const shelve = { do: 'shelve', minutes: 30, reason: 'sensor under repair', actor: 'duty' } as const;
const clear = { do: 'clear', value: 0.2, actor: 'rule.waterlogging' } as const;

function station(name = 'A') {
  return new PaperStation<Alarm>(name, alarmAggregate, alarmSubject('waterlogging', 'WL-001'));
}
const say = (command: AlarmCommand) => (alarm: Alarm) => decideAlarm(alarm, command);

describe('alarm', () => {
  test('A1 raised from normal it wants acknowledging, and counts the occurrence', () => {
    const a = station();
    a.do(say(raise));
    expect(a.state).toMatchObject({ state: 'unacknowledged', occurrence: 1, level: 2, raisedAt: a.now });
    a.do(say(acknowledge));
    a.do(say(clear));
    a.do(say(raise));
    expect(a.state).toMatchObject({ state: 'unacknowledged', occurrence: 2, acknowledged: null });
  });

  test('A2 raised again while up: nothing, unless the level got worse', () => {
    const a = station();
    a.do(say(raise));
    a.do(say(acknowledge));
    expect(a.do(say(raise))).toEqual([]);
    expect(a.do(say({ ...raise, finding: { ...finding, level: 3 } }))).toEqual([]);
    a.do(say({ ...raise, finding: { ...finding, level: 1, value: 1.3 } }));
    expect(a.state).toMatchObject({ state: 'unacknowledged', level: 1, value: 1.3, occurrence: 1, worsenedAt: a.now });
    a.do(say(clear));
    a.do(say(raise));
    expect(a.state).toMatchObject({ occurrence: 2, worsenedAt: null });
  });

  test('A3 the first acknowledgement stands; a second is no error', () => {
    const a = station();
    a.do(say(raise));
    a.do(say(acknowledge));
    expect(a.do(say({ ...acknowledge, actor: 'commander' }))).toEqual([]);
    expect(a.state.acknowledged?.actor).toBe('duty');
  });

  test('A6 an acknowledgement that says what was seen covers nothing that came or worsened since', () => {
    const a = station();
    a.do(say(raise));
    const seen = { occurrence: 1, level: 2 } as const;
    expect(a.do(say({ ...acknowledge, seen: { occurrence: 2, level: 2 } }))).toEqual([]);
    a.do(say({ ...raise, finding: { ...finding, level: 1, value: 1.3 } }));
    expect(a.do(say({ ...acknowledge, seen }))).toEqual([]);
    expect(a.state.state).toBe('unacknowledged');
    a.do(say({ ...acknowledge, seen: { occurrence: 1, level: 1 } }));
    expect(a.state.state).toBe('acknowledged');
  });

  test('A4, A5 cleared before it was acknowledged it still wants acknowledging', () => {
    const a = station();
    a.do(say(raise));
    a.do(say(clear));
    expect(a.state.state).toBe('returned');
    a.do(say(acknowledge));
    expect(a.state.state).toBe('normal');
  });

  test('A4 the value stays that of the raise, or of the last time it got worse; a clear has one of its own', () => {
    const a = station();
    a.do(say(raise));
    a.do(say(clear));
    expect(a.state).toMatchObject({ state: 'returned', value: 0.42, clearedValue: 0.2, clearedAt: a.now });
    a.do(say(acknowledge));
    expect(a.state).toMatchObject({ state: 'normal', value: 0.42, clearedValue: 0.2 });
    a.do(say({ ...raise, finding: { ...finding, value: 0.5 } }));
    expect(a.state).toMatchObject({ value: 0.5, clearedValue: null });
    a.do(say({ ...raise, finding: { ...finding, level: 1, value: 1.3 } }));
    a.do(say(acknowledge));
    a.do(say(clear));
    expect(a.state).toMatchObject({ state: 'normal', value: 1.3, clearedValue: 0.2 });
  });

  test('A6 what comes late from a rise that is over changes nothing', () => {
    const a = station('A');
    const b = station('B');
    a.do(say(raise));
    a.meet(b);
    b.do(say(clear), 5000); // B, apart, sees the water fall
    a.do(say(acknowledge));
    a.do(say(clear));
    a.do(say(raise));
    a.meet(b);
    expect(a.state).toMatchObject({ occurrence: 2, state: 'unacknowledged' });
    expect(b.state).toEqual(a.state);
  });

  test('A7 shelving needs an alarm that is up; a worse level unshelves it', () => {
    const a = station();
    expect(() => a.do(say(shelve))).toThrow(Refusal);
    a.do(say(raise));
    a.do(say(shelve));
    expect(a.state.shelved).toMatchObject({ minutes: 30, by: { actor: 'duty' } });
    a.do(say({ ...raise, finding: { ...finding, level: 1 } }));
    expect(a.state.shelved).toBeNull();
  });

  test('A7 a new occurrence is never shelved: the next flood is not the puddle that was put aside', () => {
    const a = station();
    a.do(say({ ...raise, finding: { ...finding, level: 4, value: 0.2 } }));
    a.do(say(shelve));
    a.do(say(clear));
    expect(a.state).toMatchObject({ state: 'returned', shelved: { minutes: 30 } });
    a.do(say({ ...raise, finding: { ...finding, level: 1, value: 1.5 } }));
    expect(a.state).toMatchObject({ state: 'unacknowledged', occurrence: 2, level: 1, shelved: null });
  });

  test('A7 what is over and seen is not shelved any more', () => {
    const a = station();
    a.do(say(raise));
    a.do(say(shelve));
    a.do(say(acknowledge));
    a.do(say(clear));
    expect(a.state).toMatchObject({ state: 'normal', shelved: null });
  });

  test('A6 what was decided about a milder level, apart, does not count for the worse one', () => {
    for (const command of [shelve, acknowledge, clear]) {
      const a = station('A');
      const b = station('B');
      a.do(say({ ...raise, finding: { ...finding, level: 4, value: 0.2 } }));
      a.meet(b);
      a.do(say({ ...raise, finding: { ...finding, level: 1, value: 1.5 } }));
      b.do(say(command), 5000);
      a.meet(b);
      for (const each of [a, b])
        expect(each.state, command.do).toMatchObject({ level: 1, state: 'unacknowledged', shelved: null });
    }
  });

  test('A6 an incident opened for an earlier occurrence, apart, is not the new one’s', () => {
    const a = station('A');
    const b = station('B');
    a.do(say(raise));
    a.meet(b);
    a.do(say(acknowledge));
    a.do(say(clear));
    a.do(say(raise));
    b.do(say({ do: 'link', incident: 'incident:b', actor: 'duty' }), 9000);
    a.meet(b);
    expect(incidentOf(a.state)).toBeNull();
    expect(b.state).toEqual(a.state);
  });

  test('A7 the end of one shelving does not end another', () => {
    const a = station('A');
    const b = station('B');
    a.do(say(raise));
    a.do(say(shelve));
    a.meet(b);
    const first = a.state.shelved?.by.event ?? '';
    a.do(say({ ...shelve, minutes: 60 }));
    b.do(say({ do: 'unshelve', shelving: first, actor: 'hall.timer' }), 5000);
    a.meet(b);
    for (const each of [a, b]) expect(each.state.shelved?.minutes).toBe(60);
    expect(a.do(say({ do: 'unshelve', shelving: first, actor: 'timer' }))).toEqual([]);
    a.do(say({ do: 'unshelve', actor: 'duty' }));
    expect(a.state.shelved).toBeNull();
  });

  test('A7 what an older version shelved until a wall time is shelved for as many minutes', () => {
    const until = (ms: number) => (alarm: Alarm) => [
      { type: 'alarm.shelved', subject: alarm.id, actor: 'duty', body: { until: ms, reason: 'x' } },
    ];
    const a = station();
    a.do(say(raise));
    a.do(until(a.now + 1000 + 20 * 60_000));
    expect(a.state.shelved?.minutes).toBe(20);
    a.do(say({ do: 'unshelve', actor: 'duty' }));
    for (const odd of [1.5, 1, -5]) a.do(until(odd));
    expect(a.state.shelved).toBeNull();
    a.do(until(Number.MAX_SAFE_INTEGER));
    expect(a.state.shelved?.minutes).toBe(1440);
  });

  test('A11 a clear counts only when it is safe for every station that holds the alarm up', () => {
    const strict = { direction: 'high', at: 0.03, for: 0 } as const;
    const a = station('A');
    const b = station('B');
    a.do(say({ ...raise, finding: { ...finding, clears: { ...strict, at: 0.1 } } }));
    a.meet(b);
    a.do(say({ do: 'hold', terms: strict, station: 'A', actor: 'rule.waterlogging' }));
    expect(a.do(say({ do: 'hold', terms: strict, station: 'A', actor: 'rule.waterlogging' }))).toEqual([]);
    expect(b.do(say({ ...clear, value: 0.08 }), 5000)).toEqual(['alarm.cleared']); // B does not know yet.
    a.meet(b);
    for (const each of [a, b]) expect(each.state.state).toBe('unacknowledged');
    expect(b.do(say({ ...clear, value: 0.08 }))).toEqual([]);
    b.do(say({ ...clear, value: 0.03 }));
    expect(b.state.state).toBe('returned');
  });

  test('A12 an occurrence that is nobody’s count changes nothing; one that others come before counts at once', () => {
    const a = station();
    const at = (occurrence: number) => (alarm: Alarm) => [
      { type: 'alarm.raised', subject: alarm.id, actor: 'x', body: { ...finding, occurrence } as never },
    ];
    for (const odd of [Number.MAX_SAFE_INTEGER, 1_000_000]) a.do(at(odd));
    expect(a.state.occurrence).toBe(0);
    a.do(at(3));
    expect(a.state).toMatchObject({ occurrence: 3, state: 'unacknowledged' });
  });

  test('A8 one incident an alarm; two opened while apart are both kept, the first stands', () => {
    const a = station('A');
    const b = station('B');
    a.do(say(raise));
    a.meet(b);
    a.do(say({ do: 'link', incident: 'incident:a', actor: 'duty' }));
    expect(() => a.do(say({ do: 'link', incident: 'incident:x', actor: 'duty' }))).toThrow(/already incident/);
    b.do(say({ do: 'link', incident: 'incident:b', actor: 'duty' }), 5000);
    a.meet(b);
    expect(b.state).toEqual(a.state);
    expect(incidentOf(a.state)).toBe('incident:a');
    expect(a.state.conflicts).toMatchObject([{ field: 'incident', stands: 0, seen: null }]);
    expect(a.state.conflicts[0]?.values.map((v) => v.value)).toEqual(['incident:a', 'incident:b']);
    a.do((alarm) =>
      decideAlarm(alarm, { do: 'see-conflict', conflict: alarm.conflicts[0]?.id ?? '', actor: 'commander' }),
    );
    expect(a.state.conflicts[0]?.seen?.actor).toBe('commander');
  });

  test('A9 what was never raised cannot be acknowledged', () => {
    expect(() => station().do(say(acknowledge))).toThrow(/never been raised/);
  });

  test('A16 withdrawn by a person it is over, whatever rules asked, with who and why; nothing else of the occurrence counts any more', () => {
    const withdraw: AlarmCommand = { do: 'withdraw', reason: 'gauge taken down', actor: 'duty' };
    const terms = { direction: 'high', at: 0.1, for: 3 } as const;
    for (const acknowledged of [false, true]) {
      const a = station();
      a.do(say({ ...raise, finding: { ...finding, clears: terms } }));
      if (acknowledged) a.do(say({ ...acknowledge, actor: 'commander' }));
      a.do(say(shelve));
      expect(a.do(say({ ...clear, value: 0.2 }))).toEqual([]);
      a.do(say(withdraw));
      expect(a.state).toMatchObject({ state: 'normal', shelved: null, clearedAt: a.now, clearedValue: 0.42 });
      expect(a.state.acknowledged?.actor).toBe(acknowledged ? 'commander' : 'duty');
      expect(() => a.do(say(withdraw))).toThrow(/over already/);
      a.do(say(raise));
      expect(a.state).toMatchObject({ state: 'unacknowledged', occurrence: 2 });
    }
  });

  test('A6 A16 a withdrawal does not cover what came or got worse unseen on another station', () => {
    const [a, b] = [station('A'), station('B')];
    a.do(say(raise));
    b.meet(a);
    b.do(say({ ...raise, finding: { ...finding, level: 1 } }));
    a.do(say({ do: 'withdraw', reason: 'gone', actor: 'duty' }), 5000);
    a.meet(b);
    expect(b.state).toEqual(a.state);
    expect(a.state).toMatchObject({ state: 'unacknowledged', level: 1 });
  });

  test('an event whose body does not fit is passed over, on every station alike', () => {
    const a = station();
    a.do(say(raise));
    a.do((alarm) => [{ type: 'alarm.cleared', subject: alarm.id, actor: 'x', body: { occurrence: 'one' } }]);
    expect(a.state.state).toBe('unacknowledged');
  });
});
