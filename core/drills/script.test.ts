import { describe, expect, test } from 'vitest';
import { holds, type IncidentScene, ONLY, type Scene } from './conditions.ts';
import { nextActions, pendingActions, startDrill } from './interpreter.ts';
import { type IncidentOutcome, unmet } from './outcome.ts';
import { DrillScript } from './script.ts';
import type { Action } from './scriptShape.ts';

const written = {
  drill: 'small',
  name: { zh: '小演练', en: 'Small' },
  seed: 1,
  sensors: [
    {
      ids: ['WL-001'],
      curve: [
        [0, 0],
        ['10s', 1],
      ],
    },
  ],
  seats: [
    { station: 'A', seat: 'duty' },
    { station: 'B', seat: 'water', departments: ['water'] },
  ],
  auto: { acknowledge: 1, start: 2, finish: '4s' },
  steps: { drained: { finishWhen: [{ sensor: 'WL-001', below: 0.1 }] }, notice: { manual: true } },
  actions: [
    { id: 'go', do: 'launch', station: 'A', seat: 'duty', plan: 'p', at: 5, when: [{ incident: 'open' }] },
    { id: 'cut', do: 'cut', station: 'A', seat: 'duty', after: { action: 'go', seconds: 3 } },
  ],
  expect: { steps: { total: 2, done: 2 }, departments: ['water'], conflicts: [], apart: 5, within: 60 },
};
const script = DrillScript.parse(written);

function faultOf(change: (it: typeof written & Record<string, unknown>) => void): {
  path: string;
  message: string;
  remedy: unknown;
} {
  const copy = structuredClone(written);
  change(copy);
  const issue = DrillScript.safeParse(copy).error?.issues[0];
  if (issue === undefined) throw new Error('was accepted');
  return {
    path: issue.path.join('.'),
    message: issue.message,
    remedy: 'params' in issue ? issue.params?.remedy?.en : undefined,
  };
}

const scene = (more: Partial<Scene> = {}, incident: Partial<IncidentScene> | null = null): Scene => ({
  ...{ alarms: [], sensors: {}, connected: true },
  incidents: incident ? { [ONLY]: { state: 'open', level: 3, run: null, conflicts: 0, ...incident } } : {},
  ...more,
});
const running = (steps: NonNullable<IncidentScene['run']>['steps']): Scene =>
  scene({}, { run: { state: 'running', steps } });

describe('a drill script', () => {
  test('times are read as seconds', () => {
    expect(script.sensors[0]?.curve[1]?.[0]).toBe(10);
    expect(script.auto.finish).toBe(4);
  });

  test('faults name the place and the remedy', () => {
    expect(
      faultOf(
        (it) =>
          void it.sensors.splice(0, 1, {
            ids: ['x'],
            curve: [
              [5, 0],
              [5, 1],
            ],
          }),
      ),
    ).toMatchObject({
      path: 'sensors.0.curve.1',
      remedy: 'Write the points in order of time.',
    });
    expect(faultOf((it) => void Object.assign(it.actions[1] ?? {}, { seat: 'nobody' }))).toMatchObject({
      path: 'actions.1.seat',
      message: 'there is no seat nobody at station A',
    });
    expect(faultOf((it) => void Object.assign(it.actions[0] ?? {}, { after: { action: 'cut' } }))).toMatchObject({
      path: 'actions.0.after.action',
    });
    expect(faultOf((it) => void Object.assign(it.actions[0] ?? {}, { at: undefined, when: undefined }))).toMatchObject({
      path: 'actions.0',
      remedy: 'Add `at`, `after` or `when`.',
    });
    expect(faultOf((it) => void Object.assign(it.actions[0] ?? {}, { when: [{ sensor: 'WL-001' }] }))).toMatchObject({
      path: 'actions.0.when.0',
      remedy: 'Add `above` or `below`.',
    });
    expect(
      faultOf((it) => void Object.assign(it.actions[0] ?? {}, { when: [{ link: 'away', station: 'C' }] })),
    ).toMatchObject({
      path: 'actions.0.when.0.station',
      remedy: 'Write one of: A, B.',
    });
    expect(faultOf((it) => void it.seats.push({ station: 'A', seat: 'x', departments: ['water'] }))).toMatchObject({
      path: 'seats.2.departments.0',
      message: 'water sits at B/water as well',
    });
    expect(faultOf((it) => void it.expect.departments.push('navy'))).toMatchObject({ path: 'expect.departments.1' });
  });
});

