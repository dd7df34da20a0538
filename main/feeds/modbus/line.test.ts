import { describe, expect, test } from 'vitest';
import { type Deed, feedOn } from '../../../tests/fixtures/modbus/feedOn.ts';
import { answerOf, exceptionOf, type Heard } from '../../../tests/fixtures/modbus/plc.ts';
import { halfSaid } from '../../../tests/support/bothLanguages.ts';

/** What a feed does where devices, or the way to them, fail. */
const NOW = Date.parse('2026-11-28T00:00:00Z');
const HEAD = 'id: f\nprotocol: modbus\nname: { zh: 泵站, en: Pumps }\nevery: 5\ntimeout: 2\n';
const device = (n: number, at: string) =>
  `  - { device: d${n}, at: ${at}, unitId: ${n}, readings: { "holding:0": S-${n} } }\n`;
const one = `${HEAD}devices:\n${device(1, 'plc')}`;
/** Ten devices behind one gateway. */
const gateway = `${HEAD}devices:\n${Array.from({ length: 10 }, (_, i) => device(i + 1, 'gateway')).join('')}`;
const right = (heard: Heard) => answerOf({ holding: { 0: heard.unit } }, heard);
const numbered = (heard: Heard, transaction: number) => {
  const bytes = right(heard);
  bytes.writeUInt16BE(transaction);
  return bytes;
};

