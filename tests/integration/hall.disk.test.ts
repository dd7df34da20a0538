import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { ContractError } from '../../contract/errors.ts';
import { alarmSubject } from '../../core/alarms/alarm.ts';
import { paintNothing } from '../../scripts/drill/paintNothing.ts';
import { type FeedSource, openFeedSource } from '../support/feedSource.ts';
import { type HallProcess, startHall } from '../support/hallProcess.ts';
import { createScratch } from '../support/scratch.ts';
import { smallDisk } from '../support/smallDisk.ts';
import { until } from '../support/until.ts';
import { openWindow, type Window } from '../support/window.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());

const ALARM = alarmSubject('waterlogging', 'WL-001');
const SCENE = { scene: 'plan' as const, selection: null, cameras: [] };

async function healthz(hall: HallProcess): Promise<{ status: string; ledger: { unwritten: number; events: number } }> {
  const answer = await fetch(`${hall.url}/healthz`);
  return (await answer.json()) as Awaited<ReturnType<typeof healthz>>;
}

async function started(dataDir: string, launch: { under?: readonly string[] } = {}) {
  const source = scratch.keep(await openFeedSource(), (open) => open.close());
  paintNothing(dataDir);
  const hall = scratch.keep(
    await startHall({
      ...{ dataDir, profile: 'drill', args: ['--drill-after', 'never'], env: { OPSHALL_CITY_FEED: source.url } },
      ...launch,
    }),
    (running) => running.stop(),
  );
  const window = scratch.keep(await openWindow(hall, 'duty'), (open) => open.close());
  await until(() => source.listeners > 0, { within: 30_000, what: 'the hall at the source' });
  return { source, hall, window };
}

/** The alarm path while nothing can be recorded, whatever the disk says; then `heal`, and everything is on record. */
async function throughRefusal(
  { source, hall, window }: { source: FeedSource; hall: HallProcess; window: Window },
  because: RegExp,
  heal: () => void,
): Promise<void> {
  await until(async () => (await healthz(hall)).status === 'not-recording', { within: 60_000, what: 'healthz tells' });
  const water = setInterval(() => source.say('WL-001', 0.6), 200);
  scratch.keep(water, clearInterval);
  await window.see('alarms', ALARM, (alarm) => alarm.state === 'unacknowledged' && alarm.unrecorded === true, 30_000);
  const refused = await window.call('alarms.acknowledge', { alarm: ALARM }).then(
    () => null,
    (error: ContractError) => error,
  );
  expect(refused).toMatchObject({ code: 'not-recorded', message: expect.stringMatching(because) });
  const station = await window.seeStation((it) => it.notices[0]?.id === 'ledger:not-recording');
  expect(station.notices[0]).toMatchObject({ severity: 'error', remedy: { zh: expect.any(String) } });
  expect(station.notices[0]?.text.en).toMatch(because);
  expect((await healthz(hall)).ledger).toMatchObject({ events: 1, recording: false });
  heal();
  await until(async () => (await healthz(hall)).status === 'ok', { within: 30_000, what: 'the hall recording again' });
  await window.seeStation((it) => it.notices.every((notice) => notice.id !== 'ledger:not-recording'));
  await window.see('alarms', ALARM, (alarm) => alarm.unrecorded === undefined);
  await window.call('alarms.acknowledge', { alarm: ALARM });
  await window.see('alarms', ALARM, (alarm) => alarm.state === 'acknowledged');
  expect((await healthz(hall)).ledger.events).toBeGreaterThanOrEqual(3);
  expect(window.violations).toEqual([]);
}

test('a disk that is full: alarms come up unrecorded, decisions are refused in words, and space heals it', async () => {
  const folder = smallDisk(scratch, 24);
  if (folder === null) {
    console.warn('Nothing may be mounted here: files that may not grow stand in for a full disk.');
    return throughLimit();
  }
  const ballast = join(folder, 'ballast');
  const running = await started(folder);
  await running.window.call('wall.show', { screen: 'w', ...SCENE });
  try {
    writeFileSync(ballast, Buffer.alloc(32 * 1024 * 1024));
  } catch {
    // As far as it went: the disk is full.
  }
  await throughRefusal(running, /disk is full/, () => rmSync(ballast));
});

test('files that may not grow any more are met like a full disk', throughLimit);

async function throughLimit(): Promise<void> {
  const running = await started(scratch.folder());
  await running.window.call('wall.show', { screen: 'w', ...SCENE });
  const limit = (bytes: string) =>
    execFileSync('prlimit', ['--pid', String(running.hall.pid), `--fsize=${bytes}:unlimited`]);
  limit('4096');
  await throughRefusal(running, /disk (is full|reported an error)/, () => limit('unlimited'));
}

// SQLite writes with pwrite and makes durable with fsync; libfiu lets both fail below it, in the running hall.
test.each([
  ['posix/io/rw/pwrite', 28, /disk is full/],
  ['posix/io/rw/pwrite', 5, /disk reported an error/],
  ['posix/io/rw/pwrite', 30, /disk reported an error/],
  ['posix/io/sync/fsync', 5, /disk reported an error/],
])(
  '%s failing with errno %i: alarms come up unrecorded, decisions are refused, and it heals',
  async (point, errno, because) => {
    const fifo = join(scratch.folder('fiu'), 'control');
    const preload = '/usr/lib/fiu/fiu_run_preload.so /usr/lib/fiu/fiu_posix_preload.so';
    // Only the hall itself: what it starts would make a control of its own.
    const under = ['env', `LD_PRELOAD=${preload}`, `FIU_CTRL_FIFO=${fifo}`];
    const running = await started(scratch.folder(), { under });
    const tell = (command: string) =>
      execFileSync('fiu-ctrl', ['-f', fifo, '-c', command, String(running.hall.pid)], { timeout: 30_000 });
    await running.window.call('wall.show', { screen: 'w', ...SCENE });
    tell(`enable name=${point},failinfo=${errno}`);
    // Somebody decides: without, the hall looks only now and then whether the disk still takes what is written.
    const decided = running.window.call('wall.show', { screen: 'w', ...SCENE });
    await expect(decided).rejects.toMatchObject({ code: 'not-recorded' });
    await throughRefusal(running, because, () => tell(`disable name=${point}`));
  },
);
