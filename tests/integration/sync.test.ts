import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { EMPTY_CHAIN, seal } from '../../core/ledger/chain.ts';
import type { LedgerEvent } from '../../core/ledger/envelope.ts';
import type { Seal } from '../../core/ledger/seal.ts';
import { type Clock, systemClock } from '../../main/clock.ts';
import type { Ledger } from '../../main/ledger/ledger.ts';
import { openLedger } from '../../main/ledger/openLedger.ts';
import { sha256 } from '../../main/ledger/sha256.ts';
import { createSync } from '../../main/sync/createSync.ts';
import type { Sync } from '../../main/sync/sync.ts';
import { openDatabase } from '../../native/sqlite/database.ts';
import { OPS_1 } from '../fakes/fold.ts';
import { createScratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());

const log = pino({ level: 'silent' });
const TOKEN = 'hub-token-of-the-test';

interface Station {
  ledger: Ledger;
  sync: Sync;
  server: Server;
  dir: string;
  /** Where others dial it. */
  url: string;
  stop(): Promise<void>;
}

interface StationOptions {
  dir?: string;
  dial?: string;
  token?: string;
  /** How far its wall clock is off, in ms. */
  skew?: number;
  /** The same for a copied data folder; by default each has its own. */
  instance?: string;
  port?: number;
  /** Streams it takes of others. */
  streams?: readonly string[];
}

let starts = 0;

/** What a hall has of sync: a ledger in its folder, an HTTP server, and the hub on it. */
async function station(name: string, options: StationOptions = {}): Promise<Station> {
  const { dir = scratch.folder('sync'), dial, token = TOKEN, skew = 0, instance = dir, port = 0, streams } = options;
  const system = systemClock();
  const clock: Clock = { ...system, now: () => system.now() + skew };
  const ledger = openLedger({ dir, station: name, clock, log, stamp });
  const sync = createSync({
    ledger,
    clock,
    log,
    station: name,
    self: { instance, run: `run-${++starts}` },
    peersFile: join(dir, 'peers.json'),
    hub: { token: TOKEN },
    streams,
    ...(dial === undefined ? {} : { dial: { url: dial, token } }),
  });
  const server = createServer();
  server.on('upgrade', (request, socket, head) => {
    if (!sync.handleUpgrade(request, socket, head)) socket.destroy();
  });
  await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening));
  const stop = async (): Promise<void> => {
    await sync.close();
    await new Promise<void>((closed) => {
      server.close(() => closed());
      server.closeAllConnections();
    });
    await ledger.close();
  };
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return scratch.keep({ ledger, sync, server, dir, url, stop }, (one) => one.stop());
}

/** Notes of `note:…` are of the daily work, those of `<stream>/…` of that stream. */
const stamp = ({ subject }: { subject: string }) => ({
  stream: subject.includes('/') ? subject.slice(0, subject.indexOf('/')) : 'ops',
  v: 1,
});
const writeIn = async (ledger: Ledger, stream: string, count: number): Promise<void> => {
  for (let i = 0; i < count; i++)
    await ledger.transact(() => [{ type: 'noted', subject: `${stream}/${i}`, actor: 'duty', body: { i } }]);
};

async function write(ledger: Ledger, count: number): Promise<void> {
  await Promise.all(
    Array.from({ length: count }, (_, i) =>
      ledger.transact(() => [{ type: 'noted', subject: `note:${i % 9}`, actor: 'duty', body: { i } }]),
    ),
  );
}

const same = (...stations: Station[]): boolean => new Set(stations.map(({ ledger }) => ledger.digest())).size === 1;
const connections = (server: Server): Promise<number> =>
  new Promise((resolve) => server.getConnections((_, count) => resolve(count)));

