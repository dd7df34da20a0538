import fc from 'fast-check';
import { expect, test } from 'vitest';
import { callAggregate, decideCall } from '../../../core/calls/call.ts';
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
  expect(shownIncident(second?.incident ?? '')).toMatchObject({ state: 'open', level: 1, alarm, after: incident });
  expect(shownIncident(incident)).toMatchObject({ state: 'closed', after: null });
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

const told = {
  ...{
    type: 'stalled-car',
    title: { zh: '车辆熄火', en: 'Stalled car' },
    level: 3 as const,
    words: 'a car has stalled',
  },
  place: { lon: 121.9, lat: 29.1, name: { zh: '滨河路', en: 'Binhe Road' } },
  caller: { name: 'Li', phone: '13900000000' },
};

test('I10 an incident is opened by hand, with what was told and by whom', async () => {
  const { call, shownIncident } = createDomainRig();
  const { incident } = await call('incidents.openByHand', told, { seat: 'duty' });
  expect(shownIncident(incident)).toMatchObject({ ...told, state: 'open', alarm: null, owner: 'duty', changes: 1 });
  await call('incidents.take', { incident }, { seat: 'deputy' });
  expect(shownIncident(incident)).toMatchObject({ owner: 'deputy', changes: 2 });
});

test('A14 an alarm joins an incident that is open, goes to another, and becomes one of its own', async () => {
  const { call, raise, topics, shownIncident, incident, alarm: first } = await opened(3);
  const alarm = await raise(2, 'WL-002');
  const inQueue = () => topics.alarms.items.get(alarm);
  await call('incidents.join', { incident, alarm });
  expect(inQueue()).toMatchObject({ state: 'acknowledged', incident, conflicts: [] });
  expect(shownIncident(incident)?.joined).toEqual([alarm]);
  expect(await call('incidents.open', { alarm })).toEqual({ incident });
  const other = (await call('incidents.openByHand', told)).incident;
  await call('incidents.join', { incident: other, alarm });
  expect(inQueue()).toMatchObject({ incident: other, conflicts: [] });
  const own = (await call('incidents.splitAlarm', { alarm })).incident;
  expect(inQueue()).toMatchObject({ incident: own, conflicts: [] });
  expect(shownIncident(own)).toMatchObject({ alarm, level: 2, state: 'open' });
  await expect(call('incidents.splitAlarm', { alarm: first })).rejects.toMatchObject({ code: 'refused' });
  await call('incidents.close', { incident: other, reason: 'over' });
  await expect(call('incidents.join', { incident: other, alarm })).rejects.toMatchObject({ code: 'refused' });
  await expect(call('incidents.join', { incident, alarm: 'alarm:no:x' })).rejects.toMatchObject({ code: 'not-found' });
});

test('A14 put into two incidents while apart, an alarm is in the same one at both stations, and both are shown', async () => {
  const [a, b] = [createDomainRig({ station: 'A' }), createDomainRig({ station: 'B' })];
  const alarm = await a.raise(3);
  const one = (await a.call('incidents.openByHand', told)).incident;
  const two = (await a.call('incidents.openByHand', told)).incident;
  await b.learnFrom(a);
  await a.call('incidents.join', { incident: one, alarm });
  b.clock.advanceSync(5000);
  await b.call('incidents.join', { incident: two, alarm });
  await a.learnFrom(b);
  await b.learnFrom(a);
  expect(statesOf(a)).toBe(statesOf(b));
  expect(a.topics.alarms.items.get(alarm)).toMatchObject({ incident: one, conflicts: [{ field: 'incident' }] });
});

