import { afterEach, expect, test } from 'vitest';
import { nameOfActor } from '../../core/ledger/actor.ts';
import { createFakeClock } from '../../tests/fakes/clock.ts';
import { createDomainRig, type DomainRig } from '../../tests/fakes/domainRig.ts';
import { subjectsOf } from '../../tests/fakes/states.ts';
import { createDeadlines } from '../kernel/deadlines.ts';
import { keepTime } from '../kernel/timed.ts';
import { shelvingOver } from './alarms/shelvingOver.ts';
import { stepsOverdue } from './plans/overdue.ts';

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

function keepTimeOf(rig: DomainRig): unknown[] {
  const errors: unknown[] = [];
  const { domain, readiness, shelving, clock, ledger } = rig;
  const onError = (error: unknown) => errors.push(error);
  const deadlines = createDeadlines({ clock, onError });
  const on = { domain, deadlines, clock, onError };
  stops.push(
    keepTime(stepsOverdue({ domain, readiness, clock, ownChains: () => ledger.ownChains() }), on),
    keepTime(shelvingOver({ domain, shelving, clock }), on),
  );
  return errors;
}

async function launched(rig: DomainRig): Promise<string> {
  const alarm = await rig.raise(2);
  const { incident } = await rig.call('incidents.open', { alarm });
  return (await rig.call('runs.launch', { incident, plan: 'test-flood', version: 2 })).run;
}

const late = (rig: DomainRig) =>
  [...rig.ledger.all()]
    .filter((event) => event.type === 'step.overdue')
    .map(({ station, actor, body }) => `${body.step} ${body.which} by ${nameOfActor(actor)}@${station}`);
const pass = async (rig: DomainRig, seconds: number) => {
  await rig.clock.advance(seconds * 1000);
  await rig.domain.execute(() => []);
};

test('P9 a step is overdue when its time is over, once a kind, and not before', async () => {
  const rig = createDomainRig();
  keepTimeOf(rig);
  const run = await launched(rig);
  await pass(rig, 59);
  expect(late(rig)).toEqual([]);
  await pass(rig, 3);
  expect(late(rig)).toEqual(['look acknowledge by hall.timer@A']);
  expect(rig.topics.runs.items.get(run)?.steps[0]).toMatchObject({ overdue: 'acknowledge', escalatedTo: 'emergency' });
  await pass(rig, 200);
  expect(late(rig)).toEqual(['look acknowledge by hall.timer@A', 'look finish by hall.timer@A']);
  await rig.call('runs.finish', { run, step: 'look' });
  await pass(rig, 29);
  expect(late(rig)).toHaveLength(2);
  await pass(rig, 3);
  expect(late(rig).at(-1)).toBe('pump acknowledge by hall.timer@A');
  await rig.call('runs.allClear', { run, reason: 'x', force: true });
  const { count } = rig.ledger;
  await pass(rig, 3600);
  expect(rig.ledger.count).toBe(count);
});

test('P9 the station that launched writes it; another only when that one stays silent', async () => {
  const a = createDomainRig({ station: 'A' });
  const b = createDomainRig({ station: 'B', clock: a.clock });
  await launched(a);
  await b.learnFrom(a);
  keepTimeOf(b); // A's timer stands still: it was switched off.
  await pass(b, 65);
  expect(late(b)).toEqual([]);
  await pass(b, 10);
  expect(late(b)).toEqual(['look acknowledge by hall.timer@B']);
});

