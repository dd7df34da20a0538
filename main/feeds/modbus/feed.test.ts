import { describe, expect, test } from 'vitest';
import { feedOn, ON_ITS_WAY } from '../../../tests/fixtures/modbus/feedOn.ts';
import { answerOf, exceptionOf, type Heard, type Memory } from '../../../tests/fixtures/modbus/plc.ts';
import { halfSaid } from '../../../tests/support/bothLanguages.ts';

const NOW = Date.parse('2026-11-28T00:00:00Z');
const HEAD = 'id: f\nprotocol: modbus\nname: { zh: 泵站, en: Pumps }\n';
const EAST =
  '{ device: east, at: east, readings: { "holding:0": WL-1, "holding:1": { sensor: T-1, as: int16, times: 0.1 } } }';
const WEST = '{ device: west, at: west, readings: { "holding:0": WL-2 } }';
const file = (devices: readonly string[] = [EAST], more = 'every: 10\n') =>
  `${HEAD}${more}devices:\n${devices.map((each) => `  - ${each}\n`).join('')}`;
const MEMORY: Memory = { holding: { 0: 100, 1: 0xffff } };
const plc = (heard: Heard) => answerOf(MEMORY, heard);

describe('a feed over Modbus TCP', () => {
  test('reads what stands together at once, by the hall’s clock when it came, and again each so many seconds', async () => {
    const { clock, values, asked, feed } = feedOn(file(), NOW, plc);
    await clock.advance(25_000);
    const [first = 0, second = 0, third = 0] = asked.map(({ t }) => t);
    expect(asked).toHaveLength(3);
    expect(first).toBeLessThan(1100);
    expect([second - first, third - second]).toEqual([10_000, 10_000]);
    expect(asked[0]?.heard).toEqual({ transaction: 1, unit: 1, fn: 3, address: 0, count: 2 });
    expect(values().slice(0, 2)).toEqual([
      ['WL-1', first + ON_ITS_WAY, 100],
      ['T-1', first + ON_ITS_WAY, -0.1],
    ]);
    expect(feed.health()).toMatchObject({ state: 'live', received: 6, rejected: 0, fault: null, clockOffsetMs: null });
    expect(feed.health().devices).toEqual({ connected: 1, strangers: [], strangerCount: 0 });
  });

  test('devices behind one address share a connection, on which one request is under way at a time', async () => {
    const devices = [1, 2, 3].map(
      (n) => `{ device: d${n}, at: gateway, unitId: ${n}, readings: { "input:0": S-${n}, "coil:9": C-${n} } }`,
    );
    const { clock, dialled, asked, mostAtOnce } = feedOn(file(devices), NOW, (heard) =>
      answerOf({ input: { 0: heard.unit }, coil: { 9: 1 } }, heard),
    );
    await clock.advance(5000);
    expect([dialled.length, asked.length, mostAtOnce()]).toEqual([1, 6, 1]);
    expect(asked.map(({ heard }) => [heard.unit, heard.fn]).toSorted()).toEqual([
      [1, 1],
      [1, 4],
      [2, 1],
      [2, 4],
      [3, 1],
      [3, 4],
    ]);
    expect(asked.map(({ heard }) => heard.transaction)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('a device has a pace of its own where it says so', async () => {
    const { clock, asked } = feedOn(file([EAST, WEST.replace('at:', 'every: 60, at:')]), NOW, plc);
    await clock.advance(59_000);
    expect(asked.filter(({ host }) => host === 'east')).toHaveLength(6);
    expect(asked.filter(({ host }) => host === 'west')).toHaveLength(1);
  });

  test('a register that is not there is found, told once and asked for seldom; the others are read', async () => {
    const readings = Array.from({ length: 8 }, (_, i) => `"holding:${i}": S-${i}`).join(', ');
    const memory: Memory = { holding: Object.fromEntries([0, 1, 2, 3, 4, 6, 7].map((at) => [at, at])) };
    const { clock, values, rejects, asked, feed } = feedOn(
      file([`{ device: east, at: east, readings: { ${readings} } }`]),
      NOW,
      (heard) => answerOf(memory, heard),
    );
    await clock.advance(9000);
    expect(
      values()
        .map(([sensor]) => sensor)
        .toSorted(),
    ).toEqual([0, 1, 2, 3, 4, 6, 7].map((i) => `S-${i}`));
    const [told] = rejects.list();
    expect(rejects.list()).toHaveLength(1);
    expect(told?.path).toBe('east.holding:5');
    expect(told?.message.en).toContain('holding:5 (1 in all): illegal data address');
    expect([halfSaid(told?.message ?? { zh: '', en: '' }), halfSaid(told?.remedy ?? { zh: '', en: '' })]).toEqual([
      null,
      null,
    ]);
    await clock.advance(111_000);
    expect(asked.filter(({ heard }) => heard.address === 5 && heard.count === 1)).toHaveLength(2);
    expect([rejects.list().length, rejects.total(), feed.health().rejected]).toEqual([1, 2, 2]);
    expect(feed.health().state).toBe('live');
  });

  test('a table that the device has not is told once, however many registers are asked for', async () => {
    const { clock, rejects, feed } = feedOn(file(), NOW, (heard) => answerOf({ input: {} }, heard));
    await clock.advance(30_000);
    expect(rejects.list().map(({ path, message }) => [path, message.en])).toEqual([
      ['east.holding:0, holding:1', 'holding:0 (2 in all): illegal function (function 3, exception 1)'],
    ]);
    // It answers, and nothing comes of it.
    expect(feed.health()).toMatchObject({ state: 'connecting', received: 0 });
  });

  test('a device that is busy is asked again at its pace, and told of once', async () => {
    let busy = 3;
    const { clock, rejects, values } = feedOn(file(), NOW, (heard) =>
      busy-- > 0 ? exceptionOf(heard, 6) : plc(heard),
    );
    await clock.advance(32_000);
    expect([rejects.list().length, rejects.total(), values().length]).toEqual([1, 3, 2]);
  });

  test('a sensor that the hall has not is named once, and what is beyond numbers', async () => {
    const readings = '"holding:0": NO-1, "holding:1": { sensor: T-1, times: 1e308 }';
    const { clock, rejects, values } = feedOn(
      file([`{ device: east, at: east, readings: { ${readings} } }`]),
      NOW,
      plc,
    );
    await clock.advance(25_000);
    expect(
      rejects
        .list()
        .map(({ message }) => message.en)
        .toReversed(),
    ).toEqual(['the hall knows no sensor NO-1', expect.stringContaining('beyond all numbers')]);
    expect([values(), rejects.total()]).toEqual([[], 6]);
  });

  test('asks for nothing while the hall is slow', async () => {
    let letGo = () => {};
    const slow = { slow: true, rejected: 0, late: 0, faults: [] };
    const ready = () =>
      new Promise<void>((resolve) => {
        letGo = resolve;
      });
    const { clock, asked } = feedOn(file([EAST, WEST]), NOW, plc, { push: () => slow, ready });
    await clock.advance(60_000);
    const before = asked.length;
    expect(before).toBeLessThanOrEqual(2);
    letGo();
    await clock.advance(10_000);
    expect(asked.length).toBeGreaterThan(before);
  });

  test('a feed that was stopped asks and says nothing more, and is not started again', async () => {
    const { clock, asked, feed, open } = feedOn(file(), NOW, plc);
    await clock.advance(5000);
    await feed.stop();
    await clock.advance(60_000);
    expect([asked.length, open.size, clock.pending]).toEqual([1, 0, 0]);
    expect(() =>
      feed.start({ push: () => ({ slow: false, rejected: 0, late: 0, faults: [] }), ready: () => Promise.resolve() }),
    ).toThrow('started before');
  });
});