describe('what is no answer', () => {
  test.each<[string, (heard: Heard) => Deed, string]>([
    ['silence', () => 'silence', 'timeout'],
    ['half of one, and silence', (heard) => right(heard).subarray(0, 8), 'timeout'],
    ['the end of the connection', () => 'cut', 'closed'],
    ['the answer to another request', (heard) => numbered(heard, heard.transaction - 1), 'not-a-feed'],
    [
      'a length that is not that of the registers',
      (heard) => answerOf({ holding: { 0: 1, 1: 2 } }, { ...heard, count: 2 }),
      'not-a-feed',
    ],
    ['another device', (heard) => right({ ...heard, unit: 9 }), 'not-a-feed'],
    ['text', () => Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'), 'not-a-feed'],
    ['more than was asked for', (heard) => Buffer.concat([right(heard), Buffer.alloc(70_000)]), 'not-a-feed'],
  ])('%s: the connection is made anew, it is told once, and nothing is taken', async (_, deed, fault) => {
    const { clock, feed, rejects, values, dialled, asked } = feedOn(one, NOW, deed);
    await clock.advance(50_000);
    expect([values(), rejects.list().length]).toEqual([[], 1]);
    expect(dialled.length).toBe(asked.length);
    const { state, error, ...health } = feed.health();
    expect([state, health.fault, health.devices?.connected]).toEqual(['down', fault, 0]);
    const [told] = rejects.list();
    for (const said of [error, told?.message, told?.remedy]) expect(halfSaid(said ?? { zh: '', en: '' })).toBeNull();
    expect(told?.path).toBe('d1');
  });

  test('a device that fails is asked ever more seldom, and at its pace when it is back', async () => {
    let isBack = false;
    const { clock, asked, feed, values } = feedOn(one, NOW, (heard) => (isBack ? right(heard) : 'silence'));
    await clock.advance(600_000);
    const gaps = asked.slice(1).map(({ t }, i) => t - (asked[i]?.t ?? 0));
    for (const [i, gap] of gaps.entries()) {
      const full = Math.min(60_000, 5000 * 2 ** i);
      expect(gap).toBeGreaterThanOrEqual(2000 + full / 2);
      expect(gap).toBeLessThanOrEqual(2010 + full);
    }
    expect(gaps.length).toBeGreaterThan(8);
    isBack = true;
    await clock.advance(62_000);
    expect(feed.health()).toMatchObject({ state: 'live', fault: null, error: null });
    const before = values().length;
    await clock.advance(50_000);
    expect(values().length - before).toBe(10);
  });

  test('an answer that comes too late is not taken for that of the next request', async () => {
    const late: Heard[] = [];
    const { clock, values, open } = feedOn(one, NOW, (heard) => {
      late.push(heard);
      return late.length === 1 ? 'silence' : right(heard);
    });
    await clock.advance(1500);
    const [old] = open;
    await clock.advance(2000);
    // The connection that it would come over is no more.
    expect(open.has(old as never)).toBe(false);
    await clock.advance(20_000);
    expect(values().length).toBeGreaterThan(1);
  });

  test('an answer in portions is one', async () => {
    const { clock, values } = feedOn(one, NOW, (heard) => [...right(heard)].map((byte) => Buffer.of(byte)));
    await clock.advance(4000);
    expect(values().map(([, , value]) => value)).toEqual([1]);
  });

  test('what comes unasked ends the connection, is told once a minute, and is not taken', async () => {
    const { clock, values, rejects, open, dialled } = feedOn(one, NOW, right);
    await clock.advance(2000);
    for (let i = 0; i < 10; i++) {
      for (const wire of open) wire.say(right({ transaction: 2, unit: 1, fn: 3, address: 0, count: 1 }));
      expect(open.size).toBe(0);
      await clock.advance(5000);
    }
    expect(rejects.list().map(({ path }) => path)).toEqual(['plc:502']);
    expect([rejects.total(), dialled.length]).toEqual([10, 11]);
    expect(new Set(values().map(([, , value]) => value))).toEqual(new Set([1]));
  });
});

describe('a connection', () => {
  test('that cannot be made is tried again ever more slowly, up to 15 s, and is told once', async () => {
    const rig = feedOn(gateway, NOW, right);
    rig.away.add('gateway');
    await rig.clock.advance(120_000);
    const gaps = rig.dialled.slice(1).map(({ t }, i) => t - (rig.dialled[i]?.t ?? 0));
    for (const [i, gap] of gaps.entries()) {
      const full = Math.min(15_000, 500 * 2 ** i);
      expect(gap).toBeGreaterThanOrEqual(full / 2);
      expect(gap).toBeLessThanOrEqual(full + 10);
    }
    expect(rig.feed.health()).toMatchObject({ state: 'down', fault: 'refused' });
    expect(rig.rejects.list().map(({ path }) => path)).toEqual(['gateway:502']);
    rig.away.clear();
    await rig.clock.advance(16_000);
    expect(rig.feed.health()).toMatchObject({ state: 'live', devices: { connected: 10 } });
  });

  test('that the device closes between two readings is made anew without a word', async () => {
    const { clock, values, rejects, open } = feedOn(one, NOW, right);
    for (let i = 0; i < 6; i++) {
      await clock.advance(5000);
      for (const wire of open) wire.cut();
    }
    expect(rejects.total()).toBe(0);
    expect(values().length).toBeGreaterThanOrEqual(5);
  });

  test('that the device closes at the moment of a request is made anew, and the request with it', async () => {
    let n = 0;
    const { clock, values, rejects, feed } = feedOn(one, NOW, (heard) => (++n % 2 === 0 ? 'cut' : right(heard)));
    await clock.advance(30_000);
    expect([rejects.total(), feed.health().state]).toEqual([0, 'live']);
    expect(values().length).toBeGreaterThanOrEqual(5);
  });
});

describe('one bad device starves no other', () => {
  const others = (values: readonly unknown[][], dead: readonly number[]) =>
    Array.from({ length: 10 }, (_, i) => i + 1)
      .filter((n) => !dead.includes(n))
      .map((n) => values.filter(([sensor]) => sensor === `S-${n}`).length);

  test('behind an address of its own: the others keep their pace', async () => {
    const text = `${HEAD}devices:\n${device(1, 'dead')}${device(2, 'plc')}`;
    const { clock, values } = feedOn(text, NOW, (heard, host) => (host === 'dead' ? 'silence' : right(heard)));
    await clock.advance(60_000);
    expect(values().filter(([sensor]) => sensor === 'S-2').length).toBeGreaterThanOrEqual(11);
  });

  test('behind a gateway with others: each time-out costs them one wait, and there are ever fewer', async () => {
    const dead = [2, 3, 4, 7];
    const { clock, values, feed, rejects } = feedOn(gateway, NOW, (heard) =>
      dead.includes(heard.unit) ? 'silence' : right(heard),
    );
    await clock.advance(300_000);
    // Sixty each, were all well.
    for (const count of others(values(), dead)) expect(count).toBeGreaterThan(40);
    expect(feed.health()).toMatchObject({ state: 'live', devices: { connected: 6 } });
    expect(
      rejects
        .list()
        .map(({ path }) => path)
        .toSorted(),
    ).toEqual(dead.map((n) => `d${n}`));
    // Once it is known which they are, none of the others waits for more than one time-out and a new connection.
    for (const n of [1, 5, 6, 8, 9, 10]) {
      const times = values().flatMap(([sensor, t]) => (sensor === `S-${n}` && Number(t) > 15_000 ? [Number(t)] : []));
      for (const [i, t] of times.entries()) expect(t - (times[i - 1] ?? t)).toBeLessThan(5000 + 2000 + 500 + 100);
    }
  });

  test('of which the gateway says that it does not reach it: the connection stays', async () => {
    const { clock, values, dialled, rejects } = feedOn(gateway, NOW, (heard) =>
      heard.unit === 3 ? exceptionOf(heard, 11) : right(heard),
    );
    await clock.advance(60_000);
    expect(dialled).toHaveLength(1);
    for (const count of others(values(), [3])) expect(count).toBeGreaterThanOrEqual(11);
    expect(rejects.list().map(({ path, message }) => [path, message.en])).toEqual([
      ['d3', expect.stringContaining('the gateway does not reach')],
    ]);
  });
});
