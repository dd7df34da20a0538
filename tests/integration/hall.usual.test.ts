import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { alarmSubject } from '../../core/alarms/alarm.ts';
import { openTelemetryJournal } from '../../native/sqlite/telemetryJournal.ts';
import { openFeedSource } from '../support/feedSource.ts';
import { openHall } from '../support/openHall.ts';
import { createScratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';
import { openWindow } from '../support/window.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());

const DAY_MS = 86_400_000;

function folder(url: string, now: number): string {
  const dir = scratch.folder('usual');
  const write = (name: string, text: string) => {
    mkdirSync(join(dir, name, '..'), { recursive: true });
    writeFileSync(join(dir, name), text);
  };
  const gauge = (id: string) =>
    `  - { id: ${id}, kind: river-level, unit: m, name: { zh: ${id}, en: ${id} }, lon: 121.5, lat: 31.2 }\n`;
  write('city/a.yaml', `crs: wgs84\nsensors:\n${gauge('WL-1')}${gauge('WL-2')}`);
  write('kinds.yaml', 'sensors: [{ kind: river-level, name: { zh: 河道水位, en: River level } }]\n');
  write('feeds/g.yaml', `id: gauges\nprotocol: ws-json\nname: { zh: 源, en: Source }\nurl: ${url}\ncrs: wgs84\n`);
  write(
    'rules/odd.yaml',
    `rules:
  - rule: odd-level
    name: { zh: 水位异常, en: Odd level }
    sensor: { kind: river-level }
    measure: { usual: 14, spread: 0.1 }
    levels: [{ level: 3, raise: 6, clear: 2 }]
`,
  );
  // Kept of four days before, in this hour and those about it; of the other gauge of two.
  const journal = openTelemetryJournal({ file: join(dir, 'telemetry.db'), now: () => now });
  for (const [id, days] of [
    ['WL-1', 4],
    ['WL-2', 2],
  ] as const)
    for (let day = 1; day <= days; day++)
      for (let minutes = -120; minutes <= 120; minutes += 10)
        journal.sample(id, now - day * DAY_MS + minutes * 60_000, 2);
  journal.close();
  return dir;
}

test('a hall raises what is far from usual at this hour, says how many days it knows, and says nothing of what it knows too little', async () => {
  const now = Date.now();
  const source = scratch.keep(await openFeedSource(now - 60_000), (open) => open.close());
  const hall = scratch.keep(await openHall({ dataDir: folder(source.url, now) }), (open) => open.close());
  const seat = scratch.keep(await openWindow(hall, 'duty'), (open) => open.close());
  await until(() => source.listeners >= 1, { what: 'the feed' });
  const knows = async () => (await seat.read('alarms.rules', { rule: 'odd-level' })).rows[0]?.knows;
  await until(async () => (await knows())?.sensors === 1, { what: 'what the gauges said before' });
  expect(await knows()).toEqual({ of: 2, sensors: 1, days: 4 });
  for (const gauge of ['WL-2', 'WL-1']) source.say(gauge, 3);
  const alarm = await seat.see('alarms', alarmSubject('odd-level', 'WL-1'), ({ state }) => state === 'unacknowledged');
  expect(alarm).toMatchObject({ unit: 'MAD (4 d)', level: 3 });
  expect(alarm.value).toBeCloseTo(10);
  source.say('WL-1', 2.1);
  await seat.see('alarms', alarm.id, ({ state }) => state === 'returned');
  expect(seat.items('alarms')).toHaveLength(1);
  const tried = await until(
    async () => {
      const of = await seat.call('setup.tryRules', { days: 1 });
      return of.values >= 3 ? of : null;
    },
    { what: 'the history on the disk' },
  );
  expect(tried.rules.find(({ rule }) => rule === 'odd-level')).toMatchObject({
    raised: 1,
    known: 1,
    sensors: 2,
    heard: 2,
  });
  expect(seat.violations).toEqual([]);
});
