import { describe, expect, test } from 'vitest';
import type { SeatView } from '../../contract/features/seats.ts';
import type { WindowView } from '../../contract/features/windows.ts';
import { type Collection, createCollection } from '../../contract/wire/collection.ts';
import type { BulkSink } from '../../contract/wire/served.ts';
import { principalOf } from '../../core/people/principal.ts';
import type { Camera } from '../../core/places/camera.ts';
import { runAggregate } from '../../core/plans/evolve.ts';
import { callerAt } from '../../tests/fakes/callers.ts';
import { createDomainRig, type DomainRig } from '../../tests/fakes/domainRig.ts';
import { statesOf, subjectsOf } from '../../tests/fakes/states.ts';
import { longPlan } from '../../tests/scale/longPlan.ts';
import type { CameraHealth } from '../video/health.ts';
import type { WatchRequest } from '../video/output.ts';
import type { VideoService } from '../video/service.ts';
import { cameraHandlers, cameraHealthView, videoSource } from './cameras/handlers.ts';
import { drillHandlers } from './drills/handlers.ts';
import { seatHandlers } from './seats/handlers.ts';
import { windowHandlers } from './windows/handlers.ts';

const caller = callerAt('duty');

async function opened(level: 1 | 2 | 3 | 4 = 2): Promise<DomainRig & { alarm: string; incident: string }> {
  const rig = createDomainRig();
  const alarm = await rig.raise(level);
  const { incident } = await rig.call('incidents.open', { alarm });
  return { ...rig, alarm, incident };
}

async function launched() {
  const rig = await opened();
  const { run } = await rig.call('runs.launch', { incident: rig.incident, plan: 'test-flood', version: 2 });
  return { ...rig, run };
}