describe('stations over real WebSockets', () => {
  it('L18: cut, both write, mended: they converge, and say what is going on', async () => {
    const a = await station('a');
    await write(a.ledger, 700);
    expect(a.sync.status()).toMatchObject({ link: 'single', outbox: 0, peers: [] });
    const b = await station('b', { dial: a.url });
    await write(b.ledger, 300);
    await until(() => same(a, b));
    await until(() => a.sync.status().outbox === 0 && b.sync.status().outbox === 0);
    expect(a.ledger.count).toBe(1000);
    expect(b.sync.status()).toMatchObject({
      link: 'online',
      cut: false,
      peers: [{ station: 'a', state: 'connected', behind: 0 }],
    });

    a.sync.cut();
    await until(() => b.sync.status().link === 'alone');
    expect(a.sync.status()).toMatchObject({ link: 'alone', cut: true, peers: [{ station: 'b', state: 'away' }] });
    await until(async () => (await connections(a.server)) === 0, { what: 'no socket between the stations' });
    await write(a.ledger, 20);
    await write(b.ledger, 30);
    expect([a.sync.status().outbox, b.sync.status().outbox]).toEqual([20, 30]);
    expect(same(a, b)).toBe(false);

    a.sync.mend();
    await until(() => same(a, b));
    await until(() => a.sync.status().outbox === 0 && b.sync.status().outbox === 0);
    expect(a.ledger.count).toBe(1050);
    expect(a.sync.status()).toMatchObject({ link: 'online', cut: false });
    expect([...a.sync.notices(), ...b.sync.notices()]).toEqual([]);
  });

  it('L18: the cable can be pulled at the dialling end; mending dials at once', async () => {
    const a = await station('a');
    const b = await station('b', { dial: a.url });
    await until(() => b.sync.status().link === 'online');
    b.sync.cut();
    expect(b.sync.status()).toMatchObject({ link: 'alone', cut: true });
    await until(() => a.sync.status().link === 'alone');
    await write(b.ledger, 5);
    const pulled = performance.now();
    b.sync.mend();
    await until(() => same(a, b));
    expect(performance.now() - pulled).toBeLessThan(2000);
  });

  it('L18: what a station learns it passes on: two that only know the hub converge', async () => {
    const hub = await station('hub');
    const b = await station('b', { dial: hub.url });
    const c = await station('c', { dial: `${hub.url}/hub` });
    await until(() => hub.sync.status().peers.length === 2);
    await Promise.all([write(b.ledger, 40), write(c.ledger, 50), write(hub.ledger, 10)]);
    await until(() => same(hub, b, c) && hub.ledger.count === 100);
    await c.stop();
    await until(() => hub.sync.status().link === 'lan');
    expect(
      hub.sync
        .status()
        .peers.map(({ station, state }) => `${station} ${state}`)
        .sort(),
    ).toEqual(['b connected', 'c away']);
    hub.sync.forget('c');
    expect(hub.sync.status().link).toBe('online');
  });

  it('remembers over a restart what its peer has not acknowledged', async () => {
    const a = await station('a');
    const b = await station('b', { dial: a.url });
    await write(b.ledger, 3);
    await until(() => same(a, b) && b.sync.status().outbox === 0);
    await a.stop();
    await until(() => b.sync.status().link === 'alone');
    await write(b.ledger, 4);
    await b.stop();
    const again = await station('b', { dir: b.dir, dial: a.url });
    expect(again.sync.status()).toMatchObject({ link: 'alone', outbox: 4, peers: [{ station: 'a', behind: 4 }] });
  });

  it('says that a clock is off, and converges all the same', async () => {
    const a = await station('a');
    const b = await station('b', { dial: a.url, skew: 3_600_000 });
    await Promise.all([write(a.ledger, 20), write(b.ledger, 20)]);
    await until(() => same(a, b) && a.ledger.count === 40);
    await until(() => a.sync.notices().length > 0 && b.sync.notices().length > 0);
    expect(a.sync.notices()[0]).toMatchObject({ id: 'clock:b', severity: 'warning' });
    expect(a.sync.notices()[0]?.text.en).toMatch(/station b is about 60 min ahead/);
    expect(b.sync.notices()[0]?.text.en).toMatch(/station a is about 60 min behind/);
    expect(a.sync.status().peers[0]?.clockOffsetMs).toBeGreaterThan(3_590_000);
  });

  it('L14: a station that lost part of its ledger gets it back', async () => {
    const a = await station('a');
    const b = await station('b', { dial: a.url });
    await write(b.ledger, 60);
    await until(() => same(a, b));
    await b.stop();
    const db = openDatabase(join(b.dir, 'ledger.db'));
    db.exec("UPDATE events SET actor = '{}' WHERE seq = 10");
    db.close();
    const again = await station('b', { dir: b.dir, dial: a.url });
    expect(again.ledger.status().recovery?.faults).toMatchObject([{ fault: 'altered', chain: 'ops/b', seq: 10 }]);
    await write(again.ledger, 5);
    await until(() => same(a, again));
    expect(a.ledger.have()).toEqual({ 'ops/b': 60, 'ops/b~2': 5 });
    expect([...a.ledger.status().forks, ...again.ledger.status().forks]).toEqual([]);
  });

  it('two stations of one name are kept apart and told so', async () => {
    const a = await station('a');
    const twin = await station('a', { dial: a.url });
    await until(() => a.sync.notices().length > 0 && twin.sync.notices().length > 0);
    expect(a.sync.notices()[0]).toMatchObject({ id: 'same-name', severity: 'error' });
    expect(a.sync.status().peers).toEqual([]);
  });
});

