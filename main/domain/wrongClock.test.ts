import { expect, test } from 'vitest';
import { incidentAggregate, levelOf } from '../../core/incidents/incident.ts';
import { createFakeClock } from '../../tests/fakes/clock.ts';
import { createDomainRig, type DomainRig } from '../../tests/fakes/domainRig.ts';
import { statesOf } from '../../tests/fakes/states.ts';

const DAY = 24 * 3_600_000;
const ALARM = 'alarm:waterlogging:WL-001';

async function meet(a: DomainRig, b: DomainRig): Promise<void> {
  await a.learnFrom(b);
  await b.learnFrom(a);
}

async function joined(skew: number): Promise<[DomainRig, DomainRig]> {
  const a = createDomainRig({ station: 'A' });
  const b = createDomainRig({ station: 'B', clock: createFakeClock(a.clock.now() + skew) });
  return [a, b];
}

test.each([3 * DAY, -3 * DAY, 40 * 365 * DAY, -20 * 365 * DAY])(
  'L5 with a clock off by %d ms, what was decided after having seen something stands',
  async (skew) => {
    const [a, b] = await joined(skew);
    await a.raise(4);
    await meet(a, b);
    await b.call('alarms.acknowledge', { alarm: ALARM });
    await meet(a, b);
    for (const rig of [a, b]) expect(rig.topics.alarms.items.get(ALARM)?.state).toBe('acknowledged');

    // B, who opened it, and A take turns.
    const { incident } = await b.call('incidents.open', { alarm: ALARM });
    await meet(a, b);
    for (const [rig, level] of [
      [a, 1],
      [b, 3],
      [a, 2],
      [b, 4],
    ] as const) {
      await rig.call('incidents.setLevel', { incident, level, reason: 'having seen the other' });
      await meet(a, b);
      for (const each of [a, b]) {
        expect(levelOf(each.domain.of(incidentAggregate).get(incident)).value).toBe(level);
        expect(each.domain.of(incidentAggregate).get(incident).conflicts).toEqual([]);
      }
    }

    await b.call('alarms.shelve', { alarm: ALARM, minutes: 30, reason: 'works on the gauge' });
    await meet(a, b);
    expect(a.topics.alarms.items.get(ALARM)?.state).toBe('shelved');
    await a.call('alarms.unshelve', { alarm: ALARM });
    await meet(a, b);
    expect(b.topics.alarms.items.get(ALARM)?.state).toBe('acknowledged');
    await b.clear();
    await meet(a, b);
    await a.raise(3);
    await meet(a, b);
    for (const rig of [a, b])
      expect(rig.topics.alarms.items.get(ALARM)).toMatchObject({ state: 'unacknowledged', occurrence: 2 });

    const { run } = await a.call('runs.launch', {
      incident: (await a.call('incidents.open', { alarm: ALARM })).incident,
      ...{ plan: 'test-flood', version: 2 },
    });
    await meet(a, b);
    await b.call('runs.finish', { run, step: 'look' });
    await meet(a, b);
    await a.call('runs.finish', { run, step: 'pump' });
    await meet(a, b);
    for (const rig of [a, b]) {
      const states = rig.topics.runs.items.get(run)?.steps.map((step) => [step.id, step.state]);
      expect(states).toEqual(expect.arrayContaining([['pump', 'done']]));
    }
    expect(statesOf(a)).toBe(statesOf(b));
  },
);

test('L5 a clock that was once years ahead, and was set right, takes part as before', async () => {
  const [a, ahead] = await joined(30 * 365 * DAY);
  await ahead.raise(4);
  const { incident } = await ahead.call('incidents.open', { alarm: ALARM });
  const b = createDomainRig({ station: 'B', store: ahead.store, clock: createFakeClock(a.clock.now()) });
  await meet(a, b);
  for (const [rig, level] of [
    [b, 4],
    [a, 1],
    [b, 3],
  ] as const) {
    await rig.call('incidents.setLevel', { incident, level, reason: 'in turn' });
    await meet(a, b);
  }
  for (const rig of [a, b]) {
    expect(levelOf(rig.domain.of(incidentAggregate).get(incident)).value).toBe(3);
    expect(rig.domain.of(incidentAggregate).get(incident).conflicts).toEqual([]);
  }
});
