import { describe, expect, test } from 'vitest';
import { AlarmView } from '../../contract/features/alarms.ts';
import { IncidentView } from '../../contract/features/incidents.ts';
import { RunView, TimelineEntry } from '../../contract/features/plans.ts';
import { alarmAggregate } from '../../core/alarms/alarm.ts';
import { incidentAggregate } from '../../core/incidents/incident.ts';
import { actorNamed } from '../../core/ledger/actor.ts';
import type { LedgerEvent } from '../../core/ledger/envelope.ts';
import { runAggregate } from '../../core/plans/evolve.ts';
import { NO_FACTS, type StepFacts } from '../../core/plans/run.ts';
import { wallAggregate } from '../../core/walls/wall.ts';
import { createDomainRig, TEST_PLAN } from '../../tests/fakes/domainRig.ts';
import { OPS_1 } from '../../tests/fakes/fold.ts';
import { VIEW_CHARS } from '../wire/pieces.ts';
import { alarmView, inQueue } from './alarms/view.ts';
import { incidentView } from './incidents/view.ts';
import { timelineEntry } from './plans/report/timelineEntry.ts';
import { runView } from './plans/view.ts';
import { wallView } from './walls/view.ts';

async function running() {
  const rig = createDomainRig();
  const alarm = await rig.raise(2);
  const { incident } = await rig.call('incidents.open', { alarm });
  const { run } = await rig.call('runs.launch', { incident, plan: 'test-flood', version: 2 });
  return { ...rig, alarm, incident, run };
}

