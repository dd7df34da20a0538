import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { z } from 'zod';
import { IncidentView } from '../../contract/features/incidents.ts';
import { RunView } from '../../contract/features/plans.ts';
import { WallView } from '../../contract/features/walls.ts';
import { methods } from '../../contract/index.ts';
import { incidentAggregate } from '../../core/incidents/incident.ts';
import { actorNamed } from '../../core/ledger/actor.ts';
import type { EventDraft, LedgerEvent } from '../../core/ledger/envelope.ts';
import { type Aggregate, foldStep } from '../../core/ledger/projection.ts';
import { runAggregate } from '../../core/plans/evolve.ts';
import { wallAggregate } from '../../core/walls/wall.ts';
import { createDomainRig, TEST_PLAN } from '../../tests/fakes/domainRig.ts';
import { OPS_1 } from '../../tests/fakes/fold.ts';
import { incidentView } from './incidents/view.ts';
import { runView } from './plans/view.ts';
import { wallView } from './walls/view.ts';

const text = { zh: '水', en: 'water' };
const place = { lon: 121, lat: 29, name: text };

/** A body of each type that every version takes; the property bends them. */
const INCIDENT: Record<string, object> = {
  'incident.opened': {
    type: 'fire',
    title: text,
    place,
    level: 2,
    alarm: 'alarm:x:y',
    words: 'x',
    caller: { name: 'x', phone: '1' },
  },
  'incident.level-changed': { level: 3, reason: 'x', seen: [] },
  'incident.noted': { text: 'x' },
  'incident.plan-launched': { plan: 'p', run: 'run:1', seen: [] },
  'incident.taken': { seen: [] },
  'incident.alarm-joined': { alarm: 'alarm:x:z' },
  'incident.closed': { reason: 'x', seen: [] },
  'incident.reopened': { reason: 'x', seen: ['ops/A-2'] },
  'incident.merged': { into: { id: 'incident:0', openedAt: 1 }, seen: [] },
  'incident.split': { seen: [] },
  'conflict.seen': { conflict: 'level~A-2' },
};
const RUN: Record<string, object> = {
  'run.launched': { incident: 'incident:1', plan: TEST_PLAN },
  'step.acknowledged': { step: 'look' },
  'step.started': { step: 'look' },
  'step.finished': { step: 'look', note: 'x', seen: [] },
  'step.skipped': { step: 'look', reason: 'x', seen: [] },
  'step.decided': { step: 'power', option: 'cut', seen: [] },
  'step.overdue': { step: 'look', which: 'finish', escalate: 'emergency' },
  'run.ended': { outcome: 'all-clear', reason: 'x' },
  'conflict.seen': { conflict: 'step.look~A-3' },
};
const WALL: Record<string, object> = {
  'wall.scene-shown': { scene: 'plan', selection: { kind: 'alarm', id: 'a', at: { lon: 1, lat: 2 } }, cameras: ['c'] },
};

const odd = fc.oneof(
  fc.constantFrom<unknown>(999, -999, 1.5, -1, 0, 1e308, Number.MAX_SAFE_INTEGER, 2 ** 53, null, [], {}, true),
  fc.constantFrom<unknown>(
    '',
    '\n',
    '\u0000',
    'x'.repeat(200),
    'x'.repeat(240),
    'x'.repeat(300),
    'x'.repeat(20_000),
    '__proto__',
    'constructor',
    'done',
  ),
  fc.constant(undefined),
  fc.array(fc.constantFrom('a', 'A-1', 'x'.repeat(251)), { maxLength: 70 }),
);

/** Puts something odd at one place of a value, however deep. */
function bend(value: unknown, way: readonly number[], to: unknown): unknown {
  if (way.length === 0 || typeof value !== 'object' || value === null) return to;
  const keys = [...Object.keys(value), 'unheard-of'];
  const key = keys[(way[0] ?? 0) % keys.length] as string;
  const inner = bend((value as Record<string, unknown>)[key], way.slice(1), to);
  if (Array.isArray(value)) return value.map((item, i) => (String(i) === key ? inner : item));
  return { ...value, [key]: inner };
}

