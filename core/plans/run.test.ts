import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PaperStation, sha256 } from '../../tests/fakes/fold.ts';
import { Refusal } from '../refusal.ts';
import { decideRun, type RunCommand } from './decide.ts';
import { planDraft, planHash } from './document.ts';
import { runAggregate } from './evolve.ts';
import { factsOf, type PlanRun, stepOf } from './run.ts';
import { progress, stepState } from './states.ts';
import { unitsOf } from './stepUnits.ts';
import { PlanTemplate } from './template.ts';

const t = (en: string) => ({ zh: en, en });
const plan = PlanTemplate.parse({
  plan: 'flood',
  version: 1,
  status: 'approved',
  name: t('Flood'),
  fits: { incidents: ['urban-flooding'], level: 3 },
  lanes: [
    { id: 'traffic', department: 'traffic', title: t('Traffic') },
    { id: 'power', department: 'power', title: t('Power') },
  ],
  steps: [
    { id: 'verify', lane: 'traffic', title: t('Verify'), acknowledge: '60s', finish: '3m', escalate: 'power' },
    { id: 'close', lane: 'traffic', title: t('Close'), needs: ['verify'] },
    {
      id: 'cut-power',
      lane: 'power',
      kind: 'decision',
      title: t('Cut power?'),
      needs: ['verify'],
      options: [
        { id: 'cut', title: t('Cut') },
        { id: 'keep', title: t('Keep') },
      ],
    },
    { id: 'off', lane: 'power', title: t('Off'), when: { step: 'cut-power', option: 'cut' } },
    { id: 'guard', lane: 'power', title: t('Guard'), when: { step: 'cut-power', option: 'keep' } },
    { id: 'reopen', lane: 'traffic', title: t('Reopen'), needs: ['close', 'off', 'guard'] },
  ],
});

const hash = planHash(plan, sha256);
const launch: RunCommand = { do: 'launch', plan, hash, incident: 'incident:1', actor: 'commander' };
const say = (command: RunCommand) => (run: PlanRun) => decideRun(run, command);
const act = (verb: 'acknowledge' | 'start', step: string): RunCommand => ({ do: verb, step, actor: 'traffic' });
const finish = (step: string, actor = 'traffic'): RunCommand => ({ do: 'finish', step, note: null, actor });
const skip = (step: string, actor = 'power'): RunCommand => ({ do: 'skip', step, reason: 'not needed', actor });
const choose = (option: string, actor = 'power'): RunCommand => ({ do: 'decide', step: 'cut-power', option, actor });
const reopen = (step: string): RunCommand => ({
  do: 'reopen-step',
  step,
  reason: 'pressed by mistake',
  actor: 'commander',
});
const reopenRun: RunCommand = { do: 'reopen', reason: 'it rains again', actor: 'commander' };
const send = (step: string, unit: string, actor = 'traffic'): RunCommand => ({
  ...{ do: 'assign-unit', step, unit, name: `call sign of ${unit}`, actor },
});
const release = (step: string, unit: string): RunCommand => ({ do: 'release-unit', step, unit, actor: 'traffic' });
const allClear = (force = false): RunCommand => ({
  do: 'end',
  outcome: 'all-clear',
  reason: 'dry',
  force,
  actor: 'commander',
});

const station = (name = 'A') => new PaperStation<PlanRun>(name, runAggregate, 'run:1');
function states(run: PlanRun): Record<string, string> {
  return Object.fromEntries((run.plan?.steps ?? []).map((step) => [step.id, stepState(run, step)]));
}
function launched() {
  const [a, b] = [station('A'), station('B')];
  a.do((run) => [planDraft(plan, hash, 'commander'), ...decideRun(run, launch)]);
  a.meet(b);
  return { a, b };
}

