import { expect, test } from 'vitest';
import { createDomainRig } from '../../../tests/fakes/domainRig.ts';
import { statesOf, subjectsOf } from '../../../tests/fakes/states.ts';
import { opened } from '../../../tests/fakes/workedRig.ts';

const long = '水'.repeat(2000);

test('opening links, acknowledges and opens in one transaction; opening again answers the same', async () => {
  const { call, ledger, topics, shownIncident, alarm, incident } = await opened();
  expect([...ledger.all()].map((event) => event.type)).toEqual([
    ...['alarm.raised', 'alarm.linked', 'alarm.acknowledged', 'incident.opened'],
  ]);
  expect(topics.alarms.items.get(alarm)).toMatchObject({ state: 'acknowledged', incident });
  expect(shownIncident(incident)).toMatchObject({ type: 'urban-flooding', level: 2, alarm });
  expect(await call('incidents.open', { alarm })).toEqual({ incident });
  expect(ledger.count).toBe(4);
});

test('A8 an incident closed too early is followed by another while the alarm is up, and a plan is launched for it', async () => {
  const rig = await opened(4);
  const { call, raise, clear, topics, shownIncident, alarm, incident } = rig;
  await call('incidents.close', { incident, reason: 'a puddle' });
  await raise(1);
  expect(topics.alarms.items.get(alarm)).toMatchObject({ state: 'unacknowledged', level: 1, incident });
  const twice = await Promise.all([call('incidents.open', { alarm }), call('incidents.open', { alarm })]);
  const [second] = twice;
  expect(twice[1]).toEqual(second);
  expect(second?.incident).not.toBe(incident);
  expect(topics.alarms.items.get(alarm)).toMatchObject({
    ...{ state: 'acknowledged', incident: second?.incident, conflicts: [] },
  });
  expect(shownIncident(second?.incident ?? '')).toMatchObject({ state: 'open', level: 1, alarm });
  await call('runs.launch', { incident: second?.incident ?? '', plan: 'test-flood', version: 2 });
  // The same after an all-clear that came too early, and without a rise.
  const run = subjectsOf(rig, 'run').at(-1);
  await call('runs.allClear', { run: run ?? '', reason: 'dry, we thought', force: true });
  const third = await call('incidents.open', { alarm });
  expect(third).not.toEqual(second);
  await call('runs.launch', { incident: third.incident, plan: 'test-flood', version: 2 });
  // What is over stays what it was.
  await call('incidents.close', { incident: third.incident, reason: 'over' });
  await clear();
  expect(await call('incidents.open', { alarm })).toEqual(third);
});

test('A8 where two stations opened one each, the one that is still open is the answer', async () => {
  const a = createDomainRig({ station: 'A' });
  const b = createDomainRig({ station: 'B' });
  const alarm = await a.raise(2);
  await b.learnFrom(a);
  const ours = await a.call('incidents.open', { alarm });
  b.clock.advanceSync(5000);
  const theirs = await b.call('incidents.open', { alarm });
  await a.learnFrom(b);
  expect(a.topics.alarms.items.get(alarm)).toMatchObject({ incident: ours.incident, conflicts: [{ seen: null }] });
  await a.call('incidents.close', { ...ours, reason: 'the other one goes on' });
  expect(await a.call('incidents.open', { alarm })).toEqual(theirs);
  await a.call('incidents.close', { ...theirs, reason: 'over' });
  const third = await a.call('incidents.open', { alarm });
  await b.learnFrom(a);
  expect(b.topics.alarms.items.get(alarm)?.incident).toBe(third.incident);
  expect(statesOf(b)).toBe(statesOf(a));
});

test('an incident with a thousand long notes goes on: newest notes, level and end are on every screen, the rest is asked for', async () => {
  const { call, shownIncident, incident } = await opened();
  const view = () => shownIncident(incident);
  for (let i = 0; i < 1000; i++) await call('incidents.note', { incident, text: `${i} ${long}`.slice(0, 2000) });
  await call('incidents.setLevel', { incident, level: 1, reason: 'worse' });
  await call('incidents.close', { incident, reason: 'over' });
  expect(JSON.stringify(view()).length).toBeLessThan(250_000);
  expect(view()).toMatchObject({ state: 'closed', level: 1 });
  const shown = view()?.notes ?? [];
  expect(shown.at(-1)?.text).toMatch(/^999 /);
  expect(shown.length + (view()?.earlierNotes ?? 0)).toBe(1000);
  const read = [...shown];
  for (let before = view()?.earlierNotes ?? 0; before > 0; ) {
    const { notes, from } = await call('incidents.notes', { incident, before });
    expect(from + notes.length).toBe(before);
    read.unshift(...notes);
    before = from;
  }
  expect(read.map(({ text }) => Number(text.split(' ')[0]))).toEqual(Array.from({ length: 1000 }, (_, i) => i));
  await expect(call('incidents.notes', { incident: 'incident:none', before: 1 })).rejects.toMatchObject({
    code: 'not-found',
  });
});
