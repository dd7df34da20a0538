import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { trusting } from '../../tests/fakes/callers.ts';
import { createFakeClock } from '../../tests/fakes/clock.ts';
import { LIVE_WORLD } from '../../tests/fakes/liveWorld.ts';
import { noQueries } from '../../tests/fakes/queries.ts';
import type { Contract } from '../define.ts';
import { ContractError } from '../errors.ts';
import type { SeatView } from '../features/seats.ts';
import { contract, type MethodName, methods } from '../index.ts';
import { type Carrier, messageSize } from './carrier.ts';
import { createMemoryPair } from './carriers/memory.ts';
import { createTopicCollections } from './collection.ts';
import type { WireLimits } from './limits.ts';
import type { BulkSink, Caller, Handlers, Known } from './served.ts';
import { createContractServer } from './server.ts';

const HELLO = { t: 'hello', protocol: 1, seat: 'a1', lang: 'en', client: 'test' };

const seat = (name: string, id: string): SeatView => ({
  seat: name,
  selection: { kind: 'place', id, at: null },
  cameras: [],
  mute: null,
});

/** Counts what comes to a window, whether or not it says that it has read it. */
function createMirror(carrier: Carrier) {
  let read = 0;
  const frames: { t: string; set?: [string][]; e?: { code: string } }[] = [];
  carrier.onMessage((message) => {
    read += messageSize(message);
    frames.push(JSON.parse(String(message)));
  });
  const of = (t: string) => frames.filter((frame) => frame.t === t);
  return {
    // The welcome came before.
    read: () => read,
    unread: () => read,
    parts: () => of('snap').length,
    deltas: () => of('delta').flatMap(({ set }) => set?.map(([key]) => key)),
    codes: () => of('res').flatMap(({ e }) => e?.code ?? []),
  };
}

/** A server on a fake clock, and a window that the test plays. */
function hall(limits: Partial<WireLimits> = {}, admit = trusting, served: Contract = contract) {
  const clock = createFakeClock();
  const callers: Caller[] = [];
  const nothing = (_params: unknown, caller: Caller) => {
    callers.push(caller);
    return {};
  };
  const handlers = {
    ...(Object.fromEntries(Object.keys(methods).map((name) => [name, nothing])) as Record<MethodName, never>),
    'incidents.open': () => ({ incident: 'x'.repeat(2000) }),
    'link.cut'() {
      throw new Error('out of order');
    },
    'sensors.directory'(_params: unknown, caller: Caller) {
      callers.push(caller);
      return { version: 1, sensors: [], next: null };
    },
  } as Handlers;
  const topics = createTopicCollections();
  const lines: string[] = [];
  let stopped = 0;
  const opening: (() => void)[] = [];
  const sinks: BulkSink[] = [];
  const server = createContractServer({
    contract: served,
    handlers,
    topics,
    limits,
    queries: noQueries,
    bulk: {
      async units() {
        await new Promise<void>((resolve) => opening.push(resolve));
        return () => stopped++;
      },
      unit: () => () => undefined,
      observations(_params, _caller, sink) {
        sinks.push(sink);
        return () => undefined;
      },
      video() {
        throw new ContractError('bad-request', 'no camera', { field: 'camera' });
      },
      wall: () => () => undefined,
    },
    welcome: { station: 'S1', run: 'r1', version: '0', simulated: false, world: LIVE_WORLD },
    clock,
    admit,
    log: { debug() {}, info() {}, warn() {}, error: (_fields, message) => void lines.push(message) },
  });
  function attach(known?: Known) {
    const pair = createMemoryPair();
    const got: { t: string; [field: string]: unknown }[] = [];
    const end: { code?: number } = {};
    pair.window.onMessage((message) => {
      if (typeof message === 'string') got.push(JSON.parse(message));
    });
    pair.window.onClose((code) => {
      end.code = code;
    });
    server.attach(pair.hall, known);
    const say = async (...frames: object[]) => {
      for (const frame of frames) pair.window.send(JSON.stringify(frame));
      await nextTurn();
    };
    return { pair, got, end, say };
  }
  return { clock, server, topics, lines, callers, attach, sinks, opening, stopped: () => stopped };
}

