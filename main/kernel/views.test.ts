import { expect, test } from 'vitest';
import { alarmAggregate } from '../../core/alarms/alarm.ts';
import type { SubjectRange } from '../../core/ledger/subjects.ts';
import { createFakeClock, type FakeClock } from '../../tests/fakes/clock.ts';
import { createDomainRig, type DomainRig, TEST_PLAN } from '../../tests/fakes/domainRig.ts';
import { createMemoryLedgerStore } from '../../tests/fakes/ledgerStore.ts';
import { foldedStates, statesOf } from '../../tests/fakes/states.ts';
import { createMemoryViewsPlace } from '../../tests/fakes/viewsPlace.ts';
import type { ViewsFault } from './views.ts';
import type { ViewsPlace, ViewsStore } from './viewsStore.ts';

/** A store whose reads of events are counted. */
function countingStore() {
  const store = createMemoryLedgerStore();
  let read: string[] = [];
  const counted = {
    ...store,
    ofSubject(subject: string) {
      read.push(subject);
      return store.ofSubject(subject);
    },
    bySubject(range?: SubjectRange) {
      read.push('all of them');
      return store.bySubject(range);
    },
  };
  return {
    store: counted,
    read() {
      const until = read;
      read = [];
      return until;
    },
  };
}

/** Alarms, incidents and runs, over and not. */
async function work(rig: DomainRig, from: number, to: number): Promise<void> {
  for (let i = from; i < to; i++) {
    const alarm = await rig.raise(2, `S-${i}`);
    const { incident } = await rig.call('incidents.open', { alarm });
    const { run } = await rig.call('runs.launch', { incident, plan: TEST_PLAN.plan, version: TEST_PLAN.version });
    await rig.call('runs.finish', { run, step: 'look' });
    if (i % 3 === 0) continue;
    await rig.call('runs.allClear', { run, reason: 'dry', force: true });
    await rig.clear(`S-${i}`);
  }
}

const shown = (rig: DomainRig) =>
  (['alarms', 'runs'] as const).map((topic) => [...rig.topics[topic].items.keys()].sort());

test('V4 a start at the ledger’s position folds nothing, and shows what was shown', async () => {
  const { store, read } = countingStore();
  const rig = createDomainRig({ store });
  await work(rig, 0, 6);
  rig.views.close();
  read();
  const again = createDomainRig({ store, place: rig.place });
  expect(read()).toEqual([]);
  expect(shown(again)).toEqual(shown(rig));
  expect(statesOf(again)).toBe(foldedStates(rig));
  expect(read()).toEqual([]);
});

test('V4 a start that is behind folds the subjects again that were written about since', async () => {
  const { store, read } = countingStore();
  const rig = createDomainRig({ store });
  await work(rig, 0, 4);
  rig.views.flush();
  await rig.raise(1, 'S-1');
  await rig.call('wall.show', { screen: 'north', scene: 'plan', selection: null, cameras: [] });
  read();
  const again = createDomainRig({ store, place: rig.place });
  expect(read()).toEqual(['alarm:waterlogging:S-1', 'wall:north']);
  expect(again.topics.alarms.items.get('alarm:waterlogging:S-1')?.level).toBe(1);
  expect(statesOf(again)).toBe(foldedStates(again));
});

test('V4 what was made from another ledger, or from what is gone, is made anew', async () => {
  const other = createDomainRig();
  await work(other, 0, 2);
  other.views.flush();
  const rig = createDomainRig({ place: other.place });
  expect(rig.domain.state('alarm:waterlogging:S-1')).toBeUndefined();
  await rig.raise(3, 'S-9');
  const again = createDomainRig({ store: other.store, place: rig.place });
  expect(statesOf(again)).toBe(foldedStates(other));
  expect(again.domain.of(alarmAggregate).get('alarm:waterlogging:S-9').occurrence).toBe(0);
});

