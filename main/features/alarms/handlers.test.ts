import { expect, test } from 'vitest';
import { callerAt } from '../../../tests/fakes/callers.ts';
import { createDomainRig } from '../../../tests/fakes/domainRig.ts';
import { opened } from '../../../tests/fakes/workedRig.ts';

const _caller = callerAt('duty');

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
