import fc from 'fast-check';
import { expect, test } from 'vitest';
import { incidentAggregate } from '../../core/incidents/incident.ts';
import { runAggregate } from '../../core/plans/evolve.ts';
import { createFakeClock } from '../../tests/fakes/clock.ts';
import { createDomainRig, type DomainRig, TEST_PLAN } from '../../tests/fakes/domainRig.ts';
import { foldedStates, statesOf, subjectsOf } from '../../tests/fakes/states.ts';
import { createMemoryViewsPlace } from '../../tests/fakes/viewsPlace.ts';
import { tellForeign } from '../features/station/foreign.ts';
import { createNoticeBoard } from '../notices/noticeBoard.ts';

const SENSORS = ['WL-001', 'WL-002'];

/** What may happen at one station; whether the rules allow it at that moment is theirs to say. */
const happening = fc.oneof(
  fc.record({ do: fc.constant('raise' as const), sensor: fc.nat(1), level: fc.constantFrom(1, 2, 3, 4) }),
  fc.record({ do: fc.constantFrom('clear', 'acknowledge', 'shelve', 'unshelve', 'open'), sensor: fc.nat(1) }),
  fc.record({ do: fc.constant('level' as const), level: fc.constantFrom(1, 2, 3, 4) }),
  fc.record({ do: fc.constantFrom('note', 'close', 'launch', 'all-clear', 'see') }),
  fc.record({
    do: fc.constantFrom('ack-step', 'start', 'finish', 'skip'),
    step: fc.constantFrom(...TEST_PLAN.steps.map((step) => step.id)),
  }),
  fc.record({ do: fc.constant('decide' as const), option: fc.constantFrom('cut', 'keep') }),
  fc.record({ do: fc.constant('wall' as const), screen: fc.constantFrom('north', 'south') }),
);
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

async function happen(rig: DomainRig, it: Happening): Promise<void> {
  const sensor = SENSORS['sensor' in it ? it.sensor : 0] ?? '';
  const alarm = `alarm:waterlogging:${sensor}`;
  const incident = subjectsOf(rig, 'incident').at(-1) ?? 'incident:none';
  const run = subjectsOf(rig, 'run').at(-1) ?? 'run:none';
  const reason = `as ${rig.station} sees it`;
  switch (it.do) {
    case 'raise':
      return void (await rig.raise(it.level as 1 | 2 | 3 | 4, sensor));
    case 'clear':
      return rig.clear(sensor);
    case 'acknowledge':
      return void (await rig.call('alarms.acknowledge', { alarm }));
    case 'shelve':
      return void (await rig.call('alarms.shelve', { alarm, minutes: 5, reason }));
    case 'unshelve':
      return void (await rig.call('alarms.unshelve', { alarm }));
    case 'open':
      return void (await rig.call('incidents.open', { alarm }));
    case 'level':
      return void (await rig.call('incidents.setLevel', { incident, level: it.level as 1 | 2 | 3 | 4, reason }));
    case 'note':
      return void (await rig.call('incidents.note', { incident, text: reason }));
    case 'close':
      return void (await rig.call('incidents.close', { incident, reason }));
    case 'launch':
      return void (await rig.call('runs.launch', { incident, plan: TEST_PLAN.plan, version: TEST_PLAN.version }));
    case 'ack-step':
      return void (await rig.call('runs.acknowledge', { run, step: it.step }));
    case 'start':
      return void (await rig.call('runs.start', { run, step: it.step }));
    case 'finish':
      return void (await rig.call('runs.finish', { run, step: it.step }));
    case 'skip':
      return void (await rig.call('runs.skip', { run, step: it.step, reason }));
    case 'decide':
      return void (await rig.call('runs.decide', { run, step: 'power', option: it.option }));
    case 'all-clear':
      return void (await rig.call('runs.allClear', { run, reason, force: true }));
    case 'see': {
      const conflict =
        rig.domain.of(incidentAggregate).get(incident).conflicts[0] ??
        rig.domain.of(runAggregate).get(run).conflicts[0];
      if (conflict) await rig.call('conflicts.seen', { subject: conflict.subject, conflict: conflict.id });
      return;
    }
    case 'wall':
      return void (await rig.call('wall.show', {
        ...{ screen: it.screen, scene: 'plan', selection: null, cameras: [] },
      }));
  }
}

