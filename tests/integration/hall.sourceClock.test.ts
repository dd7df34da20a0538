import { afterEach, expect, test } from 'vitest';
import { systemClock } from '../../main/clock.ts';
import { openFeedSource } from '../support/feedSource.ts';
import { openHall } from '../support/openHall.ts';
import { createScratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';
import { openWindow } from '../support/window.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());

const YEAR = 365 * 86_400_000;
const ALARM = 'alarm:waterlogging:WL-001';

/** A hall that hears one source, and a window that looks; `say` dates a value by the machine's clock and so many ms more. */
async function hearing(clock = systemClock()) {
  const source = scratch.keep(await openFeedSource(), (open) => open.close());
  const hall = scratch.keep(
    await openHall({ dataDir: scratch.folder(), profile: 'drill', cityFeed: source.url, clock }),
    (open) => open.close(),
  );
  const window = scratch.keep(await openWindow(hall, 'duty'), (open) => open.close());
  await until(() => source.listeners === 1, { what: 'the feed' });
  let seq = 0;
  const say = (value: number, off = 0, more: object = {}) => {
    const t = Math.round(Date.now() + off);
    source.raw(JSON.stringify({ v: 1, seq: seq++, t, obs: [{ sensor: 'WL-001', t, value, ...more }] }));
  };
  return { window, say, source };
}

test.each([
  ['a year', YEAR],
  ['the end of numbers', Number.MAX_SAFE_INTEGER - 60_000 - Date.now()],
  ['59 s, within what clocks may differ by,', 59_000],
])(
  'O1 O2 after one message dated %s ahead the flood that follows raises its alarm, and the source is named',
  async (_name, off) => {
    const { window, say } = await hearing();
    say(0.05, -40_000);
    await window.seeSensor('WL-001', (view) => view.value === 0.05);
    say(0.06, off);
    // Values dated a second apart, as a gauge sends them: the rule wants three seconds of them.
    for (let s = -30; s <= 0; s++) say(0.6, s * 1000);
    await window.seeSensor('WL-001', (view) => view.value === 0.6);
    await window.see('alarms', ALARM, (view) => view.state === 'unacknowledged' && view.level === 2);
    if (off > 60_000) {
      const station = await window.seeStation((view) => view.notices.length > 0 && view.rejects > 0);
      expect(station.notices.map((notice) => notice.id)).toEqual(['feed:drill-city:clock']);
      expect(station.feeds[0]).toMatchObject({ state: 'live', rejected: 1 });
      const { rows: rejects } = await window.read('rejects.list', {});
      expect(rejects.map((reject) => reject.message.en)).toEqual([
        expect.stringContaining('source clock ahead: sensor WL-001'),
      ]);
    }
    expect(window.violations).toEqual([]);
  },
);

test('O4 a source that is always eight hours ahead is refused and named; one eight hours behind is heard and named', async () => {
  const { window, say } = await hearing();
  for (let s = 0; s < 5; s++) say(0.6, 8 * 3_600_000 + s * 1000);
  const named = await window.seeStation((view) => view.notices.length > 0);
  expect(named.notices[0]?.text.en).toMatch(/8 h 0 min ahead/);
  expect(named.notices[0]?.remedy?.en).toContain('local time where UTC is meant');
  expect(window.sensor('WL-001')).toBeUndefined();
  for (let s = 0; s < 5; s++) say(0.6, -8 * 3_600_000 + s * 1000);
  await window.see('alarms', ALARM, (view) => view.state === 'unacknowledged');
  const heard = await window.seeStation((view) => view.notices[0]?.severity === 'warning');
  expect(heard.notices[0]?.text.en).toMatch(/8 h 0 min behind/);
});

test('O2 what was said while the hall’s own clock was ahead does not bind once it is set right', async () => {
  let ahead = 3_600_000;
  const right = systemClock();
  const { window, say } = await hearing({ ...right, now: () => right.now() + ahead });
  say(0.05, ahead);
  await window.seeSensor('WL-001', (view) => view.value === 0.05);
  ahead = 0;
  for (let s = -30; s <= 0; s++) say(0.6, s * 1000);
  await window.see('alarms', ALARM, (view) => view.state === 'unacknowledged' && view.level === 2);
});
