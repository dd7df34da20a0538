import { expect, test } from 'vitest';
import { shelvingOver } from '../../main/features/alarms/shelvingOver.ts';
import { stepsOverdue } from '../../main/features/plans/overdue.ts';
import { createDeadlines } from '../../main/kernel/deadlines.ts';
import { createHeap } from '../../main/kernel/heap.ts';
import { keepTime } from '../../main/kernel/timed.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { createDomainRig, type DomainRig } from '../fakes/domainRig.ts';
import { seededRandom } from '../support/random.ts';

/** Looks at two deadlines side by side that putting one in, moving it and taking it out cost, among so many that wait. */
function looksAmong(waiting: number): number {
  let looks = 0;
  const heap = createHeap<{ due: number; place: number }>((a, b) => {
    looks++;
    return a.due < b.due;
  });
  const random = seededRandom(6);
  for (let i = 0; i < waiting; i++) heap.add({ due: random(), place: -1 });
  looks = 0;
  const times = 1000;
  for (let i = 0; i < times; i++) {
    const item = { due: random(), place: -1 };
    heap.add(item);
    heap.remove(item);
    const first = heap.first();
    if (first) heap.remove(first);
    heap.add({ due: random(), place: -1 });
  }
  return looks / times;
}

test('a deadline among 100,000 costs a few looks more than one among 1,000', () => {
  const few = looksAmong(1000);
  const many = looksAmong(100_000);
  expect(many).toBeLessThan(5 * Math.log2(100_000));
  expect(many - few).toBeLessThan(5 * Math.log2(100));
});

test('100,000 deadlines take one timer, and time that passes without one takes none', async () => {
  const clock = createFakeClock();
  let timers = 0;
  const counted = {
    ...clock,
    setTimeout(fn: () => void, ms: number) {
      timers++;
      return clock.setTimeout(fn, ms);
    },
  };
  const told: string[] = [];
  const kind = createDeadlines({ clock: counted, onError: () => undefined }).kind('x', (subject) => told.push(subject));
  for (let i = 0; i < 100_000; i++) kind.set(`s${i}`, 3_600_000 + i);
  expect([timers, clock.pending]).toEqual([1, 1]);
  await clock.advance(3_599_999);
  expect([timers, told.length]).toEqual([1, 0]);
  await clock.advance(10);
  expect([timers, told.length]).toEqual([11, 10]);
});

/** A hall with so many runs that wait, runs that have ended, and alarms that are shelved; its timekeeper's questions are counted. */
async function hall(each: number) {
  const rig = createDomainRig();
  const launch = async (i: number) => {
    const alarm = await rig.raise(2, `S-${i}`);
    const { incident } = await rig.call('incidents.open', { alarm });
    return (await rig.call('runs.launch', { incident, plan: 'test-flood', version: 2 })).run;
  };
  const running: string[] = [];
  for (let i = 0; i < each; i++) {
    running.push(await launch(i));
    await rig.call('runs.allClear', { run: await launch(each + i), reason: 'dry', force: true });
    await rig.call('alarms.shelve', { alarm: await rig.raise(2, `S-${2 * each + i}`), minutes: 60, reason: 'x' });
  }
  for (const run of running) {
    await rig.call('runs.acknowledge', { run, step: 'look' });
  }
  let asked = 0;
  const counting = <T extends object>(it: T): T =>
    new Proxy(it, {
      get(target, key) {
        const member: unknown = Reflect.get(target, key);
        if (typeof member !== 'function') return member;
        return (...args: unknown[]) => {
          asked++;
          const answer: unknown = member.apply(target, args);
          return key === 'of' ? counting(answer as object) : answer;
        };
      },
    });
  const { clock, ledger } = rig;
  const onError = (error: unknown) => expect.unreachable(String(error));
  const domain = counting(rig.domain);
  const on = { domain, deadlines: createDeadlines({ clock, onError }), clock, onError };
  const ownChains = () => ledger.ownChains();
  keepTime(stepsOverdue({ domain, readiness: counting(rig.readiness), clock, ownChains }), on);
  keepTime(shelvingOver({ domain, shelving: counting(rig.shelving), clock }), on);
  const costOf = async (what: () => unknown) => {
    asked = 0;
    await what();
    return asked;
  };
  return { rig, run: running[0] as string, costOf };
}

async function costs(each: number) {
  const { rig, run, costOf }: { rig: DomainRig; run: string; costOf(what: () => unknown): Promise<number> } =
    await hall(each);
  return {
    event: await costOf(() => rig.call('runs.start', { run, step: 'look' })),
    elsewhere: await costOf(() => rig.raise(1, 'another')),
    secondsWithoutAny: await costOf(() => rig.clock.advance(100_000)),
    settled: await costOf(() => rig.call('runs.finish', { run, step: 'look' })),
    due: await costOf(() => rig.clock.advance(30_000)),
    late: [...rig.ledger.all()].filter((event) => event.type === 'step.overdue').length,
  };
}

test('an event, a second and a deadline cost the same, however much waits or is over', async () => {
  const few = await costs(3);
  const many = await costs(60);
  expect(many).toEqual(few);
  expect(many.secondsWithoutAny).toBe(0);
  expect(many.late).toBe(1);
});