describe('conditions', () => {
  const s = scene(
    { alarms: [{ rule: 'r', sensor: 's', level: 2, up: true }], sensors: { w: 0.5 } },
    { state: 'open', level: 3, conflicts: 2 },
  );
  test.each([
    [{ alarm: { rule: 'r', sensor: 's' } }, true],
    [{ alarm: { rule: 'r', sensor: 's', level: 3 } }, true],
    [{ alarm: { rule: 'r', sensor: 's', level: 1 } }, false],
    [{ incident: 'open' }, true],
    [{ level: 3 }, true],
    [{ level: 2 }, false],
    [{ run: 'running' }, false],
    [{ steps: 'settled' }, false],
    [{ sensor: 'w', above: 0.4, below: 0.6 }, true],
    [{ sensor: 'w', below: 0.5 }, false],
    [{ sensor: 'unheard', below: 5 }, false],
    [{ link: 'connected' }, true],
    [{ link: 'away' }, false],
    [{ conflicts: 2 }, true],
    [{ conflicts: 3 }, false],
  ] as const)('%j is %s', (condition, expected) => {
    expect(holds(condition, s)).toBe(expected);
  });
});

describe('the interpreter', () => {
  const turn = (progress: ReturnType<typeof startDrill>, second: number, a: Scene, b: Scene = scene()) =>
    nextActions(script, progress, second, { A: a, B: b });

  test('gives an action out once, when time, order and state allow', () => {
    const open = scene({}, { level: 2 });
    let t = turn(startDrill(script), 4.9, open);
    expect(t.actions).toEqual([]);
    t = turn(t.progress, 6, scene());
    expect(t.actions).toEqual([]);
    t = turn(t.progress, 7, open);
    expect(t.actions.map((a) => a.do)).toEqual(['launch']);
    expect(pendingActions(script, t.progress).map((a) => a.do)).toEqual(['cut']);
    t = turn(t.progress, 9.9, open);
    expect(t.actions).toEqual([]);
    t = turn(t.progress, 10, open);
    expect(t.actions.map((a) => a.do)).toEqual(['cut']);
  });

  test('carries ordinary steps out at the pace of the department, from when its own station shows them as ready', () => {
    const step = { id: 'pump', department: 'water', kind: 'task', state: 'ready' } as const;
    let progress = startDrill(script);
    const seen: string[] = [];
    for (let second = 100; second <= 106; second++) {
      const t = turn(progress, second, running([step]), second < 101 ? scene() : running([step]));
      progress = t.progress;
      for (const a of t.actions) if (a.station === 'B') seen.push(`${second} ${a.do}`);
    }
    expect(seen).toEqual(['102 acknowledge-step', '103 start-step', '105 finish-step']);
  });

  test('leaves decisions, manual steps, other departments and settled steps alone, and waits for a condition to finish', () => {
    const steps = [
      { id: 'choose', department: 'water', kind: 'decision', state: 'ready' },
      { id: 'notice', department: 'water', kind: 'task', state: 'ready' },
      { id: 'other', department: 'fire', kind: 'task', state: 'ready' },
      { id: 'old', department: 'water', kind: 'task', state: 'done' },
      { id: 'drained', department: 'water', kind: 'task', state: 'started' },
    ] as const;
    let progress = startDrill(script);
    const seen: string[] = [];
    for (let second = 0; second < 20; second++) {
      const wet = { ...running(steps), sensors: { 'WL-001': second < 15 ? 0.5 : 0.05 } };
      const t = turn(progress, second, scene(), wet);
      progress = t.progress;
      for (const a of t.actions) seen.push(`${second} ${a.do} ${'step' in a ? a.step : ''}`);
    }
    expect(seen).toEqual(['1 acknowledge-step drained', '2 start-step drained', '15 finish-step drained']);
  });
});

