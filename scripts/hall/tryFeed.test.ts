import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WebSocketServer } from 'ws';
import { frameOf } from '../../main/feeds/codecs/hj212/reply.ts';
import { lineOf } from '../../main/feeds/recording/line.ts';
import { createScratch } from '../../tests/support/scratch.ts';
import { tryFeed } from './tryFeed.ts';

const scratch = createScratch();
let said = '';
let onSaid = () => {};
beforeEach(() => {
  said = '';
  onSaid = () => {};
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said += String(text);
    onSaid();
    return true;
  });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await scratch.clear();
});

const CITY = `crs: wgs84
sensors: [{ id: WL-901, kind: water-level, unit: m, name: { zh: 东, en: E }, lon: 121, lat: 31 }]
units: [{ id: SW-901, callSign: 水务901, department: water, kind: truck }]
`;

function hallWith(feed: string): string {
  const dir = scratch.folder('hall');
  for (const [name, text] of Object.entries({ 'city/a.yaml': CITY, 'feeds/a.yaml': feed, 'hall.yaml': HALL })) {
    mkdirSync(join(dir, name, '..'), { recursive: true });
    writeFileSync(join(dir, name), text);
  }
  return dir;
}
const HALL = 'hall: 1\nname: { zh: 甲, en: A }\n';

const everything = (dir: string) => readdirSync(dir, { recursive: true }).sort();

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** Resolves when that was said. */
const hears = (words: string) =>
  new Promise<void>((resolve) => {
    onSaid = () => {
      if (said.includes(words)) resolve();
    };
  });

async function wsFeed(messages: (now: number) => readonly unknown[]): Promise<string> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  scratch.keep(server, () => new Promise((resolve) => server.close(resolve)));
  server.on('connection', (socket) => {
    scratch.keep(socket, () => socket.terminate());
    for (const each of messages(Date.now())) socket.send(typeof each === 'string' ? each : JSON.stringify(each));
  });
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  return hallWith(
    `id: water\nprotocol: ws-json\nname: { zh: 水, en: Water }\nurl: ws://127.0.0.1:${port}/\ncrs: wgs84\n`,
  );
}

