import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { createFakeClock, type FakeClock } from '../../tests/fakes/clock.ts';
import { LIVE_WORLD } from '../../tests/fakes/liveWorld.ts';
import { ContractError } from '../errors.ts';
import { createMemoryPair, type MemoryPair } from './carriers/memory.ts';
import { createHallClient } from './client.ts';
import type { ConnectionState, HallClient, Violation } from './hallClient.ts';

/** A client on a fake clock whose other end the test plays. */
function window(options: { fail?: () => ContractError | null } = {}) {
  const clock: FakeClock = createFakeClock();
  const pairs: MemoryPair[] = [];
  const got: { t: string; [field: string]: unknown }[] = [];
  const states: ConnectionState[] = [];
  const tries: number[] = [];
  const violations: Violation[] = [];
  const client: HallClient = createHallClient({
    clock,
    hello: () => ({ seat: 'a1', lang: 'en', client: 'test' }),
    onViolation: (violation) => violations.push(violation),
    backoff: { firstMs: 100, maxMs: 1000, jitter: () => 1 },
    async connect() {
      tries.push(clock.monotonic());
      const error = options.fail?.();
      if (error) throw error;
      const pair = createMemoryPair();
      pairs.push(pair);
      pair.hall.onMessage((message) => got.push(JSON.parse(String(message))));
      return pair.window;
    },
  });
  client.onConnection((state) => states.push(state));
  const say = async (frame: object) => {
    pairs.at(-1)?.hall.send(JSON.stringify(frame));
    await nextTurn();
  };
  const welcome = () =>
    say({
      t: 'welcome',
      protocol: 1,
      station: 'S',
      run: 'r1',
      version: '1',
      simulated: false,
      world: LIVE_WORLD,
      wallTime: clock.now() + 5000,
      now: 777,
    });
  clients.push(client);
  return { clock, client, pairs, got, states, tries, violations, say, welcome };
}

const clients: HallClient[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});