test.each([
  { takes: 0, waits: 20 },
  { takes: 4, waits: 80 },
  { takes: 50, waits: 200 },
])('V3 what takes $takes ms to be put down is put down after $waits ms', async ({ takes, waits }) => {
  const fake = createFakeClock();
  let spent = 0;
  const clock = Object.defineProperties({}, Object.getOwnPropertyDescriptors(fake)) as FakeClock;
  clock.monotonic = () => fake.monotonic() + spent;
  const memory = createMemoryViewsPlace();
  const place: ViewsPlace = {
    ...memory,
    make(...what) {
      const making = memory.make(...what);
      return {
        ...making,
        finish(position) {
          const store = making.finish(position);
          const write: ViewsStore['write'] = (...of) => {
            store.write(...of);
            spent += takes;
          };
          return { ...store, write };
        },
      };
    },
  };
  const rig = createDomainRig({ clock, place });
  const told: number[] = [];
  rig.views.onChange(() => told.push(fake.monotonic()));
  await rig.raise(2, 'S-first');
  await fake.advance(1000);
  for (let i = 0; i < 3; i++) {
    told.length = 0;
    const decided = fake.monotonic();
    await rig.raise(2, `S-${i}`);
    await fake.advance(1000);
    expect(told).toEqual([decided + waits]);
  }
});

test('V3 what is not durable is in no file: neither what was rolled back nor what is in memory only', async () => {
  const rig = createDomainRig();
  const alarm = await rig.raise(3);
  const putDown = () => JSON.stringify(rig.views.savedOf(alarm)?.state);
  await rig.clock.advance(200);
  const before = putDown();
  expect(before).toBe(JSON.stringify(rig.domain.of(alarmAggregate).get(alarm)));
  rig.store.failNext('SQLITE_FULL');
  await expect(rig.call('alarms.acknowledge', { alarm })).rejects.toMatchObject({ code: 'not-recorded' });
  expect(rig.views.flush()).toBe(true);
  expect(putDown()).toBe(before);
  rig.store.refuse('SQLITE_FULL');
  await rig.domain.execute(
    () => [{ type: 'alarm.acknowledged', subject: alarm, actor: 'x', body: { occurrence: 1 } }],
    {
      keep: true,
    },
  );
  expect(rig.domain.of(alarmAggregate).get(alarm).state).toBe('acknowledged');
  await rig.clock.advance(3000);
  expect(rig.views.flush()).toBe(false);
  expect(putDown()).toBe(before);
  rig.store.refuse(null);
  rig.ledger.tryDisk();
  await rig.clock.advance(1000);
  expect(putDown()).toBe(JSON.stringify(rig.domain.of(alarmAggregate).get(alarm)));
});

test('V6 of what is over a bounded number stays in memory; what goes on stays all', async () => {
  const { store, read } = countingStore();
  const rig = createDomainRig({ store });
  for (let i = 0; i < 1200; i++) {
    const { incident } = await rig.call('incidents.open', { alarm: await rig.raise(2, `S-${i}`) });
    await rig.call('incidents.close', { incident, reason: 'over' });
  }
  rig.views.flush();
  let asked = 0;
  const savedOf = rig.views.savedOf.bind(rig.views);
  rig.views.savedOf = (subject) => {
    asked++;
    return savedOf(subject);
  };
  read();
  for (let i = 0; i < 1200; i++) rig.domain.of(alarmAggregate).get(`alarm:waterlogging:S-${i}`);
  expect(asked).toBe(0);
  const states = statesOf(rig);
  expect(asked).toBeGreaterThan(150);
  expect(read()).toEqual([]);
  expect(states).toBe(foldedStates(rig));
});