test.each([
  ['an hour ahead', 3_600_000],
  ['an hour behind', -3_600_000],
])('P9 a station %s calls no step late before its time, nor after', async (_where, skew) => {
  const a = createDomainRig({ station: 'A' });
  const b = createDomainRig({ station: 'B', clock: createFakeClock(a.clock.now() + skew) });
  keepTimeOf(a);
  keepTimeOf(b);
  const run = await launched(a);
  await b.learnFrom(a);
  // A real monotonic clock has fractions of a ms; wall times on the wire have none.
  for (const rig of [a, b]) await rig.clock.advance(0.4);
  await b.call('runs.finish', { run, step: 'look' });
  await a.learnFrom(b); // `pump` is ready, by B's clock.
  for (const rig of [a, b]) {
    const pump = rig.topics.runs.items.get(run)?.steps.find((step) => step.id === 'pump');
    expect(Math.abs((pump?.acknowledgeBy ?? 0) - rig.clock.now() - 30_000)).toBeLessThanOrEqual(1); // Windows count down to what this station goes by.
  }
  await pass(a, 29);
  await pass(b, 29);
  expect([...late(a), ...late(b)]).toEqual([]);
  await pass(a, 3);
  expect(late(a)).toEqual(['pump acknowledge by hall.timer@A']);
  await pass(b, 15);
  expect(late(b)).toEqual(['pump acknowledge by hall.timer@B']);
});

test('P9 after a restart waiting counts from the event’s time; one from the future counts from now', async () => {
  const rig = createDomainRig();
  await launched(rig);
  const later = createDomainRig({ store: rig.store, clock: createFakeClock(rig.clock.now() + 65_000) });
  keepTimeOf(later);
  await pass(later, 1);
  expect(late(later)).toEqual(['look acknowledge by hall.timer@A']);

  const other = createDomainRig();
  await launched(other);
  const before = createDomainRig({ store: other.store, clock: createFakeClock(other.clock.now() - 3_600_000) });
  keepTimeOf(before);
  await pass(before, 59);
  expect(late(before)).toEqual([]);
  await pass(before, 3);
  expect(late(before)).toEqual(['look acknowledge by hall.timer@A']);
});

test('A7 a shelved alarm comes back when its minutes are over', async () => {
  const rig = createDomainRig();
  keepTimeOf(rig);
  const alarm = await rig.raise(2);
  await rig.call('alarms.shelve', { alarm, minutes: 2, reason: 'works on the sensor' });
  await pass(rig, 119);
  expect(rig.topics.alarms.items.get(alarm)?.state).toBe('shelved');
  await pass(rig, 2);
  expect(rig.topics.alarms.items.get(alarm)?.state).toBe('unacknowledged');
  expect([...rig.ledger.all()].at(-1)).toMatchObject({ type: 'alarm.unshelved', actor: { kind: 'timer', id: 'hall' } });
});

test.each([
  ['an hour ahead', 3_600_000],
  ['an hour behind', -3_600_000],
  ['a year behind', -365 * 24 * 3_600_000],
])('A7 what a station %s shelves stays shelved for its minutes at every station', async (_where, skew) => {
  const a = createDomainRig({ station: 'A' });
  const b = createDomainRig({ station: 'B', clock: createFakeClock(a.clock.now() + skew) });
  for (const rig of [a, b]) await rig.clock.advance(0.4);
  keepTimeOf(a);
  const alarm = await a.raise(2);
  await b.learnFrom(a);
  await b.call('alarms.shelve', { alarm, minutes: 30, reason: 'works on the gauge' });
  await a.learnFrom(b);
  const states = () => [a, b].map((rig) => rig.topics.alarms.items.get(alarm)?.state);
  for (const rig of [a, b]) {
    const until = rig.topics.alarms.items.get(alarm)?.shelvedUntil ?? 0;
    expect(Math.abs(until - rig.clock.now() - 30 * 60_000)).toBeLessThanOrEqual(1); // By this hall's own clock.
  }
  await pass(a, 60);
  await a.raise(2);
  expect(states()).toEqual(['shelved', 'shelved']);
  // A, restarted, does not know what B's clock says.
  for (const stop of stops.splice(0)) stop();
  const again = createDomainRig({ station: 'A', store: a.store, clock: a.clock });
  keepTimeOf(again);
  await pass(again, 29 * 60);
  expect(again.topics.alarms.items.get(alarm)?.state).toBe('shelved');
  keepTimeOf(b);
  await pass(b, 30 * 60 + 2);
  expect([...b.ledger.all()].at(-1)).toMatchObject({
    type: 'alarm.unshelved',
    actor: { kind: 'timer', id: 'hall' },
    station: 'B',
  });
  await again.learnFrom(b);
  expect(again.topics.alarms.items.get(alarm)?.state).toBe('unacknowledged');
});