describe('a script with two incidents', () => {
  const two = {
    ...written,
    steps: { 'gas/notice': { manual: true }, drained: { finishWhen: [{ about: 'flood', level: 3 }] } },
    actions: [
      { do: 'open-incident', about: 'flood', station: 'A', seat: 'duty', at: 1, alarm: { rule: 'r', sensor: 's' } },
      { do: 'open-incident', about: 'gas', station: 'A', seat: 'duty', at: 2, alarm: { rule: 'g', sensor: 't' } },
      { do: 'launch', about: 'gas', station: 'A', seat: 'duty', plan: 'p', when: [{ about: 'gas', incident: 'open' }] },
    ],
    expect: {
      incidents: {
        flood: { steps: { total: 2, done: 2 }, departments: ['water'], conflicts: [] },
        gas: { steps: { total: 1, done: 1 }, departments: ['water'], conflicts: [] },
      },
      ...{ apart: 5, within: 60 },
    },
  };
  const faults = (change: (it: typeof two) => unknown) => {
    const copy = structuredClone(two);
    change(copy);
    return DrillScript.safeParse(copy).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  };

  test.each<[string, (it: typeof two) => unknown, string]>([
    [
      'an action that does not say which',
      (it) => Object.assign(it.actions[2] ?? {}, { about: undefined }),
      'actions.2: does not say which incident',
    ],
    [
      'a condition that does not say which',
      (it) => Object.assign(it.actions[2] ?? {}, { when: [{ run: 'running' }] }),
      'actions.2.when.0: does not say which incident',
    ],
    [
      'one that nobody opens',
      (it) => Object.assign(it.actions[2] ?? {}, { about: 'fire' }),
      'actions.2.about: no action opens an incident fire',
    ],
    [
      'a step of one that nobody opens',
      (it) => Object.assign(it.steps, { 'fire/verify': { manual: true } }),
      'steps.fire/verify: no action opens an incident fire',
    ],
    [
      'one of which nothing is expected',
      (it) => Reflect.deleteProperty(it.expect.incidents, 'gas'),
      'expect: nothing is expected of gas',
    ],
    [
      'expectations of one that nobody opens',
      (it) => Object.assign(it.expect.incidents, { fire: it.expect.incidents.gas }),
      'expect.incidents.fire: no action opens an incident fire',
    ],
    [
      'what is expected said in both ways',
      (it) => Object.assign(it.expect, { departments: ['water'] }),
      'expect: says it twice',
    ],
    [
      'too little expected',
      (it) => Object.assign(it, { expect: { departments: ['water'], apart: 5, within: 60 } }),
      'expect: does not say enough',
    ],
  ])('%s is named', (_what, change, expected) => {
    expect(faults(change)).toEqual([expected]);
  });

  test('takes each step of each, by the rule of its own', () => {
    const played = DrillScript.parse(two);
    const steps = [
      { id: 'notice', department: 'water', kind: 'task', state: 'ready' },
      { id: 'drained', department: 'water', kind: 'task', state: 'ready' },
    ] as const;
    const incident = { state: 'open', level: 2, run: { state: 'running', steps }, conflicts: 0 } as const;
    const b = scene({ incidents: { flood: incident, gas: incident } });
    let progress = startDrill(played);
    const seen: Action[] = [];
    for (let second = 0; second < 10; second++) {
      const t = nextActions(played, progress, second, { A: scene(), B: b });
      progress = t.progress;
      seen.push(...t.actions);
    }
    const done = seen.map(
      (action) => `${'about' in action ? action.about : ''} ${'step' in action ? action.step : ''}`,
    );
    expect(done.filter((each) => each === 'flood notice')).toHaveLength(3);
    expect(done).not.toContain('gas notice');
    // Both wait to be finished until the flood is at level 3.
    expect(done.filter((each) => each.endsWith(' drained'))).toHaveLength(4);
  });
});

test('the outcome is held against what was expected, sentence by sentence', () => {
  const good: IncidentOutcome = { steps: { total: 2, done: 2 }, departments: ['water'], conflicts: [], allClear: true };
  const times = { apartSeconds: 6, seconds: 30, converged: true };
  expect(unmet(script.expect, { incidents: { [ONLY]: good }, ...times })).toEqual([]);
  const bad: IncidentOutcome = {
    ...{ steps: { total: 2, done: 1 }, departments: [], allClear: false },
    conflicts: [{ of: 'run', field: 'level', values: ['2', '1'], stands: '1' }],
  };
  const late = { apartSeconds: 1, seconds: 99, converged: false };
  expect(unmet(script.expect, { incidents: { [ONLY]: bad }, ...late })).toHaveLength(8);
  const two = { steps: { total: 2, done: 2 }, departments: ['water'], conflicts: [] };
  const named = { ...script.expect, incidents: { flood: two, gas: two } };
  expect(unmet(named, { incidents: { flood: bad }, ...times })).toEqual([
    'flood: there was no all-clear',
    'flood: 1 of 2 steps were done, expected 2 of 2',
    'flood: water did nothing',
    'flood: unexpected conflict: run level: 1 / 2, stands 1',
    'flood: 1 conflicts, expected 0',
    'gas: was never opened',
  ]);
});