describe('alarms and incidents', () => {
  test('an alarm nobody raised is not found; a rule that says no is told in the caller’s language', async () => {
    const rig = createDomainRig();
    await expect(rig.call('alarms.acknowledge', { alarm: 'alarm:x:y' })).rejects.toMatchObject({ code: 'not-found' });
    await expect(rig.call('incidents.note', { incident: 'incident:none', text: 'x' })).rejects.toMatchObject({
      code: 'refused',
      message: 'there is no incident incident:none',
    });
    const zh = rig.call('incidents.note', { incident: 'incident:none', text: 'x' }, { lang: 'zh-CN' });
    await expect(zh).rejects.toMatchObject({ code: 'refused', message: '没有事件 incident:none' });
    expect(rig.ledger.count).toBe(0);
  });

  test('opening links, acknowledges and opens in one transaction; opening again answers the same', async () => {
    const { call, ledger, topics, shownIncident, alarm, incident } = await opened();
    expect([...ledger.all()].map((event) => event.type)).toEqual([
      ...['alarm.raised', 'alarm.linked', 'alarm.acknowledged', 'incident.opened'],
    ]);
    expect(topics.alarms.items.get(alarm)).toMatchObject({ state: 'acknowledged', incident });
    expect(shownIncident(incident)).toMatchObject({ type: 'urban-flooding', level: 2, alarm });
    expect(await call('incidents.open', { alarm })).toEqual({ incident });
    expect(ledger.count).toBe(4);
  });

  test('A8 an incident closed too early is followed by another while the alarm is up, and a plan is launched for it', async () => {
    const rig = await opened(4);
    const { call, raise, clear, topics, shownIncident, alarm, incident } = rig;
    await call('incidents.close', { incident, reason: 'a puddle' });
    await raise(1);
    expect(topics.alarms.items.get(alarm)).toMatchObject({ state: 'unacknowledged', level: 1, incident });
    const twice = await Promise.all([call('incidents.open', { alarm }), call('incidents.open', { alarm })]);
    const [second] = twice;
    expect(twice[1]).toEqual(second);
    expect(second?.incident).not.toBe(incident);
    expect(topics.alarms.items.get(alarm)).toMatchObject({
      ...{ state: 'acknowledged', incident: second?.incident, conflicts: [] },
    });
    expect(shownIncident(second?.incident ?? '')).toMatchObject({ state: 'open', level: 1, alarm });
    await call('runs.launch', { incident: second?.incident ?? '', plan: 'test-flood', version: 2 });
    // The same after an all-clear that came too early, and without a rise.
    const run = subjectsOf(rig, 'run').at(-1);
    await call('runs.allClear', { run: run ?? '', reason: 'dry, we thought', force: true });
    const third = await call('incidents.open', { alarm });
    expect(third).not.toEqual(second);
    await call('runs.launch', { incident: third.incident, plan: 'test-flood', version: 2 });
    // What is over stays what it was.
    await call('incidents.close', { incident: third.incident, reason: 'over' });
    await clear();
    expect(await call('incidents.open', { alarm })).toEqual(third);
  });

  test('A8 where two stations opened one each, the one that is still open is the answer', async () => {
    const a = createDomainRig({ station: 'A' });
    const b = createDomainRig({ station: 'B' });
    const alarm = await a.raise(2);
    await b.learnFrom(a);
    const ours = await a.call('incidents.open', { alarm });
    b.clock.advanceSync(5000);
    const theirs = await b.call('incidents.open', { alarm });
    await a.learnFrom(b);
    expect(a.topics.alarms.items.get(alarm)).toMatchObject({ incident: ours.incident, conflicts: [{ seen: null }] });
    await a.call('incidents.close', { ...ours, reason: 'the other one goes on' });
    expect(await a.call('incidents.open', { alarm })).toEqual(theirs);
    await a.call('incidents.close', { ...theirs, reason: 'over' });
    const third = await a.call('incidents.open', { alarm });
    await b.learnFrom(a);
    expect(b.topics.alarms.items.get(alarm)?.incident).toBe(third.incident);
    expect(statesOf(b)).toBe(statesOf(a));
  });

  test('shelving hides the state for its minutes and says until when', async () => {
    const { call, clock, topics, alarm } = await opened();
    await call('alarms.shelve', { alarm, minutes: 10, reason: 'sensor is being cleaned' });
    expect(topics.alarms.items.get(alarm)).toMatchObject({
      state: 'shelved',
      shelvedUntil: clock.now() + 600_000,
    });
    await call('alarms.unshelve', { alarm });
    expect(topics.alarms.items.get(alarm)).toMatchObject({ state: 'acknowledged', shelvedUntil: null });
  });
});

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
      ['b-fire', false, 'not meant for incidents of type “urban-flooding”'],
      ['test-flood', false, 'level IV is milder than its III'],
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

  test('the timeline tells the whole story in the merge order, the report is one page of it', async () => {
    const { call, incident, run } = await launched();
    await call('incidents.note', { incident, text: 'a <b>bold</b> note' });
    await call('runs.finish', { run, step: 'look', note: 'half a metre' }, { seat: 'police' });
    const { entries } = await call('runs.timeline', { run });
    expect(entries.map((entry) => [entry.actor, entry.text.en])).toEqual([
      ['rule.waterlogging', 'Level II alarm: Water (0.5 m)'],
      ['commander', `Became incident ${incident}`],
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

test('a conflict is seen where it is, and only there', async () => {
  const a = await launched();
  const b = createDomainRig({ station: 'B' });
  await b.learnFrom(a);
  await a.call('incidents.setLevel', { incident: a.incident, level: 1, reason: 'worse' });
  await b.call('incidents.setLevel', { incident: a.incident, level: 4, reason: 'better' });
  await a.learnFrom(b);
  const conflict = a.shownIncident(a.incident)?.conflicts[0];
  expect(conflict?.values.map(({ value }) => value).sort()).toEqual(['1', '4']);
  const seen = (subject: string, id = conflict?.id ?? '') => a.call('conflicts.seen', { subject, conflict: id });
  await expect(seen('wall:north')).rejects.toMatchObject({ code: 'not-found' });
  await expect(seen(a.run)).rejects.toMatchObject({ code: 'refused' });
  await expect(seen(a.alarm, 'incident~X')).rejects.toMatchObject({ code: 'refused' });
  await seen(a.incident);
  expect(a.shownIncident(a.incident)?.conflicts[0]?.seen).toMatchObject({ actor: 'commander' });
});

describe('cameras', () => {
  const camera = (id: string, lon: number, bearing: number): Camera => ({
    ...{ id, zh: id, en: id, lon, lat: 29, height: 8, bearing, fov: 60, range: 200, scene: 'plaza' },
  });
  const cameras = [camera('away', 121.001, 90), camera('looks', 121.001, 270)];

  test('those that see the place come first; only a drill can make one vanish', () => {
    const handlers = cameraHandlers({ cameras });
    expect(handlers['cameras.seeing']({ lon: 121, lat: 29, n: 2 }, caller)).toMatchObject({
      cameras: [
        { camera: 'looks', sees: true },
        { camera: 'away', sees: false },
      ],
    });
    const none = drillHandlers({ cameras });
    expect(() => none['cameras.setGone']({ camera: 'looks', gone: true }, caller)).toThrow(/only a drill/);
    const told: [string, boolean][] = [];
    const drill = drillHandlers({ cameras, setGone: (id, gone) => void told.push([id, gone]) });
    expect(() => drill['cameras.setGone']({ camera: 'none', gone: true }, caller)).toThrow(/no camera none/);
    drill['cameras.setGone']({ camera: 'looks', gone: true }, caller);
    expect(told).toEqual([['looks', true]]);
  });

  test('a camera that waits for its picture to be painted says so; a live one is live', () => {
    const health = (state: CameraHealth['state'], lastError?: CameraHealth['lastError']): CameraHealth => ({
      ...{ cameraId: 'looks', state, since: 5, dropped: 0, attempts: 1, watchers: 1 },
      ...{ width: 0, height: 0, framesPerSecond: 0, bitsPerSecond: 0 },
      ...{ lastFrameAt: undefined, codec: undefined, codecString: undefined, mode: undefined },
      ...{ retryAt: undefined, lastError },
    });
    const painting = { code: 'preparing', detail: '503' } as const;
    const refused = { code: 'refused', detail: 'Connection refused' } as const;
    expect(cameraHealthView(health('connecting'))).toMatchObject({ camera: 'looks', state: 'connecting', error: null });
    for (const state of ['gone', 'connecting'] as const)
      expect(cameraHealthView(health(state, painting))).toMatchObject({ state: 'preparing', error: painting });
    expect(cameraHealthView(health('live', painting)).state).toBe('live');
    expect(cameraHealthView(health('gone', refused))).toMatchObject({ state: 'gone', error: refused });
  });

  test('a video stream with wrong params is a bad request that names the field; of a camera that is not there it is not-found', () => {
    const asked: [string, WatchRequest][] = [];
    const video = {
      watch(id: string, request: WatchRequest) {
        asked.push([id, request]);
        return { stop() {} };
      },
    } as unknown as VideoService;
    const sink: BulkSink = { push: () => true, room: () => true, skip() {}, dropped: () => 0, end() {} };
    const source = videoSource(video, (id) => id === 'c');
    expect(() => source({ camera: 'c', width: 3 }, caller, sink)).toThrow(/video: width/);
    expect(() => source({ camera: 7 }, caller, sink)).toThrow(/video: camera/);
    expect(() => source(null, caller, sink)).toThrow(/video/);
    expect(() => source({ camera: 'nowhere' }, caller, sink)).toThrow(/no camera nowhere/);
    source({ camera: 'c', mode: 'i420', width: 320 }, caller, sink);
    source({ camera: 'c' }, caller, sink);
    for (const camera of ['nobody', '__proto__', 'constructor'])
      expect(() => source({ camera }, caller, sink)).toThrow(expect.objectContaining({ code: 'not-found' }));
    expect(asked).toEqual([
      ['c', { mode: 'i420', width: 320 }],
      ['c', { mode: 'auto' }],
    ]);
  });
});

describe('seats', () => {
  const handlersOf = (seats: Collection<SeatView>, here: string[] = [], now = () => 0) =>
    seatHandlers({
      seats,
      clock: { now },
      isCamera: (id) => id === 'c1',
      connected: () => here.map((seat) => ({ seat })),
    });
  const nothing = { selection: null };

  test('selection and cameras change apart from each other', () => {
    const seats = createCollection<SeatView>();
    const handlers = handlersOf(seats);
    handlers['seat.watch']({ cameras: ['c1', 'c1'] }, caller);
    handlers['seat.select']({ selection: { kind: 'unit', id: 'u', at: null } }, caller);
    handlers['seat.select'](nothing, { ...caller, seat: 'fire' });
    expect([...seats.items.values()]).toEqual([
      { seat: 'duty', selection: { kind: 'unit', id: 'u', at: null }, cameras: ['c1'], mute: null },
      { seat: 'fire', selection: null, cameras: [], mute: null },
    ]);
  });

  test('a mute is the seat’s own, and ends by the hall’s clock', () => {
    const seats = createCollection<SeatView>();
    let now = 1_000_000;
    const handlers = handlersOf(seats, [], () => now);
    const heard = [{ alarm: 'a', occurrence: 2, level: 1 as const }];
    handlers['seat.mute']({ heard, reason: '通话中' }, caller);
    handlers['seat.select'](nothing, { ...caller, seat: 'fire' });
    handlers['seat.watch']({ cameras: [] }, caller);
    expect(seats.items.get('duty')?.mute).toEqual({ heard, reason: '通话中', until: 1_120_000 });
    expect(seats.items.get('fire')?.mute).toBeNull();
    now += 120_000;
    handlers['seat.watch']({ cameras: ['c1'] }, caller);
    expect(seats.items.get('duty')?.mute).toBeNull();
    handlers['seat.mute']({ heard, reason: '通话中' }, caller);
    handlers['seat.unmute']({}, caller);
    expect(seats.items.get('duty')?.mute).toBeNull();
  });

  test('L10 a camera that is not there is not watched', () => {
    const seats = createCollection<SeatView>();
    expect(() => handlersOf(seats)['seat.watch']({ cameras: ['c1', 'c2'] }, caller)).toThrow(/no camera c2/);
    expect(seats.items.size).toBe(0);
  });

  test('L10 128 seats are kept: the one longest idle goes, none that has a window', () => {
    const seats = createCollection<SeatView>();
    const here = ['s0'];
    const handlers = handlersOf(seats, here);
    for (let i = 0; i < 128; i++) handlers['seat.select'](nothing, { ...caller, seat: `s${i}` });
    handlers['seat.select'](nothing, { ...caller, seat: 'one-more' });
    expect(seats.items.size).toBe(128);
    expect([seats.items.has('s0'), seats.items.has('s1'), seats.items.has('one-more')]).toEqual([true, false, true]);
    here.push(...seats.items.keys());
    expect(() => handlers['seat.select'](nothing, { ...caller, seat: 'too-many' })).toThrow(/128 seats are in use/);
    handlers['seat.select'](nothing, { ...caller, seat: 's7' });
    expect(seats.items.size).toBe(128);
  });
});

describe('windows of the desktop', () => {
  const shell = { ...caller, ...principalOf({ seat: 'shell', station: 'S1', via: 'shell' }) };

  test('a window asked for is wanted, however often, until the shell reports what stands open', () => {
    const windows = createCollection<WindowView>();
    const handlers = windowHandlers({ windows, world: 'live' });
    for (let i = 0; i < 3; i++) handlers['windows.open']({ region: 'video', seat: 'duty' }, caller);
    expect([...windows.items.values()]).toMatchObject([{ region: 'video', seat: 'duty', state: 'wanted' }]);
    handlers['windows.report']({ open: [{ id: 'w9', region: 'plan', seat: 'fire', world: 'live' }] }, shell);
    expect([...windows.items.values()]).toEqual([
      { id: 'w9', region: 'plan', seat: 'fire', world: 'live', state: 'open' },
    ]);
  });

  test('L10 a desk has 16 windows; one that stands open is brought to the front all the same', () => {
    const windows = createCollection<WindowView>();
    const handlers = windowHandlers({ windows, world: 'live' });
    const open = Array.from({ length: 16 }, (_, i) => ({
      ...{ id: `w${i}`, region: 'plan' as const, seat: `s${i}`, world: 'live' },
    }));
    handlers['windows.report']({ open }, shell);
    for (let i = 0; i < 300; i++)
      expect(() => handlers['windows.open']({ region: 'plan', seat: `new-${i}` }, caller)).toThrow(/16 windows/);
    handlers['windows.open']({ region: 'plan', seat: 's3' }, caller);
    expect(windows.items.size).toBe(17);
  });

  test('a drill’s window is another than the live one of the same region', () => {
    const windows = createCollection<WindowView>();
    for (const world of ['live', 'drill:d-1'])
      windowHandlers({ windows, world })['windows.open']({ region: 'video', seat: 'duty' }, caller);
    expect([...windows.items.values()].map(({ world }) => world)).toEqual(['live', 'drill:d-1']);
  });
});

test('a hall without a drill says so', () => {
  expect(() => drillHandlers({ cameras: [] })['drill.start']({}, caller)).toThrow(/--profile drill/);
  let started = 0;
  drillHandlers({ cameras: [], start: () => void started++ })['drill.start']({}, caller);
  expect(started).toBe(1);
});

describe('much to show', () => {
  const long = '水'.repeat(2000);

  test('an incident with a thousand long notes goes on: newest notes, level and end are on every screen, the rest is asked for', async () => {
    const { call, shownIncident, incident } = await opened();
    const view = () => shownIncident(incident);
    for (let i = 0; i < 1000; i++) await call('incidents.note', { incident, text: `${i} ${long}`.slice(0, 2000) });
    await call('incidents.setLevel', { incident, level: 1, reason: 'worse' });
    await call('incidents.close', { incident, reason: 'over' });
    expect(JSON.stringify(view()).length).toBeLessThan(250_000);
    expect(view()).toMatchObject({ state: 'closed', level: 1 });
    const shown = view()?.notes ?? [];
    expect(shown.at(-1)?.text).toMatch(/^999 /);
    expect(shown.length + (view()?.earlierNotes ?? 0)).toBe(1000);
    const read = [...shown];
    for (let before = view()?.earlierNotes ?? 0; before > 0; ) {
      const { notes, from } = await call('incidents.notes', { incident, before });
      expect(from + notes.length).toBe(before);
      read.unshift(...notes);
      before = from;
    }
    expect(read.map(({ text }) => Number(text.split(' ')[0]))).toEqual(Array.from({ length: 1000 }, (_, i) => i));
    await expect(call('incidents.notes', { incident: 'incident:none', before: 1 })).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  test('a run of 300 steps with long notes goes on to its end on every screen, its timeline has all of it in pages', async () => {
    const { call, topics, plans, incident } = await opened();
    plans.push(longPlan('wide', 300, '提示'.repeat(120)));
    const { run } = await call('runs.launch', { incident, plan: 'wide-300', version: 1 });
    for (let i = 0; i < 300; i++) await call('runs.finish', { run, step: `s${i}`, note: long });
    await call('runs.allClear', { run, reason: 'dry' });
    topics.runs.flush();
    expect([...topics.runs.leftOut]).toEqual([]);
    const view = topics.runs.items.get(run);
    expect(view).toMatchObject({ state: 'ended', done: 300 });
    expect(view?.steps.every((step) => step.noteCut && step.note?.endsWith('…'))).toBe(true);
    let lines = 0;
    for (let from: number | null = 0; from !== null; ) {
      const page: { entries: unknown[]; next: number | null } = await call('runs.timeline', { run, from });
      expect(Buffer.byteLength(JSON.stringify(page))).toBeLessThan(4 * 1024 * 1024);
      lines += page.entries.length;
      from = page.next;
    }
    expect(lines).toBe(4 + 1 + 300 + 2);
    let html = '';
    const first = await call('runs.report', { run, lang: 'zh-CN' });
    for (let part = first, on = true; on; ) {
      html += part.html;
      on = part.next !== null;
      if (part.next !== null)
        part = await call('runs.report', { run, lang: 'zh-CN', from: part.next, madeAt: first.madeAt });
    }
    expect(html).toHaveLength(first.chars);
    expect(html.split(long)).toHaveLength(301);
  });

  test('a note that is short enough is shown whole', async () => {
    const { call, topics, run } = await launched();
    await call('runs.finish', { run, step: 'look', note: long });
    expect(topics.runs.items.get(run)?.steps[0]).toMatchObject({ note: long, noteCut: false });
  });

  test('the largest plan there may be is launched', async () => {
    const { call, plans, incident, topics } = await opened();
    let detail = 340;
    const made = () => longPlan('wide', 300, '水'.repeat(detail));
    for (;;) {
      try {
        plans.push(made());
        detail++;
      } catch {
        break;
      }
    }
    expect(detail).toBeGreaterThan(350);
    const { run } = await call('runs.launch', { incident, plan: 'wide-300', version: 1 });
    expect(topics.runs.items.get(run)?.steps[299]?.detail?.zh).toHaveLength(340);
    plans.splice(0, plans.length, plans.at(-1) as (typeof plans)[number]);
    await call('runs.allClear', { run, reason: 'dry', force: true });
    const { incident: next } = await call('incidents.open', { alarm: 'alarm:waterlogging:WL-001' });
    expect(await call('runs.launch', { incident: next, plan: 'wide-300', version: 1 })).toHaveProperty('run');
    topics.runs.flush();
    expect(topics.runs.leftOut.size).toBe(0);
  });

  test('what is too large for a record is refused with a sentence in the language of the window, and nothing is written', async () => {
    const { call, incident, ledger } = await opened();
    const before = ledger.count;
    const note = (lang: 'zh-CN' | 'en') => call('incidents.note', { incident, text: 'x'.repeat(300_000) }, { lang });
    await expect(note('en')).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('fewer words'),
    });
    await expect(note('zh-CN')).rejects.toMatchObject({
      code: 'refused',
      message: '未记录，未生效：内容过长，请缩短或分几次记录。',
    });
    expect(ledger.count).toBe(before);
  });
});