describe('what windows are shown', () => {
  test('an alarm: its state, or that it is shelved; in the queue until it is over and seen', async () => {
    const { domain, call, raise, alarm } = await running();
    expect(AlarmView.parse(alarmView(domain.of(alarmAggregate).get(alarm), null))).toMatchObject({
      state: 'acknowledged',
      level: 2,
    });
    await call('alarms.shelve', { alarm, minutes: 5, reason: 'x' });
    expect(alarmView(domain.of(alarmAggregate).get(alarm), 99)).toMatchObject({ state: 'shelved', shelvedUntil: 99 });
    await raise(1); // A worse level unshelves (A7).
    expect(alarmView(domain.of(alarmAggregate).get(alarm), null)).toMatchObject({ state: 'unacknowledged', level: 1 });
    expect(inQueue(domain.of(alarmAggregate).get(alarm))).toBe(true);
    expect(inQueue(alarmAggregate.initialState('alarm:x:y'))).toBe(false);
    const conflict = {
      ...{ id: 'incident~x', subject: alarm, field: 'incident', values: [], stands: 0, rule: 'earliest', seen: null },
    };
    const over = { ...domain.of(alarmAggregate).get(alarm), state: 'normal' as const };
    expect(inQueue(over)).toBe(false);
    expect(inQueue({ ...over, conflicts: [conflict] })).toBe(true);
  });

  test('an incident or a run whose beginning has not arrived is not shown', () => {
    expect(incidentView(incidentAggregate.initialState('incident:x'))).toBeNull();
    expect(runView(runAggregate.initialState('run:x'))).toBeNull();
    expect(wallView(wallAggregate.initialState('wall:north'))).toBeNull();
  });

  test('a run: states, times to acknowledge and finish by, and what hangs on a decision', async () => {
    const { domain, call, clock, incident, run } = await running();
    const launchedAt = clock.now();
    const view = () => RunView.parse(runView(domain.of(runAggregate).get(run)));
    expect(IncidentView.parse(incidentView(domain.of(incidentAggregate).get(incident)))).toMatchObject({
      state: 'open',
    });
    const step = (id: string) => view().steps.find((each) => each.id === id);
    expect(step('look')).toMatchObject({
      ...{ state: 'ready', department: 'emergency', readyAt: launchedAt },
      ...{ acknowledgeBy: launchedAt + 60_000, finishBy: launchedAt + 180_000 },
    });
    expect(step('pump')).toMatchObject({ state: 'waiting', readyAt: null, acknowledgeBy: null, finishBy: null });
    expect(step('guard')?.needs).toEqual(['power']);
    clock.advanceSync(5000);
    await call('runs.finish', { run, step: 'look', note: 'dry' }, { seat: 'police' });
    expect(step('look')).toMatchObject({ state: 'done', note: 'dry', finished: { actor: 'police', station: 'A' } });
    expect(step('pump')).toMatchObject({ state: 'ready', acknowledgeBy: launchedAt + 35_000, finishBy: null });
    await call('runs.decide', { run, step: 'power', option: 'keep' });
    expect(step('power')).toMatchObject({ state: 'done', chosen: 'keep' });
    expect([step('switch-off')?.state, step('guard')?.state]).toEqual(['not-taken', 'ready']);
    expect(view()).toMatchObject({ done: 2, total: 4, state: 'running', outcome: null });
  });

  test('a run’s times count from when this station saw the step, where it has', async () => {
    const { domain, run } = await running();
    const [look] = runView(domain.of(runAggregate).get(run), undefined, { look: 5000 })?.steps ?? [];
    expect(look).toMatchObject({ acknowledgeBy: 65_000, finishBy: 185_000 });
  });

  test('a step about which nothing changed is the same object, for windows are told of what changed', async () => {
    const { domain, call, run } = await running();
    const steps = () => runView(domain.of(runAggregate).get(run))?.steps ?? [];
    const before = steps();
    expect(steps().every((step, i) => step === before[i])).toBe(true);
    await call('runs.finish', { run, step: 'look' });
    const after = steps();
    const changed = after.filter((step, i) => step !== before[i]).map(({ id }) => id);
    expect(changed).toEqual(['look', 'pump', 'power']);
    const later = runView(domain.of(runAggregate).get(run), undefined, { pump: 5000 })?.steps ?? [];
    expect(later.filter((step, i) => step !== after[i])).toMatchObject([{ id: 'pump', acknowledgeBy: 35_000 }]);
  });

  test('a note that no longer fits beside the others is cut, in steps that did not change too', () => {
    const plan = TEST_PLAN;
    const launched = { station: 'A', actor: 'x', at: 1, event: 'A-1' };
    const note = (chars: number) => ({ ...NO_FACTS, note: 'x'.repeat(chars) });
    const shown = (steps: Record<string, StepFacts>) =>
      runView({ ...runAggregate.initialState('run:x'), plan, launched, steps })?.steps.map((s) => s.noteCut);
    const look = note(VIEW_CHARS);
    expect(shown({ look })).toEqual([false, false, false, false, false]);
    expect(shown({ look, pump: note(VIEW_CHARS * 2) })).toEqual([true, true, false, false, false]);
    expect(shown({ look, pump: note(10) })).toEqual([false, false, false, false, false]);
  });

  test('a wall shows what was pushed last and who pushed it, and nothing once it was cleared', async () => {
    const rig = createDomainRig();
    const show = (scene: 'video' | 'plan') =>
      rig.call('wall.show', { screen: 'north', scene, selection: null, cameras: ['c1'] });
    await show('video');
    await show('plan');
    expect([...rig.topics.walls.items.values()]).toMatchObject([
      { screen: 'north', scene: 'plan', selection: null, cameras: ['c1'], shown: { actor: 'commander', station: 'A' } },
    ]);
    await rig.call('wall.clear', { screen: 'north' });
    expect([...rig.topics.walls.items.keys()]).toEqual([]);
  });
});

