import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { WebSocket } from 'ws';
import { systemClock } from '../../../main/clock.ts';
import { createFeeds } from '../../../main/feeds/feeds.ts';
import { createRejects } from '../../../main/rejects/rejects.ts';
import { noJournal, type TelemetryJournal } from '../../../main/telemetry/journal.ts';
import { createTelemetry } from '../../../main/telemetry/telemetry.ts';
import { openTelemetryJournal } from '../../../native/sqlite/telemetryJournal.ts';
import type { BenchRow } from '../../../scripts/bench-report.ts';
import { gridCity } from '../../fakes/gridCity.ts';

const UNITS = 2000;

// The sender has its own thread and its messages ready, so that what is measured is receiving.
const SENDER = `
const { workerData, parentPort } = require('node:worker_threads');
const { WebSocketServer } = require('ws');
const { messages, records, units } = workerData;
const t = 1750000000000;
const texts = [];
for (let seq = 0, next = 0; seq < messages; seq++) {
  const list = [];
  for (let i = 0; i < records; i++) {
    list.push({ unit: 'U-' + next, t: t + seq, lon: 121.912345, lat: 29.212345, heading: 90.5, speed: 11.2, status: 'enroute' });
    next = (next + 1) % units;
  }
  texts.push(Buffer.from(JSON.stringify({ v: 1, seq, t: t + seq, units: list })));
}
const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
server.on('listening', () => parentPort.postMessage(server.address().port));
server.on('connection', async (socket) => {
  for (let seq = 0; seq < messages && socket.readyState === 1; ) {
    socket._socket.cork();
    for (let n = 0; n < 100 && seq < messages; n++) socket.send(texts[seq++], { binary: false });
    socket._socket.uncork();
    while (socket.bufferedAmount > 1000000) await new Promise((resolve) => setTimeout(resolve, 1));
    await new Promise(setImmediate);
  }
});
`;

/** `intake`: records a second taken in over a loopback WebSocket, one and a hundred a message, each against the bare socket. */
export async function intake(): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  // Warm: otherwise the first figure pays for everybody's compilation.
  await withSender(1, 20_000, (url) => receiveBare(url, 20_000, true));
  await withSender(1, 20_000, (url) => receiveByFeed(url, 20_000, noJournal));
  for (const [records, messages] of [
    [1, 150_000],
    [100, 6_000],
  ] as const) {
    const shape = records === 1 ? 'one record a message' : `${records} records a message`;
    const id = (what: string) => `intake-${what}-${records}`;
    const total = records * messages;
    const bare = total / (await withSender(records, messages, (url) => receiveBare(url, messages, false)));
    const parsed = total / (await withSender(records, messages, (url) => receiveBare(url, messages, true)));
    const fed = total / (await withSender(records, messages, (url) => receiveByFeed(url, total, noJournal)));
    const folder = mkdtempSync(join(tmpdir(), 'opshall-bench-feeds-'));
    const journal = openTelemetryJournal({ file: join(folder, 'telemetry.db'), now: () => systemClock().now() });
    const stored = total / (await withSender(records, messages, (url) => receiveByFeed(url, total, journal)));
    rmSync(folder, { recursive: true, force: true });
    rows.push(
      {
        id: id('bare'),
        what: `bare ws, received (${shape})`,
        value: Math.round(bare),
        unit: 'records/s',
        ratio: round(bare / parsed),
        against: Math.round(parsed),
      },
      {
        id: id('parsed'),
        what: `bare ws, received and JSON.parse (${shape})`,
        value: Math.round(parsed),
        unit: 'records/s',
        ratio: 1,
        against: Math.round(parsed),
      },
      {
        id: id('feed'),
        what: `feed: checked, known, newest kept (${shape})`,
        value: Math.round(fed),
        unit: 'records/s',
        ratio: round(fed / parsed),
        against: Math.round(parsed),
      },
      {
        id: id('journal'),
        what: `feed with the journal on disk, every position (${shape})`,
        value: Math.round(stored),
        unit: 'records/s',
        ratio: round(stored / parsed),
        against: Math.round(parsed),
      },
    );
  }
  return rows;
}

async function withSender(
  records: number,
  messages: number,
  receive: (url: string) => Promise<number>,
): Promise<number> {
  const worker = new Worker(SENDER, { eval: true, workerData: { messages, records, units: UNITS } });
  try {
    const [port] = (await once(worker, 'message')) as [number];
    return await receive(`ws://127.0.0.1:${port}`);
  } finally {
    await worker.terminate();
  }
}

/** Seconds for a plain `ws` client to get all messages. */
async function receiveBare(url: string, messages: number, parse: boolean): Promise<number> {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  let got = 0;
  let began = 0;
  await new Promise<void>((resolve) => {
    socket.on('message', (data: Buffer) => {
      if (got === 0) began = performance.now();
      if (parse) JSON.parse(data.toString('utf8'));
      if (++got === messages) resolve();
    });
  });
  socket.terminate();
  return (performance.now() - began) / 1000;
}

/** Seconds for the hall's feed and telemetry to take all records in. */
async function receiveByFeed(url: string, total: number, journal: TelemetryJournal): Promise<number> {
  const clock = systemClock();
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  const rejects = createRejects({ clock });
  const telemetry = createTelemetry({
    ...{ clock, log, journal, rejects, city: gridCity(4, UNITS), maxPerSecond: 10_000_000, journalPositionsEvery: 0 },
  });
  const { directory } = telemetry;
  let got = 0;
  let began = 0;
  let done = () => {};
  const all = new Promise<void>((resolve) => {
    done = resolve;
  });
  const feeds = createFeeds({
    ...{ clock, log, rejects, directory, workShare: 1e6, secret: () => 'bench' },
    sinkOf(feed) {
      const sink = telemetry.sinkOf(feed);
      return {
        push(batch) {
          if (got === 0) began = performance.now();
          got += batch.units.length;
          const answer = sink.push(batch);
          if (got === total) done();
          return answer;
        },
        ready: () => sink.ready(),
      };
    },
  });
  feeds.add({
    ...{ id: 'bench', protocol: 'ws-json', name: { zh: '基准', en: 'Bench' }, url, crs: 'wgs84' },
    ...{ owns: [], silentAfter: 60, maxMessagesPerSecond: 1_000_000 },
  });
  // The hall's clock never keeps a process alive; a bench has nothing else that does.
  const alive = setInterval(() => {}, 1000);
  await all;
  journal.flush();
  const seconds = (performance.now() - began) / 1000;
  clearInterval(alive);
  const [health] = feeds.health();
  if (health?.dropped !== 0 || rejects.total() !== 0 || telemetry.dropped() !== 0) {
    throw new Error(`lost on the way: ${JSON.stringify(health)}, ${telemetry.dropped()} rows of the journal`);
  }
  await feeds.stop();
  telemetry.close();
  return seconds;
}

function round(ratio: number): number {
  return Math.round(ratio * 100) / 100;
}