describe('streams', () => {
  it('a station gets those it takes; what is left out is said at both ends and counts as nowhere missing', async () => {
    const hub = await station('hub', { streams: ['*', 'drill:*'] });
    const b = await station('b', { dial: hub.url });
    const c = await station('c', { dial: hub.url, streams: ['audit', 'drill:flood'] });
    await Promise.all([
      writeIn(hub.ledger, 'cases', 5),
      writeIn(hub.ledger, 'drill:flood', 4),
      writeIn(b.ledger, 'audit', 3),
      writeIn(c.ledger, 'drill:fire', 2),
    ]);
    await until(() => hub.ledger.count === 14 && b.ledger.count === 8 && c.ledger.count === 9);
    await until(() => [hub, b, c].every(({ sync }) => sync.status().outbox === 0));
    expect(b.ledger.have()).toEqual({ 'cases/hub': 5, 'audit/b': 3 });
    expect(c.ledger.have()).toEqual({ 'drill:flood/hub': 4, 'audit/b': 3, 'drill:fire/c': 2 });
    const left = ({ sync }: Station, peer: string) => {
      const found = sync.status().peers.find(({ station: name }) => name === peer);
      return [found?.notSent, found?.notTaken];
    };
    expect(left(hub, 'b')).toEqual([['drill:fire', 'drill:flood'], []]);
    expect(left(hub, 'c')).toEqual([['cases'], []]);
    await until(() => left(b, 'hub')[1]?.length === 2 && left(c, 'hub')[1]?.length === 1);
    expect(left(b, 'hub')).toEqual([[], ['drill:fire', 'drill:flood']]);
    expect(left(c, 'hub')).toEqual([[], ['cases']]);
    for (const { sync } of [hub, b, c]) expect([...sync.notices(), ...sync.rejects()]).toEqual([]);
  });

  it('takes up what it left out once it is configured for it, and keeps what it has when it no longer is', async () => {
    const hub = await station('hub', { streams: ['*', 'drill:*'] });
    await Promise.all([write(hub.ledger, 30), writeIn(hub.ledger, 'drill:flood', 20)]);
    const b = await station('b', { dial: hub.url });
    await until(() => b.ledger.count === 30);
    await b.stop();
    const wide = await station('b', { dir: b.dir, dial: hub.url, streams: ['*', 'drill:*'] });
    await until(() => same(hub, wide));
    await wide.stop();
    const narrow = await station('b', { dir: b.dir, dial: hub.url, streams: ['audit'] });
    await Promise.all([write(hub.ledger, 5), writeIn(hub.ledger, 'audit', 5)]);
    await until(() => narrow.ledger.count === 55);
    expect(narrow.ledger.have()).toEqual({ 'ops/hub': 30, 'drill:flood/hub': 20, 'audit/hub': 5 });
    await until(() => hub.sync.status().outbox === 0);
  });

  it('takes its own records back, of whichever stream', async () => {
    const hub = await station('hub', { streams: ['*', 'drill:*'] });
    const b = await station('b', { dial: hub.url, streams: ['audit'] });
    await writeIn(b.ledger, 'drill:flood', 6);
    await until(() => same(hub, b));
    await b.stop();
    for (const file of ['ledger.db', 'ledger.db-wal', 'ledger.db-shm', 'ledger.head'])
      rmSync(join(b.dir, file), { force: true });
    const again = await station('b', { dir: b.dir, dial: hub.url, streams: ['audit'] });
    await until(() => again.ledger.count === 6);
  });

  it('refuses what is sent to it all the same', async () => {
    const b = await station('b');
    const events = [
      await (async () => {
        const a = await station('a');
        await writeIn(a.ledger, 'drill:flood', 1);
        return a.ledger.range('drill:flood/a', 1, 1)[0];
      })(),
    ];
    const socket = scratch.keep(
      new WebSocket(`${b.url}/hub`, { headers: { authorization: `Bearer ${TOKEN}` } }),
      (one) => one.terminate(),
    );
    const heard: { t: string; refused?: { reason: string }[] }[] = [];
    socket.on('message', (data) => heard.push(JSON.parse(String(data))));
    await new Promise((open) => socket.once('open', open));
    socket.send(JSON.stringify({ t: 'hello', protocol: 2, station: 'a', chain: 'a', have: {}, wall: Date.now() }));
    socket.send(JSON.stringify({ t: 'events', batch: 1, events, seals: [] }));
    await until(() => heard.some(({ t }) => t === 'ack'));
    expect(heard.find(({ t }) => t === 'ack')?.refused).toMatchObject([{ reason: 'not-taken' }]);
    expect(b.ledger.count).toBe(0);
  });
});

