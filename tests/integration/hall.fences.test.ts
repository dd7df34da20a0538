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

const IN = alarmSubject('truck-at-school', 'T-1');

function folder(url: string): string {
  const dir = scratch.folder('fences');
  const write = (name: string, text: string) => {
    mkdirSync(join(dir, name, '..'), { recursive: true });
    writeFileSync(join(dir, name), text);
  };
  write(
    'city/a.yaml',
    `crs: wgs84
departments: [{ id: traffic, name: { zh: 交通, en: Traffic }, phone: '1' }]
units: [{ id: T-1, kind: truck, callSign: 危化 01, department: traffic }]
places: [{ id: SCHOOL, name: { zh: 实验小学, en: School }, lon: 121.5, lat: 31.2 }]
`,
  );
  write('feeds/cars.yaml', `id: cars\nprotocol: ws-json\nname: { zh: 车, en: Cars }\nurl: ${url}\ncrs: wgs84\n`);
  write(
    'rules/areas.yaml',
    `rules:
  - rule: truck-at-school
    name: { zh: 危化品车驶入校区, en: Dangerous goods at the school }
    unit: { kind: truck }
    area: { around: SCHOOL, metres: 300 }
    levels: [{ level: 2, raise: 0, clear: -50 }]
  - rule: nowhere
    name: { zh: 无处, en: Nowhere }
    unit: { kind: truck, ids: [T-9] }
    area: { around: NOBODY, metres: 300 }
    levels: [{ level: 2, raise: 0, clear: -50 }]
`,
  );
  return dir;
}

test('a unit that goes into an area raises an alarm in a hall, and clears it as it leaves; what the rule names and is not there is told; it is tried on where units were', async () => {
  const source = scratch.keep(await openFeedSource(Date.now() - 60_000), (open) => open.close());
  const hall = scratch.keep(await openHall({ dataDir: folder(source.url) }), (open) => open.close());
  const seat = scratch.keep(await openWindow(hall, 'commander'), (open) => open.close());
  await until(() => source.listeners >= 1, { what: 'the feed' });
  expect(seat.station()?.notices.map(({ text }) => text.en)).toContainEqual(
    expect.stringMatching(/"nowhere" in .*areas\.yaml names what is not there: T-9, NOBODY/),
  );
  let t = Date.now() - 60_000;
  const drive = (lon: number) => {
    t += 1000;
    const unit = { unit: 'T-1', t, lon, lat: 31.2, heading: 90, speed: 10, status: 'enroute' };
    source.raw(JSON.stringify({ v: 1, seq: t, t, units: [unit] }));
  };
  drive(121.6);
  drive(121.501);
  const alarm = await seat.see('alarms', IN, ({ state }) => state === 'unacknowledged');
  expect(alarm).toMatchObject({ source: { kind: 'unit', id: 'T-1' }, unit: 'm', level: 2, place: { lon: 121.501 } });
  await expect(seat.call('alarms.withdraw', { alarm: IN, reason: '试' })).rejects.toThrow(/clears by itself/);
  drive(121.6);
  await seat.see('alarms', IN, ({ state }) => state === 'returned');
  const rules = await seat.read('alarms.rules', { rule: 'truck-at-school' });
  expect(rules.rows[0]).toMatchObject({ measure: 'inside', kind: 'truck', own: true });
  // Of positions one in ten seconds is kept: the first, which was outside.
  const engineer = scratch.keep(await openWindow(hall, 'duty'), (open) => open.close());
  const tried = await until(
    async () => {
      const of = await engineer.call('setup.tryRules', { days: 1 });
      return of.values >= 1 ? of : null;
    },
    { what: 'the history on the disk' },
  );
  expect(tried.rules.find(({ rule }) => rule === 'truck-at-school')).toMatchObject({ sensors: 1, heard: 1, raised: 0 });
  expect(seat.violations).toEqual([]);
});