/** A place whose store can be made to throw. @param kept what was made is found again */
function frailPlace({ kept } = { kept: false }) {
  const place = createMemoryViewsPlace();
  let fault: { code: string; in: 'state' | 'write' | 'make' } | null = null;
  let made = 0;
  const fail = (next: typeof fault): void => {
    fault = next;
  };
  const failing = (what: 'state' | 'write' | 'make') => {
    if (fault?.in === what) throw Object.assign(new Error('the test made it fail'), { code: fault.code });
  };
  const frail = (store: ViewsStore): ViewsStore => ({
    ...store,
    state(subject) {
      failing('state');
      return store.state(subject);
    },
    write(position, work) {
      store.write(position, () => {
        work();
        failing('write');
      });
    },
  });
  const over: ViewsPlace = {
    open(stamp) {
      const store = kept ? place.open(stamp) : null;
      return store && frail(store);
    },
    make(...of) {
      failing('make');
      made++;
      const making = place.make(...of);
      return { ...making, finish: (position) => frail(making.finish(position)) };
    },
  };
  return { place: over, made: () => made, fail, rows: place.rows };
}

test('V1a what is over and of few events is folded again after a rebuild, and put down when it changes; of many it is put down', async () => {
  const rig = createDomainRig();
  await work(rig, 0, 2); // S-0 goes on, S-1 is over.
  for (let i = 0; i < 40; i++) {
    await rig.raise(2, 'S-9');
    await rig.clear('S-9');
  }
  rig.views.flush();
  const [open, over, busy] = ['S-0', 'S-1', 'S-9'].map((sensor) => `alarm:waterlogging:${sensor}`) as [
    string,
    string,
    string,
  ];
  const digested = async (of: DomainRig) => [...(await of.views.states()).rows];
  const before = await digested(rig);

  const anew = createDomainRig({ store: rig.store });
  expect(anew.views.savedOf(open)).toBeDefined();
  expect(anew.views.savedOf(busy)).toBeDefined();
  expect(anew.views.savedOf(over)).toBeUndefined();
  expect(statesOf(anew)).toBe(foldedStates(rig));
  expect(shown(anew)).toEqual(shown(rig));
  expect(await digested(anew)).toEqual(before);
  await anew.raise(1, 'S-1');
  anew.views.flush();
  expect(anew.views.savedOf(over)?.state).toEqual(anew.domain.state(over));
});

test('V1a states of a moment are of then, though they are folded again later', async () => {
  const rig = createDomainRig();
  await work(rig, 0, 2);
  rig.views.flush();
  const anew = createDomainRig({ store: rig.store });
  const before = [...(await anew.views.states()).rows];
  const { rows } = await anew.views.states();
  const first = rows.next();
  await anew.raise(1, 'S-1');
  anew.views.flush();
  expect([first.value, ...rows]).toEqual(before);
});

test('V7 a file that turns out to be damaged is made anew, and meanwhile states are folded from the ledger', async () => {
  const frail = frailPlace();
  const faults: string[] = [];
  const onFault = ({ kind }: ViewsFault) => void faults.push(kind);
  const rig = createDomainRig({ place: frail.place, onFault });
  await work(rig, 0, 8);
  rig.views.flush();
  const again = createDomainRig({ store: rig.store, place: frail.place, onFault });
  frail.fail({ code: 'SQLITE_CORRUPT', in: 'state' });
  expect(statesOf(again)).toBe(foldedStates(rig));
  frail.fail(null);
  expect(faults).toEqual(['damaged']);
  const { rows } = await again.views.states();
  expect([...rows].map(({ subject, state }) => `${subject} ${state}`).join('\n')).toBe(foldedStates(rig));
  expect(frail.made()).toBe(3);
});

