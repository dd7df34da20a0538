import { describe, expect, test } from 'vitest';
import { runAggregate } from '../../../core/plans/evolve.ts';
import { callerAt } from '../../../tests/fakes/callers.ts';
import { launched, opened } from '../../../tests/fakes/workedRig.ts';

describe('plans and runs', () => {
  test('approved plans are offered, those that fit first, each with the reason', async () => {
    const { call, plans, incident } = await opened(4);
    const [plan] = plans;
    if (!plan) throw new Error('no plan');
    plans.push(
      { ...plan, plan: 'a-mild', fits: { incidents: ['urban-flooding'], level: 4 } },
      { ...plan, plan: 'b-fire', fits: { incidents: ['fire'], level: 4 } },
      { ...plan, plan: 'c-draft', status: 'draft' },
    );
    const { plans: offers } = await call('plans.offer', { incident });
    expect(offers.map((offer) => [offer.id, offer.fits, offer.why.en])).toEqual([
      ['a-mild', true, 'type fits, level IV'],
      ['b-fire', false, 'not meant for incidents of this kind'],
      ['test-flood', false, 'level IV is milder than its III'],
    ]);
    await call('runs.launch', { incident, plan: 'a-mild', version: 2 });
    expect(
      (await call('plans.offer', { incident })).plans.map(({ id, fits, running, why }) => [id, fits, running, why.en]),
    ).toEqual([
      ['b-fire', false, false, 'not meant for incidents of this kind'],
      ['test-flood', false, false, 'level IV is milder than its III'],
      ['a-mild', false, true, 'runs for this incident already'],
    ]);
    expect(offers[0]?.departments).toEqual(['emergency', 'water']);
    await expect(call('plans.offer', { incident: 'incident:none' })).rejects.toMatchObject({ code: 'not-found' });
  });

  test('a draft, an unknown version, a closed incident: not launched', async () => {
    const { call, plans, incident, domain } = await opened();
    const [plan] = plans;
    if (!plan) throw new Error('no plan');
    plans.push({ ...plan, plan: 'c-draft', status: 'draft' });
    const launch = (id: string, version: number) => call('runs.launch', { incident, plan: id, version });
    await expect(launch('test-flood', 1)).rejects.toMatchObject({ code: 'not-found' });
    await expect(launch('c-draft', 2)).rejects.toMatchObject({ code: 'refused' });
    await call('incidents.close', { incident, reason: 'false alarm' });
    await expect(launch('test-flood', 2)).rejects.toMatchObject({ code: 'refused', message: 'the incident is closed' });
    expect([...domain.of(runAggregate).staying()]).toEqual([]);
  });

  test('the all-clear closes the incident, unless another plan still runs for it', async () => {
    const { call, plans, incident, run, shownIncident } = await launched();
    const [plan] = plans;
    if (!plan) throw new Error('no plan');
    plans.push({ ...plan, plan: 'second' });
    const { run: second } = await call('runs.launch', { incident, plan: 'second', version: 2 });
    await expect(call('runs.allClear', { run, reason: 'done' })).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('still open: "Look"'),
    });
    await call('runs.allClear', { run, reason: 'done', force: true });
    expect(shownIncident(incident)?.state).toBe('open');
    await call('runs.allClear', { run: second, reason: 'done', force: true });
    expect(shownIncident(incident)?.state).toBe('closed');
    await call('runs.allClear', { run: second, reason: 'again' }); // No error, and nothing more.
    await expect(call('runs.allClear', { run: 'run:none', reason: 'x' })).rejects.toMatchObject({ code: 'not-found' });
  });

  test('P14 whoever may act on a step opens it again, its own department only; its times count anew', async () => {
    const { call, run, topics, clock } = await launched();
    const look = () => topics.runs.items.get(run)?.steps[0];
    await call('runs.finish', { run, step: 'look' }, callerAt('emergency'));
    clock.advanceSync(10_000);
    const reopen = (seat: string) =>
      call('runs.reopenStep', { run, step: 'look', reason: 'the wrong one' }, callerAt(seat));
    await expect(reopen('water')).rejects.toMatchObject({ code: 'forbidden' });
    await reopen('emergency');
    expect(look()).toMatchObject({
      ...{ state: 'ready', acknowledged: null, started: null, note: 'the wrong one', reopened: { actor: 'emergency' } },
      ...{ acknowledgeBy: clock.now() + 60_000, finishBy: clock.now() + 180_000, readyAt: clock.now() },
    });
    expect(topics.runs.items.get(run)).toMatchObject({ done: 0, skipped: 0, total: 5 });
  });

  test('P17 the department of a step sends a unit of the city for it, under its call sign, and releases it', async () => {
    const { call, run, topics } = await launched();
    const units = () => topics.runs.items.get(run)?.steps[1]?.units;
    const at = { run, step: 'pump', unit: 'PMP-1' };
    await expect(call('runs.assignUnit', at, callerAt('police'))).rejects.toMatchObject({ code: 'forbidden' });
    await expect(call('runs.assignUnit', { ...at, unit: 'none' })).rejects.toMatchObject({ code: 'not-found' });
    await call('runs.assignUnit', at, callerAt('water'));
    expect(units()).toMatchObject([{ unit: 'PMP-1', name: '排水01', by: { actor: 'water' } }]);
    await call('runs.releaseUnit', at);
    expect(units()).toEqual([]);
  });

  test('P15 a run is aborted and its incident goes on; it is opened again unless the plan runs anew, and rated at its end', async () => {
    const { call, run, incident, topics, shownIncident } = await launched();
    const view = () => topics.runs.items.get(run);
    await call('runs.abort', { run, reason: 'the wrong plan' });
    expect(view()).toMatchObject({ state: 'ended', outcome: 'aborted', steps: [{ state: 'ready' }, {}, {}, {}, {}] });
    expect(shownIncident(incident)?.state).toBe('open');
    const { run: anew } = await call('runs.launch', { incident, plan: 'test-flood', version: 2 });
    const reopen = (id: string) => call('runs.reopen', { run: id, reason: 'it was right' });
    await expect(reopen(run)).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('already running'),
    });
    await call('runs.abort', { run: anew, reason: 'once is enough' });
    await reopen(run);
    expect(view()).toMatchObject({ state: 'running', outcome: null, ended: null });
    await call('runs.allClear', { run, reason: 'dry', force: true });
    expect(shownIncident(incident)?.state).toBe('closed');
    await reopen(run);
    expect(shownIncident(incident)?.state).toBe('open');
    expect(view()).toMatchObject({ state: 'running', skipped: 0, steps: [{ state: 'ready' }, {}, {}, {}, {}] });
    await expect(call('runs.rate', { run, stars: 3, words: '' })).rejects.toMatchObject({ code: 'refused' });
    await call('runs.allClear', { run, reason: 'dry', force: true });
    await expect(call('runs.rate', { run: 'run:none', stars: 3, words: '' })).rejects.toMatchObject({
      code: 'not-found',
    });
    await call('runs.rate', { run, stars: 4, words: 'quick' });
    expect(view()).toMatchObject({
      skipped: 5,
      done: 0,
      rating: { stars: 4, words: 'quick', by: { actor: 'commander' } },
    });
  });

  test('the timeline tells the whole story in the merge order, the report is one page of it', async () => {
    const { call, incident, run } = await launched();
    await call('incidents.note', { incident, text: 'a <b>bold</b> note' });
    await call('runs.finish', { run, step: 'look', note: 'half a metre' }, { seat: 'police' });
    const { entries } = await call('runs.timeline', { run });
    expect(entries.map((entry) => [entry.actor, entry.text.en])).toEqual([
      ['rule.waterlogging', 'Level II alarm: Water (0.5 m)'],
      ['commander', 'Became an incident'],
      ['commander', 'Alarm acknowledged'],
      ['commander', 'Incident opened: Water'],
      ['commander', 'Plan launched: Test flood'],
      ['commander', 'a <b>bold</b> note'],
      ['police', 'Finished “Look”: half a metre'],
    ]);
    const { name, html } = await call('runs.report', { run, lang: 'en' });
    expect(name).toBe(`opshall-test-flood-${run.replace(':', '_')}.html`);
    expect(html).toContain('a &lt;b&gt;bold&lt;/b&gt; note');
    await expect(call('runs.report', { run: 'run:none', lang: 'en' })).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('a department', () => {
  const step = { acknowledge: {}, start: {}, finish: { note: 'done' }, skip: { reason: 'not needed' } };

  test('acts on steps of its own lanes, in its own name', async () => {
    const { call, run, topics } = await launched();
    const emergency = callerAt('emergency');
    await call('runs.acknowledge', { run, step: 'look' }, emergency);
    await call('runs.start', { run, step: 'look' }, emergency);
    await call('runs.finish', { run, step: 'look', note: 'half a metre' }, emergency);
    await call('runs.decide', { run, step: 'power', option: 'cut' }, emergency);
    await call('runs.skip', { run, step: 'pump', reason: 'is dry' }, callerAt('water'));
    const steps = topics.runs.items.get(run)?.steps;
    const by = Object.fromEntries(steps?.map(({ id, finished }) => [id, finished?.actor]) ?? []);
    expect(by).toMatchObject({ look: 'emergency', pump: 'water', power: 'emergency' });
    expect(steps?.[0]?.acknowledged?.actor).toBe('emergency');
  });

  test('is refused on any other, in its language, and nothing is written', async () => {
    const { call, run, ledger } = await launched();
    const before = ledger.count;
    for (const seat of ['water', 'fire', 'wall', 'lane'])
      for (const [name, rest] of Object.entries(step)) {
        const act = call(`runs.${name}` as 'runs.acknowledge', { run, step: 'look', ...rest }, callerAt(seat));
        await expect(act).rejects.toMatchObject({
          code: 'forbidden',
          message: `the seat ${seat} may not act on a step of emergency (right steps.act, own department only)`,
        });
      }
    const chosen = call('runs.decide', { run, step: 'power', option: 'cut' }, { ...callerAt('water'), lang: 'zh-CN' });
    await expect(chosen).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('席位 water 无权'),
    });
    expect(ledger.count).toBe(before);
    await expect(call('runs.start', { run, step: 'none' }, callerAt('water'))).rejects.toMatchObject({
      code: 'refused',
      message: 'the plan has no step "none"',
    });
    await expect(call('runs.start', { run: 'run:none', step: 'look' }, callerAt('water'))).rejects.toMatchObject({
      code: 'refused',
    });
  });
});