describe('contract server', () => {
  it('serves the contract that it is given, and nothing beside it', async () => {
    const { attach } = hall({}, trusting, { methods: {}, queries: {}, topics: {}, streams: {} });
    const { got, say } = attach();
    await say(HELLO, { t: 'req', id: 1, m: 'link.cut', p: {} }, { t: 'sub', topic: 'seats' });
    await say({ t: 'query', id: 2, q: 'rejects.list', p: {} }, { t: 'bulk', id: 3, stream: 'units', p: {} });
    expect(got.map(({ t, e }) => [t, (e as { code?: string } | undefined)?.code])).toEqual([
      ['welcome', undefined],
      ['err', 'not-found'],
      ['res', 'not-found'],
      ['unrows', 'not-found'],
      ['end', 'not-found'],
    ]);
  });

  it('H3 a connection that says nothing is ended after 10 s', async () => {
    const { clock, attach, server } = hall();
    const { end } = attach();
    await clock.advance(9_999);
    expect(end.code).toBeUndefined();
    await clock.advance(1);
    expect(end.code).toBe(4003);
    expect(server.stats().sessions).toBe(0);
    expect(clock.pending).toBe(0);
  });

  it('F3 a window that falls silent is ended after 150 s, one that pings stays', async () => {
    const { clock, attach } = hall();
    const { end, say } = attach();
    await say(HELLO);
    for (let i = 0; i < 5; i++) {
      await clock.advance(60_000);
      await say({ t: 'ping', at: i });
    }
    expect(end.code).toBeUndefined();
    await clock.advance(149_999);
    expect(end.code).toBeUndefined();
    await clock.advance(1);
    expect(end.code).toBe(4003);
  });

  it('H4 what the host knows of a caller overrides its hello', async () => {
    const { attach, callers, server } = hall();
    const { say } = attach({ client: 'shell' });
    await say(HELLO, { t: 'req', id: 1, m: 'drill.start', p: {} });
    expect(callers).toEqual([{ ...trusting('a1'), lang: 'en', client: 'shell' }]);
    expect(server.callers()).toEqual([{ seat: 'a1', lang: 'en', client: 'shell' }]);
  });

  it.each(['Duty', 'rule.waterlogging', 'timer', 'a\nb', 'duty\u202e', ''])(
    'H5 a seat called %j is not let in, and is told why in its language',
    async (seat) => {
      const { attach, callers, server } = hall();
      const { say, got, end } = attach();
      await say({ ...HELLO, seat, lang: 'zh-CN' }, { t: 'req', id: 1, m: 'drill.start', p: {} });
      expect(got).toMatchObject([{ t: 'err', e: { code: 'refused', message: expect.stringContaining('席位名称') } }]);
      expect(end.code).toBe(4005);
      expect([callers, server.callers()]).toEqual([[], []]);
    },
  );

  it('H4 H5 the shell’s own name and mark come with its carrier, never with a message', async () => {
    const { attach, callers } = hall();
    const shell = attach({ seat: 'shell', via: 'shell' });
    await shell.say({ ...HELLO, seat: 'shell' }, { t: 'req', id: 1, m: 'drill.start', p: {} });
    const window = attach();
    await window.say(
      { ...HELLO, via: 'shell', rights: ['windows.report'], scope: { departments: 'all' } },
      { t: 'req', id: 1, m: 'drill.start', p: {} },
    );
    expect(callers).toMatchObject([
      { seat: 'shell', via: 'shell' },
      { seat: 'a1', via: 'window' },
    ]);
  });

  it('C7 an unknown method is named, inherited names are not methods', async () => {
    const { attach } = hall();
    const { say, got } = attach();
    await say(HELLO, { t: 'req', id: 1, m: 'constructor', p: {} }, { t: 'req', id: 2, m: 'drill.end' });
    expect(got.filter(({ t }) => t === 'res')).toMatchObject([
      { id: 1, ok: false, e: { code: 'not-found' } },
      { id: 2, ok: false, e: { code: 'not-found', message: expect.stringContaining('"drill.end"') } },
    ]);
  });

  it('B1 a stream that cannot open is ended with the reason; one closed while it opens is stopped', async () => {
    const { attach, opening, stopped } = hall();
    const { say, got } = attach();
    await say(HELLO, { t: 'bulk', id: 1, stream: 'video', p: {} }, { t: 'bulk', id: 2, stream: 'smells', p: {} });
    expect(got.filter(({ t }) => t === 'end')).toMatchObject([
      { id: 1, e: { code: 'bad-request', field: 'camera' } },
      { id: 2, e: { code: 'not-found' } },
    ]);
    await say({ t: 'bulk', id: 3, stream: 'units', p: {} }, { t: 'unbulk', id: 3 });
    expect(stopped()).toBe(0);
    opening[0]?.();
    await nextTurn();
    expect(stopped()).toBe(1);
  });

  it('B1 the streams of a window that is gone are stopped', async () => {
    const { attach, opening, stopped } = hall();
    const { say, pair } = attach();
    await say(HELLO, { t: 'bulk', id: 1, stream: 'units', p: {} });
    opening[0]?.();
    await nextTurn();
    pair.cut();
    expect(stopped()).toBe(1);
  });

  describe('a window that does not read', () => {
    const big = 'x'.repeat(900_000);

    it('T7 gets a snapshot piece by piece as it reads, then the deltas that came meanwhile', async () => {
      const { attach, topics, clock, server } = hall();
      for (let i = 0; i < 12; i++) topics.seats.set(`s${i}`, seat(`s${i}`, big));
      const { pair, say } = attach();
      await say(HELLO);
      const client = createMirror(pair.window);
      await say({ t: 'sub', topic: 'seats' });
      expect(client.unread()).toBeLessThan(3_500_000);
      expect(client.parts()).toBeLessThan(4);
      topics.seats.set('late', seat('late', 'x'));
      await nextTurn();
      for (let i = 0; i < 20; i++) {
        await say({ t: 'ack', n: client.read() });
        await clock.advance(25);
      }
      expect(client.parts()).toBe(12);
      expect(client.deltas()).toEqual(['late']);
      expect(server.stats().deltasSkipped).toBe(0);
    });

    it('F5 many windows that come at once are sent their share each: none is put out, and each has all when it has read on', async () => {
      const { attach, topics, clock } = hall({ totalUnread: 14_000_000 });
      for (let i = 0; i < 12; i++) topics.seats.set(`s${i}`, seat(`s${i}`, big));
      const windows = Array.from({ length: 6 }, () => attach());
      const mirrors: ReturnType<typeof createMirror>[] = [];
      for (const { say, pair } of windows) {
        await say(HELLO);
        mirrors.push(createMirror(pair.window));
        await say({ t: 'sub', topic: 'seats' });
      }
      const acknowledged = windows.map(() => 0);
      for (let turn = 0; turn < 40; turn++) {
        const unread = mirrors.reduce((sum, mirror, i) => sum + mirror.read() - (acknowledged[i] ?? 0), 0);
        expect(unread).toBeLessThan(14_000_000);
        for (const [i, { say }] of windows.entries()) {
          acknowledged[i] = mirrors[i]?.read() ?? 0;
          await say({ t: 'ack', n: acknowledged[i] });
        }
        await clock.advance(25);
      }
      expect(windows.map(({ end }) => end.code)).toEqual(Array.from({ length: 6 }, () => undefined));
      expect(mirrors.map((mirror) => mirror.parts())).toEqual(Array.from({ length: 6 }, () => 12));
    });

    it('F2 is put out when nothing was read for a minute, alone or among many', async () => {
      const { attach, topics, clock } = hall({ totalUnread: 7_000_000 });
      for (let i = 0; i < 12; i++) topics.seats.set(`s${i}`, seat(`s${i}`, big));
      const alone = attach();
      await alone.say(HELLO, { t: 'sub', topic: 'seats' });
      await clock.advance(61_000);
      expect(alone.end.code).toBe(4008);
      const many = Array.from({ length: 5 }, () => attach());
      for (const { say } of many) await say(HELLO, { t: 'sub', topic: 'seats' });
      // Those that are left have a larger share, and a minute each time to read what it brings.
      for (let minute = 0; minute < 5; minute++) await clock.advance(61_000);
      expect(many.map(({ end }) => end.code)).toEqual(Array.from({ length: 5 }, () => 4008));
    });

    it('F2 a frame that many windows have not read is in memory once, and counts once; what each is sent alone counts for each', async () => {
      const { attach, sinks } = hall({ totalUnread: 4_000_000 });
      const windows = Array.from({ length: 20 }, () => attach());
      for (const { say } of windows) await say(HELLO, { t: 'bulk', id: 1, stream: 'observations', p: {} });
      const one = new Uint8Array(1_500_000);
      for (const sink of sinks.slice(0, 15)) expect(sink.push(one, true)).toBe(true);
      expect(windows.filter(({ end }) => end.code !== undefined)).toHaveLength(0);
      for (const sink of sinks.slice(15)) sink.push(new Uint8Array(1_500_000), true);
      expect(windows.filter(({ end }) => end.code === 4008).length).toBeGreaterThan(0);
    });

    it('F6 a stream that it has not read keeps no answer, snapshot or page from it; the stream itself waits within the share', async () => {
      const { attach, sinks, topics } = hall({ totalUnread: 4_000_000 });
      topics.seats.set('s', seat('s', 'x'));
      const { say, got } = attach();
      for (let i = 0; i < 9; i++) attach();
      await say(HELLO, { t: 'bulk', id: 1, stream: 'observations', p: {} });
      expect(sinks[0]?.push(new Uint8Array(1_500_000), true)).toBe(true);
      expect(sinks[0]?.room()).toBe(false);
      await say({ t: 'req', id: 1, m: 'sensors.directory' }, { t: 'sub', topic: 'seats' });
      expect(got.map(({ t }) => t).sort()).toEqual(['res', 'snap', 'welcome']);
    });

    it('C9 is not answered long calls before it has read, decisions it is', async () => {
      const { attach, callers, topics } = hall();
      for (let i = 0; i < 12; i++) topics.seats.set(`s${i}`, seat(`s${i}`, big));
      const { say, pair } = attach();
      await say(HELLO);
      const client = createMirror(pair.window);
      await say({ t: 'sub', topic: 'seats' });
      for (let id = 0; id < 40; id++) await say({ t: 'req', id, m: 'sensors.directory' });
      expect(callers).toHaveLength(0);
      await say({ t: 'req', id: 50, m: 'drill.start' });
      expect(callers).toHaveLength(1);
      for (let id = 100; id < 140; id++) await say({ t: 'req', id, m: 'sensors.directory' });
      expect(client.codes()).toContain('busy');
    });
  });

  it('C8 an answer that no frame holds is answered too-large', async () => {
    const { attach } = hall({ hallTextBytes: 1000 });
    const { say, got } = attach();
    await say(HELLO, { t: 'req', id: 1, m: 'incidents.open', p: { alarm: 'alarm:x:y' } });
    expect(got.at(-1)).toMatchObject({ id: 1, ok: false, e: { code: 'too-large' } });
  });

  it('L7 the same fault again and again is one line and one reference', async () => {
    const { attach, lines } = hall();
    const { say, got } = attach();
    await say(HELLO);
    for (let id = 0; id < 30; id++) await say({ t: 'req', id, m: 'link.cut' });
    const messages = got.filter(({ t }) => t === 'res').map(({ e }) => (e as { message: string }).message);
    expect(messages).toHaveLength(30);
    expect(new Set(messages).size).toBe(1);
    expect(lines).toHaveLength(1);
  });

  it('L3 bulk streams are not opened and closed without end', async () => {
    const { attach } = hall();
    const { say, got } = attach();
    await say(HELLO);
    for (let id = 1; id <= 100; id++) await say({ t: 'bulk', id, stream: 'units' }, { t: 'unbulk', id });
    expect(got.filter(({ t, e }) => t === 'end' && (e as { code: string }).code === 'busy')).toHaveLength(36);
  });

  it('takes nobody once it is closed', async () => {
    const { attach, server, clock } = hall();
    const { say, end } = attach();
    await say(HELLO);
    server.close();
    expect(end.code).toBe(1001);
    expect(attach().end.code).toBe(1001);
    expect(clock.pending).toBe(0);
  });
});