test('V7 a disk that refuses the file keeps nobody from deciding; it is caught up afterwards', async () => {
  const frail = frailPlace();
  const faults: string[] = [];
  frail.fail({ code: 'SQLITE_CANTOPEN', in: 'make' });
  const unable = createDomainRig({ place: frail.place, onFault: ({ kind }) => void faults.push(kind) });
  await work(unable, 0, 2);
  expect(statesOf(unable)).toBe(foldedStates(unable));
  expect(faults.splice(0)).toEqual(['unwritable']);
  frail.fail(null);
  const rig = createDomainRig({ place: frail.place, onFault: ({ kind }) => void faults.push(kind) });
  frail.fail({ code: 'SQLITE_FULL', in: 'write' });
  await work(rig, 0, 3);
  await rig.clock.advance(5000);
  expect(faults).toEqual(['unwritable']);
  expect(statesOf(rig)).toBe(foldedStates(rig));
  expect(rig.views.savedOf('alarm:waterlogging:S-1')).toBeUndefined();
  frail.fail(null);
  await rig.clock.advance(1000);
  expect(rig.views.savedOf('alarm:waterlogging:S-1')?.state).toEqual(
    rig.domain.of(alarmAggregate).get('alarm:waterlogging:S-1'),
  );
  const named = 'SELECT count(*) AS n FROM log JOIN log_names AS type ON type.id = log.type';
  expect(frail.rows(named)).toEqual([{ n: rig.ledger.count }]);
});

/** So many events in one decision. */
const many = (rig: DomainRig, subject: string, count: number) =>
  rig.domain.execute(() =>
    Array.from({ length: count }, () => ({ type: 'alarm.acknowledged', subject, actor: 'x', body: { occurrence: 1 } })),
  );

test('V11 what waits for a disk that refuses is bounded: beyond it the ledger is caught up with when the disk takes it', async () => {
  const frail = frailPlace({ kept: true });
  const faults: string[] = [];
  const rig = createDomainRig({ place: frail.place, onFault: ({ kind }) => void faults.push(kind) });
  await work(rig, 0, 2);
  rig.views.flush();
  const alarm = await rig.raise(2, 'S-8');
  frail.fail({ code: 'SQLITE_FULL', in: 'write' });
  await many(rig, alarm, 4900);
  await rig.clock.advance(1000);
  expect(rig.views.readable()).toBe(true);
  await many(rig, alarm, 200);
  await rig.clock.advance(1000);
  expect(rig.views.readable()).toBe(false);
  expect(rig.views.savedOf(alarm)).toBeUndefined();
  await work(rig, 2, 4);
  await rig.clock.advance(60_000);
  expect(statesOf(rig)).toBe(foldedStates(rig));
  expect(faults).toEqual(['unwritable']);
  const told: string[][] = [];
  rig.views.onChange((changed) => told.push([...changed.keys()].sort()));
  frail.fail(null);
  await rig.clock.advance(600_000);
  expect(rig.views.readable()).toBe(true);
  expect(told[0]).toEqual(['alarms', 'incidents', 'log', 'runs']);
  expect(frail.rows('SELECT count(*) AS n FROM log')).toEqual([{ n: rig.ledger.count }]);
  expect(rig.views.savedOf(alarm)?.state).toEqual(rig.domain.state(alarm));
  expect(frail.made()).toBe(1);
  await rig.raise(1, 'S-9');
  await rig.clock.advance(200);
  expect(frail.rows('SELECT count(*) AS n FROM log')).toEqual([{ n: rig.ledger.count }]);
});

test('V12 a start that may write no file has states and no lists; they are made when the disk takes them', async () => {
  const frail = frailPlace({ kept: true });
  frail.fail({ code: 'SQLITE_CANTOPEN', in: 'make' });
  const faults: string[] = [];
  const rig = createDomainRig({ place: frail.place, onFault: ({ kind }) => void faults.push(kind) });
  await work(rig, 0, 3);
  expect(faults).toEqual(['unwritable']);
  expect(rig.views.readable()).toBe(false);
  expect(statesOf(rig)).toBe(foldedStates(rig));
  await rig.clock.advance(30_000);
  expect(rig.views.readable()).toBe(false);
  frail.fail(null);
  await rig.clock.advance(600_000);
  expect(rig.views.readable()).toBe(true);
  expect(frail.rows('SELECT count(*) AS n FROM log')).toEqual([{ n: rig.ledger.count }]);
  expect(statesOf(rig)).toBe(foldedStates(rig));
});