/** What the rules refuse is no fault of the history. */
const tolerated = (error: unknown) => {
  const code = (error as { code?: string }).code;
  if (code !== 'refused' && code !== 'not-found' && (error as Error).name !== 'Refusal') throw error;
};

/** Deadlines count from when a hall saw a step become ready (P9): after a restart that is the event's own time. */
const runsWithoutDeadlines = (rig: DomainRig) =>
  [...rig.topics.runs.items.values()].map((run) => ({
    ...run,
    steps: run.steps.map((step) => ({ ...step, acknowledgeBy: null, finishBy: null })),
  }));

const inOrder = <T extends { id: string }>(items: readonly T[]) => [...items].sort((a, b) => (a.id < b.id ? -1 : 1));

/** So does the end of a shelving (A7). */
const alarmsWithoutEnds = (rig: DomainRig) =>
  new Map(
    [...rig.topics.alarms.items].map(([id, { shelvedUntil, ...alarm }]) => [
      id,
      { ...alarm, shelvedUntil: shelvedUntil === null },
    ]),
  );

test('every projection can be thrown away and rebuilt from the ledger, on two stations that meet now and then', async () => {
  const entry = fc.oneof(
    { weight: 9, arbitrary: fc.tuple(fc.constantFrom('A', 'B'), happening) },
    { weight: 1, arbitrary: fc.constant('meet' as const) },
  );
  let written = 0;
  let conflicts = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(entry, { minLength: 10, maxLength: 60, size: 'max' }), async (history) => {
      const a = createDomainRig({ station: 'A' });
      const b = createDomainRig({ station: 'B', clock: createFakeClock(Date.UTC(2025, 6, 1, 9)) });
      const meet = async () => {
        await a.learnFrom(b);
        await b.learnFrom(a);
      };
      // Most of what may happen needs a run under way: every history begins with one, known to both.
      const alarm = await a.raise(2);
      const { incident } = await a.call('incidents.open', { alarm });
      await a.call('runs.launch', { incident, plan: TEST_PLAN.plan, version: TEST_PLAN.version });
      await meet();
      for (const step of history) {
        if (step === 'meet') await meet();
        else {
          const rig = step[0] === 'A' ? a : b;
          rig.clock.advanceSync(700);
          await happen(rig, step[1]).catch(tolerated);
        }
      }
      for (const rig of [a, b]) expect(statesOf(rig)).toBe(foldedStates(rig));
      await meet();
      expect(statesOf(a)).toBe(foldedStates(a));
      expect(statesOf(b)).toBe(statesOf(a));
      expect(b.ledger.digest()).toBe(a.ledger.digest());
      // A hall that starts on what A has written shows what A shows, with what A put down and without.
      a.views.flush();
      for (const place of [a.place, createMemoryViewsPlace()]) {
        const again = createDomainRig({ station: 'A', store: a.store, place });
        expect(statesOf(again)).toBe(foldedStates(a));
        expect(Object.fromEntries(again.topics.walls.items)).toEqual(Object.fromEntries(a.topics.walls.items));
        expect(inOrder(runsWithoutDeadlines(again))).toEqual(inOrder(runsWithoutDeadlines(a)));
        expect(alarmsWithoutEnds(again)).toEqual(alarmsWithoutEnds(a));
      }
      written += a.ledger.count;
      for (const id of subjectsOf(a, 'run')) conflicts += a.domain.of(runAggregate).get(id).conflicts.length;
      for (const id of subjectsOf(a, 'incident')) conflicts += a.domain.of(incidentAggregate).get(id).conflicts.length;
    }),
    { seed: 20250701, numRuns: 200 },
  );
  expect(written).toBeGreaterThan(1500);
  expect(conflicts).toBeGreaterThan(30);
});

test('what the disk refuses has not happened: for the caller, for the state, for any window', async () => {
  const rig = createDomainRig();
  const alarm = await rig.raise(2);
  const before = statesOf(rig);
  const shown = rig.topics.alarms.items.get(alarm);
  const heard: string[] = [];
  rig.domain.onChange((subjects) => heard.push(...subjects));
  rig.store.failNext('SQLITE_FULL');
  const failed = await Promise.allSettled([
    rig.call('alarms.acknowledge', { alarm }),
    rig.call('incidents.open', { alarm }, { lang: 'zh-CN' }),
  ]);
  expect(failed.map((each) => each.status === 'rejected' && each.reason)).toEqual([
    expect.objectContaining({ code: 'not-recorded', message: expect.stringMatching(/the disk is full.*Free space/) }),
    expect.objectContaining({ code: 'not-recorded', message: expect.stringMatching(/磁盘已满.*清理/) }),
  ]);
  expect(statesOf(rig)).toBe(before);
  expect(foldedStates(rig)).toBe(before);
  expect(rig.topics.alarms.items.get(alarm)).toBe(shown);
  expect(heard).toEqual([]);
  await rig.call('alarms.acknowledge', { alarm });
  expect(heard).toEqual([alarm]);
  expect(rig.topics.alarms.items.get(alarm)?.state).toBe('acknowledged');
});