test('A7 shelving ends at another station too, when the one that shelved is away', async () => {
  const a = createDomainRig({ station: 'A' });
  const b = createDomainRig({ station: 'B', clock: a.clock });
  const alarm = await a.raise(2);
  await a.call('alarms.shelve', { alarm, minutes: 2, reason: 'x' });
  await b.learnFrom(a);
  keepTimeOf(b);
  await pass(b, 125);
  expect(b.topics.alarms.items.get(alarm)?.state).toBe('shelved');
  await pass(b, 10);
  expect(b.topics.alarms.items.get(alarm)?.state).toBe('unacknowledged');
});

test('A7 after a restart one’s own shelving goes on counting from when it was said', async () => {
  const rig = createDomainRig();
  const alarm = await rig.raise(2);
  await rig.call('alarms.shelve', { alarm, minutes: 5, reason: 'x' });
  const later = createDomainRig({ store: rig.store, clock: createFakeClock(rig.clock.now() + 4 * 60_000) });
  keepTimeOf(later);
  await pass(later, 55);
  expect(later.topics.alarms.items.get(alarm)?.state).toBe('shelved');
  await pass(later, 10);
  expect(later.topics.alarms.items.get(alarm)?.state).toBe('unacknowledged');
});

test('what the disk refuses is overdue all the same, and written once the disk takes it; nothing runs after the stop', async () => {
  const rig = createDomainRig();
  const errors = keepTimeOf(rig);
  await launched(rig);
  await pass(rig, 59);
  rig.store.refuse('SQLITE_FULL');
  await rig.clock.advance(4000);
  expect(rig.topics.runs.items.values().next().value?.steps[0]?.overdue).toBe('acknowledge');
  expect(late(rig)).toEqual([]);
  rig.store.refuse(null);
  rig.ledger.tryDisk();
  expect(late(rig)).toEqual(['look acknowledge by hall.timer@A']);
  expect(errors).toEqual([]);
  for (const stop of stops.splice(0)) stop();
  rig.views.close();
  expect(rig.clock.pending).toBe(0);
});

test('a decision that is refused altogether is said, and tried again each second until it is taken', async () => {
  const rig = createDomainRig();
  let refusing = true;
  let tries = 0;
  const domain: DomainRig['domain'] = {
    ...rig.domain,
    execute(decide, options) {
      tries++;
      return refusing ? Promise.reject(new Error('no room')) : rig.domain.execute(decide, options);
    },
  };
  const errors = keepTimeOf({ ...rig, domain });
  await launched(rig);
  await pass(rig, 63);
  expect(tries).toBe(4);
  expect(errors).toHaveLength(4);
  refusing = false;
  await pass(rig, 1);
  expect(late(rig)).toEqual(['look acknowledge by hall.timer@A']);
  expect(tries).toBe(5);
});

test('what was written elsewhere in the same moment is not written twice', async () => {
  const rig = createDomainRig();
  keepTimeOf(rig);
  const run = await launched(rig);
  const alarm = subjectsOf(rig, 'alarm')[0] ?? '';
  await rig.call('alarms.shelve', { alarm, minutes: 1, reason: 'x' });
  await pass(rig, 59);
  const both = [rig.call('alarms.unshelve', { alarm }), rig.call('runs.acknowledge', { run, step: 'look' })];
  await rig.clock.advance(1000);
  await Promise.all(both);
  await pass(rig, 10);
  expect(late(rig)).toEqual([]);
  expect([...rig.ledger.all()].filter((event) => event.type === 'alarm.unshelved')).toHaveLength(1);
});