describe('two stations of one name', () => {
  /** How often somebody has dialled it. */
  const dialled = ({ server }: Station): (() => number) => {
    let count = 0;
    server.on('upgrade', () => count++);
    return () => count;
  };
  const said = ({ sync }: Station, id: string): string =>
    sync
      .notices()
      .filter((notice) => notice.id === id)
      .map(({ text }) => `${text.en} ${text.zh}`)
      .join();

  it.each([
    ['folders of their own', undefined, ''],
    ['copies of one folder', 'one', 'cop'],
  ])(
    'at a hub, with %s: the first stays, the second is told, and all three say it',
    async (_, instance, copied) => {
      const hub = await station('a');
      const first = await station('b', { dial: hub.url, ...(instance ? { instance } : {}) });
      await write(first.ledger, 5);
      await until(() => same(hub, first) && first.sync.status().link === 'online');
      const calls = dialled(hub);
      const second = await station('b', { dial: hub.url, ...(instance ? { instance } : {}) });
      await write(second.ledger, 3);
      await until(() => calls() >= 3, { within: 30_000, what: 'the second one trying again and again' });
      await until(() => said(second, 'same-name') && said(first, 'same-name') && said(hub, 'same-name:b'));
      for (const [one, id] of [
        [second, 'same-name'],
        [first, 'same-name'],
        [hub, 'same-name:b'],
      ] as const) {
        expect(said(one, id)).toMatch(/^Another station is called "b" too/);
        expect(said(one, id)).toContain(copied);
      }
      expect(said(second, 'same-name')).toContain('was not let in');
      expect(said(first, 'same-name')).toContain('was turned away');
      // The first was never put out, and works on.
      expect(first.sync.status()).toMatchObject({ link: 'online', outbox: 0 });
      await write(first.ledger, 2);
      await until(() => same(hub, first));
      // The second one's decisions are nowhere else, and it says so; it neither recovers nor goes on under another chain.
      expect(second.sync.status()).toMatchObject({ link: 'refused', outbox: 3 });
      expect(second.ledger.status()).toMatchObject({ chain: 'b', recovery: null, events: 3, forks: [] });
      expect(hub.ledger.have()).toEqual({ 'ops/b': 7 });
    },
    60_000,
  );

  it('the second is let in when the first has gone, and what each wrote is a fork, named, and not called sent', async () => {
    const hub = await station('a');
    const first = await station('b', { dial: hub.url });
    await write(first.ledger, 5);
    await until(() => same(hub, first));
    const second = await station('b', { dial: hub.url });
    await write(second.ledger, 3);
    await until(() => second.sync.status().link === 'refused', { within: 20_000 });
    await first.stop();
    await until(() => second.sync.status().link === 'online', { within: 20_000 });
    await until(() => second.ledger.status().forks.length > 0);
    expect(second.sync.status().outbox).toBe(3);
    expect(second.ledger.chain).toBe('b');
    await until(() => said(second, 'same-name') === '');
  }, 60_000);

  it('a station that comes back takes the place of its own half-open connection', async () => {
    const hub = await station('a');
    const dead = scratch.keep(
      new WebSocket(`${hub.url}/hub`, { headers: { authorization: `Bearer ${TOKEN}` } }),
      (one) => one.terminate(),
    );
    const hello = (station: string, run: string) =>
      JSON.stringify({ t: 'hello', protocol: 2, station, chain: station, have: {}, wall: 1, instance: 'i', run });
    dead.on('open', () => {
      dead.send(hello('b', 'before'));
      dead.send('{"t":"ping","n":1}');
    });
    await until(() => hub.sync.status().peers.length === 1);
    const b = await station('b', { dial: hub.url, instance: 'i' });
    await write(b.ledger, 2);
    await until(() => same(hub, b), { within: 20_000 });
    await until(() => dead.readyState === WebSocket.CLOSED);
    expect([...hub.sync.notices(), ...b.sync.notices()]).toEqual([]);
    // The very same run is let in without a question: its old connection is cut at once.
    const again = ['same', 'same'].map((run) => {
      const socket = new WebSocket(`${hub.url}/hub`, { headers: { authorization: `Bearer ${TOKEN}` } });
      socket.on('open', () => socket.send(hello('c', run)));
      return scratch.keep(socket, (one) => one.terminate());
    });
    await until(() => again.some((socket) => socket.readyState === WebSocket.CLOSED));
    expect(hub.sync.notices()).toEqual([]);
  }, 60_000);

  it('a hub address that leads back to the station itself is named', async () => {
    const a = await station('a');
    const { url } = a;
    await a.stop();
    const port = Number(new URL(url).port);
    const self = await station('a', { dir: a.dir, dial: url, port });
    await until(() => said(self, 'hub-is-self'));
    expect(said(self, 'hub-is-self')).toContain('leads back to this station itself');
    expect(said(self, 'same-name')).toBe('');
    expect(self.sync.status().link).toBe('refused');
  });

  it('two hubs that dial each other are two stations, once each', async () => {
    const a = await station('a');
    const { url } = a;
    await a.stop();
    const b = await station('b', { dial: url });
    const again = await station('a', { dir: a.dir, dial: b.url, port: Number(new URL(url).port) });
    await Promise.all([write(again.ledger, 20), write(b.ledger, 30)]);
    await until(() => same(again, b) && b.ledger.count === 50, { within: 20_000 });
    await until(() => again.sync.status().outbox === 0 && b.sync.status().outbox === 0);
    expect(again.sync.status().peers.map(({ station: name }) => name)).toEqual(['b']);
    expect([...again.sync.notices(), ...b.sync.notices()]).toEqual([]);
  });

  it('names that differ only in capitals are two stations, and it is said', async () => {
    const a = await station('Hall');
    const b = await station('hall', { dial: a.url });
    await write(b.ledger, 2);
    await until(() => same(a, b));
    await until(() => said(a, 'similar-name:hall') && said(b, 'similar-name:Hall'));
  });
});

