import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createFakeClock } from '../../tests/fakes/clock.ts';
import { ContractError } from '../errors.ts';
import { type MethodName, methods } from '../methods.ts';
import { createMemoryPair } from './carriers/memory.ts';
import { createTopicCollections } from './collection.ts';
import { type Caller, createContractServer, type Handlers } from './server.ts';

const HELLO = { t: 'hello', protocol: 1, seat: 'a1', lang: 'en', client: 'test' };

/** A server on a fake clock, and a window that the test plays. */
function hall() {
  const clock = createFakeClock();
  const callers: Caller[] = [];
  const nothing = (_params: unknown, caller: Caller) => {
    callers.push(caller);
    return {};
  };
  const handlers = Object.fromEntries(Object.keys(methods).map((name) => [name, nothing])) as Record<
    MethodName,
    never
  > as Handlers;
  let stopped = 0;
  const opening: (() => void)[] = [];
  const server = createContractServer({
    handlers,
    topics: createTopicCollections(),
    bulk: {
      async units() {
        await new Promise<void>((resolve) => opening.push(resolve));
        return () => stopped++;
      },
      video() {
        throw new ContractError('bad-request', 'no camera', { field: 'camera' });
      },
    },
    welcome: { station: 'S1', version: '0', profile: 'empty' },
    clock,
    log: { debug() {}, info() {}, warn() {}, error() {} },
  });
  function attach(known?: Partial<Caller>) {
    const pair = createMemoryPair();
    const got: { t: string; [field: string]: unknown }[] = [];
    const end: { code?: number } = {};
    pair.window.onMessage((message) => void got.push(JSON.parse(String(message))));
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
  return { clock, server, callers, attach, opening, stopped: () => stopped };
}

describe('contract server', () => {
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
    expect(callers).toEqual([{ seat: 'a1', lang: 'en', client: 'shell' }]);
    expect(server.callers()).toEqual(callers);
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
    const shell = attach({ seat: 'shell', shell: true });
    await shell.say({ ...HELLO, seat: 'shell' }, { t: 'req', id: 1, m: 'drill.start', p: {} });
    const window = attach();
    await window.say({ ...HELLO, shell: true }, { t: 'req', id: 1, m: 'drill.start', p: {} });
    expect(callers).toMatchObject([{ seat: 'shell', shell: true }, { seat: 'a1' }]);
    expect(callers[1]).not.toHaveProperty('shell');
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
