/**
 * `npm run pictures`: every screen in both languages and both themes, from a hall in the middle of the flood drill.
 * They go to test-results/pictures for somebody to look at; `--keep` also renews those that the README shows.
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright';
import { ONLY } from '../core/drills/conditions.ts';
import { launchBrowser } from '../tests/support/browser.ts';
import { until } from '../tests/support/until.ts';
import { build } from './build.ts';
import { type DrillStation, openStation } from './drill/station.ts';
import { inProject, runTask, say } from './project.ts';

const DRILL = inProject('resources', 'drills', 'flood.yaml');
const OUT = inProject('test-results', 'pictures');
const KEPT = inProject('docs', 'pictures');
const SCENES = 8;
const SETTLE_MS = 12_000;
const FULL = { width: 1920, height: 1080 };

interface Shot {
  name: string;
  seat: string;
  route: string;
}

const SHOTS: readonly Shot[] = [
  { name: 'workspace', seat: 'duty', route: '#/' },
  { name: 'plan', seat: 'duty', route: '#/plan' },
  { name: 'video', seat: 'duty', route: '#/video' },
  { name: 'situation', seat: 'duty', route: '#/situation' },
  { name: 'alarms', seat: 'duty', route: '#/alarms' },
  { name: 'detail', seat: 'duty', route: '#/detail' },
  { name: 'fire', seat: 'fire', route: '#/' },
];
const WALLS = ['situation', 'video', 'plan', 'alarms'] as const;

/** Which pictures the README and the guide show. */
const SHOWN: Readonly<Record<string, string>> = {
  'workspace.zh-CN.dark': 'workspace-dark-zh.png',
  'workspace.en.light': 'workspace-light-en.png',
  'plan.zh-CN.dark': 'plan-run.png',
  'fire.zh-CN.dark': 'fire-seat.png',
  'wall-situation.zh-CN': 'wall.png',
};

/** Brings the hall into the middle of a joint response, with a conflict to look at. */
async function stage(a: DrillStation, b: DrillStation): Promise<void> {
  const duty = a.seat('duty');
  const deputy = b.seat('deputy');
  await duty.call('drill.start', {});
  const alarm = await until(() => a.scene().alarms.find((each) => each.sensor === 'WL-001' && each.level === 2), {
    within: 60_000,
    what: 'the level II alarm',
  });
  const { incident } = await duty.call('incidents.open', { alarm: `alarm:${alarm.rule}:${alarm.sensor}` });
  const { run } = await duty.call('runs.launch', { incident, plan: 'urban-flooding', version: 3 });
  for (const station of [a, b]) station.follow(ONLY, incident);
  const { place: at } = await until(() => a.incident(ONLY), { what: 'the incident' });
  const { cameras } = await duty.call('cameras.seeing', { lon: at.lon, lat: at.lat, n: 4 });
  await duty.call('seat.select', { selection: { kind: 'incident', id: incident, at: { lon: at.lon, lat: at.lat } } });
  await duty.call('seat.watch', { cameras: cameras.map((camera) => camera.camera) });
  for (const step of ['verify', 'activate', 'close-underpass', 'pumps-on', 'power-check'])
    await duty.call('runs.finish', { run, step });
  for (const step of ['dispatch-rescue', 'detour', 'ambulance']) await duty.call('runs.start', { run, step });
  for (const step of ['manholes', 'corridor']) await duty.call('runs.acknowledge', { run, step });
  await until(() => b.run(ONLY)?.steps.find((step) => step.id === 'power-check')?.state === 'done', {
    what: 'station B following',
  });
  await duty.call('link.cut', {});
  await until(() => b.status()?.link === 'alone', { what: 'station B being alone' });
  await duty.call('incidents.setLevel', { incident, level: 1, reason: '有人员被困，水位仍在上涨' });
  await deputy.call('incidents.setLevel', { incident, level: 3, reason: '泵站已满负荷' });
  await duty.call('link.mend', {});
  await until(() => [a, b].every((each) => each.conflicts(ONLY).length > 0), { what: 'the conflict' });
  for (const scene of WALLS) {
    await duty.call('wall.show', {
      screen: scene,
      scene,
      selection: { kind: 'incident', id: incident, at: { lon: at.lon, lat: at.lat } },
      cameras: cameras.map((camera) => camera.camera),
    });
  }
}

async function shoot(browser: Browser, address: string, file: string): Promise<void> {
  const page = await browser.newPage({ viewport: FULL });
  try {
    await page.goto(address);
    await page.waitForTimeout(SETTLE_MS);
    await page.screenshot({ path: file });
    say(file);
  } finally {
    await page.close();
  }
}

async function main(args: readonly string[]): Promise<number> {
  await build();
  const only = args.find((arg) => !arg.startsWith('--'));
  const data = mkdtempSync(join(tmpdir(), 'opshall-pictures-'));
  mkdirSync(OUT, { recursive: true });
  const scenes = join(tmpdir(), 'opshall-e2e-scenes');
  if (existsSync(scenes)) cpSync(scenes, join(data, 'A', 'drill-cameras'), { recursive: true });
  const stations: DrillStation[] = [];
  const browser = await launchBrowser();
  try {
    const a = await openStation({ name: 'A', seats: ['duty'], dataDir: join(data, 'A'), drill: DRILL });
    stations.push(a);
    const secret = (name: string) => readFileSync(join(data, 'A', name), 'utf8').trim();
    const hub = { url: `${a.url.replace('http', 'ws')}/hub`, token: secret('hub-token') };
    const cityFeed = secret('city-feed');
    const b = await openStation({
      name: 'B',
      seats: ['deputy'],
      dataDir: join(data, 'B'),
      drill: DRILL,
      hub,
      cityFeed,
    });
    stations.push(b);
    say('waiting for the drill cameras to be painted …');
    const painted = join(data, 'A', 'drill-cameras', 'v1');
    await until(() => existsSync(painted) && countFiles(painted) >= SCENES, {
      within: 600_000,
      what: 'the drill scenes',
    });
    await stage(a, b);
    const token = secret('token');
    const files: [string, string][] = [];
    for (const shot of SHOTS) {
      for (const lang of ['zh-CN', 'en']) {
        for (const theme of ['dark', 'light']) {
          files.push([`${shot.name}.${lang}.${theme}`, `?seat=${shot.seat}&lang=${lang}&theme=${theme}${shot.route}`]);
        }
      }
    }
    for (const wall of WALLS)
      for (const lang of ['zh-CN', 'en']) files.push([`wall-${wall}.${lang}`, `?lang=${lang}#/wall/${wall}`]);
    for (const [name, route] of files) {
      if (only && !name.includes(only)) continue;
      const file = join(OUT, `${name}.png`);
      await shoot(browser, `${a.url}/${route}${route.includes('#') ? '&' : '#'}token=${token}`, file);
      const shown = SHOWN[name];
      if (shown && args.includes('--keep')) {
        mkdirSync(KEPT, { recursive: true });
        cpSync(file, join(KEPT, shown));
      }
    }
    return 0;
  } finally {
    await browser.close();
    await Promise.all(stations.map((station) => station.close()));
    rmSync(data, { recursive: true, force: true });
  }
}

function countFiles(dir: string): number {
  return readdirSync(dir).filter((name) => name.endsWith('.mp4')).length;
}

await runTask(() => main(process.argv.slice(2)));
