import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LedgerEvent } from '../ledger/envelope.ts';
import { runAggregate } from './evolve.ts';
import { LaunchedPlan } from './launched.ts';
import type { PlanStep } from './planStep.ts';
import { chosenOf, factsOf, outcomeOf, type PlanRun, stepOf } from './run.ts';
import { progress, statesOf } from './states.ts';
import { isSettledState, type StepState } from './stepState.ts';
import type { PlanTemplate } from './template.ts';

/** P2–P6 as they are written, by asking again and again. */
function plainState(run: PlanRun, step: PlanStep): StepState {
  const settled = (id: string) => {
    const needed = stepOf(run, id);
    return needed === undefined || isSettledState(plainState(run, needed));
  };
  const conditionMet = () => {
    if (!step.when) return true;
    const decision = stepOf(run, step.when.step);
    if (!decision) return false;
    const chosen = chosenOf(factsOf(run, decision.id));
    if (chosen !== null) return chosen === step.when.option;
    return isSettledState(plainState(run, decision)) ? false : null;
  };
  const facts = factsOf(run, step.id);
  const outcome = outcomeOf(facts);
  if (outcome) return outcome;
  const met = conditionMet();
  if (met === false) return 'not-taken';
  if (facts.started) return 'started';
  if (facts.acknowledged) return 'acknowledged';
  return met === true && step.needs.every(settled) ? 'ready' : 'waiting';
}

const t = (en: string) => ({ zh: en, en });
const LONGEST = 9;
/** Names that a plan may have, one that no plan has, and one that is a trap in plain objects. */
const ids = [...Array.from({ length: LONGEST }, (_, i) => `s${i}`), '__proto__'];
const anyId = fc.constantFrom(...ids, 'nowhere');

/** Steps that hang together at random but not in a circle, in any order; some name a step that the plan does not have. */
const anyPlan: fc.Arbitrary<PlanTemplate> = fc
  .array(
    fc.record({
      decision: fc.boolean(),
      needs: fc.array(fc.nat(LONGEST), { maxLength: 4 }),
      when: fc.option(fc.record({ back: fc.nat(LONGEST), option: fc.constantFrom('yes', 'no') })),
    }),
    { minLength: 1, maxLength: ids.length },
  )
  .chain((shapes) => {
    const earlier = (i: number, back: number) => (back < i ? (ids[back] as string) : 'nowhere');
    const steps = shapes.map(({ decision, needs, when }, i) => ({
      ...{ id: ids[i], lane: 'duty', title: t(`Step ${i}`), kind: decision ? 'decision' : 'task' },
      needs: needs.map((back) => earlier(i, back)),
      ...(when ? { when: { step: earlier(i, when.back), option: when.option } } : {}),
      options: decision ? ['yes', 'no'].map((id) => ({ id, title: t(id) })) : [],
    }));
    return fc.shuffledSubarray(steps, { minLength: steps.length }).map((shuffled) =>
      LaunchedPlan.parse({
        ...{ plan: 'p', version: 1, status: 'approved', name: t('Plan') },
        ...{ fits: { incidents: [], level: 4 }, lanes: [{ id: 'duty', department: 'duty', title: t('Duty') }] },
        steps: shuffled,
      }),
    ) as fc.Arbitrary<PlanTemplate>;
  });

/** What two stations may have written, sensible or not, with a `seen` that leaves some of the earlier events out. */
const anyDeed = fc.record({
  station: fc.constantFrom('A', 'B'),
  step: anyId,
  type: fc.constantFrom(
    ...['step.acknowledged', 'step.started', 'step.finished', 'step.skipped', 'step.decided', 'step.decided'],
    ...['step.overdue', 'run.launched', 'run.ended', 'conflict.seen', 'step.reopened', 'step.reopened', 'run.reopened'],
    ...['step.unit-assigned', 'step.unit-released'],
  ),
  option: fc.constantFrom('yes', 'no'),
  saw: fc.array(fc.nat(40), { maxLength: 6 }),
});

type Deed = typeof anyDeed extends fc.Arbitrary<infer D> ? D : never;

const history = fc.record({
  plan: anyPlan,
  deeds: fc.array(anyDeed, { maxLength: 40 }),
  /** So many events come before the launch, as only a forged chain has them. */
  early: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.nat(3)),
  cuts: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 9 }),
});

function eventsOf({ plan, deeds, early }: { plan: PlanTemplate; deeds: Deed[]; early: number }) {
  const events = deeds.map(({ station, step, type, option, saw }, i) => {
    const seen = saw.flatMap((at) => (at < i ? [`e${at}`] : []));
    const body = {
      step,
      option,
      seen,
      note: null,
      reason: 'x',
      which: 'finish',
      escalate: null,
      incident: 'i',
      plan,
      outcome: 'all-clear',
      ...{ unit: 'u', name: 'Pump 1' },
    };
    return { type, body, station, id: `e${i}` };
  });
  events.splice(early, 0, {
    ...{ type: 'run.launched', station: 'A', id: 'launch' },
    body: { incident: 'i', plan } as never,
  });
  return events.map(
    (event, i) =>
      ({ ...event, subject: 'run:1', actor: 'x', seq: i + 1, hlc: '', at: 1000 + i, prev: '', hash: '' }) as unknown,
  ) as LedgerEvent[];
}

describe('states of a run, moved on event by event', () => {
  const start = () => runAggregate.initialState('run:1');

  test('P2–P6, P14 are what asking every step again makes them, and a step has the time of the event that last made it ready', () => {
    fc.assert(
      fc.property(history, (made) => {
        let run = start();
        const readyAt = new Map<string, number>();
        for (const event of eventsOf(made)) {
          const wasOver = run.ended !== null;
          run = runAggregate.evolve(run, event);
          const steps = run.plan?.steps ?? [];
          const plain = steps.map((step) => plainState(run, step));
          expect(statesOf(run)).toEqual(plain);
          const taken = plain.filter((state) => state !== 'not-taken');
          expect(progress(run)).toEqual({
            done: taken.filter((state) => state === 'done').length,
            skipped: taken.filter((state) => state === 'skipped').length,
            total: taken.length,
          });
          steps.forEach(({ id }, i) => {
            const open = outcomeOf(factsOf(run, id)) === null;
            const again = event.type === 'step.reopened' ? event.body.step === id : wasOver && run.ended === null;
            if (plain[i] === 'waiting') readyAt.delete(id);
            else if (plain[i] === 'ready' && !readyAt.has(id)) readyAt.set(id, event.at);
            else if (open && again && readyAt.has(id)) readyAt.set(id, event.at);
            expect(factsOf(run, id).readyAt).toBe(readyAt.get(id) ?? null);
          });
        }
      }),
      { seed: 20261126, numRuns: 600 },
    );
  });

  test('many events at once make of it what they make one by one, and leave alone what was before', () => {
    fc.assert(
      fc.property(history, (made) => {
        const events = eventsOf(made);
        const one = events.reduce(runAggregate.evolve, start());
        let many = start();
        for (let i = 0, c = 0; i < events.length; c++) {
          const size = made.cuts[c % made.cuts.length] as number;
          const before = many;
          const [was, stood] = [structuredClone(before), [...statesOf(before)]];
          many = runAggregate.evolveAll?.(many, events.slice(i, i + size)) as PlanRun;
          expect(before).toEqual(was);
          expect(statesOf(before)).toEqual(stood);
          i += size;
        }
        expect(many).toEqual(one);
        expect(statesOf(many)).toEqual(statesOf(one));
      }),
      { seed: 20261126, numRuns: 300 },
    );
  });
});
