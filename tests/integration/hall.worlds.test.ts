import { existsSync, mkdirSync, readdirSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { type QueryName, type QueryParams, queries, type TopicName, topics } from '../../contract/index.ts';
import { alarmSubject } from '../../core/alarms/alarm.ts';
import { splitKey } from '../../core/ledger/stream.ts';
import { openLedgerStore } from '../../native/sqlite/ledgerStore.ts';
import { paintNothing } from '../../scripts/drill/paintNothing.ts';
import { openFeedSource } from '../support/feedSource.ts';
import { startHall } from '../support/hallProcess.ts';
import { type OpenedHall, openHall } from '../support/openHall.ts';
import { createScratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';
import { openWindow, type Window } from '../support/window.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());

const LIVE_ALARM = alarmSubject('waterlogging', 'WL-002');
const DRILL_ALARM = alarmSubject('waterlogging', 'WL-001');
/** Rain and a flooded underpass from the first second. */
const QUICK = `drill: quick
name: { zh: 速成演练, en: Quick rehearsal }
seed: 1
sensors:
  - ids: [WL-001]
    curve: [[0, 0.6], [600, 0.6]]
  - ids: [WL-*]
    curve: [[0, 0.02], [600, 0.02]]
seats: [{ station: A, seat: commander, departments: [emergency] }]
auto: { acknowledge: 600, start: 600, finish: 600 }
actions: [{ do: all-clear, station: A, seat: commander, at: 500, reason: over }]
expect: { steps: { total: 1, done: 0 }, departments: [emergency], conflicts: [], apart: 0, within: 600 }
`;

function folder(): string {
  const dataDir = scratch.folder();
  paintNothing(dataDir);
  mkdirSync(join(dataDir, 'drills'));
  writeFileSync(join(dataDir, 'drills', 'quick.yaml'), QUICK);
  return dataDir;
}

const at = async (hall: { url: string; token: string }, seat: string, world?: string) =>
  scratch.keep(await openWindow(hall, seat, world), (open) => open.close());

const worldsOf = (window: Window) => window.items('worlds').map(({ id, state }) => `${id} ${state}`);

/** A busy machine may take its time. */
const PATIENT = { timeout: 60_000 };
const NAMED = { text: '滨河路' };
const AROUND = { lon: 121.92, lat: 29.16, radius: 500 };
const WITHIN = { bounds: { west: 121.91, south: 29.15, east: 121.92, north: 29.16 } };
const STANDING = { by: 'standing', from: 0, standing: Number.MAX_SAFE_INTEGER };

/** Everything a world shows: each topic but the hall’s own, its worlds and its desktop’s windows, each query from its beginning, and each that is of one thing. */
async function everything(window: Window, things: readonly string[]): Promise<Record<string, string>> {
  const names = Object.keys(topics) as TopicName[];
  await until(() => names.every((topic) => window.client.fresh(topic)), { what: 'every topic' });
  const shown: Record<string, string> = {};
  for (const topic of names)
    if (topic !== 'worlds' && topic !== 'windows') shown[`topic ${topic}`] = JSON.stringify(window.items(topic));
  for (const query of Object.keys(queries) as QueryName[]) {
    const takes = (params: object) => queries[query].params.safeParse(params).success;
    const asked = takes({})
      ? [{}]
      : [
          { sensor: 'WL-001' },
          STANDING,
          NAMED,
          AROUND,
          WITHIN,
          ...things.flatMap((id) => [{ id }, { subject: id }, { runs: [id] }, { calls: [id] }]),
        ].filter(takes);
    expect(asked, `the params of ${query} are none that this test knows`).not.toEqual([]);
    const pages = [];
    // A window asks so many a second; what is refused for that is asked again.
    for (const params of asked)
      pages.push(
        await until(async () => (await window.read(query, params as QueryParams<QueryName>)).rows, { what: query }),
      );
    shown[`query ${query}`] = JSON.stringify(pages);
  }
  return shown;
}

const mentions = (shown: Record<string, string>, words: readonly string[]) =>
  Object.entries(shown).flatMap(([where, text]) =>
    words.filter((word) => text.includes(word)).map((word) => `${where}: ${word}`),
  );

/** Decides in a world what leaves a trace in as much of it as can be. */
async function decideAll(window: Window, alarm: string, word: string): Promise<string[]> {
  await window.see('alarms', alarm, ({ state }) => state === 'unacknowledged');
  const { incident } = await window.call('incidents.open', { alarm });
  await window.call('incidents.note', { incident, text: `note ${word}` });
  const { plans } = await window.call('plans.offer', { incident });
  const plan = plans.find(({ id }) => id === 'urban-flooding') ?? expect.fail('no plan is offered');
  const { run } = await window.call('runs.launch', { incident, plan: plan.id, version: plan.version });
  await window.call('seat.select', { selection: { kind: 'incident', id: incident, at: null } });
  await window.call('wall.show', { screen: `wall-${word}`, scene: 'plan', selection: null, cameras: [] });
  await window.see('runs', run, () => true);
  await until(async () => JSON.stringify((await window.read('log.list', {})).rows).includes(word), {
    what: `the log of ${word}`,
  });
  return [incident, run, word];
}

async function ask(hall: OpenedHall, path: string): Promise<string> {
  const answer = await fetch(`${hall.url}/api/v1/${path}`, {
    headers: { authorization: `Bearer ${hall.integrationToken}` },
  });
  expect(answer.status).toBe(200);
  return answer.text();
}

describe('a drill beside live work', () => {
  test('W1 nothing of one world is in a topic, a query, the log or the HTTP API of the other, and its ledger is its own', async () => {
    const source = scratch.keep(await openFeedSource(), (open) => open.close());
    const dataDir = folder();
    const hall = scratch.keep(await openHall({ dataDir, profile: 'drill', cityFeed: source.url }), (it) => it.close());
    const live = await at(hall, 'duty');
    const { world } = await live.call('worlds.open', { script: 'quick' });
    const drill = await at(hall, 'duty', world);
    expect(drill.client.welcome()?.world).toMatchObject({ id: world, kind: 'drill', name: { en: 'Quick rehearsal' } });
    expect(live.client.welcome()?.world).toMatchObject({ id: 'live', kind: 'live', name: null });
    for (const window of [live, drill])
      await expect.poll(() => worldsOf(window), PATIENT).toEqual(['live open', `${world} open`]);

    await until(() => source.listeners === 1, { what: 'the feed' });
    source.hold('WL-002', 0.6);
    await drill.call('drill.start', {});
    const ofLive = await decideAll(live, LIVE_ALARM, 'livework');
    const ofDrill = await decideAll(drill, DRILL_ALARM, 'rehearsed');

    const things = [...ofLive, ...ofDrill];
    const [seenLive, seenDrill] = [await everything(live, things), await everything(drill, things)];
    expect(mentions(seenLive, [...ofDrill, DRILL_ALARM])).toEqual([]);
    expect(mentions(seenDrill, [...ofLive, LIVE_ALARM])).toEqual([]);
    // What was looked for is there at all, in the world that it belongs to.
    const places = [
      'topic alarms',
      'topic runs',
      'topic seats',
      'topic walls',
      'query incidents.one',
      'query log.list',
    ];
    const found = (shown: Record<string, string>, words: readonly string[]) =>
      [...new Set(mentions(shown, words).map((it) => it.split(':')[0]))].sort();
    expect(found(seenLive, [...ofLive, LIVE_ALARM])).toEqual(expect.arrayContaining(places));
    expect(found(seenDrill, [...ofDrill, DRILL_ALARM])).toEqual(expect.arrayContaining(places));

    for (const window of [live, drill]) await window.call('windows.open', { region: 'plan', seat: 'duty' });
    await expect.poll(() => live.items('windows').map((it) => it.world), PATIENT).toEqual(['live', world]);

    const streamsOf = async (window: Window) =>
      new Set((await window.read('log.list', {})).rows.map(({ id }) => id.split('/')[0]));
    await expect
      .poll(async () => [await streamsOf(live), await streamsOf(drill)], PATIENT)
      .toEqual([new Set(['ops']), new Set([world])]);

    const told = await ask(hall, 'log.list');
    expect(told).toContain('livework');
    expect(told).not.toContain('rehearsed');
    const digests = [await live.call('ledger.digest', {}), await drill.call('ledger.digest', {})];
    expect(JSON.stringify(digests[0])).not.toBe(JSON.stringify(digests[1]));
    const place = join(dataDir, 'worlds', world.slice('drill:'.length));
    expect(readdirSync(place)).toEqual(expect.arrayContaining(['ledger.db', 'views.db', 'telemetry.db']));
    for (const window of [live, drill]) expect(window.violations).toEqual([]);
  });

  test('W2 a department and a wall may not open or end a drill, an unknown script is refused by name, and no third drill is opened', async () => {
    const hall = scratch.keep(await openHall({ dataDir: folder() }), (it) => it.close());
    const [duty, fire, wall] = [await at(hall, 'duty'), await at(hall, 'fire'), await at(hall, 'wall')];
    expect((await duty.call('worlds.scripts', {})).scripts.map(({ script }) => script)).toEqual(
      expect.arrayContaining(['flood', 'quick']),
    );
    for (const window of [fire, wall])
      await expect(window.call('worlds.open', { script: 'quick' })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(duty.call('worlds.open', { script: 'nosuch' })).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringMatching(/^there is no drill script nosuch that can be used; there are flood, .*quick/),
    });
    const { world } = await duty.call('worlds.open', { script: 'quick' });
    for (const window of [fire, wall])
      await expect(window.call('worlds.end', { world })).rejects.toMatchObject({ code: 'forbidden' });
    await duty.call('worlds.open', { script: 'flood' });
    await expect(duty.call('worlds.open', { script: 'quick' })).rejects.toMatchObject({ code: 'refused' });
    await expect(duty.call('worlds.end', { world: 'live' })).rejects.toMatchObject({ code: 'not-found' });
  });

  test('W3 an ended drill leaves no socket, thread or open file behind, its windows are told, its record stays', async () => {
    const dataDir = folder();
    const hall = scratch.keep(await openHall({ dataDir }), (it) => it.close());
    const live = await at(hall, 'duty');
    const open = () => process.getActiveResourcesInfo().filter((kind) => /Server|Message|Process/.test(kind)).length;
    const files = () =>
      process.platform === 'linux'
        ? readdirSync('/proc/self/fd').filter((fd) => linkOf(fd).startsWith(join(dataDir, 'worlds')))
        : [];
    const before = open();
    const { world } = await live.call('worlds.open', { script: 'quick' });
    const drill = await at(hall, 'duty', world);
    await drill.read('log.list', {});
    expect(open()).toBeGreaterThan(before);
    if (process.platform === 'linux') expect(files().length).toBeGreaterThan(0);
    await drill.call('worlds.end', { world });
    await live.see('worlds', 'live', () => worldsOf(live).length === 1);
    await until(() => drill.client.connection().state === 'refused', { what: 'the window of the drill' });
    expect(drill.client.connection().error).toMatchObject({ code: 'no-world' });
    await until(() => open() === before, { what: 'what the drill had open' });
    expect(files()).toEqual([]);
    expect(live.client.connection().state).toBe('open');
    expect(existsSync(join(dataDir, 'worlds', world.slice('drill:'.length), 'ledger.db'))).toBe(true);
  });

  test('W4 a hall that is killed in a drill starts with its live work whole, and says which drill was interrupted', async () => {
    const dataDir = folder();
    const start = () => startHall({ dataDir, profile: 'empty' });
    let hall = await start();
    scratch.keep(null, () => hall.stop());
    const { world } = await (await at(hall, 'duty')).call('worlds.open', { script: 'quick' });
    await at(hall, 'duty', world);
    await hall.kill();
    hall = await start();
    const live = await at(hall, 'duty');
    await expect.poll(() => worldsOf(live), PATIENT).toEqual(['live open', `${world} interrupted`]);
    expect(live.station()).toMatchObject({ simulated: false, ledger: { recovery: false } });
    await live.call('worlds.open', { script: 'quick' });
    await live.call('worlds.dismiss', { world });
    await live.see('worlds', 'live', () => worldsOf(live).every((it) => !it.startsWith(world)));
  });

  test('W5 the record of an ended drill can be opened as a hall, which says what it is and writes to its stream alone', async () => {
    const dataDir = folder();
    const hall = scratch.keep(await openHall({ dataDir }), (it) => it.close());
    const live = await at(hall, 'duty');
    const { world } = await live.call('worlds.open', { script: 'quick' });
    const drill = await at(hall, 'duty', world);
    await drill.call('drill.start', {});
    await drill.see('alarms', DRILL_ALARM, ({ state }) => state === 'unacknowledged');
    const { incident } = await drill.call('incidents.open', { alarm: DRILL_ALARM });
    await drill.call('worlds.end', { world });
    await live.see('worlds', 'live', () => worldsOf(live).length === 1);

    const place = join(dataDir, 'worlds', world.slice('drill:'.length));
    const record = scratch.keep(await openHall({ dataDir: place, profile: 'empty' }), (it) => it.close());
    const reader = await at(record, 'duty');
    const { notices } = await reader.seeStation((station) => station.notices.some(({ id }) => id === 'drill-record'));
    expect(notices.find(({ id }) => id === 'drill-record')?.text.en).toContain(world);
    expect(await reader.incident(incident)).toMatchObject({ state: 'open' });
    await reader.call('incidents.note', { incident, text: 'looked at afterwards' });
    await reader.seeIncident(incident, ({ notes }) => notes.some(({ text }) => text === 'looked at afterwards'));
    const kept = openLedgerStore(join(place, 'ledger.db'));
    scratch.keep(kept, (it) => it.close());
    expect([...kept.heads().keys()].map((chain) => splitKey(chain).stream)).toEqual([world]);
    expect(live.items('notices').map(({ id }) => id)).not.toContain('drill-record');
  });
});

function linkOf(fd: string): string {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`);
  } catch {
    return ''; // Closed since the folder was read.
  }
}
