import fc from 'fast-check';
import { expect, test } from 'vitest';
import { alarmAggregate } from '../../core/alarms/alarm.ts';
import { decideAlarm } from '../../core/alarms/decide.ts';
import type { LedgerEvent } from '../../core/ledger/envelope.ts';
import { decideRun } from '../../core/plans/decide.ts';
import { runAggregate } from '../../core/plans/evolve.ts';
import { createFakeClock } from '../../tests/fakes/clock.ts';
import { createDomainRig, type DomainRig } from '../../tests/fakes/domainRig.ts';
import { subjectsOf } from '../../tests/fakes/states.ts';
import { every } from '../clock.ts';
import { createDeadlines } from '../kernel/deadlines.ts';
import { keepTime } from '../kernel/timed.ts';
import { shelvingOver } from './alarms/shelvingOver.ts';
import { stepsOverdue } from './plans/overdue.ts';

const GRACE_MS = 10_000;
const fails = (error: unknown) => {
  throw error;
};

function byDeadlines({ domain, readiness, shelving, clock, ledger }: DomainRig): void {
  const deadlines = createDeadlines({ clock, onError: fails });
  const on = { domain, deadlines, clock, onError: fails };
  keepTime(stepsOverdue({ domain, readiness, clock, ownChains: () => ledger.ownChains() }), on);
  keepTime(shelvingOver({ domain, shelving, clock }), on);
}

/** What the deadlines stand in for: a look through every run and every alarm there ever was, each second. */
function byScan({ domain, readiness, shelving, clock, ledger }: DomainRig): void {
  const actor = 'hall.timer';
  const write = (decide: Parameters<typeof domain.execute>[0]) =>
    void domain.execute(decide, { keep: true }).catch(fails);
  every(clock, 1000, () => {
    for (const [id, run] of domain.of(runAggregate).staying()) {
      if (!run.plan || run.ended) continue;
      const mine = run.launched !== null && ledger.ownChains().includes(run.launched.station);
      const now = clock.now() - (mine ? 0 : GRACE_MS);
      write(() =>
        decideRun(domain.of(runAggregate).get(id), { do: 'check-time', now, since: readiness.since(id), actor }),
      );
    }
    for (const [id] of domain.of(alarmAggregate).staying()) {
      const end = shelving.end(id);
      if (end && end.due <= clock.monotonic())
        write(() => decideAlarm(domain.of(alarmAggregate).get(id), { do: 'unshelve', shelving: end.shelving, actor }));
    }
  });
}

const SENSORS = ['WL-001', 'WL-002', 'WL-003'];
const STEPS = ['look', 'pump', 'power', 'switch-off', 'guard'];
const at = fc.nat(SENSORS.length - 1);
const turn = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), seconds: fc.integer({ min: 1, max: 90 }) }) },
  fc.record({ do: fc.constantFrom('launch', 'launch-away', 'all-clear', 'restart'), at }),
  fc.record({ do: fc.constantFrom('start', 'finish', 'skip', 'choose'), at, step: fc.constantFrom(...STEPS) }),
  fc.record({ do: fc.constantFrom('shelve', 'shelve-away', 'unshelve'), at, minutes: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ do: fc.constant('skew' as const), ms: fc.integer({ min: -7_200_000, max: 7_200_000 }) }),
  fc.record({ do: fc.constant('disk' as const), takes: fc.boolean() }),
);
type Turn = typeof turn extends fc.Arbitrary<infer T> ? T : never;

interface Written {
  type: string;
  ms: number;
}

