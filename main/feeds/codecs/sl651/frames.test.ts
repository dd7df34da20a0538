import { describe, expect, test } from 'vitest';
import { frameOf, groups, withBit } from '../../../../tests/fixtures/sl651/build.ts';
import { createCutter, type Piece, REST_MS } from './frames.ts';

const T = Date.parse('2026-11-27T08:20:00+08:00');
const good = frameOf({ text: groups('38121244') });
const kinds = (pieces: Piece[]) => pieces.map((piece) => piece.kind);

describe('frames are cut', () => {
  test('by their length: the start mark inside a text begins nothing', () => {
    const typed = frameOf({ fn: '35', text: `F2F2${'7E7E'.repeat(40)}` });
    const nested = frameOf({ fn: '35', text: `F2F2${good.toString('hex')}` });
    expect(kinds(createCutter().cut(Buffer.concat([typed, nested, good]), T))).toEqual(['frame', 'frame', 'frame']);
    const cutter = createCutter();
    const one = [...nested].flatMap((byte) => cutter.cut(Buffer.of(byte), T));
    expect(kinds(one)).toEqual(['frame']);
  });

  test('wherever a portion ends', () => {
    for (let at = 1; at < good.length; at++) {
      const cutter = createCutter();
      expect(cutter.cut(good.subarray(0, at), T)).toEqual([]);
      expect(cutter.waiting).toBe(at);
      expect(kinds(cutter.cut(good.subarray(at), T))).toEqual(['frame']);
      expect(cutter.waiting).toBe(0);
    }
  });

  test('also where the frame before is broken, or lies about its length', () => {
    const broken = withBit(good);
    const tooLong = frameOf({ text: groups('38121244'), length: 100 });
    const tooShort = frameOf({ text: groups('38121244'), length: 9 });
    for (const bad of [broken, tooLong, tooShort]) {
      const pieces = createCutter().cut(Buffer.concat([bad, good, good, good]), T);
      expect(kinds(pieces)).toEqual(['broken', 'frame', 'frame', 'frame']);
      expect(pieces[0]?.bytes).toEqual(bad);
    }
  });

  test('out of what is no frame', () => {
    const bytes = Buffer.concat([Buffer.from('REG:13800000000;'), good, Buffer.of(0xfe, 0x7e, 1, 2), good]);
    expect(kinds(createCutter().cut(bytes, T))).toEqual(['noise', 'frame', 'noise', 'frame']);
  });

  test('also right behind half a start mark', () => {
    expect(kinds(createCutter().cut(Buffer.concat([Buffer.of(0x7e), good]), T))).toEqual(['noise', 'frame']);
  });

  test('and a broken one inside a broken one is told once', () => {
    const around = withBit(frameOf({ fn: '35', text: `F2F2${withBit(good).toString('hex')}` }));
    expect(kinds(createCutter().cut(Buffer.concat([around, good]), T))).toEqual(['broken', 'frame']);
  });

  test('but of packets none is number 0, nor beyond the last', () => {
    for (const packet of [0, 4]) {
      const bytes = frameOf({ fn: '31', packet: [3, packet] });
      expect(kinds(createCutter().cut(bytes, T))).toEqual(['noise']);
    }
  });

  test('and two broken ones are two', () => {
    const broken = withBit(good);
    expect(kinds(createCutter().cut(Buffer.concat([broken, broken, good]), T))).toEqual(['broken', 'broken', 'frame']);
  });
});

describe('a frame whose rest does not come', () => {
  const lying = frameOf({ text: groups('38121244'), length: 4000 });

  test('holds up those behind it for half a minute at most', () => {
    const cutter = createCutter();
    expect(cutter.cut(lying, T)).toEqual([]);
    expect(cutter.cut(good, T + REST_MS)).toEqual([]);
    expect(kinds(cutter.cut(good, T + REST_MS + 1))).toEqual(['broken', 'frame', 'frame']);
  });

  test('is waited for no longer where the clock was set back', () => {
    const cutter = createCutter();
    cutter.cut(lying, T);
    cutter.cut(good, T - 3_600_000);
    expect(kinds(cutter.cut(good, T - 3_600_000 + REST_MS + 1))).toEqual(['broken', 'frame', 'frame']);
  });

  test('is taken where it does come, late', () => {
    const cutter = createCutter();
    cutter.cut(good.subarray(0, 30), T);
    expect(kinds(cutter.cut(good.subarray(30), T + 10 * REST_MS))).toEqual(['frame']);
  });
});

test('nothing of the bytes handed in is kept: the caller may use them again', () => {
  const cutter = createCutter();
  const portion = Buffer.from(good.subarray(0, 30));
  cutter.cut(portion, T);
  portion.fill(0);
  expect(kinds(cutter.cut(good.subarray(30), T))).toEqual(['frame']);
});

test('what waits is never longer than the longest frame', () => {
  const cutter = createCutter();
  const endless = frameOf({ fn: '31', packet: [2, 1], text: '00', length: 16_384 });
  for (let i = 0; i < 40; i++) {
    cutter.cut(Buffer.concat([endless, Buffer.alloc(1000, 0x7e)]), T + i);
    expect(cutter.waiting).toBeLessThanOrEqual(16_384 + 17);
  }
  // A length beyond the limit is no frame at all.
  const beyond = frameOf({ fn: '31', packet: [2, 1], text: '00', length: 16_385 });
  expect(kinds(createCutter().cut(beyond, T))).toEqual(['noise']);
});