test('I9 two are merged whichever is named first, with the worse level; an alarm of what was merged goes to where it is looked after', async () => {
  const { call, raise, clock, shownIncident, incident } = await opened(3);
  clock.advanceSync(1000);
  const alarm = await raise(1, 'WL-002');
  const later = (await call('incidents.open', { alarm })).incident;
  expect(await call('incidents.merge', { incident, other: later })).toEqual({ incident });
  expect(shownIncident(later)).toMatchObject({ state: 'merged', into: incident });
  expect(shownIncident(incident)).toMatchObject({ state: 'open', level: 1 });
  expect(await call('incidents.open', { alarm })).toEqual({ incident });
  await call('incidents.split', { incident: later });
  expect(shownIncident(later)).toMatchObject({ state: 'open', into: null });
  await expect(call('incidents.merge', { incident, other: incident })).rejects.toMatchObject({ code: 'bad-request' });
});

test('T2 a call becomes an incident as it is opened, or is noted, and waits no more', async () => {
  const { call, domain, topics } = createDomainRig();
  const come = (id: string) =>
    domain.execute(() =>
      decideCall(domain.of(callAggregate).get(id), {
        ...{ do: 'come', to: ['duty'], about: {}, actor: 'hall.drill' },
        text: { zh: '有车辆熄火', en: 'a car has stalled' },
      }),
    );
  await come('call:1');
  await come('call:2');
  expect([...topics.calls.items.keys()]).toEqual(['call:1', 'call:2']);
  const { incident } = await call('incidents.openByHand', { ...told, call: 'call:1' });
  await call('calls.note', { call: 'call:2' });
  expect([...topics.calls.items.keys()]).toEqual([]);
  expect(domain.of(callAggregate).get('call:1').answer).toMatchObject([{ value: incident }]);
  await expect(call('incidents.openByHand', { ...told, call: 'call:9' })).rejects.toMatchObject({ code: 'refused' });
});

test('I4 a closed incident is opened again', async () => {
  const { call, shownIncident, incident } = await opened(3);
  await call('incidents.close', { incident, reason: 'dry' });
  await call('incidents.reopen', { incident, reason: 'rain again' });
  expect(shownIncident(incident)).toMatchObject({ state: 'open', closedAt: null });
});

test('I9 whatever is merged, split, closed and opened again at two stations, both agree, and what was merged is found in one that was not (property)', async () => {
  const turn = fc.record({
    at: fc.nat(1),
    what: fc.constantFrom('merge', 'split', 'close', 'reopen', 'meet'),
    one: fc.nat(3),
    other: fc.nat(3),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(turn, { maxLength: 14 }), async (turns) => {
      const rigs = [createDomainRig({ station: 'A' }), createDomainRig({ station: 'B' })] as const;
      const [a, b] = rigs;
      const ids: string[] = [];
      for (let i = 0; i < 4; i++) ids.push((await a.call('incidents.openByHand', told)).incident);
      const meet = async () => {
        await b.learnFrom(a);
        await a.learnFrom(b);
      };
      await meet();
      for (const { at, what, one, other } of turns) {
        const rig = at === 0 ? a : b;
        const [incident, second] = [ids[one] as string, ids[other] as string];
        const done =
          what === 'meet'
            ? meet()
            : what === 'merge'
              ? rig.call('incidents.merge', { incident, other: second })
              : what === 'split'
                ? rig.call('incidents.split', { incident })
                : what === 'close'
                  ? rig.call('incidents.close', { incident, reason: 'x' })
                  : rig.call('incidents.reopen', { incident, reason: 'x' });
        await Promise.resolve(done).catch((error) => expect(['refused', 'bad-request']).toContain(error.code));
        rig.clock.advanceSync(1 + one);
      }
      await meet();
      expect(statesOf(a)).toBe(statesOf(b));
      for (const id of ids) {
        let shown = a.shownIncident(id);
        for (let hops = 0; shown?.into; hops++) {
          expect(hops).toBeLessThan(ids.length);
          shown = a.shownIncident(shown.into);
        }
        expect(shown?.state).toMatch(/^(open|closed)$/);
      }
    }),
    { seed: 20261127, numRuns: 40 },
  );
});
