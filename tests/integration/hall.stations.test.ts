import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { alarmSubject } from '../../core/alarms/alarm.ts';
import type { HallOptions } from '../../main/hallOptions.ts';
import { type FeedSource, openFeedSource } from '../support/feedSource.ts';
import { hubOf, type OpenedHall, openHall, skewedClock } from '../support/openHall.ts';
import { createScratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';
import { openWindow, type Window } from '../support/window.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());

const HOUR = 3_600_000;
const HURRY = `plan: hurry
version: 1
status: approved
name: { zh: 限时, en: Hurry }
fits: { incidents: [urban-flooding], level: 4 }
lanes:
  - { id: duty, department: emergency, title: { zh: 值班, en: Duty } }
steps:
  - { id: go, lane: duty, title: { zh: 出动, en: Go }, acknowledge: 2s }
  - { id: calm, lane: duty, title: { zh: 从容, en: Calm }, acknowledge: 10m, finish: 20m }
`;
const ALARM = alarmSubject('waterlogging', 'WL-001');

interface Pair {
  source: FeedSource;
  /** Seat of station A, the hub, which hears the city. */
  a: Window;
  /** Seat of station B, which joined it. */
  b: Window;
  hallA: OpenedHall;
  hallB: OpenedHall;
}

/** Two stations joined over real sockets. */
async function joined(b: Partial<HallOptions> = {}): Promise<Pair> {
  const source = scratch.keep(await openFeedSource(), (open) => open.close());
  const city = { profile: 'drill', cityFeed: source.url } as const;
  const dataDir = scratch.folder('a');
  mkdirSync(join(dataDir, 'plans'));
  writeFileSync(join(dataDir, 'plans', 'hurry.yaml'), HURRY);
  const hallA = scratch.keep(await openHall({ dataDir, ...city }), (open) => open.close());
  const hallB = scratch.keep(
    await openHall({ dataDir: scratch.folder('b'), station: 'B', dial: hubOf(hallA), ...b }),
    (open) => open.close(),
  );
  const seats = {
    a: scratch.keep(await openWindow(hallA, 'commander'), (open) => open.close()),
    b: scratch.keep(await openWindow(hallB, 'deputy'), (open) => open.close()),
  };
  await until(() => source.listeners >= 1, { what: 'the feed' });
  for (const seat of [seats.a, seats.b]) await seat.seeStation((view) => view.link === 'online');
  return { source, hallA, hallB, ...seats };
}

/** From the rising water to a plan under way, at A; waits until B shows it. */
async function launched({ source, a, b }: Pair): Promise<{ incident: string; run: string }> {
  source.hold('WL-001', 0.6);
  await a.see('alarms', ALARM, (alarm) => alarm.level === 2);
  const { incident } = await a.call('incidents.open', { alarm: ALARM });
  const { plans } = await a.call('plans.offer', { incident });
  const plan = plans.find((offer) => offer.id === 'urban-flooding');
  if (!plan) throw new Error('the plan is not offered');
  const { run } = await a.call('runs.launch', { incident, plan: plan.id, version: plan.version });
  await b.see('runs', run, (view) => view.state === 'running');
  await b.seeIncident(incident, (view) => view.state === 'open');
  return { incident, run };
}

async function converged({ a, b }: Pair): Promise<{ digest: string; events: number }> {
  const both = () => Promise.all([a.call('ledger.digest', {}), b.call('ledger.digest', {})]);
  return until(
    async () => {
      const [first, second] = await both();
      return first.digest === second.digest ? first : undefined;
    },
    { within: 20_000, what: 'the same digest on both stations' },
  );
}

test.each([
  ['ahead, an hour', HOUR, '60 min ahead of', '60 min behind'],
  ['behind, an hour', -HOUR, '60 min behind', '60 min ahead of'],
  ['ahead, three days', 72 * HOUR, '4320 min ahead of', '4320 min behind'],
  ['behind, three days', -72 * HOUR, '4320 min behind', '4320 min ahead of'],
])('a station whose clock is off (%s): said on both, nobody is called late, and they converge', async (...row) => {
  const [, skew, seenFromA, seenFromB] = row;
  const pair = await joined({ clock: skewedClock(skew) });
  const { a, b } = pair;
  const onA = await a.seeStation((view) => view.notices.length > 0);
  expect(onA.notices).toEqual([expect.objectContaining({ id: 'clock:B', severity: 'warning' })]);
  expect(onA.notices[0]?.text.en).toContain(`The clock of station B is about ${seenFromA} this one`);
  expect(Math.abs((onA.peers[0]?.clockOffsetMs ?? 0) - skew)).toBeLessThan(2000);
  const onB = await b.seeStation((view) => view.notices.length > 0);
  expect(onB.notices[0]?.text.en).toContain(`The clock of station A is about ${seenFromB} this one`);

  const { incident, run } = await launched(pair);
  await b.call('alarms.acknowledge', { alarm: ALARM });
  for (const seat of [a, b]) await seat.see('alarms', ALARM, (alarm) => alarm.state === 'acknowledged');
  // What one decides after it has seen the other's decision stands, whatever the two clocks say.
  await b.call('incidents.setLevel', { incident, level: 1, reason: 'B, having seen II' });
  await a.seeIncident(incident, (view) => view.level === 1);
  await a.call('incidents.setLevel', { incident, level: 3, reason: 'A, having seen I' });
  await b.seeIncident(incident, (view) => view.level === 3 && view.conflicts.length === 0);
  await b.call('runs.finish', { run, step: 'verify' });
  const done = await a.see('runs', run, (view) => view.steps.some((step) => step.state === 'done'));
  expect(done.steps.filter((step) => step.state === 'ready').map((step) => step.id)).toContain('activate');
  await a.call('runs.start', { run, step: 'activate' });
  await b.see('runs', run, (view) => view.steps.some((step) => step.id === 'activate' && step.state === 'started'));
  // A plan with one step in a hurry: once the launcher's timer has written it, both stations' timers have looked at all of them.
  const { run: hurried } = await a.call('runs.launch', { incident, plan: 'hurry', version: 1 });
  const overdue = (seat: Window) =>
    [run, hurried].flatMap((id) => seat.item('runs', id)?.steps.filter((step) => step.overdue !== 'no') ?? []);
  for (const seat of [a, b]) {
    await seat.see('runs', hurried, (view) => view.steps.some((step) => step.overdue === 'acknowledge'));
    expect(overdue(seat).map((step) => step.id)).toEqual(['go']);
  }
  await converged(pair);
  expect([...a.violations, ...b.violations]).toEqual([]);
});

test('the cable is pulled: both work on; mended: converged, with both values of what both changed, and who', async () => {
  const pair = await joined();
  const { a, b } = pair;
  const { incident, run } = await launched(pair);
  const together = await converged(pair);
  for (const seat of [a, b]) await seat.seeStation((view) => view.outbox === 0);

  await a.call('link.cut', {});
  await a.seeStation((view) => view.link === 'alone' && view.cut);
  await b.seeStation((view) => view.link === 'alone' && !view.cut);
  expect((await (await fetch(`${pair.hallA.url}/healthz`)).json()).peers).toEqual([
    { station: 'B', state: 'away', behind: 0 },
  ]);

  await a.call('incidents.setLevel', { incident, level: 1, reason: 'people are trapped' });
  await a.call('runs.finish', { run, step: 'verify', note: 'seen by A' });
  await b.call('incidents.setLevel', { incident, level: 3, reason: 'as seen from B' });
  await b.call('runs.skip', { run, step: 'verify', reason: 'no camera there' });
  await b.call('incidents.note', { incident, text: 'B works on alone' });
  await a.seeStation((view) => view.outbox === 2);
  await b.seeStation((view) => view.outbox === 3);
  expect((await a.incident(incident))?.notes).toEqual([]);

  await a.call('link.mend', {});
  await a.seeStation((view) => view.link === 'online' && !view.cut, 20_000);
  const merged = await converged(pair);
  expect(merged.events).toBe(together.events + 5);
  for (const seat of [a, b]) {
    await seat.seeStation((view) => view.outbox === 0 && view.link === 'online');
    const { conflicts, level, notes } = await seat.seeIncident(incident, (view) => view.conflicts.length > 0);
    expect(level).toBe(1); // The worse stands.
    expect(notes.map((note) => note.text)).toEqual(['B works on alone']);
    expect(conflicts).toHaveLength(1);
    const [conflict] = conflicts;
    expect(conflict?.values.map(({ value, by }) => [value, by.station, by.actor]).sort()).toEqual([
      ['1', 'A', 'commander'],
      ['3', 'B', 'deputy'],
    ]);
    expect(conflict?.values[conflict.stands]?.value).toBe('1');
    const { conflicts: ofRun, steps } = await seat.see('runs', run, (view) => view.conflicts.length > 0);
    expect(ofRun.map(({ field, values }) => [field, values.map(({ value }) => value).sort()])).toEqual([
      ['step.verify', ['done', 'skipped']],
    ]);
    expect(steps.find((step) => step.id === 'verify')).toMatchObject({ state: 'done', note: expect.anything() });
  }

  // One person sees it, and it is seen at both.
  const conflict = (await b.incident(incident))?.conflicts[0]?.id ?? '';
  await b.call('conflicts.seen', { subject: incident, conflict });
  await a.seeIncident(incident, (view) => view.conflicts[0]?.seen?.actor === 'deputy');
  await converged(pair);
});

test('a station whose token the hub does not know is refused, and says what to do', async () => {
  const hallA = scratch.keep(await openHall({ dataDir: scratch.folder('a') }), (open) => open.close());
  const dial = { ...hubOf(hallA), token: 'not-the-token-of-the-hub-0123456789-0123' };
  const hallB = scratch.keep(await openHall({ dataDir: scratch.folder('b'), station: 'B', dial }), (open) =>
    open.close(),
  );
  const b = scratch.keep(await openWindow(hallB, 'deputy'), (open) => open.close());
  const view = await b.seeStation((station) => station.notices.length > 0);
  expect(view.link).toBe('alone');
  expect(view.notices[0]).toMatchObject({ id: 'hub-refuses', severity: 'error' });
  expect(view.notices[0]?.remedy?.en).toContain('token');
});

test('two stations of one name are kept apart, and it is said', async () => {
  const hallA = scratch.keep(await openHall({ dataDir: scratch.folder('a') }), (open) => open.close());
  const other = scratch.keep(
    await openHall({ dataDir: scratch.folder('b'), station: 'A', dial: hubOf(hallA) }),
    (open) => open.close(),
  );
  const window = scratch.keep(await openWindow(other, 'deputy'), (open) => open.close());
  const view = await window.seeStation((station) => station.notices.length > 0);
  expect(view.notices[0]).toMatchObject({ id: 'same-name', severity: 'error' });
});
