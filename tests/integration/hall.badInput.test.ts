import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { SUBPROTOCOL } from '../../contract/wire/frames.ts';
import { alarmSubject } from '../../core/alarms/alarm.ts';
import { halfSaid } from '../support/bothLanguages.ts';
import { openFeedSource } from '../support/feedSource.ts';
import { openHall } from '../support/openHall.ts';
import { createScratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';
import { openWindow } from '../support/window.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());

const PLAN = `plan: small-plan
version: 1
status: approved
name: { zh: 小预案, en: Small plan }
fits: { incidents: [urban-flooding, other-kind], level: 4 }
lanes:
  - { id: duty, department: emergency, title: { zh: 值班, en: Duty } }
steps:
  - { id: look, lane: duty, title: { zh: 查看, en: Look } }
`;

const RULE = `rules:
  - rule: my-water
    name: { zh: 本地水位, en: Local water level }
    incident: other-kind
    sensor: { kind: water-level, ids: [WL-002] }
    levels:
      - { level: 4, raise: 0.05, clear: 0.02 }
`;

test('wrong plans and rules are named with line and remedy; the right ones work, and the hall goes on', async () => {
  const dataDir = scratch.folder();
  mkdirSync(join(dataDir, 'plans'));
  mkdirSync(join(dataDir, 'rules'));
  const files: [string, string][] = [
    ['plans/good.yaml', PLAN],
    ['plans/lane.yaml', PLAN.replace('lane: duty', 'lane: nobody')],
    ['plans/syntax.yaml', PLAN.replace('lanes:', 'lanes: [')],
    ['plans/not-read.txt', 'notes of a person'],
    ['rules/good.yaml', RULE],
    ['rules/flutter.yaml', RULE.replace('clear: 0.02', 'clear: 0.09')],
    ['rules/bytes.yml', '\u0000\u0001 not yaml: ['],
  ];
  for (const [name, text] of files) writeFileSync(join(dataDir, name), text);
  const source = scratch.keep(await openFeedSource(), (open) => open.close());
  const hall = scratch.keep(await openHall({ dataDir, profile: 'drill', cityFeed: source.url }), (open) =>
    open.close(),
  );
  const window = scratch.keep(await openWindow(hall, 'duty'), (open) => open.close());

  const { notices } = await window.seeStation((view) => view.notices.length > 0);
  const said = new Map(notices.map((notice) => [notice.id.slice(`file:${dataDir}/`.length), notice]));
  expect([...said.keys()].sort()).toEqual([
    'plans/lane.yaml',
    'plans/syntax.yaml',
    'rules/bytes.yml',
    'rules/flutter.yaml',
  ]);
  expect(said.get('plans/lane.yaml')?.text.en).toContain(
    `${dataDir}/plans/lane.yaml:9:17: steps.0.lane: there is no lane "nobody"`,
  );
  expect(said.get('plans/syntax.yaml')?.text.en).toMatch(/plans\/syntax\.yaml:\d+:\d+: /);
  expect(said.get('rules/flutter.yaml')?.text.en).toContain(
    `${dataDir}/rules/flutter.yaml:7:34: rules.0.levels.0.clear: `,
  );
  expect(said.get('plans/lane.yaml')?.text.zh).toContain(
    `${dataDir}/plans/lane.yaml 第 9 行（steps.0.lane）：没有泳道“nobody”`,
  );
  for (const notice of notices) {
    // Beside names of files, keys and values no word is left in the other language.
    expect(`${notice.text.zh}${notice.remedy?.zh}`).not.toMatch(/[a-z]+ [a-z]+ [a-z]+/i);
    expect(notice.severity).toBe('error');
    expect(notice.remedy?.en).toMatch(/load the files under Setup/);
    expect(notice.remedy?.zh).toContain('在“设置”中载入文件');
  }

  const { rows: rejects } = await window.read('rejects.list', {});
  expect(rejects.map((reject) => reject.source).sort()).toEqual(
    ['plans/lane.yaml', 'plans/syntax.yaml', 'rules/bytes.yml', 'rules/flutter.yaml'].map((name) =>
      join(dataDir, name),
    ),
  );
  expect(rejects.find((reject) => reject.source?.endsWith('lane.yaml'))).toMatchObject({
    ...{ door: 'file', path: 'steps.0.lane' },
    message: {
      zh: expect.stringMatching(/lane\.yaml 第 9 行（steps\.0\.lane）：没有泳道“nobody”$/),
      en: expect.stringMatching(/lane\.yaml:9:17: steps\.0\.lane: there is no lane "nobody"$/),
    },
    excerpt: expect.stringContaining('plan: small-plan'),
  });
  expect(window.station()?.rejects).toBe(4);

  // The folder's own rule raises its alarm, and its own plan is offered for what comes of it.
  await until(() => source.listeners === 1, { what: 'the feed' });
  source.say('WL-002', 0.06);
  const alarm = alarmSubject('my-water', 'WL-002');
  await window.see('alarms', alarm, (view) => view.state === 'unacknowledged' && view.level === 4);
  const { incident } = await window.call('incidents.open', { alarm });
  expect(await window.incident(incident)).toMatchObject({ type: 'other-kind', state: 'open' });
  const { plans } = await window.call('plans.offer', { incident });
  const fitting = plans.filter(({ fits }) => fits);
  expect(fitting.map(({ id }) => id)).toEqual(['small-plan']);
  expect(plans.map(({ id }) => id)).toContain('urban-flooding');
  expect(window.violations).toEqual([]);
});

test('a file where the folder of plans should be, a link that leads nowhere for that of rules: named, and the hall starts', async () => {
  const dataDir = scratch.folder();
  writeFileSync(join(dataDir, 'plans'), PLAN); // As `cp my.yaml <data>/plans` makes it while there is no such folder.
  symlinkSync('nowhere', join(dataDir, 'rules'));
  const hall = scratch.keep(await openHall({ dataDir }), (open) => open.close());
  const window = scratch.keep(await openWindow(hall, 'duty'), (open) => open.close());
  const { notices } = await window.seeStation((view) => view.notices.length > 0);
  expect(notices.map(({ text }) => text.en)).toEqual([
    expect.stringContaining(`${dataDir}/plans: is a file; a folder is looked for`),
    expect.stringContaining(`${dataDir}/rules: is a link that leads nowhere`),
  ]);
  const { rows: rejects } = await window.read('rejects.list', {});
  expect(rejects.map(({ source }) => source).sort()).toEqual([join(dataDir, 'plans'), join(dataDir, 'rules')]);
});

test('what a feed says wrongly is refused, counted and kept; what it says rightly is taken', async () => {
  const source = scratch.keep(await openFeedSource(), (open) => open.close());
  const hall = scratch.keep(
    await openHall({ dataDir: scratch.folder(), profile: 'drill', cityFeed: source.url }),
    (open) => open.close(),
  );
  const window = scratch.keep(await openWindow(hall, 'duty'), (open) => open.close());
  await until(() => source.listeners === 1, { what: 'the feed' });
  source.raw('{ this is not JSON');
  source.raw('[]');
  source.raw('{"v":1,"seq":1,"t":1,"obs":[{"sensor":"WL-001","t":1,"value":"high"}]}');
  source.raw('{"v":1,"seq":2,"t":1,"obs":[{"sensor":"../../etc/passwd","t":1,"value":1}]}');
  source.raw(`{"v":1,"seq":3,"t":1,"units":[{"unit":"<script>","t":1,"lon":999,"lat":0}]}`);
  source.say('WL-003', 0.07);
  await window.seeSensor('WL-003', (observation) => observation.value === 0.07);
  const station = await window.seeStation((view) => view.rejects === 5);
  expect(station.feeds).toEqual([expect.objectContaining({ id: 'drill-city', state: 'live', rejected: 5 })]);
  const { rows: rejects } = await window.read('rejects.list', {});
  expect(rejects.map((reject) => [reject.source, reject.path])).toEqual([
    ['drill-city', 'units.0.lon'],
    ['drill-city', 'obs.0.sensor'],
    ['drill-city', 'obs.0.value'],
    ['drill-city', ''],
    ['drill-city', ''],
  ]);
  for (const { message, remedy, excerpt } of rejects)
    expect([halfSaid(message), halfSaid(remedy), excerpt === '']).toEqual([null, null, false]);
  const health = await (await fetch(`${hall.url}/healthz`)).json();
  expect(health.feeds).toEqual([expect.objectContaining({ id: 'drill-city', state: 'live', rejected: 5 })]);
});

test('what a window says wrongly is answered by name, counted and kept; the other windows do not notice', async () => {
  const hall = scratch.keep(await openHall({ dataDir: scratch.folder() }), (open) => open.close());
  const window = scratch.keep(await openWindow(hall, 'duty'), (open) => open.close());
  await expect(window.call('incidents.note', { incident: 'no good id!', text: 'x' })).rejects.toMatchObject({
    code: 'bad-request',
    field: 'incident',
  });
  const socket = new WebSocket(`${hall.url.replace('http', 'ws')}/api`, [SUBPROTOCOL, `token.${hall.token}`]);
  await until(() => socket.readyState === WebSocket.OPEN, { what: 'a bare socket' });
  socket.send('{"t":"nonsense"}');
  const refused = await until(
    async () => (await window.read('rejects.list', {})).rows.find((reject) => reject.door === 'window'),
    { what: 'the refusal among the rejects' },
  );
  expect(refused.excerpt).toBe('{"t":"nonsense"}');
  expect(refused.source).toBeNull();
  expect([halfSaid(refused.message), halfSaid(refused.remedy)]).toEqual([null, null]);
  socket.close();
});

test.each([
  ['a drill script that is wrong', 'drill: [', /bad\.yaml:1:\d+/],
  ['a drill script that is not there', null, /bad\.yaml: there is no such file/],
])('%s: named with the remedy, and the city lives on without a drill', async (_name, text, says) => {
  const dataDir = scratch.folder();
  const drill = join(dataDir, 'bad.yaml');
  if (text !== null) writeFileSync(drill, text);
  const hall = scratch.keep(await openHall({ dataDir, profile: 'drill', drill, drillAfter: 0 }), (open) =>
    open.close(),
  );
  const window = scratch.keep(await openWindow(hall, 'duty'), (open) => open.close());
  const station = await window.seeStation((view) => view.notices.length > 0 && view.feeds[0]?.state === 'live');
  expect(station.notices).toEqual([expect.objectContaining({ id: `file:${drill}`, severity: 'error' })]);
  expect(station.notices[0]?.text.en).toMatch(says);
  expect(station.drill).toBeNull();
  await window.seeSensor('WL-001', () => true);
  await expect(window.call('drill.start', {})).rejects.toMatchObject({ code: 'unavailable' });
});

test('a telemetry journal that is torn, a list of peers that is not one: set aside, and the hall goes on', async () => {
  const dataDir = scratch.folder();
  writeFileSync(join(dataDir, 'telemetry.db'), 'not a database at all, '.repeat(500));
  writeFileSync(join(dataDir, 'peers.json'), '{"version":1,"peers":');
  writeFileSync(join(dataDir, 'token'), 'short');
  const hall = scratch.keep(await openHall({ dataDir }), (open) => open.close());
  const window = scratch.keep(await openWindow(hall, 'duty'), (open) => open.close());
  await window.call('wall.show', { screen: 'north', scene: 'situation', selection: null, cameras: [] });
  const { notices } = await window.seeStation((view) => view.notices.length > 0);
  expect(notices.map((notice) => notice.text.en).join()).toContain('telemetry');
});

test('a folder where the telemetry journal belongs is named; the hall starts, and writes it once the folder is gone', async () => {
  const dataDir = scratch.folder();
  mkdirSync(join(dataDir, 'telemetry.db'));
  const source = scratch.keep(await openFeedSource(), (open) => open.close());
  const hall = scratch.keep(await openHall({ dataDir, profile: 'drill', cityFeed: source.url }), (open) =>
    open.close(),
  );
  const window = scratch.keep(await openWindow(hall, 'duty'), (open) => open.close());
  const unwritable = (view: { notices: readonly { id: string }[] }) =>
    view.notices.some((notice) => notice.id === 'telemetry:unwritable');
  const { notices } = await window.seeStation(unwritable);
  expect(notices[0]?.text.en).toContain('telemetry.db, is not written: a folder stands where the file belongs');
  rmSync(join(dataDir, 'telemetry.db'), { recursive: true });
  await until(() => source.listeners === 1, { what: 'the feed' });
  const water = setInterval(() => source.say('WL-003', 0.07), 100);
  scratch.keep(water, clearInterval);
  await window.seeStation((view) => !unwritable(view));
  expect(existsSync(join(dataDir, 'telemetry.db'))).toBe(true);
});

test('OPSHALL_CITY_FEED that is empty is named, and the hall starts with a city of its own; one that is no address is refused by name', async () => {
  const dataDir = scratch.folder();
  const hall = scratch.keep(await openHall({ dataDir, profile: 'drill', cityFeed: '' }), (open) => open.close());
  const window = scratch.keep(await openWindow(hall, 'duty'), (open) => open.close());
  const { notices } = await window.seeStation((view) => view.notices.length > 0);
  expect(notices[0]?.text.en).toContain('OPSHALL_CITY_FEED is empty');
  expect(readFileSync(join(dataDir, 'city-feed'), 'utf8')).toMatch(/^ws:/);
  await window.seeSensor('WL-001', () => true);
  for (const cityFeed of ['cat: no such file', 'http://127.0.0.1:1/', '127.0.0.1:1'])
    await expect(openHall({ dataDir: scratch.folder(), profile: 'drill', cityFeed })).rejects.toThrow(
      /^OPSHALL_CITY_FEED (is not an address|has the protocol)/,
    );
});

test('a hall that cannot listen says where and why, and lets go of everything it had opened', async () => {
  const hall = scratch.keep(await openHall({ dataDir: scratch.folder() }), (open) => open.close());
  const { hostname, port } = new URL(hall.url);
  const dataDir = scratch.folder();
  const listen = { host: hostname, port: Number(port) };
  await expect(openHall({ dataDir, profile: 'drill', listen })).rejects.toThrow(
    `cannot listen on ${hostname}:${port}: another program, or another OpsHall, has this port`,
  );
  const again = scratch.keep(await openHall({ dataDir, profile: 'drill' }), (open) => open.close());
  expect(await (await fetch(`${again.url}/healthz`)).json()).toMatchObject({ status: 'ok' });
});

test.each(['/no/such/ffmpeg', '/', '/bin/true'])(
  'FFMPEG_PATH=%s is named, and another ffmpeg is used',
  async (named) => {
    const dataDir = scratch.folder();
    const before = process.env.FFMPEG_PATH;
    process.env.FFMPEG_PATH = named;
    scratch.keep(before, (value) => {
      if (value === undefined) delete process.env.FFMPEG_PATH;
      else process.env.FFMPEG_PATH = value;
    });
    const hall = scratch.keep(await openHall({ dataDir, ffmpegPath: named }), (open) => open.close());
    const window = scratch.keep(await openWindow(hall, 'duty'), (open) => open.close());
    const { notices, ffmpeg } = await window.seeStation((view) => view.notices.length > 0);
    expect(ffmpeg?.path).toBeDefined();
    expect(notices.map(({ text }) => text.en)).toEqual([
      `FFMPEG_PATH names no ffmpeg that runs: "${named}"; ${ffmpeg?.path} is used instead`,
    ]);
    expect(notices[0]?.text.zh).toContain('无法运行');
  },
);
