import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { systemClock } from '../../../main/clock.ts';
import type { DeviceFeedConfig } from '../../../main/feeds/devices/config.ts';
import { terminalToken } from '../../../main/feeds/devices/protocols.ts';
import { createFeeds } from '../../../main/feeds/feeds.ts';
import { readFeedConfig } from '../../../main/feeds/registry.ts';
import { createRejects } from '../../../main/rejects/rejects.ts';
import { createTelemetry } from '../../../main/telemetry/telemetry.ts';
import { openDatabase } from '../../../native/sqlite/database.ts';
import { openTelemetryJournal } from '../../../native/sqlite/telemetryJournal.ts';
import type { BenchRow } from '../../../scripts/bench-report.ts';
import { gridCity } from '../../fakes/gridCity.ts';
import { hj212Upload, jt808Frame, jt808Position, sl651Report } from '../../support/deviceFrames.ts';

const DEVICES = 200;
const T = Date.UTC(2026, 5, 1);
const STEP = 60_000;
const SECRET = 'bench';

/** One protocol's devices: what each says first and then, frame by frame, and how the hall is told of them. */
interface Stream {
  readonly id: 'jt808' | 'hj212' | 'sl651';
  readonly what: string;
  readonly frames: number;
  /** Rows that one frame brings. */
  readonly rows: number;
  frame(device: number, n: number): Buffer;
  /** What a device says before anything else. */
  hello?(device: number): Buffer;
  /** Lines of the feed's file behind its head. */
  readonly yaml: string;
}

const mn = (i: number) => `8888888${String(i).padStart(7, '0')}`;
const station = (i: number) => String(1_000_000 + i).padStart(10, '0');
const phone = (i: number) => `0138${String(i).padStart(8, '0')}`;
const list = (line: (i: number) => string) => Array.from({ length: DEVICES }, (_, i) => `  - ${line(i)}\n`).join('');

const STREAMS: readonly Stream[] = [
  {
    ...({ id: 'jt808', what: 'JT/T 808 positions', frames: 200_000, rows: 1 } as const),
    hello: (i) =>
      jt808Frame(0x0102, phone(i), 0, Buffer.from(terminalToken('jt808', SECRET, phone(i).replace(/^0+/, '')))),
    frame: (i, n) =>
      jt808Frame(0x0200, phone(i), (n + 1) & 0xffff, jt808Position(T + n * STEP, 121.5, 29.2, 36, n % 360)),
    yaml: `crs: wgs84\ndevices:\n${list((i) => `{ device: "${phone(i)}", unit: U-${i} }`)}`,
  },
  {
    ...({ id: 'hj212', what: 'HJ 212 uploads of three factors', frames: 50_000, rows: 3 } as const),
    frame: (i, n) =>
      hj212Upload({ mn: mn(i), password: '123456' }, T + n * STEP, { w01018: '53.1', w21003: '1.25', w00000: '12.0' }),
    yaml: `devices:\n${list((i) => `{ device: "${mn(i)}", password: "123456", readings: { w01018: S-${3 * i}, w21003: S-${3 * i + 1}, w00000: S-${3 * i + 2} } }`)}`,
  },
  {
    ...({ id: 'sl651', what: 'SL 651 reports of one level', frames: 100_000, rows: 1 } as const),
    frame: (i, n) => sl651Report(station(i), n & 0xffff, T + n * STEP, 0.61),
    yaml: `devices:\n${list((i) => `{ device: "${station(i)}", password: "1234", readings: { "39": S-${i} } }`)}`,
  },
];

// In a thread of its own, with all frames ready: one connection of a gateway, which reads what it is answered.
const SENDER = `
const { connect } = require('node:net');
const { workerData } = require('node:worker_threads');
const { bytes, port } = workerData;
const socket = connect(port, '127.0.0.1');
socket.on('data', () => {});
socket.on('error', () => {});
socket.on('connect', async () => {
  const PIECE = 1 << 16;
  for (let at = 0; at < bytes.length; at += PIECE) {
    if (!socket.write(Buffer.from(bytes.buffer, at, Math.min(PIECE, bytes.length - at)))) await new Promise((r) => socket.once('drain', r));
  }
});
`;

function sendTo(port: number, bytes: Uint8Array): Worker {
  return new Worker(SENDER, { eval: true, workerData: { bytes, port } });
}

/** All frames one behind the other, and where each ends; what devices say first goes with the first frame. */
function prepared(stream: Stream): { bytes: Uint8Array; ends: Uint32Array } {
  const ends = new Uint32Array(stream.frames);
  const { hello } = stream;
  const frames: Buffer[] = hello ? Array.from({ length: DEVICES }, (_, i) => hello(i)) : [];
  let at = frames.reduce((sum, { length }) => sum + length, 0);
  for (let n = 0; n < stream.frames; n++) {
    const frame = stream.frame(n % DEVICES, Math.floor(n / DEVICES));
    frames.push(frame);
    at += frame.length;
    ends[n] = at;
  }
  const bytes = new Uint8Array(new SharedArrayBuffer(at));
  bytes.set(Buffer.concat(frames));
  return { bytes, ends };
}

