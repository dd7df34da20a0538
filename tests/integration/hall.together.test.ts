import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { alarmSubject } from '../../core/alarms/alarm.ts';
import { openFeedSource } from '../support/feedSource.ts';
import { openHall } from '../support/openHall.ts';
import { createScratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';
import { openWindow } from '../support/window.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());

const BOTH = alarmSubject('flooded-in-rain', 'WL-1');

function folder(url: string): string {
  const dir = scratch.folder('together');
  const write = (name: string, text: string) => {
    mkdirSync(join(dir, name, '..'), { recursive: true });
    writeFileSync(join(dir, name), text);
  };
  const sensor = (id: string, kind: string, lon: number) =>
    `  - { id: ${id}, kind: ${kind}, unit: m, name: { zh: ${id}, en: ${id} }, lon: ${lon}, lat: 31.2 }\n`;
  write(
    'city/a.yaml',
    `crs: wgs84\nsensors:\n${sensor('WL-1', 'river-level', 121.5)}${sensor('RG-1', 'river-rain', 121.502)}${sensor('RG-2', 'river-rain', 121.6)}`,
  );
  write(
    'kinds.yaml',
    'sensors: [{ kind: river-level, name: { zh: 河道水位, en: River level } }, { kind: river-rain, name: { zh: 流域雨量, en: River rain } }]\n',
  );
  write('feeds/g.yaml', `id: gauges\nprotocol: ws-json\nname: { zh: 源, en: Source }\nurl: ${url}\ncrs: wgs84\n`);
  // Conditions in one file, the rule that counts them in another.
  write(
    'rules/conditions.yaml',
    `rules:
  - { rule: high, name: { zh: 高, en: High }, quiet: true, sensor: { kind: river-level }, levels: [{ level: 4, raise: 2, clear: 1 }] }
  - { rule: rain, name: { zh: 雨, en: Rain }, quiet: true, sensor: { kind: river-rain }, levels: [{ level: 4, raise: 20, clear: 10 }] }
`,
  );
  write(
    'rules/together.yaml',
    `rules:
  - rule: flooded-in-rain
    name: { zh: 雨中漫溢, en: Flooded in the rain }
    conditions: [high, rain]
    within: { metres: 500 }
    levels: [{ level: 2, raise: 2, clear: 1 }]
  - rule: of-nothing
    name: { zh: 无, en: Of nothing }
    conditions: [high, never-written]
    levels: [{ level: 2, raise: 2, clear: 1 }]
`,
  );
  return dir;
}

test('two conditions near each other raise one alarm in a hall, and none by themselves; it is tried on what was said', async () => {
  const source = scratch.keep(await openFeedSource(Date.now() - 60_000), (open) => open.close());
  const hall = scratch.keep(await openHall({ dataDir: folder(source.url) }), (open) => open.close());
  const seat = scratch.keep(await openWindow(hall, 'duty'), (open) => open.close());
  await until(() => source.listeners >= 1, { what: 'the feed' });
  expect(seat.station()?.notices.map(({ text }) => text.en)).toContainEqual(
    expect.stringMatching(/"of-nothing" in .*together\.yaml names what is not there: never-written/),
  );
  source.say('RG-2', 50);
  source.say('WL-1', 2.5);
  source.say('RG-1', 25);
  const alarm = await seat.see('alarms', BOTH, ({ state }) => state === 'unacknowledged');
  expect(alarm).toMatchObject({ value: 2, unit: '/ 2', level: 2, source: { kind: 'sensor', id: 'WL-1' } });
  source.say('RG-1', 5);
  await seat.see('alarms', BOTH, ({ state }) => state === 'returned');
  expect(seat.items('alarms').map(({ rule }) => rule)).toEqual(['flooded-in-rain']);
  const tried = await until(
    async () => {
      const of = await seat.call('setup.tryRules', { days: 1 });
      return of.values >= 4 ? of : null;
    },
    { what: 'the history on the disk' },
  );
  expect(tried.rules.find(({ rule }) => rule === 'flooded-in-rain')).toMatchObject({ raised: 1, sensors: 1, heard: 1 });
  expect(tried.rules.find(({ rule }) => rule === 'high')).toMatchObject({ quiet: true, raised: 1, up: 1 });
  expect(seat.violations).toEqual([]);
});
