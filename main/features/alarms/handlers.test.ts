import { expect, test } from 'vitest';
import { alarmAggregate } from '../../../core/alarms/alarm.ts';
import { OPS } from '../../../core/ledger/stream.ts';
import { callerAt } from '../../../tests/fakes/callers.ts';
import { createDomainRig } from '../../../tests/fakes/domainRig.ts';
import { opened } from '../../../tests/fakes/workedRig.ts';
import { alarmHandlers } from './handlers.ts';

const caller = callerAt('duty');

test('an alarm nobody raised is not found; a rule that says no is told in the caller’s language', async () => {
  const rig = createDomainRig();
  await expect(rig.call('alarms.acknowledge', { alarm: 'alarm:x:y' })).rejects.toMatchObject({ code: 'not-found' });
  await expect(rig.call('incidents.note', { incident: 'incident:none', text: 'x' })).rejects.toMatchObject({
    code: 'refused',
    message: 'there is no incident incident:none',
  });
  const zh = rig.call('incidents.note', { incident: 'incident:none', text: 'x' }, { lang: 'zh-CN' });
  await expect(zh).rejects.toMatchObject({ code: 'refused', message: '没有事件 incident:none' });
  expect(rig.ledger.count).toBe(0);
});

test('many are acknowledged at once, each an event of its own, but for what came back or worsened since it was seen', async () => {
  const rig = createDomainRig();
  const [a, b, c] = [await rig.raise(2, 'WL-001'), await rig.raise(3, 'WL-002'), await rig.raise(2, 'WL-003')];
  await rig.raise(1, 'WL-003');
  await rig.clear('WL-002');
  await rig.call('alarms.acknowledge', { alarm: b });
  await rig.raise(3, 'WL-002');
  const before = rig.ledger.count;
  const seen = [
    { alarm: a, occurrence: 1, level: 2 },
    { alarm: a, occurrence: 1, level: 2 },
    { alarm: b, occurrence: 1, level: 3 },
    { alarm: c, occurrence: 1, level: 2 },
    { alarm: 'alarm:x:y', occurrence: 1, level: 2 },
  ] as const;
  expect(await rig.call('alarms.acknowledgeAll', { alarms: [...seen] })).toEqual({ acknowledged: 1 });
  expect(rig.ledger.count).toBe(before + 1);
  expect([a, b, c].map((id) => rig.topics.alarms.items.get(id)?.state)).toEqual([
    'acknowledged',
    'unacknowledged',
    'unacknowledged',
  ]);
});

test('an alarm that no rule of the hall looks at is withdrawn with a reason, which its story has; one that is looked at is not', async () => {
  const rig = createDomainRig();
  const alarm = await rig.raise(2, 'WL-001');
  const watched = alarmHandlers({
    ...{ domain: rig.domain, stream: OPS, isWatched: () => true },
    teller: { ask: () => expect.fail() },
  });
  await expect((async () => watched['alarms.withdraw']({ alarm, reason: 'x' }, caller))()).rejects.toMatchObject({
    code: 'refused',
    message: expect.stringContaining('clears by itself'),
  });
  expect(rig.topics.alarms.items.get(alarm)?.state).toBe('unacknowledged');
  await rig.call('alarms.withdraw', { alarm, reason: 'gauge taken down' });
  expect(rig.domain.of(alarmAggregate).get(alarm)).toMatchObject({ state: 'normal' });
  expect(rig.topics.alarms.items.has(alarm)).toBe(false);
  expect([...rig.ledger.all()].at(-1)?.body).toMatchObject({ withdrawn: true, reason: 'gauge taken down' });
  await expect(rig.call('alarms.withdraw', { alarm, reason: 'again' })).rejects.toMatchObject({ code: 'refused' });
});

test('shelving hides the state for its minutes and says until when', async () => {
  const { call, clock, topics, alarm } = await opened();
  await call('alarms.shelve', { alarm, minutes: 10, reason: 'sensor is being cleaned' });
  expect(topics.alarms.items.get(alarm)).toMatchObject({
    state: 'shelved',
    shelvedUntil: clock.now() + 600_000,
  });
  await call('alarms.unshelve', { alarm });
  expect(topics.alarms.items.get(alarm)).toMatchObject({ state: 'acknowledged', shelvedUntil: null });
});