test('what a source sends is said raw and as it would be taken, with each complaint, until there were so many', async () => {
  const dir = await wsFeed((t) => [
    {
      v: 1,
      seq: 1,
      t,
      obs: [
        { sensor: 'WL-901', t, value: 0.25 },
        { sensor: 'NONE', t, value: 1 },
      ],
    },
    'no json \u0007',
    { v: 1, seq: 3, t, obs: [{ sensor: 'WL-901', t, value: 9 }] },
  ]);
  const before = everything(dir);
  expect(await tryFeed([dir, 'water', '--count', '2', '--lang', 'en'])).toBe(0);
  expect(said).toMatch(/^1\. \S+Z {2}\{"v":1/m);
  expect(said).toMatch(/^ {2}→ WL-901 {2}0\.25 m {2}\S+Z$/m);
  expect(said).toMatch(/^ {2}✗ .*NONE/m);
  expect(said).toMatch(/^2\. \S+Z {2}6e6f206a736f6e2007$/m);
  expect(said).not.toContain('9 m');
  expect(said).toContain('2 came; 1 records would be taken, 2 refused; nothing was written.');
  expect(everything(dir)).toEqual(before);
});

test('nothing that could be taken is told by the code; what is dated ahead would be refused', async () => {
  const dir = await wsFeed((t) => [{ v: 1, seq: 1, t, obs: [{ sensor: 'WL-901', t: t + 3_600_000, value: 1 }] }]);
  expect(await tryFeed([dir, 'water', '--count', '1'])).toBe(1);
  expect(said).toContain('时间超前大厅时钟 60 秒以上');
  expect(said).toContain('收到 1 条，可取 0 项');
});

test('it ends at once when it is told to, and by itself after its time', async () => {
  const dir = await wsFeed(() => []);
  const stop = new AbortController();
  const ended = tryFeed([dir, 'water', '--for', '9999', '--lang', 'en'], stop.signal);
  stop.abort();
  expect(await ended).toBe(1);
  expect(await tryFeed([dir, 'water', '--for', '1'])).toBe(1);
});

const hj212 = (port: number) => `id: air
protocol: hj212
name: { zh: 空气, en: Air }
listen: 127.0.0.1:${port}
devices: [{ device: A1, password: "123456", readings: { w01: WL-901 } }]
`;

test('a device is answered, its password is not said, and one that no file names is', async () => {
  const reserved = createServer();
  const port = await listening(reserved);
  await new Promise((resolve) => reserved.close(resolve));
  const dir = hallWith(hj212(port));
  const waits = hears('Listening on');
  const tried = tryFeed([dir, 'air', '--count', '1', '--lang', 'en']);
  await waits;
  const socket = scratch.keep(connect(port, '127.0.0.1'), (each) => each.destroy());
  socket.on('error', () => undefined);
  const time = new Date(Date.now() + 8 * 3_600_000).toISOString().replace(/\D/g, '').slice(0, 14);
  const frameFrom = (device: string) =>
    frameOf(`QN=${time}000;ST=32;CN=2011;PW=123456;MN=${device};Flag=5;CP=&&DataTime=${time};w01-Rtd=1.5,w01-Flag=N&&`);
  socket.write(Buffer.concat([frameFrom('A1'), frameFrom('B2')]));
  expect(await tried).toBe(0);
  expect(said).toMatch(/^1\. \S+Z 127\.0\.0\.1:\d+ {2}##\d{4}QN=\d+;ST=32;CN=2011;PW=\*{6};MN=A1/m);
  expect(said).toMatch(/^ {2}→ WL-901 {2}1\.5 m/m);
  expect(said).not.toContain('123456;MN');
  expect(said).toMatch(/a device that no file names: .*B2/);
});

test('a recording is played, and its end is the end', async () => {
  const dir = hallWith(
    'id: again\nprotocol: replay\nname: { zh: 回放, en: Again }\nfile: air/x.ndjson\nas: { protocol: hj212, devices: [{ device: A1, readings: { w01: WL-901 } }] }\n',
  );
  const time = new Date(Date.now() + 8 * 3_600_000).toISOString().replace(/\D/g, '').slice(0, 14);
  const frame = frameOf(`QN=${time}000;ST=32;CN=2011;MN=A1;Flag=5;CP=&&DataTime=${time};w01-Rtd=1.5,w01-Flag=N&&`);
  mkdirSync(join(dir, 'recordings', 'air'), { recursive: true });
  writeFileSync(
    join(dir, 'recordings', 'air', 'x.ndjson'),
    lineOf('air', { t: Date.now(), from: '10.1.2.3:5', bytes: frame }),
  );
  expect(await tryFeed([dir, 'again', '--for', '9999', '--lang', 'en'])).toBe(0);
  expect(said).toMatch(/^1\. \S+Z 10\.1\.2\.3:5 {2}##\d{4}QN=/m);
  expect(said).toMatch(/^ {2}→ WL-901 {2}1\.5 m/m);
  expect(said).toContain('the recording is at its end');
});

test('a port that is taken is said in words, and ends it', async () => {
  const server = createServer();
  scratch.keep(server, () => server.close());
  const dir = hallWith(hj212(await listening(server)));
  await expect(tryFeed([dir, 'air', '--lang', 'en'])).rejects.toThrow(/A hall that is running has the port: stop it/);
  await expect(tryFeed([dir, 'air'])).rejects.toThrow(/大厅正在运行时端口由它使用/);
});

test('what cannot be tried is refused in words', async () => {
  const dir = hallWith(
    'id: gas\nprotocol: http-json\nname: { zh: 气, en: Gas }\ntoken: a-token-of-the-gas-company\ncrs: wgs84\n',
  );
  await expect(tryFeed([dir, 'gas', '--lang', 'en'])).rejects.toThrow(/posts to the hall/);
  await expect(tryFeed([dir, 'none', '--lang', 'en'])).rejects.toThrow(/There is no feed "none".*There are: gas/);
  await expect(tryFeed([dir])).rejects.toThrow(/hall -- try FOLDER FEED/);
  await expect(tryFeed([dir, 'gas', '--count', 'many'])).rejects.toThrow(/whole numbers/);
});
