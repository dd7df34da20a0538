import { describe, expect, test } from 'vitest';
import { PaperStation } from '../../tests/fakes/fold.ts';
import { Refusal } from '../refusal.ts';
import {
  type Alarm,
  type AlarmCommand,
  alarmAggregate,
  alarmSubject,
  decideAlarm,
  type Finding,
  incidentOf,
} from './alarm.ts';

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
const clear: AlarmCommand = { do: 'clear', value: 0.2, actor: 'rule.waterlogging' };

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
    expect(a.state).toMatchObject({ state: 'unacknowledged', level: 1, value: 1.3, occurrence: 1 });
  });

  test('A3 the first acknowledgement stands; a second is no error', () => {
    const a = station();
    a.do(say(raise));
    a.do(say(acknowledge));
    expect(a.do(say({ ...acknowledge, actor: 'commander' }))).toEqual([]);
    expect(a.state.acknowledged?.actor).toBe('duty');
  });

  test('A4, A5 cleared before it was acknowledged it still wants acknowledging', () => {
    const a = station();
    a.do(say(raise));
    a.do(say(clear));
    expect(a.state.state).toBe('returned');
    a.do(say(acknowledge));
    expect(a.state.state).toBe('normal');
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
    const shelve: AlarmCommand = { do: 'shelve', until: 99, reason: 'sensor under repair', actor: 'duty' };
    expect(() => a.do(say(shelve))).toThrow(Refusal);
    a.do(say(raise));
    a.do(say(shelve));
    expect(a.state.shelvedUntil).toBe(99);
    a.do(say({ ...raise, finding: { ...finding, level: 1 } }));
    expect(a.state.shelvedUntil).toBeNull();
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

  test('an event whose body does not fit is passed over, on every station alike', () => {
    const a = station();
    a.do(say(raise));
    a.do((alarm) => [{ type: 'alarm.cleared', subject: alarm.id, actor: 'x', body: { occurrence: 'one' } }]);
    expect(a.state.state).toBe('unacknowledged');
  });
});
