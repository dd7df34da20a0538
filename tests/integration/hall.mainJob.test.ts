import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { alarmSubject } from '../../core/alarms/alarm.ts';
import { paintNothing } from '../../scripts/drill/paintNothing.ts';
import { openFeedSource } from '../support/feedSource.ts';
import { startHall } from '../support/hallProcess.ts';
import { openHall } from '../support/openHall.ts';
import { createScratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';
import { openWindow, type Window } from '../support/window.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());

const ALARM = alarmSubject('waterlogging', 'WL-001');

/** Takes whatever step is ready, as its department would, until none is left. */
async function carryOut(window: Window, run: string): Promise<void> {
  await until(
    async () => {
      const view = window.item('runs', run);
      for (const step of view?.steps ?? []) {
        if (step.state !== 'ready') continue;
        if (step.kind === 'decision') await window.call('runs.decide', { run, step: step.id, option: 'keep' });
        else {
          await window.call('runs.acknowledge', { run, step: step.id });
          await window.call('runs.start', { run, step: step.id });
          await window.call('runs.finish', { run, step: step.id });
        }
      }
      return view !== undefined && view.done === view.total;
    },
    { within: 30_000, what: 'every step being done' },
  );
}

test('from the drill’s rain to the all-clear: alarm, incident, cameras, plan, steps, timeline, report', async () => {
  const dataDir = scratch.folder();
  paintNothing(dataDir);
  const hall = await startHall({ dataDir, profile: 'drill', args: ['--drill-after', '0'] });
  scratch.keep(hall, (started) => started.stop());
  const window = scratch.keep(await openWindow(hall, 'commander'), (open) => open.close());
  await window.seeStation((view) => view.drill?.state === 'running' && view.feeds[0]?.state === 'live');

  const alarm = await window.see('alarms', ALARM, (view) => view.level === 2, 40_000);
  expect(alarm).toMatchObject({ state: 'unacknowledged', source: { kind: 'sensor', id: 'WL-001' }, incident: null });
  await window.seeSensor('WL-001', (view) => view.level === 2);
  expect((await window.read('sensors.history', { sensor: 'WL-001' })).rows.length).toBeGreaterThan(5);
  await window.call('alarms.acknowledge', { alarm: ALARM });
  await window.see(
    'alarms',
    ALARM,
    (view) => view.state === 'acknowledged' && view.acknowledged?.actor === 'commander',
  );

  const { incident } = await window.call('incidents.open', { alarm: ALARM });
  expect(await window.call('incidents.open', { alarm: ALARM })).toEqual({ incident });
  await window.seeIncident(incident, (view) => view.type === 'urban-flooding' && view.level === 2);
  await window.see('alarms', ALARM, (view) => view.incident === incident);
  const { lon, lat } = alarm.place;
  const { cameras } = await window.call('cameras.seeing', { lon, lat, n: 4 });
  expect(cameras).toHaveLength(4);
  expect(cameras[0]?.sees).toBe(true);

  const { plans } = await window.call('plans.offer', { incident });
  expect(plans[0]).toMatchObject({ id: 'urban-flooding', fits: true });
  expect(plans[0]?.departments).toHaveLength(6);
  const { run } = await window.call('runs.launch', {
    incident,
    plan: 'urban-flooding',
    version: plans[0]?.version ?? 0,
  });
  await expect(
    window.call('runs.launch', { incident, plan: 'urban-flooding', version: plans[0]?.version ?? 0 }),
  ).rejects.toMatchObject({ code: 'refused', message: 'this plan is already running for the incident' });
  await expect(window.call('runs.allClear', { run, reason: 'too early' })).rejects.toMatchObject({ code: 'refused' });

  const attack = '</td><script>alert(1)</script><img src=x onerror="alert(2)">';
  await window.call('incidents.note', { incident, text: attack });
  await window.call('runs.finish', { run, step: 'verify', note: attack });
  await carryOut(window, run);
  expect(window.item('runs', run)).toMatchObject({ state: 'running', done: 20, total: 20 });
  await window.call('runs.allClear', { run, reason: 'the water is gone' });
  await window.see('runs', run, (view) => view.state === 'ended' && view.outcome === 'all-clear');
  await window.seeIncident(incident, (view) => view.state === 'closed');

  const { entries } = await window.call('runs.timeline', { run });
  const types = entries.map((entry) => entry.type);
  expect(types[0]).toBe('alarm.raised');
  expect(types.slice(-2)).toEqual(['run.ended', 'incident.closed']);
  expect(types.filter((type) => type === 'step.finished')).toHaveLength(19);
  expect(entries.map((entry) => entry.hlc)).toEqual(entries.map((entry) => entry.hlc).sort());
  for (const lang of ['zh-CN', 'en'] as const) {
    const { name, html } = await window.call('runs.report', { run, lang });
    expect(name).toMatch(/^opshall-urban-flooding-run_[\w-]+\.html$/);
    expect(html).toContain(lang === 'en' ? 'All-clear: the water is gone' : '警报解除');
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(html).not.toMatch(/<script|<img|<[^>]*\son\w+=/);
    expect(html).toContain("default-src 'none'");
  }
  expect(window.violations).toEqual([]);
});

test('a step not acknowledged, then not finished in time turns overdue and escalates', async () => {
  const dataDir = scratch.folder();
  mkdirSync(join(dataDir, 'plans'));
  writeFileSync(
    join(dataDir, 'plans', 'hurry.yaml'),
    `plan: hurry
version: 1
status: approved
name: { zh: 限时, en: Hurry }
fits: { incidents: [urban-flooding], level: 4 }
lanes:
  - { id: duty, department: emergency, title: { zh: 值班, en: Duty } }
  - { id: fire, department: fire, title: { zh: 消防, en: Fire } }
steps:
  - { id: go, lane: fire, title: { zh: 出动, en: Go }, acknowledge: 1s, finish: 4s, escalate: emergency }
  - { id: calm, lane: duty, title: { zh: 从容, en: Calm }, acknowledge: 1h, finish: 2h }
  - { id: later, lane: duty, title: { zh: 之后, en: Later }, needs: [calm], acknowledge: 1s }
`,
  );
  const source = scratch.keep(await openFeedSource(), (open) => open.close());
  const hall = scratch.keep(await openHall({ dataDir, profile: 'drill', cityFeed: source.url }), (open) =>
    open.close(),
  );
  const window = scratch.keep(await openWindow(hall, 'commander'), (open) => open.close());
  await until(() => source.listeners === 1, { what: 'the feed' });
  source.hold('WL-001', 0.2);
  await window.see('alarms', ALARM, (view) => view.level === 4);
  const { incident } = await window.call('incidents.open', { alarm: ALARM });
  const { run } = await window.call('runs.launch', { incident, plan: 'hurry', version: 1 });
  const step = async (id: string, wished: (step: { overdue: string; escalatedTo: string | null }) => boolean) =>
    (await window.see('runs', run, (view) => view.steps.some((each) => each.id === id && wished(each)))).steps.find(
      (each) => each.id === id,
    );

  const late = await step('go', (each) => each.overdue === 'acknowledge');
  expect(late).toMatchObject({ escalatedTo: 'emergency', state: 'ready' });
  await window.call('runs.acknowledge', { run, step: 'go' });
  await step('go', (each) => each.overdue === 'no');
  await step('go', (each) => each.overdue === 'finish');
  await window.call('runs.finish', { run, step: 'go' });
  await step('go', (each) => each.overdue === 'no');
  const { entries } = await window.call('runs.timeline', { run });
  expect(entries.filter((entry) => entry.type === 'step.overdue').map((entry) => [entry.actor, entry.text.en])).toEqual(
    [
      ['hall.timer', 'Overdue “Go”: not acknowledged in time'],
      ['hall.timer', 'Overdue “Go”: not finished in time'],
    ],
  );
  expect(window.item('runs', run)?.steps.filter((each) => each.overdue !== 'no')).toEqual([]);
});
