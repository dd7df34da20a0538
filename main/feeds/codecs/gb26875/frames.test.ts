import { describe, expect, test } from 'vitest';
import { component, frameOf } from '../../../../tests/fixtures/gb26875/build.ts';
import { createCutter, type Piece, REST_MS } from './frames.ts';
import { FRAME_BYTES, MOST_DATA } from './header.ts';

const T = Date.parse('2026-11-27T08:20:00+08:00');
const good = frameOf({ data: component(3) });
const said = (pieces: Piece[]) => pieces.map((piece) => (piece.kind === 'broken' ? piece.why : piece.kind));

describe('frames are cut', () => {
  test('by their length: neither mark begins or ends anything inside', () => {
    const marks = frameOf({ data: `02 01 ${'2323'.repeat(20)}${'4040'.repeat(40)}`, source: '404040402323' });
    const nested = frameOf({ data: good.toString('hex') });
    expect(said(createCutter().cut(Buffer.concat([marks, nested, good]), T))).toEqual(['frame', 'frame', 'frame']);
    const cutter = createCutter();
    expect(said([...nested].flatMap((byte) => cutter.cut(Buffer.of(byte), T)))).toEqual(['frame']);
  });

  test('wherever a portion ends', () => {
    for (let at = 1; at < good.length; at++) {
      const cutter = createCutter();
      expect(cutter.cut(good.subarray(0, at), T)).toEqual([]);
      expect(cutter.waiting).toBe(at);
      expect(said(cutter.cut(good.subarray(at), T))).toEqual(['frame']);
      expect(cutter.waiting).toBe(0);
    }
  });

  test('also without data, and with the most there can be', () => {
    const longest = frameOf({ data: '00'.repeat(1024) });
    expect(longest).toHaveLength(FRAME_BYTES + MOST_DATA);
    expect(said(createCutter().cut(Buffer.concat([frameOf(), longest, frameOf()]), T))).toEqual([
      ...['frame', 'frame', 'frame'],
    ]);
    // One byte more is no frame at all.
    const beyond = frameOf({ data: '00'.repeat(1025) });
    expect(said(createCutter().cut(Buffer.concat([beyond, good]), T))).toEqual(['noise', 'frame']);
  });

  test.each([
    ['its sum is wrong', frameOf({ data: component(3), sum: 0 }), 'sum'],
    ['its end is wrong', frameOf({ data: component(3), tail: '2300' }), 'end'],
    ['it says to be longer', frameOf({ data: component(3), length: 60 }), 'length'],
    ['it says to be shorter', frameOf({ data: component(3), length: 9 }), 'length'],
  ])('also behind one of which is said that %s', (_, bad, why) => {
    const pieces = createCutter().cut(Buffer.concat([bad, good, good, good]), T);
    expect(said(pieces)).toEqual([why, 'frame', 'frame', 'frame']);
    expect(pieces[0]?.bytes).toEqual(bad);
  });

  test('out of what is no frame, also right behind half a start mark', () => {
    const bytes = Buffer.concat([Buffer.from('REG:13800000000;@'), good, Buffer.of(0xfe, 0x40, 1, 2), good]);
    expect(said(createCutter().cut(bytes, T))).toEqual(['noise', 'frame', 'noise', 'frame']);
  });

  test('and what is broken within a broken one is told once, in whatever portions', () => {
    const around = frameOf({ data: frameOf({ data: component(3), sum: 0 }).toString('hex'), sum: 0 });
    expect(said(createCutter().cut(Buffer.concat([around, good]), T))).toEqual(['sum', 'frame']);
    for (let at = 1; at < around.length; at++) {
      const cutter = createCutter();
      const pieces = [...cutter.cut(around.subarray(0, at), T), ...cutter.cut(around.subarray(at), T)];
      expect(said(pieces)).toEqual(['sum']);
    }
  });

  test('and of a broken one that was told nothing is told again as no frame, though it seems to hold the beginning of another', () => {
    const around = frameOf({ data: frameOf({ length: 100 }).toString('hex'), sum: 0 });
    const cutter = createCutter();
    expect(said(cutter.cut(around, T))).toEqual(['sum']);
    expect(cutter.waiting).toBeGreaterThan(0);
    const zeros = Buffer.alloc(200);
    expect(cutter.cut(zeros, T)).toEqual([{ kind: 'noise', bytes: zeros }]);
  });

  test('but two broken ones are two', () => {
    const broken = frameOf({ data: component(3), sum: 0 });
    expect(said(createCutter().cut(Buffer.concat([broken, broken, good]), T))).toEqual(['sum', 'sum', 'frame']);
  });
});

describe('a frame whose rest does not come', () => {
  const lying = frameOf({ data: component(3), length: 1000 });

  test('stands before those behind it for five seconds at most', () => {
    const cutter = createCutter();
    expect(cutter.cut(lying, T)).toEqual([]);
    expect(cutter.cut(good, T + REST_MS)).toEqual([]);
    expect(said(cutter.cut(good, T + REST_MS + 1))).toEqual(['unfinished', 'frame', 'frame']);
  });

  test('is waited for as long as that from its own beginning, and given up before a device repeats itself', () => {
    const cutter = createCutter();
    cutter.cut(good.subarray(0, 30), T);
    expect(said(cutter.cut(Buffer.concat([good.subarray(30), lying]), T + 4000))).toEqual(['frame']);
    expect(cutter.cut(good, T + 6000)).toEqual([]);
    expect(said(cutter.cut(good, T + 4000 + REST_MS + 1))).toEqual(['unfinished', 'frame', 'frame']);
    expect(REST_MS).toBeLessThan(10_000);
  });

  test('is waited for no longer where the clock was set back', () => {
    const cutter = createCutter();
    cutter.cut(lying, T);
    cutter.cut(good, T - 3_600_000);
    expect(said(cutter.cut(good, T - 3_600_000 + REST_MS + 1))).toEqual(['unfinished', 'frame', 'frame']);
  });

  test('is taken where it does come, late', () => {
    const cutter = createCutter();
    cutter.cut(good.subarray(0, 30), T);
    expect(said(cutter.cut(good.subarray(30), T + 10 * REST_MS))).toEqual(['frame']);
  });
});

test('nothing of the bytes handed in is kept: the caller may use them again', () => {
  const cutter = createCutter();
  const portion = Buffer.from(good.subarray(0, 30));
  cutter.cut(portion, T);
  portion.fill(0);
  expect(said(cutter.cut(good.subarray(30), T))).toEqual(['frame']);
});
