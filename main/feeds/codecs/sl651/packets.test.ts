import { describe, expect, test } from 'vitest';
import { type FrameFields, frameOf, groups, withBit } from '../../../../tests/fixtures/sl651/build.ts';
import type { Head } from './head.ts';
import { createPackets, PACKET_LIMITS } from './packets.ts';
import { createSl651Session } from './session.ts';

const T = Date.parse('2026-11-27T08:20:30+08:00');
const session = () => createSl651Session({ offsetMinutes: 480, passwordOf: () => undefined });
const hex = (replies: readonly Uint8Array[]) =>
  replies.map((reply) => Buffer.from(reply).toString('hex').toUpperCase());
const items = '0418000005 2019000010 000011 000012';
const text = `0007261127080010${groups(items, '2611270750')}`.replaceAll(' ', '');
const slice = [text.slice(0, 40), text.slice(40, 64), text.slice(64)];
const packet = (n: number, more: FrameFields = {}) =>
  frameOf({ fn: '31', whole: true, packet: [3, n], text: slice[n - 1] ?? '', end: n === 3 ? '03' : '17', ...more });
const [one, two, three] = [packet(1), packet(2), packet(3)];
/** What a station is asked for, or told: packet and ending. */
const asked = (replies: readonly Uint8Array[]) =>
  hex(replies).map((reply) => `${Number(`0x${reply.slice(31, 34)}`)} ${reply.slice(-6, -4)}`);

describe('a message of several packets', () => {
  test('is answered once, when all are there, with the serial that only the first has', () => {
    const station = session();
    expect(station.take(Buffer.concat([one, two]), T)).toMatchObject({
      messages: 0,
      records: [],
      replies: [],
      refused: 0,
    });
    const { messages, records, replies } = station.take(three, T);
    expect([messages, records.length]).toEqual([1, 3]);
    expect(hex(replies)).toEqual([expect.stringMatching(/^7E7E0099000017091A2B31800B1600300300072611270820301B/)]);
  });

  test('may come in any order, and a packet twice', () => {
    const { messages, records, refused } = session().take(Buffer.concat([two, two, one, three]), T);
    expect([messages, records.length, refused]).toEqual([1, 3, 0]);
  });

  test('of which one is broken is asked for that one when the last has come, and is whole with it', () => {
    const station = session();
    const first = station.take(Buffer.concat([one, withBit(two), three]), T);
    expect([asked(first.replies), first.refused, first.messages]).toEqual([['2 15'], 1, 0]);
    expect(hex(first.replies)[0]).toContain('31800B160030020007');
    const again = station.take(packet(2, { end: '03' }), T + 5000);
    expect([asked(again.replies), again.records.length]).toEqual([['3 1B'], 3]);
  });

  test('of which the first is lost is asked for it with the serial 0', () => {
    const { replies } = session().take(Buffer.concat([two, three]), T);
    expect(hex(replies)[0]).toContain('31800B160030010000');
  });

  test('of which several are missing is asked for one after the other', () => {
    const station = session();
    expect(asked(station.take(three, T).replies)).toEqual(['1 15']);
    expect(asked(station.take(packet(1, { end: '03' }), T).replies)).toEqual(['2 15']);
    expect(asked(station.take(packet(2, { end: '03' }), T).replies)).toEqual(['3 1B']);
  });

  test('of which the last one is broken is asked for it', () => {
    expect(asked(session().take(Buffer.concat([one, two, withBit(three)]), T).replies)).toEqual(['3 15']);
  });

  test('is given up once a packet was asked for twice', () => {
    const station = session();
    station.take(Buffer.concat([one, three]), T);
    expect(asked(station.take(withBit(packet(2, { end: '03' })), T).replies)).toEqual(['2 15']);
    const last = station.take(withBit(packet(2, { end: '03' })), T);
    expect([last.replies, last.faults.map((f) => f.path)]).toEqual([[], ['crc', 'packets']]);
    expect(asked(station.take(packet(2, { end: '03' }), T).replies)).toEqual(['1 15']);
  });

  test('that comes again whole is answered again with its records', () => {
    const station = session();
    const all = Buffer.concat([one, two, three]);
    expect(station.take(all, T)).toEqual(station.take(all, T));
  });

  test('is not mixed with the next one: another text under the same number, or a long silence, begins anew', () => {
    const other = packet(1, { text: `0008${(slice[0] ?? '').slice(4)}` });
    const station = session();
    const anew = station.take(Buffer.concat([one, two, other, two, three]), T);
    expect([anew.faults.map((f) => f.path), hex(anew.replies)[0]?.slice(34, 38)]).toEqual([['packets'], '0008']);
    station.take(Buffer.concat([two, three]), T);
    const late = station.take(one, T + PACKET_LIMITS.silenceMs + 1);
    expect([late.messages, late.faults.map((f) => f.path)]).toEqual([0, ['packets']]);
  });

  test('of a broken packet of which nothing is under way nothing is asked: its head may say anything', () => {
    expect(session().take(withBit(three), T).replies).toEqual([]);
  });

  test('with another password is neither kept nor asked for', () => {
    const station = createSl651Session({ offsetMinutes: 480, passwordOf: () => 'FFFF' });
    const { replies, faults } = station.take(Buffer.concat([one, three]), T);
    expect([replies, faults.map((f) => f.path)]).toEqual([[], ['password', 'password']]);
    const right = createSl651Session({ offsetMinutes: 480, passwordOf: () => '1A2B' });
    right.take(one, T);
    expect(right.take(withBit(packet(3, { password: 'FFFF' })), T).replies).toEqual([]);
    expect(asked(right.take(withBit(three), T).replies)).toEqual(['2 15']);
  });
});

describe('what is kept of packets', () => {
  test('is a copy: the caller may use its bytes again', () => {
    const station = session();
    for (const bytes of [one, two]) {
      const portion = Buffer.from(bytes);
      station.take(portion, T);
      portion.fill(0);
    }
    expect(station.take(three, T).records).toHaveLength(3);
  });

  const head = (more: Partial<Head>): Head => ({
    ...{
      form: 'hex',
      down: false,
      centre: 9,
      station: '0099000017',
      addresses: '090099000017',
      password: '1A2B',
    },
    ...{ fn: 0x31, packet: { total: 4095, number: 1 }, textAt: 17, textEnd: 20, size: 23, ...more },
  });

  test('is bounded in messages and in bytes, and the oldest goes first', () => {
    const packets = createPackets();
    const dropped: string[] = [];
    for (let i = 0; i < 20; i++) {
      const station = String(i).padStart(10, '0');
      packets.take(head({ station }), Buffer.alloc(100), false, T, (why) => dropped.push(why));
    }
    expect([dropped.length, packets.bytes]).toEqual([12, 800]);
    for (let number = 2; number <= 100; number++) {
      const more = head({ station: '0000000019', packet: { total: 4095, number } });
      packets.take(more, Buffer.alloc(16_000), false, T, (why) => dropped.push(why));
      expect(packets.bytes).toBeLessThanOrEqual(PACKET_LIMITS.bytes);
    }
    expect(new Set(dropped)).toEqual(new Set(['tooMany']));
    expect(dropped.length).toBeGreaterThan(19);
  });

  test('is nothing of a picture but its first packet', () => {
    const packets = createPackets();
    for (let number = 1; number <= 4094; number++)
      packets.take(
        head({ fn: 0x36, packet: { total: 4095, number } }),
        Buffer.alloc(16_000),
        false,
        T,
        () => undefined,
      );
    expect(packets.bytes).toBe(16_000);
  });
});