/** Seconds to read the same bytes from a socket and to store each frame as it came, 5,000 a transaction. */
async function storeRaw(folder: string, { bytes, ends }: ReturnType<typeof prepared>): Promise<number> {
  const db = openDatabase(join(folder, 'raw.db'));
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
  db.exec('CREATE TABLE frames (at INTEGER, frame BLOB)');
  const insert = db.prepare('INSERT INTO frames VALUES (?, ?)');
  const write = db.transaction((frames: readonly Buffer[]) => {
    for (const frame of frames) insert.run(Date.now(), frame);
  });
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  let began = 0;
  const done = new Promise<void>((resolve) => {
    server.on('connection', (socket) => {
      let [rest, start, n] = [Buffer.alloc(0), 0, 0];
      let waiting: Buffer[] = [];
      socket.on('data', (chunk) => {
        if (began === 0) began = performance.now();
        rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
        let used = 0;
        for (; n < ends.length && (ends[n] ?? 0) - start <= rest.length; n++) {
          waiting.push(rest.subarray(used, (ends[n] ?? 0) - start));
          used = (ends[n] ?? 0) - start;
        }
        start += used;
        rest = rest.subarray(used);
        if (waiting.length < 5000 && n < ends.length) return;
        write(waiting);
        waiting = [];
        if (n === ends.length) resolve();
      });
    });
  });
  const sender = sendTo((server.address() as AddressInfo).port, bytes);
  await done;
  const seconds = (performance.now() - began) / 1000;
  await sender.terminate();
  server.close();
  db.close();
  return seconds;
}

/** Seconds for the hall to have all of it in its journal. */
async function takeIn(folder: string, stream: Stream, { bytes }: ReturnType<typeof prepared>): Promise<number> {
  const clock = systemClock();
  const rejects = createRejects({ clock });
  const journal = openTelemetryJournal({ file: join(folder, 'telemetry.db'), now: () => clock.now() });
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  const city = gridCity(4, DEVICES);
  const [like] = city.sensors;
  if (!like) throw new Error('a city without sensors');
  const sensors = Array.from({ length: 3 * DEVICES }, (_, i) => ({ ...like, id: `S-${i}` }));
  const telemetry = createTelemetry({
    ...{ clock, log, journal, rejects, city: { ...city, sensors }, maxPerSecond: 10_000_000, journalPositionsEvery: 0 },
  });
  const total = stream.frames * stream.rows;
  let [port, got, began] = [0, 0, 0];
  const done = Promise.withResolvers<void>();
  const feeds = createFeeds({
    ...{ clock, rejects, directory: telemetry.directory, workShare: 1e6, secret: () => SECRET },
    log: {
      ...log,
      info(fields: { port?: number }) {
        port = fields.port ?? port;
      },
    },
    sinkOf(feed) {
      const sink = telemetry.sinkOf(feed);
      return {
        push(batch) {
          if (got === 0) began = performance.now();
          got += batch.units.length + batch.observations.length;
          const taken = sink.push(batch);
          if (got === total) done.resolve();
          return taken;
        },
        ready: () => sink.ready(),
      };
    },
  });
  feeds.add({
    ...(readFeedConfig(
      'bench.yaml',
      `id: ${stream.id}\nprotocol: ${stream.id}\nname: { zh: 基准, en: Bench }\nlisten: 127.0.0.1:1\n${stream.yaml}`,
    ) as DeviceFeedConfig),
    listen: { host: '127.0.0.1', port: 0 },
  });
  // The hall's clock never keeps a process alive.
  const alive = setInterval(() => {}, 10);
  while (port === 0) await new Promise(setImmediate);
  const sender = sendTo(port, bytes);
  await done.promise;
  journal.flush();
  const seconds = (performance.now() - began) / 1000;
  clearInterval(alive);
  const refused = rejects.list().map(({ message }) => message.en);
  if (rejects.total() > 0 || telemetry.dropped() > 0)
    throw new Error(`lost on the way: ${rejects.total()} refused (${refused[0]}), ${telemetry.dropped()} dropped`);
  await sender.terminate();
  await feeds.stop();
  telemetry.close();
  return seconds;
}

/** `jt808`, `hj212`, `sl651`: frames of a gateway's TCP connection to rows of the journal, against reading and storing the frames as they came. */
export async function deviceFeeds(): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const stream of STREAMS) {
    const ready = prepared(stream);
    const folder = mkdtempSync(join(tmpdir(), `opshall-bench-${stream.id}-`));
    try {
      await takeIn(mkdtempSync(join(folder, 'warm-')), stream, ready);
      const raw = stream.frames / (await storeRaw(folder, ready));
      const value = stream.frames / (await takeIn(folder, stream, ready));
      rows.push({
        ...{ id: stream.id, what: `${stream.what}, TCP to durable rows`, value: Math.round(value), unit: 'frames/s' },
        ...{ ratio: Math.round((value / raw) * 100) / 100, against: Math.round(raw) },
        limit: { least: 0.4, of: 'ratio' },
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return rows;
}
