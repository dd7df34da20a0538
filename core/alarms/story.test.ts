import { expect, test } from 'vitest';
import { PaperStation } from '../../tests/fakes/fold.ts';
import { nameOfActor } from '../ledger/actor.ts';
import { OPS } from '../ledger/stream.ts';
import { type Alarm, alarmAggregate, alarmSubject } from './alarm.ts';
import { type AlarmCommand, decideAlarm, type Finding } from './decide.ts';
import { alarmStory } from './story.ts';

const ALARM = alarmSubject('waterlogging', 'WL-001');
const finding: Finding = {
  rule: 'waterlogging',
  title: { zh: '道路积水', en: 'Road waterlogging' },
  level: 2,
  source: { kind: 'sensor', id: 'WL-001' },
  value: 0.42,
  unit: 'm',
  place: { lon: 121.9, lat: 29.1, name: { zh: '滨河路下穿', en: 'Binhe underpass' } },
};
const raise = (level: Finding['level'], value: number): AlarmCommand => ({
  ...{ do: 'raise', finding: { ...finding, level, value }, actor: 'rule.waterlogging' },
});
const say = (command: AlarmCommand) => (alarm: Alarm) => decideAlarm(alarm, command);

test('A15 an alarm is told in all its occurrences: each change with who, what it had then, and why', () => {
  const a = new PaperStation<Alarm>('A', alarmAggregate, ALARM);
  a.do(say(raise(2, 0.42)));
  a.do(say({ do: 'acknowledge', actor: 'duty' }));
  a.do(say({ do: 'shelve', minutes: 30, reason: '传感器检修', actor: 'duty' }));
  a.do(say(raise(1, 1.3)));
  a.do(say({ do: 'link', incident: 'incident:1', actor: 'duty' }));
  a.do(say({ do: 'acknowledge', actor: 'commander' }));
  a.do(say({ do: 'clear', value: 0.1, actor: 'rule.waterlogging' }));
  a.do(say(raise(3, 0.2)));
  const told = alarmStory(ALARM, [...a.events].reverse(), OPS);
  expect(
    told.map(({ what, occurrence, level, value, actor }) => [what, occurrence, level, value, nameOfActor(actor)]),
  ).toEqual([
    ['raised', 1, 2, 0.42, 'rule.waterlogging'],
    ['acknowledged', 1, 2, 0.42, 'duty'],
    ['shelved', 1, 2, 0.42, 'duty'],
    ['worsened', 1, 1, 1.3, 'rule.waterlogging'],
    ['incident', 1, 1, 1.3, 'duty'],
    ['acknowledged', 1, 1, 1.3, 'commander'],
    ['cleared', 1, 1, 0.1, 'rule.waterlogging'],
    ['raised', 2, 3, 0.2, 'rule.waterlogging'],
  ]);
  expect(told[2]?.shelved).toEqual({ minutes: 30, reason: '传感器检修' });
  expect(told[4]?.incident).toBe('incident:1');
  expect(told.map(({ at }) => at)).toEqual(a.events.map(({ at }) => at));
  expect(alarmStory(ALARM, a.events, 'drill:1')).toEqual([]);
});

test('A15 what changed nothing is no part of it: a decision about an occurrence that is over, a rule that holds an alarm up too', () => {
  const [a, b] = [
    new PaperStation<Alarm>('A', alarmAggregate, ALARM),
    new PaperStation<Alarm>('B', alarmAggregate, ALARM),
  ];
  a.do(say(raise(2, 0.42)));
  a.meet(b);
  a.do(say({ do: 'clear', value: 0.1, actor: 'rule.waterlogging' }));
  a.do(say(raise(2, 0.5)));
  const terms = { direction: 'high', at: 0.9, for: 3 } as const;
  expect(a.do(say({ do: 'hold', terms, station: 'A', actor: 'rule.waterlogging' }))).toEqual(['alarm.held']);
  expect(b.do(say({ do: 'acknowledge', actor: 'duty' }), 10_000)).toEqual(['alarm.acknowledged']);
  a.meet(b);
  expect(a.state.acknowledged).toBeNull();
  expect(alarmStory(ALARM, a.events, OPS).map(({ what }) => what)).toEqual(['raised', 'cleared', 'raised']);
});