/** One history at station A, with another station that is met at each decision it takes. Answers what stands at the end of each turn. */
async function play(
  turns: readonly Turn[],
  keepTime: (rig: DomainRig) => void,
): Promise<{ story: unknown[]; written: Written[] }> {
  let clock = createFakeClock();
  let a = createDomainRig({ station: 'A', clock });
  const z = createDomainRig({ station: 'Z', clock });
  /** What was recorded or kept, how long the history had gone on then, in ms. */
  const written: Written[] = [];
  const ids = new Set<string>();
  let before = 0;
  const start = () => {
    const note = (events: readonly LedgerEvent[]) => {
      for (const { id, type } of events) if (!ids.has(id)) written.push({ type, ms: before + clock.monotonic() });
      for (const { id } of events) ids.add(id);
    };
    a.ledger.listen({ committed: note, kept: note });
    keepTime(a);
  };
  start();
  /** By sensor: the incident of its alarm. */
  const incidents: string[] = [];
  for (const sensor of SENSORS) {
    const alarm = await a.raise(2, sensor);
    incidents.push((await a.call('incidents.open', { alarm })).incident);
  }
  const runOf = (n: number, rig = a) =>
    [...rig.domain.of(runAggregate).staying()].find(([, run]) => run.incident === incidents[n])?.[0] ?? 'run:none';
  const alarmOf = (n: number) => `alarm:waterlogging:${SENSORS[n]}`;
  const away = async (decide: () => Promise<unknown>) => {
    await z.learnFrom(a);
    await decide();
    await a.learnFrom(z);
  };
  const launch = (rig: DomainRig, n: number) =>
    rig.call('runs.launch', { incident: incidents[n] ?? '', plan: 'test-flood', version: 2 });
  const shelve = (rig: DomainRig, n: number, minutes: number) =>
    rig.call('alarms.shelve', { alarm: alarmOf(n), minutes, reason: 'works' });

  const act = async (each: Exclude<Turn, { do: 'wait' | 'skew' | 'disk' }>): Promise<unknown> => {
    const run = runOf(each.at);
    if ('step' in each) {
      if (each.do === 'choose') return a.call('runs.decide', { run, step: each.step, option: 'cut' });
      if (each.do === 'skip') return a.call('runs.skip', { run, step: each.step, reason: 'x' });
      return a.call(each.do === 'start' ? 'runs.start' : 'runs.finish', { run, step: each.step });
    }
    if ('minutes' in each) {
      if (each.do === 'unshelve') return a.call('alarms.unshelve', { alarm: alarmOf(each.at) });
      return each.do === 'shelve' ? shelve(a, each.at, each.minutes) : away(() => shelve(z, each.at, each.minutes));
    }
    if (each.do === 'launch') return launch(a, each.at);
    if (each.do === 'launch-away') return away(() => launch(z, each.at));
    if (each.do === 'all-clear') return a.call('runs.allClear', { run, reason: 'dry', force: true });
    // What the hall that was ended still had on its clock does nothing more.
    before += clock.monotonic();
    clock = createFakeClock(clock.now());
    a.store.refuse(null);
    a.ledger.tryDisk();
    a = createDomainRig({ station: 'A', clock, store: a.store });
    start();
    return undefined;
  };

  const story: unknown[] = [];
  for (const each of turns) {
    if (each.do === 'skew') clock.skew(each.ms);
    else if (each.do === 'wait') await clock.advance(each.seconds * 1000);
    else if (each.do === 'disk') {
      a.store.refuse(each.takes ? null : 'SQLITE_FULL');
      if (each.takes) a.ledger.tryDisk();
    } else await act(each).catch(() => undefined); // A rule or the disk refuses it, here as there.
    story.push([
      each,
      subjectsOf(a, 'run')
        .map((id) => [id, a.domain.of(runAggregate).get(id)] as const)
        .map(([id, run]) => [
          id,
          Object.entries(run.steps).map(([step, { overdue, escalatedTo }]) => [step, overdue, escalatedTo]),
        ]),
      subjectsOf(a, 'alarm').map((id) => [id, a.domain.of(alarmAggregate).get(id).shelved?.minutes]),
      written.map(({ type }) => type).sort(), // Two of one moment have no order.
    ]);
  }
  return { story, written: written.toSorted((a, b) => a.type.localeCompare(b.type) || a.ms - b.ms) };
}

test('P9 A7 whatever happens, deadlines write what a look through everything each second would, and when it would', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(turn, { minLength: 5, maxLength: 40 }), async (turns) => {
      const found = await play(turns, byDeadlines);
      const plain = await play(turns, byScan);
      expect(found.story).toEqual(plain.story);
      found.written.forEach(({ type, ms }, i) => {
        const sooner = (plain.written[i]?.ms ?? Number.NaN) - ms;
        expect([type, sooner >= 0 && sooner <= 1000]).toEqual([plain.written[i]?.type, true]);
      });
    }),
    { seed: 6, numRuns: 100 },
  );
});
