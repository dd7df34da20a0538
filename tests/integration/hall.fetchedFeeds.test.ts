import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type HallProcess, startHall } from '../support/hallProcess.ts';
import { createScratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';
import { openWindow, type Window } from '../support/window.ts';

/** A hall that fetches what departments' systems have to say. */
const scratch = createScratch();
const dataDir = scratch.folder('data');
let hall: HallProcess;
let duty: Window;
/** What the department's service answers. */
let rain = { tm: '', drp: 0 };

const CITY = `crs: wgs84
sensors:
  - { id: RG-901, kind: rain, unit: mm, name: { zh: 东门雨量, en: East Gate rain }, lon: 121.5, lat: 31.2 }
  - { id: WL-901, kind: water-level, unit: m, name: { zh: 东门水位, en: East Gate level }, lon: 121.5, lat: 31.2 }
`;
const pollOf = (port: number) => `id: rain-service
protocol: http-poll
name: { zh: 雨情服务, en: Rain service }
url: http://127.0.0.1:${port}/latest
every: 1
username: hall
password: "of the hall"
messages:
  each: "$.data[*]"
  device: "@.stcd"
  time: { at: "@.tm", form: "YYYY-MM-DD HH:mm:ss" }
  readings: { rain: "@.drp" }
devices: [{ device: "60712300", readings: { rain: { sensor: RG-901, times: 0.5 } } }]
`;

const DROP = `id: tables
protocol: folder
name: { zh: 水位报表, en: Tables }
columns: { device: 站码, time: 时间, readings: { level: "水位(m)" } }
devices: [{ device: "60712300", readings: { level: WL-901 } }]
`;
/** A second feed of the same folder. */
const SAME = DROP.replace('id: tables', 'id: again').replace('WL-901', 'WL-902');

/** As a service in Beijing writes a time. */
const local = (t: number) => new Date(t + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');

beforeAll(async () => {
  const service = scratch.keep(
    createServer((request, response) => {
      const known = request.headers.authorization === `Basic ${Buffer.from('hall:of the hall').toString('base64')}`;
      const stations = [
        { stcd: '60712300', ...rain },
        { stcd: '60712301', ...rain },
      ];
      response.writeHead(known ? 200 : 401).end(known ? JSON.stringify({ data: stations }) : '');
    }),
    (server) => {
      server.closeAllConnections();
      server.close();
    },
  );
  rain = { tm: local(Date.now()), drp: 5 };
  await new Promise<void>((resolve) => void service.listen(0, '127.0.0.1', resolve));
  const files = {
    'city/east.yaml': CITY,
    'feeds/tables.yaml': DROP,
    'feeds/z-same.yaml': SAME.replace('columns:', `folder: ${join(dataDir, 'feeds', 'inbox', 'tables')}\ncolumns:`),
    'feeds/rain.yaml': pollOf((service.address() as AddressInfo).port),
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(dataDir, name, '..'), { recursive: true });
    writeFileSync(join(dataDir, name), text);
  }
  hall = await startHall({ dataDir, profile: 'empty' });
  duty = await openWindow(hall, 'duty');
});

afterAll(async () => {
  duty?.close();
  await hall?.stop();
  await scratch.clear();
});

test('a service that answers is asked again and again, its values are shown, and who is not named stands with the feed', async () => {
  await duty.seeSensor('RG-901', ({ value }) => value === 2.5);
  rain = { tm: local(Date.now()), drp: 8 };
  await duty.seeSensor('RG-901', ({ value }) => value === 4);
  const { feeds, notices } = await duty.seeStation(({ feeds }) =>
    feeds.some(({ id, state, devices }) => id === 'rain-service' && state === 'live' && devices?.strangerCount === 1),
  );
  expect(feeds.find(({ id }) => id === 'rain-service')?.devices).toEqual({
    ...{ connected: 1, strangerCount: 1 },
    strangers: ['- { device: "60712301", readings: { "rain": SENSOR-ID } }'],
  });
  const ofFeeds = notices.map(({ text }) => text.en).filter((text) => text.includes('feeds'));
  expect(ofFeeds).toEqual([expect.stringMatching(/inbox.tables" in .*z-same\.yaml is in .*tables\.yaml already/)]);
});

test('a table that is dropped is taken once, by a hall that was killed meanwhile too, and a wrong one is named', async () => {
  const inbox = join(dataDir, 'feeds', 'inbox', 'tables');
  const drop = (name: string, rows: string) => writeFileSync(join(inbox, name), `站码,时间,水位(m)\n${rows}\n`);
  const moved = (into: string) => readdirSync(join(inbox, into)).map((name) => name.replace(/^\d+-/, ''));
  await until(() => readdirSync(inbox).includes('done'), { what: 'the folder is made' });
  drop('a.csv', `60712300,${local(Date.now())},１．５`);
  await duty.seeSensor('WL-901', ({ value }) => value === 1.5);
  await until(() => moved('done').includes('a.csv'), { what: 'the file is moved' });
  duty.close();
  await hall.kill();
  drop('b.csv', `60712300,${local(Date.now())},2.5`);
  drop('c.csv', '60712300,yesterday,3.5');
  hall = await startHall({ dataDir, profile: 'empty' });
  duty = await openWindow(hall, 'duty');
  await duty.seeSensor('WL-901', ({ value }) => value === 2.5);
  await duty.seeStation(({ feeds }) =>
    feeds.some(({ id, received, rejected }) => id === 'tables' && received === 1 && rejected === 1),
  );
  await until(() => moved('failed').length === 2, { what: 'the wrong one is moved' });
  expect([moved('done').toSorted(), moved('failed').toSorted()]).toEqual([
    ['a.csv', 'b.csv'],
    ['c.csv', 'c.csv.txt'],
  ]);
});