describe('the hub', () => {
  const attempt = (url: string, headers: Record<string, string>): Promise<number | 'open'> =>
    new Promise((resolve) => {
      const socket = new WebSocket(url, { headers });
      socket.on('open', () => resolve('open'));
      socket.on('unexpected-response', (_, response) => resolve(response.statusCode ?? 0));
      socket.on('error', () => resolve(0));
      scratch.keep(socket, (one) => one.terminate());
    });
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

  it('takes in who shows the token and is no web page', async () => {
    const { url, sync } = await station('a');
    expect(await attempt(`${url}/hub`, bearer(TOKEN))).toBe('open');
    expect(await attempt(`${url}/hub`, {})).toBe(401);
    expect(await attempt(`${url}/hub`, bearer('guess'))).toBe(401);
    expect(await attempt(`${url}/hub`, { ...bearer(TOKEN), origin: 'http://evil.example' })).toBe(403);
    expect(await attempt(`${url}/elsewhere`, bearer(TOKEN))).toBe(0);
    sync.cut();
    expect(await attempt(`${url}/hub`, bearer(TOKEN))).toBe(503);
  });

  it('a station with a wrong token is told so', async () => {
    const a = await station('a');
    const b = await station('b', { dial: a.url, token: 'wrong' });
    await until(() => b.sync.notices().length > 0);
    expect(b.sync.notices()[0]).toMatchObject({ id: 'hub-refuses', severity: 'error' });
    expect(b.sync.notices()[0]?.text.en).toMatch(/401.*token is missing or wrong/);
    expect(b.sync.status().link).toBe('alone');
  });

  it('L23: remembers whom it has talked with, not every name that was said; a lie about our chain empties no outbox', async () => {
    const a = await station('a');
    await write(a.ledger, 3);
    const say = async (name: string, answer: boolean): Promise<void> => {
      const socket = scratch.keep(new WebSocket(`${a.url}/hub`, { headers: bearer(TOKEN) }), (one) => one.terminate());
      const pongs: number[] = [];
      socket.on('message', (data) => {
        const message = JSON.parse(String(data));
        if (message.t !== 'ping' || !answer) return;
        socket.send(JSON.stringify({ t: 'pong', n: message.n, wall: 1 }));
        pongs.push(message.n);
      });
      await until(() => socket.readyState === WebSocket.OPEN);
      const have = { 'ops/a': Number.MAX_SAFE_INTEGER };
      socket.send(JSON.stringify({ t: 'hello', protocol: 2, station: name, chain: name, have, wall: 1 }));
      socket.send('{"t":"ping","n":1}');
      await until(() =>
        a.sync.status().peers.some((peer) => peer.station === name && (!answer || peer.clockOffsetMs !== null)),
      );
      socket.terminate();
      await until(() => !a.sync.status().peers.some((peer) => peer.station === name && peer.state === 'connected'));
    };
    for (let i = 0; i < 20; i++) await say(`made-${i}`, false);
    expect(a.sync.status()).toMatchObject({ link: 'single', peers: [] });
    await say('b', true);
    await write(a.ledger, 4);
    expect(a.sync.status()).toMatchObject({ link: 'alone', outbox: 4, peers: [{ station: 'b', behind: 4 }] });
    await a.stop();
    expect(readFileSync(join(a.dir, 'peers.json'), 'utf8')).not.toContain('9007199254740991');
    const again = await station('a', { dir: a.dir });
    expect(again.sync.status().outbox).toBe(4);
    await again.stop();
    writeFileSync(
      join(a.dir, 'peers.json'),
      '{"version":3,"peers":{"b":{"acknowledged":{"ops/a":9007199254740991},"takes":["*"],"since":1}}}',
    );
    const later = await station('a', { dir: a.dir });
    expect(later.sync.status().outbox).toBe(7);
  });

  const forge = (one: Station, chain: string): LedgerEvent => {
    const [head = EMPTY_CHAIN] = one.ledger.range(`ops/${chain}`, one.ledger.have()[`ops/${chain}`] ?? 0, 1);
    const draft = { type: 'noted', subject: 'note:1', actor: 'commander', body: {} };
    return seal(draft, { ...OPS_1, station: chain, head, hlc: 'fffffffffff-ffff', at: 1 }, sha256);
  };
  /** Says hello as a station of its own, and sends these. */
  const bring = async (
    hub: Station,
    events: LedgerEvent[],
    seals: readonly Seal[] = [],
  ): Promise<{ t: string; refused?: { reason: string }[] }> => {
    const socket = scratch.keep(new WebSocket(`${hub.url}/hub`, { headers: bearer(TOKEN) }), (one) => one.terminate());
    const told: { t: string; refused?: { reason: string }[] }[] = [];
    socket.on('message', (data) => told.push(JSON.parse(String(data))));
    await until(() => socket.readyState === WebSocket.OPEN);
    socket.send('{"t":"hello","protocol":2,"station":"odd","chain":"odd","have":{},"wall":1}');
    socket.send(JSON.stringify({ t: 'events', batch: 1, events, seals }));
    return until(() => told.find(({ t }) => t === 'ack'));
  };

  it('L26: takes the chain of a station that is connected from nobody else: it stays able to write', async () => {
    const hub = await station('a');
    const b = await station('b', { dial: hub.url });
    await write(b.ledger, 2);
    await until(() => same(hub, b) && hub.sync.status().peers.length === 1);
    const { refused } = await bring(hub, [forge(hub, 'b')]);
    expect(refused).toMatchObject([{ reason: 'gap' }]);
    expect(hub.ledger.have()).toEqual({ 'ops/b': 2 });
    await write(b.ledger, 3);
    await until(() => same(hub, b) && hub.ledger.count === 5);
    await until(() => b.sync.status().outbox === 0);
    expect([...hub.ledger.status().forks, ...b.ledger.status().forks]).toEqual([]);
  });

  it('L19: refuses the forged next event of a station that is away', async () => {
    const hub = await station('a');
    const b = await station('b', { dial: hub.url });
    await write(b.ledger, 2);
    await until(() => same(hub, b));
    await b.stop();
    await bring(hub, [forge(hub, 'b')]);
    expect(hub.ledger.have()).toEqual({ 'ops/b': 2 });
  });

  it('an address that leads elsewhere is not followed, and is said', async () => {
    const elsewhere = await station('a');
    const server = createServer();
    server.on('upgrade', (_, socket) => {
      socket.end(`HTTP/1.1 302 Found\r\nLocation: ${elsewhere.url}/hub\r\nConnection: close\r\n\r\n`);
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    scratch.keep(server, (one) => one.close());
    const { port } = server.address() as AddressInfo;
    const b = await station('b', { dial: `ws://127.0.0.1:${port}` });
    await until(() => b.sync.notices().length > 0);
    expect(b.sync.notices()[0]?.text.en).toMatch(/refused this station \(302\): the address leads elsewhere/);
    // A port may have these digits in it.
    expect(b.sync.notices()[0]?.text.zh.replaceAll(String(port), '')).not.toMatch(/30\d|Found/);
    expect(elsewhere.sync.status().peers).toEqual([]);
  });

  it('counts and keeps a bad message, tells the sender, and goes on', async () => {
    const a = await station('a');
    const told: { t: string; message?: string }[] = [];
    const socket = scratch.keep(new WebSocket(`${a.url}/hub`, { headers: bearer(TOKEN) }), (one) => one.terminate());
    socket.on('message', (data) => told.push(JSON.parse(String(data))));
    await until(() => told.length > 0);
    socket.send('{"t":"hello","protocol":2,"station":"odd","chain":"odd","have":{},"wall":1}');
    socket.send('rubbish');
    socket.send('{"t":"events","batch":1,"events":[{"id":"ops/odd-1"}],"seals":[]}');
    socket.send('{"t":"ping","n":7}');
    await until(() => told.some(({ t }) => t === 'ack') && told.some(({ t }) => t === 'pong'));
    expect(told.find(({ t }) => t === 'bad')?.message).toBe('not JSON');
    expect(told.find(({ t }) => t === 'ack')).toMatchObject({ refused: [{ id: 'ops/odd-1', reason: 'malformed' }] });
    expect(a.sync.rejected).toBe(2);
    expect(a.sync.rejects()).toMatchObject([
      { door: 'station', source: 'odd', excerpt: 'rubbish' },
      { path: 'ops/odd-1' },
    ]);
    expect(a.sync.status().peers).toMatchObject([{ station: 'odd', state: 'connected' }]);
  });
});
