import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { systemClock } from '../../main/clock.ts';
import { createSl651Session } from '../../main/feeds/codecs/sl651/session.ts';
import { createScratch } from '../../tests/support/scratch.ts';
import { until } from '../../tests/support/until.ts';
import { createWaterStations } from './waterStations.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());

const NOON = Date.parse('2026-11-28T12:00:00+08:00');
const gauge = (id: string) => ({
  ...{ id, kind: 'water-level' as const, unit: 'm', zh: '站', en: 'Gauge', lon: 121.9, lat: 29.2 },
  place: { zh: '路', en: 'Road' },
});

/** A centre that hears the stations, and can hang up. */
async function centre() {
  const heard: string[] = [];
  let line: Socket | undefined;
  const server = createServer((socket) => {
    line = socket;
    const session = createSl651Session({ offsetMinutes: 480, passwordOf: () => undefined });
    socket.on('data', (bytes) => {
      for (const record of session.take(bytes, NOON).records)
        if (record.kind === 'reading') heard.push(`${record.device} ${record.value} ${(record.t - NOON) / 60_000}`);
    });
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  scratch.keep(server, (it) => {
    line?.destroy();
    it.close();
  });
  const { port } = server.address() as AddressInfo;
  return { port, heard, hangUp: () => line?.destroy() };
}

test('a station reports each minute, a centimetre of change between the minutes, and all anew on a new line', async () => {
  const { port, heard, hangUp } = await centre();
  const sensors = ['WL-001', 'WL-002', 'WL-003'].map(gauge);
  const stations = scratch.keep(createWaterStations(sensors, { port, secret: '12ab' }, systemClock()), (it) =>
    it.close(),
  );
  expect(sensors.map(({ id }) => stations.has(id))).toEqual([false, true, true]);
  const say = (seconds: number, level: number) =>
    stations.say([{ sensor: 'WL-002', t: NOON + seconds * 1000, value: level, quality: 'good' }], []);
  /** Says it until it is heard, as the city does. */
  const heardOf = (seconds: number, level: number, line: string) =>
    until(
      () => {
        say(seconds, level);
        return heard.at(-1) === line;
      },
      { what: line },
    );
  await heardOf(5, 0.05, '0000000001 0.05 0');
  say(10, 0.059);
  await heardOf(20, 0.06, '0000000001 0.06 0');
  say(59, 0.055);
  await heardOf(60, 0.055, '0000000001 0.055 1');
  expect(heard).toHaveLength(3);
  hangUp();
  await heardOf(70, 0.055, '0000000001 0.055 1');
  await until(
    () => {
      say(80, 0.055);
      return heard.length === 4;
    },
    { what: 'the same on a new line' },
  );
});
