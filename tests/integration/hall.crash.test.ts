import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { alarmSubject } from '../../core/alarms/alarm.ts';
import type { LedgerEvent } from '../../core/ledger/envelope.ts';
import { openLedgerStore } from '../../native/sqlite/ledgerStore.ts';
import { paintNothing } from '../../scripts/drill/paintNothing.ts';
import { type FeedSource, openFeedSource } from '../support/feedSource.ts';
import { type HallProcess, startHall } from '../support/hallProcess.ts';
import { startNoteStream } from '../support/noteStream.ts';
import { createScratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';
import { openWindow, type Window } from '../support/window.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());

const ALARM = alarmSubject('waterlogging', 'WL-001');

async function launchPlan(source: FeedSource, window: Window): Promise<{ incident: string; run: string }> {
  source.hold('WL-001', 0.6);
  await window.see('alarms', ALARM, (alarm) => alarm.level === 2);
  const { incident } = await window.call('incidents.open', { alarm: ALARM });
  const { plans } = await window.call('plans.offer', { incident });
  const plan = plans.find((offer) => offer.id === 'urban-flooding');
  if (!plan) throw new Error('the plan is not offered');
  return { incident, ...(await window.call('runs.launch', { incident, plan: plan.id, version: plan.version })) };
}

/** All notes of an incident as a window reads them: what it is told, and what is older page by page. */
async function notesOf(window: Window, incident: string): Promise<string[]> {
  const shown = await window.incident(incident);
  let notes = shown?.notes ?? [];
  for (let before = shown?.earlierNotes ?? 0; before > 0; ) {
    const page = await window.call('incidents.notes', { incident, before });
    notes = [...page.notes, ...notes];
    before = page.from;
  }
  return notes.map((note) => note.text);
}

function eventsIn(dataDir: string): LedgerEvent[] {
  const store = openLedgerStore(join(dataDir, 'ledger.db'));
  const events = [...store.all()];
  store.close();
  return events;
}

test('killed three times in the middle of a run: nothing acknowledged is missing, windows and the run go on', async () => {
  const dataDir = scratch.folder();
  paintNothing(dataDir);
  const source = scratch.keep(await openFeedSource(), (open) => open.close());
  const start = (port: number): Promise<HallProcess> =>
    startHall({ dataDir, port, env: { OPSHALL_CITY_FEED: source.url }, args: ['--drill-after', 'never'] });
  let hall = await start(0);
  scratch.keep(null, () => hall.stop());
  const window = scratch.keep(await openWindow(hall, 'commander'), (open) => open.close());
  const wall = scratch.keep(await openWindow(hall, 'wall'), (open) => open.close());
  await until(() => source.listeners === 1, { what: 'the feed' });
  const { incident, run } = await launchPlan(source, window);
  await window.call('runs.finish', { run, step: 'verify', note: 'seen on video' });

  const stream = startNoteStream(window, incident);
  for (let kill = 1; kill <= 3; kill++) {
    const enough = stream.acknowledged.length + 40;
    await until(() => stream.acknowledged.length >= enough, { within: 30_000, what: '40 more notes' });
    await hall.kill();
    const promised = [...stream.acknowledged];
    await until(() => window.client.connection().state === 'lost', { what: 'the window noticing' });
    expect(window.items('runs')).toHaveLength(1); // What was known stays on the screen.
    hall = await start(hall.port);
    await until(() => window.client.fresh('runs') && wall.client.fresh('runs'), {
      within: 20_000,
      what: 'the windows coming back by themselves',
    });
    for (const each of [window, wall]) {
      const kept = await notesOf(each, incident);
      expect(promised.filter((text) => !kept.includes(text))).toEqual([]);
      expect(new Set(kept).size).toBe(kept.length);
      expect(each.item('runs', run)?.steps.find((step) => step.id === 'verify')?.state).toBe('done');
    }
    expect(await (await fetch(`${hall.url}/healthz`)).json()).toMatchObject({ status: 'ok' });
  }
  await stream.stop();

  // The run goes on after the last crash, and so does the alarm's rule.
  await window.call('runs.start', { run, step: 'pumps-on' });
  await window.see('runs', run, (view) =>
    view.steps.some((step) => step.id === 'pumps-on' && step.state === 'started'),
  );
  await until(() => source.listeners === 1, { what: 'the feed after the crash' });
  source.say('WL-001', 0.6);
  await window.seeSensor('WL-001', (observation) => observation.value === 0.6 && observation.level === 2);
  source.hold('WL-001', 1.5);
  await window.see('alarms', ALARM, (alarm) => alarm.level === 1 && alarm.occurrence === 1);
  await window.call('runs.allClear', { run, reason: 'end of the test', force: true });
  await window.seeIncident(incident, (view) => view.state === 'closed');
  expect([...window.violations, ...wall.violations]).toEqual([]);

  const { events: counted } = await window.call('ledger.digest', {});
  await hall.stop();
  const events = eventsIn(dataDir);
  expect(events).toHaveLength(counted);
  const notes = events.filter((event) => event.type === 'incident.noted').map((event) => event.body.text);
  expect(stream.acknowledged.filter((text) => !notes.includes(text))).toEqual([]);
  expect(events.filter((event) => event.station === 'A').map((event) => event.seq)).toEqual(
    events.map((_, i) => i + 1),
  );
});