describe('plan run', () => {
  test('P1 only an approved version is launched', () => {
    expect(() => station().do(say({ ...launch, plan: { ...plan, status: 'draft' } }))).toThrow(/only an approved/);
  });

  test('P2 a step is ready when what it needs is settled, and keeps the time it became so', () => {
    const { a } = launched();
    expect(states(a.state)).toMatchObject({
      verify: 'ready',
      close: 'waiting',
      'cut-power': 'waiting',
      off: 'waiting',
    });
    const at = a.now;
    a.do(say(finish('verify')));
    expect(states(a.state)).toMatchObject({ verify: 'done', close: 'ready', 'cut-power': 'ready', off: 'waiting' });
    expect(factsOf(a.state, 'verify').readyAt).toBe(at);
    expect(factsOf(a.state, 'close').readyAt).toBe(a.now);
    expect(() => a.do(say(finish('reopen')))).toThrow(/waits for "Close", "Off", "Guard"/);
  });

  test('P3 the option not chosen is not taken, and holds up nobody', () => {
    const { a } = launched();
    a.do(say(finish('verify')));
    a.do(say(finish('close')));
    a.do(say(choose('cut')));
    expect(states(a.state)).toMatchObject({ 'cut-power': 'done', off: 'ready', guard: 'not-taken', reopen: 'waiting' });
    a.do(say(finish('off')));
    expect(states(a.state).reopen).toBe('ready');
    expect(progress(a.state)).toEqual({ done: 4, skipped: 0, total: 5 });
    expect(() => a.do(say(act('start', 'guard')))).toThrow(/not taken/);
  });

  test('P3 both branches of a skipped decision are not taken', () => {
    const { a } = launched();
    a.do(say(finish('verify')));
    a.do(say(skip('cut-power')));
    expect(states(a.state)).toMatchObject({ off: 'not-taken', guard: 'not-taken' });
  });

  test('P4 starting acknowledges, finishing starts; P11 repeating writes nothing', () => {
    const { a } = launched();
    expect(a.do(say(act('start', 'verify')))).toEqual(['step.started']);
    expect(a.do(say(act('acknowledge', 'verify')))).toEqual([]);
    expect(factsOf(a.state, 'verify').acknowledged?.actor).toBe('traffic');
    a.do(say(finish('verify')));
    expect(a.do(say(finish('verify')))).toEqual([]);
    a.do(say(finish('close', 'duty')));
    expect(factsOf(a.state, 'close')).toMatchObject({ started: { actor: 'duty' }, acknowledged: { actor: 'duty' } });
  });

  test('P5 skipping is allowed until the step is settled', () => {
    const { a } = launched();
    a.do(say(skip('close')));
    expect(states(a.state).close).toBe('skipped');
    a.do(say(finish('verify')));
    expect(() => a.do(say(skip('verify')))).toThrow(/cannot be skipped/);
  });

  test('P6 a decision is settled by choosing, once', () => {
    const { a } = launched();
    a.do(say(finish('verify')));
    expect(() => a.do(say(finish('cut-power')))).toThrow(/choose one/);
    expect(() => a.do(say(choose('perhaps')))).toThrow(/no option/);
    a.do(say(choose('cut')));
    expect(a.do(say(choose('cut')))).toEqual([]);
    expect(() => a.do(say(choose('keep')))).toThrow(/has been decided: cut/);
  });

  test('P7 done at one station, skipped at the other while apart: done stands, both are shown', () => {
    for (const skipFirst of [true, false]) {
      const { a, b } = launched();
      a.do(say(finish('verify')), skipFirst ? 9000 : 1000);
      b.do(say(skip('verify')), skipFirst ? 1000 : 9000);
      a.meet(b);
      expect(a.state).toEqual(b.state);
      expect(states(a.state).verify).toBe('done');
      expect(a.state.conflicts).toMatchObject([{ field: 'step.verify', rule: 'done-stands', seen: null }]);
      expect(a.state.conflicts[0]?.values.map((v) => v.value).sort()).toEqual(['done', 'skipped']);
    }
  });

  test('P7 both finished it: no conflict, the first stands', () => {
    const { a, b } = launched();
    a.do(say(finish('verify', 'duty')));
    b.do(say(finish('verify', 'fire')), 4000);
    a.meet(b);
    expect(a.state.conflicts).toEqual([]);
    expect(factsOf(a.state, 'verify').outcome[0]?.by.actor).toBe('duty');
  });

  test('P8 different options while apart: the first stands, what was done under the other stays done', () => {
    const { a, b } = launched();
    a.do(say(finish('verify')));
    a.meet(b);
    a.do(say(choose('cut')), 1000);
    b.do(say(choose('keep')), 5000);
    b.do(say(finish('guard', 'power')));
    a.meet(b);
    expect(a.state).toEqual(b.state);
    expect(states(a.state)).toMatchObject({ off: 'ready', guard: 'done' });
    expect(a.state.conflicts).toMatchObject([{ field: 'decision.cut-power', stands: 0, rule: 'earliest' }]);
  });

  test('P9 overdue is written once a kind, escalated, and ended by acknowledging or settling', () => {
    const { a } = launched();
    const check = (afterMs: number) => a.do(say({ do: 'check-time', now: a.now + afterMs, actor: 'timer' }), afterMs);
    expect(check(59_000)).toEqual([]);
    expect(check(1_000)).toEqual(['step.overdue']);
    expect(check(1_000)).toEqual([]);
    expect(factsOf(a.state, 'verify')).toMatchObject({ overdue: 'acknowledge', escalatedTo: 'power' });
    a.do(say(act('acknowledge', 'verify')));
    expect(factsOf(a.state, 'verify').overdue).toBe('no');
    expect(check(180_000)).toEqual(['step.overdue']);
    expect(factsOf(a.state, 'verify').overdue).toBe('finish');
    a.do(say(finish('verify')));
    expect(factsOf(a.state, 'verify').overdue).toBe('no');
  });

  test('P9 a station measures by its own clock from when it saw the step become ready', () => {
    const { a } = launched();
    const { readyAt } = factsOf(a.state, 'verify');
    const hourAhead = (readyAt ?? 0) + 3_600_000;
    const check = (waited: number) =>
      a.do(say({ do: 'check-time', now: hourAhead + waited, since: { verify: hourAhead }, actor: 'timer' }), 0);
    expect(check(59_000)).toEqual([]);
    expect(check(60_000)).toEqual(['step.overdue']);
  });

  test('P10 all-clear wants every step settled, or force with a reason', () => {
    const { a } = launched();
    expect(() => a.do(say(allClear()))).toThrow(/still open: "Verify", "Close", "Cut power\?" and 3 more/);
    a.do(say(allClear(true)));
    expect(a.state).toMatchObject({ outcome: 'all-clear', ended: { actor: 'commander' } });
    expect(Object.values(states(a.state)).every((s) => s === 'skipped')).toBe(true);
    expect(progress(a.state)).toEqual({ done: 0, skipped: 6, total: 6 });
    expect(() => a.do(say(finish('verify')))).toThrow(/has ended/);
  });

  test('P11 unknown runs and steps are refused', () => {
    expect(() => station().do(say(finish('verify')))).toThrow(Refusal);
    expect(() => launched().a.do(say(finish('dance')))).toThrow(/no step "dance"/);
  });

  test('P14 a step is opened again as it was before it was settled, and its times count anew', () => {
    const { a } = launched();
    a.do(say(act('acknowledge', 'verify')));
    a.do(say(finish('verify')));
    a.do(say(act('start', 'close')));
    expect(a.do(say(reopen('verify')))).toEqual(['step.reopened']);
    expect(a.do(say(reopen('verify')), 0)).toEqual([]);
    expect(states(a.state)).toMatchObject({ verify: 'acknowledged', close: 'started', 'cut-power': 'waiting' });
    expect(factsOf(a.state, 'verify')).toMatchObject({
      ...{ started: null, acknowledged: { actor: 'traffic' }, reopened: { actor: 'commander' } },
      ...{ note: 'pressed by mistake', readyAt: a.now, waits: 2 },
    });
    expect(factsOf(a.state, 'cut-power')).toMatchObject({ readyAt: null, waits: 1 });
    const late = (afterMs: number) => a.do(say({ do: 'check-time', now: a.now + afterMs, actor: 'timer' }), afterMs);
    expect(late(179_000)).toEqual([]);
    expect(late(1000)).toEqual(['step.overdue']);
    a.do(say(finish('verify')));
    expect(factsOf(a.state, 'verify')).toMatchObject({ reopened: null, overdue: 'no' });
    expect(factsOf(a.state, 'cut-power')).toMatchObject({ readyAt: a.now, waits: 2 });
  });

  test('P14 a decision withdrawn: its branches wait, what was done under it stays done, another option is free', () => {
    const { a } = launched();
    a.do(say(finish('verify')));
    a.do(say(choose('cut')));
    a.do(say(finish('off')));
    expect(() => a.do(say(reopen('guard')))).toThrow(/withdraw the decision/);
    a.do(say(reopen('cut-power')));
    expect(states(a.state)).toMatchObject({ 'cut-power': 'ready', off: 'done', guard: 'waiting' });
    a.do(say(choose('keep')));
    expect(states(a.state)).toMatchObject({ 'cut-power': 'done', off: 'done', guard: 'ready' });
    expect(a.state.conflicts).toEqual([]);
  });

  test('P14 opened again at one station, done at the other while apart: done stands, both are shown', () => {
    for (const reopenFirst of [true, false]) {
      const { a, b } = launched();
      a.do(say(skip('verify')));
      a.meet(b);
      a.do(say(reopen('verify')), reopenFirst ? 1000 : 9000);
      b.do(say(finish('verify')), reopenFirst ? 9000 : 1000);
      a.meet(b);
      expect(a.state).toEqual(b.state);
      expect(states(a.state).verify).toBe('done');
      expect(a.state.conflicts).toMatchObject([{ field: 'step.verify', rule: 'done-stands', seen: null }]);
    }
  });

  test('P15 an abort leaves what is open; a run opened again goes on with what its end had skipped, but not with what was', () => {
    const { a } = launched();
    expect(a.do(say({ ...allClear(), outcome: 'aborted', reason: 'wrong plan' } as RunCommand))).toEqual(['run.ended']);
    expect(a.state).toMatchObject({ outcome: 'aborted' });
    expect(states(a.state).verify).toBe('ready');
    expect(a.do(say(reopenRun))).toEqual(['run.reopened']);
    a.do(say(skip('close')));
    a.do(say(finish('verify')));
    a.do(say(allClear(true)));
    expect(a.do(say(reopenRun))).toEqual(['run.reopened', ...Array(4).fill('step.reopened')]);
    expect(a.state).toMatchObject({ outcome: null, ended: null });
    expect(states(a.state)).toMatchObject({ verify: 'done', close: 'skipped', 'cut-power': 'ready', off: 'waiting' });
    expect(factsOf(a.state, 'cut-power').readyAt).toBe(a.now);
    expect(a.do(say(reopenRun))).toEqual([]);
  });

  test('P15 opened again at one station, ended otherwise at the other while apart: it goes on, and both are shown', () => {
    const { a, b } = launched();
    a.do(say(allClear(true)));
    b.do(say({ ...allClear(), outcome: 'aborted' } as RunCommand), 9000);
    a.do(say(reopenRun));
    a.meet(b);
    expect(a.state).toEqual(b.state);
    expect(a.state).toMatchObject({ ended: null, outcome: null });
    expect(a.state.conflicts).toMatchObject([{ field: 'run-end', rule: 'going-on-stands', seen: null }]);
    a.do(say(allClear(true)));
    expect(a.state.conflicts[0]?.seen).not.toBeNull();
  });

  test('P16 a run is rated once it has ended; the last rating stands until it is opened again', () => {
    const { a } = launched();
    const rate = (stars: number): RunCommand => ({ do: 'rate', stars, words: 'well done', actor: 'commander' });
    expect(() => a.do(say(rate(4)))).toThrow(/after the all-clear/);
    a.do(say(allClear(true)));
    a.do(say(rate(4)));
    expect(a.do(say(rate(4)))).toEqual([]);
    a.do(say(rate(2)));
    expect(a.state.rating).toMatchObject({ stars: 2, words: 'well done', by: { actor: 'commander' } });
    a.do(say(reopenRun));
    expect(a.state.rating).toBeNull();
  });

  test('P17 a unit is sent once for a step that is not settled, also one that waits, and released; it stays with what was settled', () => {
    const { a } = launched();
    const sent = (step: string) => unitsOf(factsOf(a.state, step)).map(({ unit, name, by }) => [unit, name, by.actor]);
    expect(a.do(say(send('close', 'u1')))).toEqual(['step.unit-assigned']);
    expect(a.do(say(send('close', 'u1', 'duty')))).toEqual([]);
    expect(states(a.state).close).toBe('waiting');
    expect(sent('close')).toEqual([['u1', 'call sign of u1', 'traffic']]);
    expect(a.do(say(release('close', 'u1')))).toEqual(['step.unit-released']);
    expect(a.do(say(release('close', 'u1')))).toEqual([]);
    expect(sent('close')).toEqual([]);
    for (let i = 0; i < 20; i++) a.do(say(send('verify', `u${i}`)));
    expect(() => a.do(say(send('verify', 'one-too-many')))).toThrow(/20 units are sent for "Verify"/);
    a.do(say(finish('verify')));
    expect(sent('verify')).toHaveLength(20);
    expect(() => a.do(say(send('verify', 'late')))).toThrow(/"Verify" is over/);
  });

  test('P17 sent at both stations while apart it is sent once, by the first; sent anew while it is released elsewhere, it stays sent', () => {
    const { a, b } = launched();
    a.do(say(send('verify', 'u1', 'duty')), 9000);
    b.do(say(send('verify', 'u1', 'fire')));
    a.meet(b);
    expect(a.state).toEqual(b.state);
    expect(unitsOf(factsOf(a.state, 'verify')).map(({ by }) => by.actor)).toEqual(['fire']);
    a.do(say(release('verify', 'u1')));
    expect(unitsOf(factsOf(a.state, 'verify'))).toEqual([]);
    a.do(say(send('verify', 'u1', 'duty')));
    b.do(say(release('verify', 'u1')), 9000);
    a.meet(b);
    expect(a.state).toEqual(b.state);
    expect(unitsOf(factsOf(a.state, 'verify')).map(({ by }) => by.actor)).toEqual(['duty']);
  });

  test('whatever two stations do while apart, they agree when they meet; no step that was done is undone but by who saw it done', () => {
    const ids = plan.steps.map((step) => step.id);
    const command: fc.Arbitrary<RunCommand> = fc.oneof(
      fc.constantFrom(...ids).map((step) => finish(step)),
      fc.constantFrom(...ids).map((step) => skip(step)),
      fc.constantFrom(...ids).map((step) => act('acknowledge', step)),
      fc.constantFrom('cut', 'keep').map((option) => choose(option)),
      fc.constantFrom(...ids).map((step) => reopen(step)),
      fc.constantFrom(...ids).map((step) => send(step, 'u1')),
      fc.constantFrom(...ids).map((step) => release(step, 'u1')),
      fc.constantFrom(allClear(true), { ...allClear(), outcome: 'aborted' } as RunCommand, reopenRun),
      fc.constantFrom(1, 5).map((stars): RunCommand => ({ do: 'rate', stars, words: '', actor: 'commander' })),
    );
    const turn = fc.record({
      who: fc.constantFrom('a', 'b', 'meet'),
      command,
      wait: fc.integer({ min: 1, max: 5000 }),
    });
    fc.assert(
      fc.property(fc.array(turn, { maxLength: 30 }), (turns) => {
        const { a, b } = launched();
        for (const { who, command, wait } of turns) {
          if (who === 'meet') a.meet(b);
          else {
            try {
              (who === 'a' ? a : b).do(say(command), wait);
            } catch (error) {
              if (!(error instanceof Refusal)) throw error;
            }
          }
        }
        a.meet(b);
        expect(a.state).toEqual(b.state);
        const undone = new Set(a.events.flatMap(({ type, body }) => (type === 'step.reopened' ? body.seen : [])));
        for (const event of a.events) {
          if (event.type !== 'step.finished' || undone.has(event.id)) continue;
          const step = stepOf(a.state, String(event.body.step));
          expect(step && stepState(a.state, step)).toBe('done');
        }
      }),
      { seed: 20261121, numRuns: 500 },
    );
  });
});