describe('hall client', () => {
  it('F4 tries again, waiting longer each time up to the most', async () => {
    const { clock, tries, client } = window({ fail: () => new ContractError('unavailable', 'no hall') });
    await nextTurn();
    await clock.advance(3100);
    expect(tries).toEqual([0, 200, 600, 1400, 2400]);
    expect(client.connection()).toMatchObject({ state: 'connecting', attempt: 6, error: { code: 'unavailable' } });
  });

  it('F4 a hall that takes the connection and says nothing is given up', async () => {
    const { clock, tries, client } = window();
    await clock.advance(9999);
    expect(tries).toHaveLength(1);
    await clock.advance(500);
    expect(tries).toHaveLength(2);
    expect(client.connection()).toMatchObject({ state: 'connecting', error: { code: 'timeout' } });
  });

  it('T3 after a gap listeners hear that the items are not the present ones', async () => {
    const { client, say, welcome } = window();
    await nextTurn();
    await welcome();
    const fresh: boolean[] = [];
    client.subscribe('seats', () => void fresh.push(client.fresh('seats')));
    await say({ t: 'snap', topic: 'seats', v: 3, part: 0, parts: 1, items: [] });
    await say({ t: 'delta', topic: 'seats', v: 5, set: [], patch: [], del: [] });
    await say({ t: 'snap', topic: 'seats', v: 5, part: 0, parts: 1, items: [] });
    expect(fresh).toEqual([true, false, true]);
  });

  it('H5 a seat that is not let in is told, and not tried again by itself', async () => {
    const { clock, tries, client, say } = window();
    await nextTurn();
    await say({ t: 'err', e: { code: 'refused', message: 'no such seat', field: 'seat' } });
    await clock.advance(60_000);
    expect(tries).toHaveLength(1);
    expect(client.connection()).toMatchObject({ state: 'refused', error: { message: 'no such seat' } });
  });

  it('F3 a half-open connection is noticed: a ping that nothing follows', async () => {
    const { clock, client, pairs, states, welcome, got, say } = window();
    await nextTurn();
    await welcome();
    expect(client.connection().state).toBe('open');
    await clock.advance(4999);
    await say({ t: 'pong', at: 0, wallTime: clock.now(), now: 0 });
    await clock.advance(2);
    expect(got.filter(({ t }) => t === 'ping')).toHaveLength(2);
    pairs[0]?.goSilent();
    await clock.advance(5000);
    expect(states.map(({ state }) => state)).toEqual(['open', 'lost']);
    expect(client.connection().error?.message).toMatch(/silent/);
  });

  it('H1 knows the hall’s clocks, best from the quickest answer', async () => {
    const { clock, client, welcome, say } = window();
    await nextTurn();
    await welcome();
    expect(client.clockOffset()).toBe(5000);
    expect(client.monotonicOffset()).toBe(777);
    await clock.advance(100);
    await say({ t: 'pong', at: 0, wallTime: clock.now() + 4000, now: 500 });
    expect(client.clockOffset()).toBe(4050);
    expect(client.monotonicOffset()).toBe(500 + 50 - 100);
    await say({ t: 'pong', at: clock.monotonic() - 10, wallTime: clock.now() + 4000, now: 500 });
    expect(client.clockOffset()).toBe(4005);
    await say({ t: 'pong', at: clock.monotonic() - 80, wallTime: clock.now(), now: 0 });
    expect(client.clockOffset()).toBe(4005);
  });

  it('C6 calls made before the first connection wait for it, but no longer than their time', async () => {
    const { clock, client, welcome, got, say } = window();
    await nextTurn();
    const early = client.call('ledger.digest', {});
    const impatient = client.call('drill.start', {}, { timeoutMs: 50 }).catch((error: unknown) => error);
    await clock.advance(60);
    expect(await impatient).toMatchObject({ code: 'not-sent', message: expect.stringContaining('was not sent') });
    await welcome();
    const request = got.find(({ t }) => t === 'req');
    expect(request).toMatchObject({ m: 'ledger.digest' });
    await say({ t: 'res', id: request?.id, ok: true, r: { digest: 'd', events: 1 } });
    await expect(early).resolves.toEqual({ digest: 'd', events: 1 });
    expect(got.filter(({ t }) => t === 'req')).toHaveLength(1);
  });

  it('C6 while lost a call fails at once, unsent', async () => {
    const { client, welcome, pairs, got } = window();
    await nextTurn();
    await welcome();
    pairs[0]?.cut();
    await expect(client.call('drill.start', {})).rejects.toMatchObject({
      code: 'not-sent',
      message: expect.stringContaining('nothing was sent'),
    });
    expect(got.some(({ t }) => t === 'req')).toBe(false);
  });

  it('H2 is refused without a token until it is told to try again', async () => {
    let error: ContractError | null = new ContractError('unauthorised', 'no token');
    const { client, clock, tries, welcome } = window({ fail: () => error });
    await nextTurn();
    await clock.advance(60_000);
    expect(tries).toHaveLength(1);
    expect(client.connection()).toMatchObject({ state: 'refused', error: { code: 'unauthorised' } });
    error = null;
    client.reconnect();
    expect(client.connection().state).toBe('connecting');
    await nextTurn();
    await welcome();
    expect(client.connection().state).toBe('open');
  });

  it('T5 a frame that is no frame is reported, and the next is read', async () => {
    const { client, violations, welcome, say } = window();
    await nextTurn();
    await say({ t: 'nonsense' });
    expect(violations).toMatchObject([{ topic: null, error: { code: 'bad-request' } }]);
    await welcome();
    expect(client.connection().state).toBe('open');
  });

  it('T1 many listeners share one subscription, and it ends a while after the last has gone', async () => {
    const { client, clock, welcome, got, say } = window();
    await nextTurn();
    await welcome();
    const heard: string[][] = [];
    const stops = [1, 2].map(() => client.subscribe('walls', (_items, { set }) => heard.push(set)));
    await say({
      t: 'snap',
      topic: 'walls',
      v: 0,
      part: 0,
      parts: 1,
      items: [['n', { screen: 'n', scene: 'plan', selection: null, cameras: [] }]],
    });
    stops.push(client.subscribe('walls', (_items, { set }) => heard.push(set)));
    expect(heard).toEqual([['n'], ['n'], ['n']]);
    for (const stop of stops) stop();
    await clock.advance(1000);
    client.subscribe('walls', () => {})();
    await clock.advance(1500);
    expect(got.filter(({ t }) => t === 'sub' || t === 'unsub').map(({ t }) => t)).toEqual(['sub']);
    await clock.advance(600);
    expect(got.at(-1)).toEqual({ t: 'unsub', topic: 'walls' });
    expect(client.items('walls').size).toBe(0);
  });
});