function accepts<S>(
  aggregate: Aggregate<S>,
  samples: Record<string, object>,
  subject: string,
  view: (state: S) => unknown,
  schema: z.ZodType,
) {
  const types = Object.keys(samples);
  const change = fc.record({
    type: fc.constantFrom(...types),
    way: fc.array(fc.nat(11), { minLength: 1, maxLength: 6 }),
    to: fc.option(odd, { nil: 'as it was' }),
    at: fc.constantFrom(0, 1_000_000, Number.MAX_SAFE_INTEGER),
  });
  let shown = 0;
  fc.assert(
    fc.property(fc.array(change, { maxLength: 12 }), (changes) => {
      const first = { type: types[0] as string, way: [], to: 'as it was', at: 5 };
      const events = [first, ...changes].map(({ type, way, to, at }, i): LedgerEvent => {
        const sample = samples[type];
        const bent = to === 'as it was' ? sample : bend(sample, way, to);
        const body = JSON.parse(JSON.stringify(bent)) as EventDraft['body'];
        const place = {
          ...OPS_1,
          id: `ops/A-${i + 1}`,
          station: 'A',
          seq: i + 1,
          hlc: String(i).padStart(16, '0'),
          at,
        };
        return { ...place, type, subject, actor: actorNamed('x'), body, prev: '', hash: '' };
      });
      const state = events.reduce(foldStep(aggregate), aggregate.initialState(subject));
      const item = view(state);
      if (item === null) return;
      shown++;
      expect(schema.safeParse(JSON.parse(JSON.stringify(item))).error?.issues).toBeUndefined();
    }),
    { seed: 20261126, numRuns: 2000 },
  );
  expect(shown).toBeGreaterThan(1000);
}

test('whatever events of an incident the fold takes, windows take the view of it', () => {
  accepts(incidentAggregate, INCIDENT, 'incident:1', incidentView, IncidentView);
});

test('whatever events of a run the fold takes, windows take the view of it', () => {
  accepts(runAggregate, RUN, 'run:1', (run) => runView(run), RunView);
});

test('whatever events of a wall the fold takes, windows take the view of it', () => {
  for (const screen of ['north', '', 'x'.repeat(240), 'a b', '大屏'])
    accepts(wallAggregate, WALL, `wall:${screen}`, wallView, WallView);
});

test('D8 what a wall is pushed is refused with a sentence, or shown', async () => {
  const scene = { scene: 'video', selection: null, cameras: ['c1'] };
  const many = Array.from({ length: 65 }, (_, i) => `c${i}`);
  for (const wrong of [
    { screen: 'north', ...scene, cameras: many },
    { screen: 'x'.repeat(300), ...scene },
    { screen: 'north\nsouth', ...scene },
    { screen: '', ...scene },
    { screen: 'north', ...scene, selection: { kind: 'No kind', id: 'a', at: null } },
    { screen: 'north', ...scene, selection: { kind: 'alarm', id: 'x'.repeat(201), at: null } },
    { screen: 'north', ...scene, selection: { kind: 'place', id: 'a', at: { lon: 181, lat: 0 } } },
  ])
    expect(methods['wall.show'].params.safeParse(wrong).success).toBe(false);

  const rig = createDomainRig();
  for (const right of [
    { screen: 'x'.repeat(100), ...scene, cameras: many.slice(1).map((id) => id.padEnd(200, 'x')) },
    { screen: 'north', ...scene, selection: { kind: 'place', id: 'x'.repeat(200), at: { lon: -180, lat: 90 } } },
  ]) {
    const params = methods['wall.show'].params.parse(right);
    await rig.call('wall.show', params);
    expect(rig.topics.walls.items.get(params.screen)).toMatchObject(right);
  }
});