describe('a line of the timeline', () => {
  const event = (type: string, body: LedgerEvent['body']): LedgerEvent => ({
    ...{ ...OPS_1, id: 'ops/A-1', station: 'A', seq: 1, hlc: '0193a4b2c3d-0000', at: 7, prev: '', hash: '' },
    ...{ type, subject: 'run:x', actor: actorNamed('duty'), body },
  });
  const nameOf = (run: string) => (run === 'run:3' ? { zh: '火', en: 'Fire' } : null);
  const say = (type: string, body: LedgerEvent['body']) =>
    TimelineEntry.parse(timelineEntry(event(type, body), TEST_PLAN, nameOf)).text.en;

  test.each([
    [
      'alarm.raised',
      { level: 1, title: { zh: '水', en: 'Water' }, value: 1.3, unit: 'm' },
      'Level I alarm: Water (1.3 m)',
    ],
    ['alarm.cleared', { value: 0.1 }, 'Alarm cleared (0.1)'],
    ['alarm.shelved', { reason: 'test' }, 'Alarm shelved: test'],
    ['alarm.unshelved', {}, 'Alarm unshelved'],
    ['incident.level-changed', { level: 4, reason: 'calmer' }, 'Response level set to IV: calmer'],
    ['incident.closed', { reason: 'over' }, 'Incident closed: over'],
    ['incident.reopened', { reason: 'rain' }, 'Incident opened again: rain'],
    ['incident.taken', {}, 'Took the incident in hand'],
    ['incident.merged', {}, 'Merged into the incident opened earlier'],
    ['incident.split', {}, 'Split off the incident it was merged into'],
    ['incident.alarm-joined', {}, 'An alarm joined'],
    ['step.started', { step: 'look' }, 'Started “Look”'],
    ['step.finished', { step: 'look', note: null }, 'Finished “Look”'],
    ['step.skipped', { step: 'pump', reason: 'no pump' }, 'Skipped “Pump”: no pump'],
    ['step.decided', { step: 'power', option: 'cut' }, 'Decided “Power?”: Cut'],
    ['step.decided', { step: 'power', option: 'gone' }, 'Decided “Power?”: gone'],
    ['step.overdue', { step: 'look', which: 'acknowledge' }, 'Overdue “Look”: not acknowledged in time'],
    ['step.overdue', { step: 'unknown-step', which: 'finish' }, 'Overdue “unknown-step”: not finished in time'],
    ['run.ended', { outcome: 'all-clear', reason: 'dry' }, 'All-clear: dry'],
    ['run.ended', { outcome: 'aborted', reason: 'wrong plan' }, 'Run aborted: wrong plan'],
    ['conflict.seen', {}, 'Conflict seen'],
    ['incident.plan-launched', { plan: 'test-flood', run: 'run:2' }, 'The same plan was launched another time'],
    ['incident.plan-launched', { plan: 'fire', run: 'run:3' }, 'Another plan was launched: Fire'],
    ['step.of-a-later-version', { odd: true }, 'step.of-a-later-version'],
    ['constructor', {}, 'constructor'],
    ['step.reopened', { step: 'look', reason: 'x', seen: [] }, 'Opened again “Look”: x'],
    ['step.unit-assigned', { step: 'look', unit: 'u', name: 'Pump 1' }, 'Unit sent for “Look”: Pump 1'],
    ['step.unit-released', { step: 'look', unit: 'u', name: 'Pump 1', seen: [] }, 'Unit released from “Look”: Pump 1'],
    ['run.reopened', { reason: 'x', seen: [] }, 'Goes on: x'],
    ['run.rated', { stars: 4, words: 'x' }, 'Rated 4/5: x'],
    ['__proto__', {}, '__proto__'],
  ])('%s', (type, body, text) => {
    expect(say(type, body)).toBe(text);
  });

  test('a body that is not what it should be is a poorer line, never an error', () => {
    for (const type of [
      'alarm.raised',
      'incident.opened',
      'run.launched',
      'step.decided',
      'run.ended',
      'step.overdue',
    ]) {
      for (const body of [{}, { title: null, step: 7, level: 'x', reason: ['?'] }]) {
        expect(typeof TimelineEntry.parse(timelineEntry(event(type, body), null)).text.zh).toBe('string');
      }
    }
  });
});