test('decisions taken at once see each other: one incident for one alarm, one run of a plan', async () => {
  const rig = createDomainRig();
  const alarm = await rig.raise(2);
  const opened = await Promise.all([1, 2, 3].map((n) => rig.call('incidents.open', { alarm }, { seat: `seat-${n}` })));
  expect(new Set(opened.map(({ incident }) => incident)).size).toBe(1);
  const incident = opened[0]?.incident ?? '';
  const launch = () => rig.call('runs.launch', { incident, plan: 'test-flood', version: 2 });
  const launched = await Promise.allSettled([launch(), launch()]);
  expect(launched.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(subjectsOf(rig, 'run')).toHaveLength(1);
});

test('an alarm leaves the queue when it is over and seen, and an answered call is already on every screen', async () => {
  const rig = createDomainRig();
  const alarm = await rig.raise(3);
  expect([...rig.topics.alarms.items.keys()]).toEqual([alarm]);
  await rig.clear();
  expect(rig.topics.alarms.items.get(alarm)?.state).toBe('returned');
  await rig.call('alarms.acknowledge', { alarm });
  expect(rig.topics.alarms.items.size).toBe(0);
});

test('I6 the same plan launched at two stations while apart: both are shown as a conflict of the incident', async () => {
  const a = createDomainRig({ station: 'A' });
  const b = createDomainRig({ station: 'B' });
  await a.raise(2);
  const { incident } = await a.call('incidents.open', { alarm: 'alarm:waterlogging:WL-001' });
  await b.learnFrom(a);
  const launch = { incident, plan: TEST_PLAN.plan, version: TEST_PLAN.version };
  const ours = await a.call('runs.launch', launch);
  const theirs = await b.call('runs.launch', launch);
  await a.learnFrom(b);
  await b.learnFrom(a);
  for (const rig of [a, b]) {
    const [conflict] = rig.domain.of(incidentAggregate).get(incident).conflicts;
    expect(conflict?.field).toBe(`plan.${TEST_PLAN.plan}`);
    expect(conflict?.values.map((v) => v.value).sort()).toEqual([ours.run, theirs.run].sort());
  }
  const stands = a.domain.of(incidentAggregate).get(incident).conflicts[0]?.values[0]?.value;
  for (const rig of [a, b, createDomainRig({ station: 'A', store: a.store })]) {
    for (const [id, run] of rig.topics.runs.items) expect(run.supersededBy).toBe(id === stands ? null : stands);
    expect(rig.topics.runs.items.size).toBe(2);
  }
  const lost = stands === ours.run ? theirs.run : ours.run;
  await a.call('runs.finish', { run: lost, step: 'look' }); // It is not stopped: what is done under it is done.
  expect(a.topics.runs.items.get(lost)).toMatchObject({ done: 1, supersededBy: stands });
  expect(statesOf(b)).not.toBe(statesOf(a));
  await b.learnFrom(a);
  expect(statesOf(b)).toBe(statesOf(a));
});

test('I6 a plan launched again after its run ended supersedes nothing', async () => {
  const rig = createDomainRig();
  const { incident } = await rig.call('incidents.open', { alarm: await rig.raise(2) });
  const other = { ...TEST_PLAN, plan: 'other-flood' };
  rig.plans.push(other);
  await rig.call('runs.launch', { incident, plan: other.plan, version: other.version }); // Keeps the incident open.
  const launch = { incident, plan: TEST_PLAN.plan, version: TEST_PLAN.version };
  const { run } = await rig.call('runs.launch', launch);
  await rig.call('runs.allClear', { run, reason: 'dry', force: true });
  await rig.call('runs.launch', launch);
  expect([...rig.topics.runs.items.values()].map((each) => each.supersededBy)).toEqual([null, null, null]);
  expect(rig.domain.of(incidentAggregate).get(incident).conflicts).toEqual([]);
});

test.each([
  ['constructor:x', 'constructor'],
  ['__proto__:x', '__proto__'],
  ['__defineGetter__:x', 'alarm.raised'],
  ['alarm:x:y', 'constructor'],
])('an event about %s called %s is held and passed over', async (subject, type) => {
  const rig = createDomainRig();
  await rig.domain.execute(() => [{ type, subject, actor: 'x', body: {} }]);
  const alarm = await rig.raise(2);
  expect([...rig.topics.alarms.items.keys()]).toEqual([alarm]);
  expect(statesOf(rig)).toBe(foldedStates(rig));
});

test('an incident is known by its id however much came after it; a start takes none that nobody asks for', async () => {
  const place = createMemoryViewsPlace();
  const a = createDomainRig({ station: 'A', place });
  const opened: string[] = [];
  for (let i = 0; i < 205; i++) {
    await a.raise(2);
    const { incident } = await a.call('incidents.open', { alarm: 'alarm:waterlogging:WL-001' });
    opened.push(incident);
    if (i % 2 === 0) await a.call('incidents.close', { incident, reason: `over ${i}` });
    await a.clear();
    a.clock.advanceSync(1000);
  }
  a.views.close();
  expect(place.rows("SELECT 1 FROM states WHERE kind = 'incident' AND (open OR over IS NOT NULL)")).toEqual([]);
  for (const rig of [a, createDomainRig({ store: a.store, place }), createDomainRig({ store: a.store })])
    expect(opened.map((id) => rig.shownIncident(id)?.state)).toEqual(
      opened.map((_, i) => (i % 2 === 0 ? 'closed' : 'open')),
    );
});

test('a conflict nobody has seen stays on every screen, however much is closed after it', async () => {
  const a = createDomainRig({ station: 'A' });
  const b = createDomainRig({ station: 'B' });
  const alarm = await a.raise(2);
  const { incident } = await a.call('incidents.open', { alarm });
  const launch = { incident, plan: TEST_PLAN.plan, version: TEST_PLAN.version };
  const { run } = await a.call('runs.launch', launch);
  await b.learnFrom(a);
  await a.call('incidents.setLevel', { incident, level: 1, reason: 'worse' });
  await b.call('incidents.setLevel', { incident, level: 3, reason: 'better' });
  await a.call('runs.finish', { run, step: 'look' });
  await b.call('runs.skip', { run, step: 'look', reason: 'no hands' });
  await a.learnFrom(b);
  await a.call('runs.allClear', { run, reason: 'dry', force: true });
  await a.clear();
  for (let i = 0; i < 25; i++) {
    a.clock.advanceSync(1000);
    await a.raise(2);
    const next = await a.call('incidents.open', { alarm });
    const ran = await a.call('runs.launch', { ...launch, incident: next.incident });
    await a.call('runs.allClear', { run: ran.run, reason: `over ${i}`, force: true });
    await a.clear();
  }
  for (const rig of [a, createDomainRig({ station: 'A', store: a.store })]) {
    expect(rig.shownIncident(incident)?.conflicts).toMatchObject([{ field: 'level', seen: null }]);
    expect(rig.topics.runs.items.get(run)?.conflicts).toMatchObject([{ field: 'step.look', seen: null }]);
    expect(rig.topics.runs.items.size).toBe(21);
  }
  for (const subject of [incident, run]) {
    const { conflicts } =
      subject === run ? a.domain.of(runAggregate).get(run) : a.domain.of(incidentAggregate).get(incident);
    await a.call('conflicts.seen', { subject, conflict: conflicts[0]?.id ?? '' });
  }
  expect(a.topics.runs.items.size).toBe(20);
});

test('P13 a run whose plan says more than this version knows is shown as far as it is known', async () => {
  const rig = createDomainRig();
  const { incident } = await rig.call('incidents.open', { alarm: await rig.raise(2) });
  const steps = TEST_PLAN.steps.map((step) => ({ ...step, reminder: 'every hour', needs: step.needs }));
  const plan = { ...TEST_PLAN, steps, review: { after: 'a day' } } as unknown as Record<string, never>;
  await rig.domain.execute(() => [{ type: 'run.launched', subject: 'run:9', actor: 'x', body: { incident, plan } }]);
  await rig.call('runs.finish', { run: 'run:9', step: 'look' });
  expect(rig.topics.runs.items.get('run:9')).toMatchObject({ state: 'running', done: 1, total: 5 });
  expect(rig.domain.foreign()).toEqual({ count: 0, types: [] });
});

test('a plan is in a chain once, however often it is launched, and a run says which', async () => {
  const rig = createDomainRig();
  const launch = async (at: typeof rig, sensor: string) => {
    const { incident } = await at.call('incidents.open', { alarm: await at.raise(2, sensor) });
    const { run } = await at.call('runs.launch', { incident, plan: TEST_PLAN.plan, version: TEST_PLAN.version });
    await at.call('runs.allClear', { run, reason: 'dry', force: true });
    return run;
  };
  const runs = [await launch(rig, 'WL-1'), await launch(rig, 'WL-2')];
  const again = createDomainRig({ store: rig.store, place: rig.place });
  runs.push(await launch(again, 'WL-3'));
  const all = [...again.ledger.all()];
  const documents = all.filter(({ type }) => type === 'plan.document');
  expect(documents).toHaveLength(1);
  const launches = all.filter(({ type }) => type === 'run.launched');
  const { plan, version, name } = TEST_PLAN;
  for (const { body } of launches)
    expect(body.plan).toEqual({ plan, version, name, hash: documents[0]?.subject.slice('plan:'.length) });
  for (const run of runs)
    expect(again.domain.of(runAggregate).get(run).plan).toMatchObject({ plan, steps: TEST_PLAN.steps });
  expect(foldedStates(again)).toBe(statesOf(again));
  expect(again.domain.foreign()).toEqual({ count: 0, types: [] });
});

test('a plan that no ledger can carry is refused in a sentence, and nothing of its launch is recorded', async () => {
  const rig = createDomainRig();
  const { incident } = await rig.call('incidents.open', { alarm: await rig.raise(2) });
  const before = rig.ledger.count;
  const summary = { zh: '长'.repeat(300_000), en: 'long' };
  rig.plans.push({ ...TEST_PLAN, plan: 'long', summary });
  const refused = rig.call('runs.launch', { incident, plan: 'long', version: TEST_PLAN.version });
  await expect(refused).rejects.toMatchObject({
    code: 'refused',
    message: expect.stringMatching(/larger than .* fewer words/),
  });
  expect(rig.ledger.count).toBe(before);
  await rig.call('runs.launch', { incident, plan: TEST_PLAN.plan, version: TEST_PLAN.version });
});

test('L9 what this version does not understand is counted once, by type, and people are told', async () => {
  const rig = createDomainRig();
  const notices = createNoticeBoard();
  const stop = tellForeign(rig.domain, notices, rig.clock);
  const { incident } = await rig.call('incidents.open', { alarm: await rig.raise(2) });
  const { run } = await rig.call('runs.launch', { incident, plan: TEST_PLAN.plan, version: TEST_PLAN.version });
  await rig.domain.execute(() => [
    { type: 'wall.scene-shown', subject: 'wall:w', actor: 'x', body: { scene: 'plan', selection: null, cameras: [] } },
  ]);
  expect(notices.list()).toEqual([]);
  await rig.domain.execute(() => [
    { type: 'step.postponed', subject: run, actor: 'x', body: { step: 'look' } },
    { type: 'case.opened', subject: 'case:1', actor: 'x', body: {} },
    { type: 'run.launched', subject: 'run:9', actor: 'x', body: { incident, plan: 'by reference' } },
  ]);
  expect(rig.domain.foreign()).toEqual({ count: 3, types: ['case.opened', 'step.postponed', 'run.launched'] });
  const [notice] = notices.list();
  expect(notice).toMatchObject({ id: 'ledger:foreign', text: { en: expect.stringContaining('3 events') } });
  expect(`${notice?.text.zh}${notice?.remedy?.zh}`).not.toMatch(/[A-Za-z]/);
  expect(rig.views.foreignOf(run)).toEqual({ count: 1, types: ['step.postponed'] });
  expect(rig.views.foreignOf('run:9')).toEqual({ count: 1, types: ['run.launched'] });
  expect(rig.views.foreignOf(incident)).toEqual({ count: 0, types: [] });
  rig.views.flush();
  for (const place of [rig.place, createMemoryViewsPlace()])
    expect(createDomainRig({ store: rig.store, place }).views.foreignOf(run).count).toBe(1);
  for (const place of [rig.place, createMemoryViewsPlace()])
    expect(createDomainRig({ store: rig.store, place }).domain.foreign()).toMatchObject({ count: 3 });
  stop();
});
