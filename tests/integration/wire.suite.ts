import { afterEach, describe, expect, it } from 'vitest';
import { ContractError } from '../../contract/errors.ts';
import type { RejectView } from '../../contract/features/rejects.ts';
import type { WallView } from '../../contract/features/walls.ts';
import type { QueryState, Violation } from '../../contract/wire/hallClient.ts';
import { until } from '../support/until.ts';
import { createRig, type MakeLine, type Rig } from './wire.rig.ts';

const wall = (screen: string, scene: WallView['scene'] = 'situation'): WallView => ({
  screen,
  scene,
  selection: null,
  cameras: [],
});
const textOf = (message: string | Uint8Array) => (typeof message === 'string' ? message : '');

/** The rules of contract/wire/SPEC.md that hold over every carrier. */
export function wireSuite(name: string, makeLine: MakeLine): void {
  describe(`wire over ${name}`, () => {
    let rig: Rig;
    afterEach(() => rig.close());
    const start = async (given?: Parameters<typeof createRig>[1]) => {
      rig = await createRig(makeLine, given);
      return rig;
    };

    it('H1 hello is answered by welcome, and the clocks are compared', async () => {
      await start();
      const { client } = await rig.open();
      expect(client.connection()).toMatchObject({ state: 'open', attempt: 0 });
      expect(client.welcome()).toMatchObject({ station: 'S1', version: '0.1.0', simulated: true, protocol: 1 });
      expect(Math.abs(client.clockOffset())).toBeLessThan(500);
      expect(Math.abs(client.monotonicOffset())).toBeLessThan(500);
      expect(rig.server.callers()).toEqual([{ seat: 'a1', lang: 'zh-CN', client: 'test' }]);
    });

    it('H2 another protocol is named, with what to do, and the connection ends', async () => {
      await start();
      for (const [protocol, remedy] of [
        [0, /reload this window/],
        [99, /update the hall/],
      ] as const) {
        const carrier = await rig.line.connect();
        const seen: string[] = [];
        let ended = false;
        carrier.onMessage((message) => void seen.push(textOf(message)));
        carrier.onClose(() => {
          ended = true;
        });
        carrier.send(JSON.stringify({ t: 'hello', protocol, seat: 'a1', lang: 'en', client: 'old' }));
        await until(() => ended);
        const { e } = JSON.parse(seen[0] ?? '');
        expect(e).toMatchObject({ code: 'protocol-mismatch' });
        expect(e.message).toContain(`protocol ${protocol}, the hall 1`);
        expect(e.message).toMatch(remedy);
      }
    });

    it('H2 a window that is refused does not try again by itself', async () => {
      await start();
      let attempts = 0;
      const { client } = await rig.open({
        async connect() {
          attempts++;
          const carrier = await rig.line.connect();
          return {
            ...carrier,
            send: (message) => carrier.send(textOf(message).replace('"protocol":1', '"protocol":7')),
          };
        },
      });
      expect(client.connection()).toMatchObject({ state: 'refused', error: { code: 'protocol-mismatch' } });
      await expect(client.call('drill.start', {})).rejects.toMatchObject({ code: 'protocol-mismatch' });
      expect(attempts).toBe(1);
    });

    it('C1 calls are answered, each its own, whatever the order', async () => {
      const release: (() => void)[] = [];
      await start({
        handlers: {
          'incidents.open': async ({ alarm }) => {
            if (alarm === 'slow') await new Promise<void>((resolve) => release.push(resolve));
            return { incident: `I-${alarm}` };
          },
        },
      });
      const { client } = await rig.open();
      const slow = client.call('incidents.open', { alarm: 'slow' });
      await expect(client.call('incidents.open', { alarm: 'a2' })).resolves.toEqual({ incident: 'I-a2' });
      release[0]?.();
      await expect(slow).resolves.toEqual({ incident: 'I-slow' });
    });

    it('C2 params that break the schema never reach the handler; the field is named', async () => {
      let ran = false;
      await start({
        handlers: {
          'seat.watch': () => {
            ran = true;
            return {};
          },
        },
      });
      const { client } = await rig.open();
      await expect(client.call('seat.watch', { cameras: ['C1', 'not an id'] })).rejects.toMatchObject({
        code: 'bad-request',
        field: 'cameras.1',
      });
      expect(ran).toBe(false);
    });

    it('C3 an answer that breaks the schema is caught in the hall, named and logged', async () => {
      const broken = { digest: 'x', events: 1.5 };
      await start({ handlers: { 'ledger.digest': () => broken } });
      const { client } = await rig.open();
      await expect(client.call('ledger.digest', {})).rejects.toMatchObject({ code: 'bad-response', field: 'events' });
      expect(rig.log.lines).toContainEqual(
        expect.objectContaining({ level: 'error', fields: { method: 'ledger.digest', field: 'events' } }),
      );
    });

    it('C3 an answer that breaks the schema on its way is caught in the window', async () => {
      await start({ handlers: { 'ledger.digest': () => ({ digest: 'x', events: 3 }) } });
      const { client, hand } = await rig.open();
      hand().rewrite = (text) => text.replace('"events":3', '"events":"3"');
      await expect(client.call('ledger.digest', {})).rejects.toMatchObject({ code: 'bad-response', field: 'events' });
    });

    it('C4 a refusal keeps its code; any other fault crosses as a reference into the log', async () => {
      await start({
        handlers: {
          'incidents.close': () => {
            throw new ContractError('refused', 'a run is still going');
          },
          'drill.start': () => {
            throw new Error('secret detail');
          },
        },
      });
      const { client } = await rig.open();
      await expect(client.call('incidents.close', { incident: 'i', reason: 'r' })).rejects.toMatchObject({
        code: 'refused',
        message: 'a run is still going',
      });
      const error = await client.call('drill.start', {}).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'internal' });
      expect(String(error)).not.toContain('secret');
      const reference = /reference (\S+)/.exec(String(error))?.[1];
      expect(rig.log.lines).toContainEqual(expect.objectContaining({ fields: expect.objectContaining({ reference }) }));
    });

    it('C5 a call without an answer times out, and its late answer disturbs nobody', async () => {
      const release: (() => void)[] = [];
      await start({
        handlers: {
          'drill.start': () => new Promise((resolve) => release.push(() => resolve({}))),
          'ledger.digest': () => ({ digest: 'd', events: 0 }),
        },
      });
      const { client } = await rig.open();
      await expect(client.call('drill.start', {}, { timeoutMs: 30 })).rejects.toMatchObject({ code: 'timeout' });
      release[0]?.();
      await expect(client.call('ledger.digest', {})).resolves.toEqual({ digest: 'd', events: 0 });
    });

    it('C5 a call can be given up', async () => {
      await start({ handlers: { 'drill.start': () => new Promise(() => {}) } });
      const { client } = await rig.open();
      const abort = new AbortController();
      const call = client.call('drill.start', {}, { signal: abort.signal });
      abort.abort(new Error('the person left'));
      await expect(call).rejects.toThrow('the person left');
    });

    it('C6 calls under way at a loss fail as disconnected and are not sent again', async () => {
      let runs = 0;
      await start({
        handlers: {
          'drill.start': () => {
            runs++;
            return new Promise(() => {});
          },
        },
      });
      const { client } = await rig.open({ backoff: { firstMs: 150, maxMs: 150 } });
      const call = client.call('drill.start', {}).catch((thrown: unknown) => thrown);
      await until(() => runs === 1);
      rig.line.cut();
      expect(await call).toMatchObject({ code: 'disconnected', message: expect.stringContaining('not known') });
      await until(() => client.connection().state === 'open', { what: 'reconnection' });
      expect(runs).toBe(1);
    });

    it('C7 an unknown topic is named', async () => {
      const violations: Violation[] = [];
      await start();
      const { hand } = await rig.open({ onViolation: (violation) => violations.push(violation) });
      hand().carrier.send(JSON.stringify({ t: 'sub', topic: 'gossip' }));
      await until(() => violations.length > 0);
      expect(violations[0]?.error).toMatchObject({ code: 'not-found', message: expect.stringContaining('"gossip"') });
    });

    it('T1 T2 a snapshot, then one delta for all changes of a turn, and none for no change', async () => {
      await start();
      rig.topics.walls.set('north', wall('north'));
      const { client, hand } = await rig.open();
      const changes: { set: string[]; del: string[] }[] = [];
      client.subscribe('walls', (_items, change) => changes.push(change));
      await until(() => changes.length === 1);
      expect(client.items('walls').get('north')).toEqual(wall('north'));
      expect(client.fresh('walls')).toBe(true);
      rig.topics.walls.set('south', wall('south', 'plan'));
      rig.topics.walls.set('south', wall('south', 'video'));
      rig.topics.walls.delete('north');
      await until(() => changes.length === 2);
      expect(changes[1]).toEqual({ set: ['south'], del: ['north'] });
      expect([...client.items('walls')]).toEqual([['south', wall('south', 'video')]]);
      rig.topics.walls.set('south', wall('south', 'video'));
      rig.topics.walls.set('east', wall('east'));
      await until(() => changes.length === 3);
      expect(changes[2]).toEqual({ set: ['east'], del: [] });
      expect(hand().seen.filter((message) => textOf(message).includes('"t":"delta"'))).toHaveLength(2);
    });

    it('T1 a snapshot too large for one frame comes in parts', async () => {
      await start();
      const cameras = Array.from({ length: 60 }, (_, i) => `摄像机${i}`.repeat(500));
      for (let i = 0; i < 20; i++) rig.topics.walls.set(`w${i}`, { ...wall(`w${i}`), cameras });
      const { client, hand } = await rig.open();
      client.subscribe('walls', () => {});
      await until(() => client.items('walls').size === 20);
      const parts = hand().seen.filter((message) => textOf(message).includes('"t":"snap"'));
      expect(parts.length).toBeGreaterThan(1);
      for (const part of parts) expect(Buffer.byteLength(part)).toBeLessThanOrEqual(4 * 1024 * 1024);
    });

    it('T3 a window that misses a delta asks again and is equal to the hall', async () => {
      await start();
      const { client, hand } = await rig.open();
      client.subscribe('walls', () => {});
      await until(() => client.fresh('walls'));
      let lost = 0;
      hand().lose = (message) => textOf(message).includes('"t":"delta"') && lost++ === 0;
      rig.topics.walls.set('a', wall('a'));
      rig.topics.walls.flush();
      rig.topics.walls.set('b', wall('b'));
      await until(() => client.items('walls').size === 2);
      expect(lost).toBeGreaterThanOrEqual(1);
      rig.topics.walls.delete('a');
      await until(() => client.items('walls').size === 1);
      expect(client.items('walls')).toEqual(rig.topics.walls.items);
    });

    it('T4 what is changed once reaches every window', async () => {
      await start();
      const windows = await Promise.all(Array.from({ length: 8 }, () => rig.open()));
      for (const { client } of windows) client.subscribe('walls', () => {});
      await until(() => windows.every(({ client }) => client.fresh('walls')));
      for (let i = 0; i < 50; i++) {
        rig.topics.walls.set(`w${i % 7}`, wall(`w${i % 7}`, i % 2 ? 'plan' : 'video'));
        if (i % 5 === 0) rig.topics.walls.flush();
      }
      const last = [...rig.topics.walls.items];
      await until(() => windows.every(({ client }) => client.items('walls').size === 7));
      await until(() =>
        windows.every(({ client }) =>
          last.every(([key, item]) => client.items('walls').get(key)?.scene === item.scene),
        ),
      );
      const deltas = windows.map(({ hand }) =>
        hand().seen.filter((message) => textOf(message).includes('"t":"delta"')),
      );
      for (const other of deltas) expect(other).toEqual(deltas[0]);
    });

    it('T5 an item that breaks its schema is reported and left out; the others live on', async () => {
      const violations: Violation[] = [];
      await start();
      rig.topics.walls.set('good', wall('good'));
      rig.topics.walls.set('bad', wall('bad'));
      const { client, hand } = await rig.open({ onViolation: (violation) => violations.push(violation) });
      hand().rewrite = (text) =>
        text.replace('"screen":"bad","scene":"situation"', '"screen":"bad","scene":"no region"');
      client.subscribe('walls', () => {});
      await until(() => client.fresh('walls'));
      expect([...client.items('walls').keys()]).toEqual(['good']);
      expect(violations).toEqual([
        expect.objectContaining({
          topic: 'walls',
          key: 'bad',
          error: expect.objectContaining({ code: 'bad-response', field: 'walls.scene' }),
        }),
      ]);
    });

    it('T5 the hall finds an item that breaks its schema where it is made', async () => {
      await start();
      const broken = { ...wall('x'), scene: 'no region' };
      expect(() => rig.topics.walls.set('x', broken)).toThrow(/walls\/x: scene/);
    });

    it('T6 F4 a lost connection comes back by itself; items stay meanwhile and are right after', async () => {
      await start();
      rig.topics.walls.set('stays', wall('stays'));
      rig.topics.walls.set('goes', wall('goes'));
      const { client, hand } = await rig.open({ backoff: { firstMs: 150, maxMs: 150 } });
      const states: string[] = [];
      client.onConnection(({ state }) => states.push(state));
      client.subscribe('walls', () => {});
      await until(() => client.fresh('walls'));
      rig.line.cut();
      await until(() => client.connection().state === 'lost');
      expect(client.fresh('walls')).toBe(false);
      expect([...client.items('walls').keys()]).toEqual(['stays', 'goes']);
      rig.topics.walls.delete('goes');
      rig.topics.walls.set('new', wall('new'));
      await until(() => client.fresh('walls'), { what: 'reconnection' });
      expect([...client.items('walls').keys()]).toEqual(['stays', 'new']);
      expect(states).toEqual(['lost', 'open']);
      const came = hand().seen.map(textOf);
      expect(came.filter((text) => text.includes('"t":"resume"'))).toHaveLength(1);
      expect(came.filter((text) => text.includes('"t":"snap"'))).toHaveLength(0);
    });

    it('T7 F1 a window that hangs gets no backlog of deltas, but a snapshot when it reads on', async () => {
      await start({ limits: { topicUnread: 100_000 } });
      const { client, hand } = await rig.open();
      client.subscribe('walls', () => {});
      await until(() => client.fresh('walls'));
      hand().pause();
      const cameras = Array.from({ length: 1000 }, (_, i) => `camera-${i}`);
      for (let i = 0; i < 400; i++) {
        rig.topics.walls.set('w', { ...wall('w'), cameras: [`round-${i}`, ...cameras] });
        rig.topics.walls.flush();
      }
      expect(rig.server.stats().deltasSkipped).toBeGreaterThan(300);
      hand().resume();
      await until(() => client.items('walls').get('w')?.cameras[0] === 'round-399');
    });

    it('B1 C4 a stream carries its payloads until it is closed, and the hall may end it with a reason', async () => {
      await start();
      const { client } = await rig.open();
      const got: [string, boolean][] = [];
      const ends: unknown[] = [];
      const stop = client.bulk('units', {}, (payload, key) => got.push([Buffer.from(payload).toString(), key]));
      client.bulk(
        'video',
        { camera: 'c' },
        () => {},
        (error) => ends.push(error),
      );
      await until(() => rig.sinks.length === 2);
      const [units, video] = rig.sinks;
      expect(units?.push(Buffer.from('one'), true)).toBe(true);
      await until(() => got.length === 1);
      expect(got).toEqual([['one', true]]);
      video?.end(new ContractError('unavailable', 'no ffmpeg'));
      await until(() => ends.length === 1);
      expect(ends[0]).toEqual({ code: 'unavailable', message: 'no ffmpeg' });
      stop();
      await until(() => rig.sinks.length === 0);
      expect(units?.push(Buffer.from('two'), true)).toBe(false);
    });

    it('B2 B4 newest wins: of all payloads a hung window gets the first few and the last', async () => {
      await start({ limits: { bulkUnread: 100_000 } });
      const { client, hand } = await rig.open();
      const got: number[] = [];
      client.bulk('units', {}, (payload) =>
        got.push(new DataView(payload.buffer, payload.byteOffset).getUint32(0, true)),
      );
      await until(() => rig.sinks.length === 1);
      const sink = rig.sinks[0];
      hand().pause();
      for (let i = 0; i < 100; i++) {
        const payload = new Uint8Array(50_000);
        new DataView(payload.buffer).setUint32(0, i, true);
        sink?.push(payload, true);
      }
      expect(sink?.dropped()).toBeGreaterThan(90);
      hand().resume();
      await until(() => got.at(-1) === 99);
      expect(got.length + (sink?.dropped() ?? 0)).toBe(100);
      expect(rig.server.stats().bulkDropped).toBe(sink?.dropped());
    });

    it('B3 after a drop a video stream goes on with a key', async () => {
      await start({ limits: { bulkUnread: 250_000 } });
      const { client, hand } = await rig.open();
      const got: string[] = [];
      client.bulk('video', { camera: 'c' }, (payload, key) => got.push(`${key ? 'K' : 'p'}${payload[0]}`));
      await until(() => rig.sinks.length === 1);
      const sink = rig.sinks[0];
      const push = (n: number, key: boolean) => sink?.push(new Uint8Array(50_000).fill(n), key);
      hand().pause();
      for (let n = 0; n < 30; n++) push(n, n % 10 === 0);
      hand().resume();
      await until(() => got.includes('K20'));
      push(31, false);
      push(40, true);
      push(41, false);
      await until(() => got.includes('p41'));
      expect(got.slice(got.indexOf('K20'))).toEqual(['K20', 'K40', 'p41']);
      // Whatever came, no picture came without the one before it, back to a key.
      got.forEach((name, i) => {
        if (name.startsWith('p')) expect(Number(got[i - 1]?.slice(1))).toBe(Number(name.slice(1)) - 1);
      });
    });

    it('B5 streams are opened again on a new connection', async () => {
      await start();
      const { client } = await rig.open({ backoff: { firstMs: 150, maxMs: 150 } });
      let got = 0;
      client.bulk('units', {}, () => got++);
      await until(() => rig.sinks.length === 1);
      rig.line.cut();
      await until(() => client.connection().state === 'lost');
      await until(() => client.connection().state === 'open' && rig.sinks.length === 1, { what: 'the stream' });
      rig.sinks[0]?.push(Uint8Array.of(1), true);
      await until(() => got === 1);
    });

    it('F2 a window that never reads is put out', async () => {
      await start({ limits: { hardUnread: 200_000, bulkUnread: 1_000_000 } });
      const { client, hand } = await rig.open();
      client.bulk('units', {}, () => {});
      await until(() => rig.sinks.length === 1);
      hand().pause();
      const sink = rig.sinks[0];
      for (let i = 0; i < 10; i++) sink?.push(new Uint8Array(50_000), true);
      expect(rig.sinks).toHaveLength(0);
      await until(() => rig.log.lines.some(({ message }) => message.includes('does not read')));
    });

    it('L2 more than 64 calls wait their turn in the window, and all are answered', async () => {
      let underWay = 0;
      let most = 0;
      const full = Promise.withResolvers<void>();
      await start({
        handlers: {
          'drill.start': async () => {
            most = Math.max(most, ++underWay);
            // However slowly they come, none is answered before there are so many; one more would come meanwhile.
            if (underWay === 64) setTimeout(full.resolve, 20);
            await full.promise;
            underWay--;
            return {};
          },
        },
      });
      const { client } = await rig.open();
      await Promise.all(Array.from({ length: 150 }, () => client.call('drill.start', {})));
      expect(most).toBe(64);
    });

    it('L2 requests beyond the rate are refused by name and counted', async () => {
      await start({
        limits: { requestsPerSecond: 10 },
        handlers: { 'drill.start': () => ({}) },
      });
      const { client } = await rig.open();
      const outcomes = await Promise.allSettled(Array.from({ length: 30 }, () => client.call('drill.start', {})));
      const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
      expect(refused.length).toBeGreaterThanOrEqual(15);
      expect(refused[0]?.reason).toMatchObject({
        code: 'busy',
        message: expect.stringContaining('requests a second'),
      });
      expect(rig.server.stats().limited).toBe(refused.length);
    });

    it('L3 one bulk stream too many is refused by name', async () => {
      await start({ limits: { bulkStreams: 2 } });
      const { client } = await rig.open();
      const ends: unknown[] = [];
      for (let i = 0; i < 3; i++)
        client.bulk(
          'units',
          {},
          () => {},
          (error) => ends.push(error),
        );
      await until(() => ends.length === 1);
      expect(ends[0]).toMatchObject({ code: 'refused' });
      expect(rig.sinks).toHaveLength(2);
    });

    it('Q1 Q3 Q6 a query brings its page, then what changes on it, and goes on after the connection was lost', async () => {
      await start();
      const { client, hand } = await rig.open();
      const reject = (id: string): RejectView => ({
        ...{ id, at: 1, door: 'feed', source: 'f', path: '', excerpt: '', of: null, length: null, state: 'kept' },
        ...{ message: { zh: '说明', en: 'words' }, remedy: { zh: '', en: '' } },
      });
      const put = (...ids: string[]) =>
        rig.queries.put('rejects.list', {
          rows: ids.map(reject),
          total: { count: ids.length, exact: true },
          more: null,
        });
      let state: QueryState<'rejects.list'> | null = null;
      const shown = () => (state?.fresh ? state.rows?.map(({ id }) => id).join() : undefined);
      put('a', 'b');
      const stop = client.query('rejects.list', { limit: 5 }, (now) => {
        state = now;
      });
      await until(() => shown() === 'a,b');
      expect(rig.queries.asked[0]?.params).toEqual({ limit: 5 });
      put('c', 'a');
      await until(() => shown() === 'c,a');
      const patch = hand()
        .seen.map(textOf)
        .find((text) => text.startsWith('{"t":"patch"'));
      expect(JSON.parse(patch ?? '')).toMatchObject({ v: 1, set: [['c', reject('c')]], del: ['b'], at: [['c', 0]] });
      rig.line.cut();
      put('d');
      await until(() => shown() === 'd');
      expect(hand().seen.map(textOf)).toContainEqual(expect.stringMatching(/^{"t":"rows"/));
      stop();
      await until(() => rig.queries.asked.length === 0);
    });

    it('L1 L4 H3 broken frames are answered, counted and kept; too many end the connection', async () => {
      await start();
      const carrier = await rig.line.connect();
      const seen: string[] = [];
      let code = 0;
      carrier.onMessage((message) => void seen.push(textOf(message)));
      carrier.onClose((ended) => {
        code = ended;
      });
      const hello = JSON.stringify({ t: 'hello', protocol: 1, seat: 'a1', lang: 'en', client: 'rude' });
      const broken: (string | Uint8Array)[] = [
        '{"t":"ping","at":1}',
        hello,
        '{',
        '[]',
        '{"t":"dance"}',
        Uint8Array.of(1, 2, 3),
        `{"t":"req","id":1,"m":"drill.start","p":${'['.repeat(40)}${']'.repeat(40)}}`,
        `{"t":"ack","n":999999999}`,
        hello,
      ];
      for (const frame of broken) carrier.send(frame);
      await until(() => seen.length === broken.length);
      expect(seen.filter((text) => text.includes('"t":"welcome"'))).toHaveLength(1);
      expect(seen.filter((text) => text.includes('bad-request'))).toHaveLength(8);
      expect(rig.server.stats().rejected).toBe(8);
      expect(rig.server.rejects().map(({ error }) => error.message)).toEqual([
        expect.stringMatching(/before hello/),
        expect.stringMatching(/not JSON/),
        expect.stringMatching(/does not fit/),
        expect.stringMatching(/does not fit/),
        expect.stringMatching(/binary/),
        expect.stringMatching(/deeper than 32/),
        expect.stringMatching(/ack/),
        expect.stringMatching(/said already/),
      ]);
      for (let i = 0; i < 12; i++) carrier.send('{');
      await until(() => code !== 0, { what: 'the end' });
    });

    it('the hall closing ends every session, and windows try again', async () => {
      await start();
      const { client } = await rig.open();
      rig.server.close();
      await until(() => client.connection().state === 'lost');
      expect(rig.server.callers()).toEqual([]);
    });
  });
}
