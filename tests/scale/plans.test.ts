import { describe, expect, test } from 'vitest';
import { actorNamed } from '../../core/ledger/actor.ts';
import type { EventDraft } from '../../core/ledger/envelope.ts';
import { decideRun, type RunCommand } from '../../core/plans/decide.ts';
import { runAggregate } from '../../core/plans/evolve.ts';
import type { PlanRun } from '../../core/plans/run.ts';
import { progress, stepState } from '../../core/plans/states.ts';
import { runView } from '../../main/features/plans/view.ts';
import { createDomainRig } from '../fakes/domainRig.ts';
import { OPS_1 } from '../fakes/fold.ts';
import { foldedStates, statesOf } from '../fakes/states.ts';
import { counted, longPlan, SHAPES, type Shape } from './longPlan.ts';

/** Folds what is decided as it is decided, without ledger and schema: what is counted is the plan engine's own work. */
function paperRun(shape: Shape, steps: number) {
  const { plan, looks } = counted(longPlan(shape, steps));
  let run: PlanRun = runAggregate.initialState('run:1');
  let seq = 0;
  const fold = (drafts: readonly EventDraft[]) => {
    for (const draft of drafts) {
      seq++;
      const place = { ...OPS_1, id: `ops/A-${seq}`, station: 'A', seq, hlc: String(seq).padStart(16, '0'), at: seq };
      const body = draft.type === 'run.launched' ? { ...draft.body, plan } : draft.body;
      run = runAggregate.evolve(run, {
        ...draft,
        body: body as EventDraft['body'],
        ...place,
        actor: actorNamed(draft.actor),
        prev: '',
        hash: '',
      });
    }
    return drafts.length;
  };
  const say = (command: RunCommand) => fold(decideRun(run, command));
  say({ do: 'launch', plan, hash: 'h', incident: 'incident:1', actor: 'x' });
  return { say, fold, looks, plan, run: () => run };
}

/** Looks at steps that one event costs on average, over a run in which every step is started and settled and shown. */
function looksAnEvent(shape: Shape, steps: number): number {
  const rig = paperRun(shape, steps);
  let events = 0;
  const before = rig.looks();
  for (const { id, kind } of longPlan(shape, steps).steps) {
    if (stepState(rig.run(), { id }) !== 'not-taken') {
      events += rig.say({ do: 'start', step: id, actor: 'x' });
      events += rig.say(
        kind === 'decision'
          ? { do: 'decide', step: id, option: 'yes', actor: 'x' }
          : { do: 'finish', step: id, note: null, actor: 'x' },
      );
    }
    runView(rig.run());
    rig.say({ do: 'check-time', now: 0, actor: 'timer' });
  }
  expect(progress(rig.run())).toEqual({ done: steps, skipped: 0, total: steps });
  return (rig.looks() - before) / events;
}

/** Looks at steps by the event that costs most of those that settle one step after another, decided and folded. */
function dearestEvent(shape: Shape, steps: number): number {
  const rig = paperRun(shape, steps);
  const costs = longPlan(shape, steps).steps.map(({ id, kind }) => {
    const before = rig.looks();
    rig.say(
      kind === 'decision'
        ? { do: 'decide', step: id, option: 'yes', actor: 'x' }
        : { do: 'finish', step: id, note: null, actor: 'x' },
    );
    return rig.looks() - before;
  });
  expect(progress(rig.run())).toEqual({ done: steps, skipped: 0, total: steps });
  return Math.max(...costs);
}

describe.each(SHAPES)('a plan whose steps are %s', (shape) => {
  test('costs each event no more looks than it has steps, times a constant', () => {
    const short = looksAnEvent(shape, 100);
    const long = looksAnEvent(shape, 300);
    expect(short).toBeLessThan(100 * 20);
    expect(long / short).toBeLessThan(3.6); // Three times the steps; the square would be nine, the cube twenty-seven.
  });

  test('costs an event looks at the steps it reaches, however many others there are', () => {
    expect(dearestEvent(shape, 300)).toBe(dearestEvent(shape, 100));
  });

  test('is ended by force with as many looks as it has events times steps', () => {
    const cost = (steps: number) => {
      const rig = paperRun(shape, steps);
      const before = rig.looks();
      const events = rig.say({ do: 'end', outcome: 'all-clear', reason: 'dry', force: true, actor: 'x' });
      return (rig.looks() - before) / events;
    };
    expect(cost(300) / cost(100)).toBeLessThan(3.6);
  });

  test('is launched, worked through and ended at a hall, and folded anew to the same', async () => {
    const rig = createDomainRig();
    const plan = longPlan(shape, 300);
    rig.plans.push(plan);
    const { incident } = await rig.call('incidents.open', { alarm: await rig.raise(1) });
    const { run } = await rig.call('runs.launch', { incident, plan: plan.plan, version: 1 });
    await rig.call('runs.start', { run, step: 's0' });
    await rig.call('runs.allClear', { run, reason: 'dry', force: true });
    expect(rig.topics.runs.items.get(run)).toMatchObject({ state: 'ended', done: 0, skipped: 300, total: 300 });
    expect(statesOf(rig)).toBe(foldedStates(rig));
  });
});

test('a chain as deep as no plan may be exhausts no stack', () => {
  const deep = {
    steps: Array.from({ length: 20_000 }, (_, i) => ({ id: `s${i}`, needs: i > 0 ? [`s${i - 1}`] : [] })),
  };
  const plan = { ...longPlan('chain', 1), steps: deep.steps } as unknown as PlanRun['plan'];
  const run: PlanRun = { ...runAggregate.initialState('run:1'), plan };
  expect(stepState(run, { id: 's19999' })).toBe('waiting');
  expect(stepState(run, { id: 's0' })).toBe('ready');
});
