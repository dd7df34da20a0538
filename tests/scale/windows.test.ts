import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { contract } from '../../contract/index.ts';
import { PROTOCOL_VERSION } from '../../contract/version.ts';
import { createMemoryPair } from '../../contract/wire/carriers/memory.ts';
import { createTopicCollections } from '../../contract/wire/collection.ts';
import type { Handlers } from '../../contract/wire/served.ts';
import { createContractServer } from '../../contract/wire/server.ts';
import type { SharedText } from '../../contract/wire/sharedText.ts';
import { observationsSource, sensorHandlers } from '../../main/features/sensors/handlers.ts';
import { trusting } from '../fakes/callers.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { noQueries } from '../fakes/queries.ts';

const HELLO = { t: 'hello', protocol: PROTOCOL_VERSION, seat: 'duty', lang: 'en', client: 'test' };

/** What so many windows are sent that ask for the sensors' directory and follow a topic: the texts that were made for it. */
async function crowd(windows: number) {
  const sensors = Array.from({ length: 20_000 }, (_, i) => ({
    ...{ id: `S-${i}`, kind: 'water-level', name: { zh: `第${i}号`, en: `No. ${i}` }, unit: 'm' },
    place: { lon: 120, lat: 30 },
  }));
  const telemetry = {
    sensorDirectory: () => ({ version: 1, sensors }),
    recent: () => null,
    watchObservations: () => () => undefined,
  };
  const topics = createTopicCollections();
  for (let i = 0; i < 50; i++)
    topics.seats.set(`s${i}`, {
      seat: `s${i}`,
      selection: { kind: 'place', id: 'x'.repeat(40_000), at: null },
      cameras: [],
      mute: null,
    });
  const none = () => () => undefined;
  const clock = createFakeClock();
  const server = createContractServer({
    contract,
    handlers: sensorHandlers({ telemetry }) as Handlers,
    ...{ topics, clock, queries: noQueries, admit: trusting },
    bulk: { observations: observationsSource(telemetry), units: none, unit: none, video: none, wall: none },
    welcome: {
      station: 'S1',
      run: 'r1',
      version: '0',
      simulated: false,
      world: { id: 'live', kind: 'live', name: null, since: 0 },
    },
    log: { debug() {}, info() {}, warn() {}, error() {} },
  });
  const texts = new Set<SharedText>();
  let sent = 0;
  const all: { say(...frames: object[]): void; read(): void }[] = [];
  for (let i = 0; i < windows; i++) {
    const { window, hall } = createMemoryPair();
    let chars = 0;
    server.attach({
      ...hall,
      send(message) {
        chars += message.length;
      },
      sendShared({ head, shared, tail }) {
        chars += head.length + shared.text.length + tail.length;
        if (shared.text.length < 1000) return;
        texts.add(shared);
        sent++;
      },
    });
    const say = (...frames: object[]) => {
      for (const frame of frames) window.send(JSON.stringify(frame));
    };
    all.push({ say, read: () => say({ t: 'ack', n: chars }) });
  }
  for (const { say } of all)
    say(HELLO, { t: 'sub', topic: 'seats' }, { t: 'req', id: 1, m: 'sensors.directory', p: {} });
  for (let i = 0; i < 20; i++) {
    await nextTurn();
    await clock.advance(1000);
    for (const { read } of all) read();
  }
  server.close();
  return { texts: texts.size, sent };
}

test('C10 what a crowd of windows is sent is made as often as for one', async () => {
  const one = await crowd(1);
  const many = await crowd(40);
  expect(one.sent).toBeGreaterThan(2);
  expect(many.sent).toBe(40 * one.sent);
  expect(many.texts).toBe(one.texts);
});
