import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { decodeUnits } from '../../contract/units.ts';
import type { DrillWeather } from '../../core/drills/script.ts';
import { systemClock } from '../../main/clock.ts';
import { createFeeds } from '../../main/feeds/feeds.ts';
import { readFeedConfig } from '../../main/feeds/registry.ts';
import { createRejects } from '../../main/rejects/rejects.ts';
import { createTelemetry } from '../../main/telemetry/telemetry.ts';
import { openTelemetryJournal } from '../../native/sqlite/telemetryJournal.ts';
import { createDrillCity } from '../../simulator/drillCity.ts';
import { gridCity } from '../fakes/gridCity.ts';
import { until } from '../support/until.ts';

const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const script: DrillWeather = {
  seed: 3,
  sensors: [
    {
      ids: ['WL-001'],
      curve: [
        [0, 0.1],
        [2, 0.9],
      ],
      noise: 0,
    },
  ],
  injects: [],
};

test('the drill city floods over a real socket, through the feed, into telemetry and its file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'opshall-drill-city-'));
  const clock = systemClock();
  const city = gridCity(20, 200);
  const drill = await createDrillCity({ city, clock, seed: 3, script });
  const journal = openTelemetryJournal({ file: join(folder, 'telemetry.db'), now: () => clock.now() });
  const rejects = createRejects({ clock });
  const telemetry = createTelemetry({ clock, log: quiet, city, journal });
  const feeds = createFeeds({
    ...{ clock, log: quiet, rejects, sinkOf: telemetry.sinkOf, directory: telemetry.directory },
    secret: () => 'test',
  });
  try {
    const name = '{ zh: 演练城市, en: Drill city }';
    feeds.add(readFeedConfig('f', `id: drill-city\nprotocol: ws-json\nname: ${name}\nurl: ${drill.url}\ncrs: wgs84\n`));
    await until(() => city.sensors.every(({ id }) => telemetry.value(id)), { what: 'every sensor was heard of' });
    expect(telemetry.value('WL-001')?.value).toBe(0.1);

    const values: number[] = [];
    telemetry.onSensor('WL-001', (o) => values.push(o.value));
    drill.begin();
    await until(() => telemetry.value('WL-001')?.value === 0.9, { what: 'the water stood at 0.9 m', within: 20_000 });
    expect(values).toEqual(values.toSorted((a, b) => a - b));

    let frame: Uint8Array = new Uint8Array();
    const everything = () => {
      const stop = telemetry.watchUnits({
        room: () => true,
        skipped: () => undefined,
        push(f) {
          frame = f;
        },
      });
      stop();
      return decodeUnits(frame).count === 200;
    };
    await until(everything, { what: 'every unit was heard of' });
    expect(feeds.health()).toMatchObject([{ id: 'drill-city', state: 'live', rejected: 0, dropped: 0, gaps: 0 }]);
    expect(rejects.total()).toBe(0);
    expect(journal.observationsOf('WL-001', 0, clock.now() + 1000).length).toBeGreaterThanOrEqual(values.length);
  } finally {
    await feeds.stop();
    telemetry.close();
    await drill.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

test('the drill city speaks to nobody without its token', async () => {
  const drill = await createDrillCity({ city: gridCity(3, 1), clock: systemClock(), seed: 1, script });
  try {
    for (const url of [drill.url.replace(/token=.*/, 'token=guess'), drill.url.replace(/\?.*/, '')]) {
      const socket = new WebSocket(url);
      const error = await new Promise<Error>((resolve) => socket.once('error', resolve));
      expect(error.message).toContain('401');
    }
  } finally {
    await drill.close();
  }
});
