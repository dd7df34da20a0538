import { describe, expect, test } from 'vitest';
import { type Made, made, positionBody, replied } from '../../../../tests/fixtures/jt808/frames.ts';
import { ASK_AFTER, DROP_AFTER, OPEN, PARTS_COUNTED, PARTS_READ } from './parts.ts';
import { createJt808Session } from './session.ts';

const NOW = Date.UTC(2026, 10, 27);

function open(v2019 = false) {
  const session = createJt808Session({ offsetMinutes: 480, tokenOf: () => 'T' });
  const say = (message: Made) => {
    const decoded = session.take(made({ v2019, ...message }), NOW);
    const replies = decoded.replies.map(replied);
    return { ...decoded, replies };
  };
  expect(say({ id: 0x0102, body: v2019 ? '0154' : '54' }).refused).toBe(0);
  return say;
}

/** A batch of three positions, and its parts cut in the middle of them. */
const batch = `000301${[0, 1, 2].map((n) => `001c${positionBody({ time: `24090114300${n}` })}`).join('')}`;
const part = (n: number, serial = 9 + n): Made => ({
  ...{ id: 0x0704, serial, part: [n, 3] },
  body: batch.slice((n - 1) * 70, n === 3 ? undefined : n * 70),
});

describe('a message in parts', () => {
  test.each([[[1, 2, 3]], [[3, 1, 2]], [[2, 2, 1, 1, 3]]])('that come as %j is read once all are there', (order) => {
    const say = open();
    const all = order.map((n) => say(part(n)));
    expect(all.map(({ messages }) => messages)).toEqual([...order.slice(1).map(() => 0), 1]);
    expect(all.at(-1)?.records.map(({ t }) => t)).toEqual([0, 1, 2].map((s) => Date.UTC(2024, 8, 1, 6, 30, s)));
    expect(all.every(({ refused }) => refused === 0)).toBe(true);
    order.forEach((n, i) => {
      expect(all[i]?.replies[0]).toBe(`8001 ${(9 + n).toString(16).padStart(4, '0')}070400`);
    });
  });

  test('has serials that go over 65535', () => {
    const say = open();
    say(part(1, 0xffff));
    say(part(2, 0));
    expect(say(part(3, 1)).records).toHaveLength(3);
  });

  test('is told from others of the same terminal by its first serial, and from other terminals', () => {
    const say = open();
    say({ id: 0x0102, phone: '1', body: '54' });
    say(part(1));
    say(part(1, 100));
    say(part(2, 101));
    say({ ...part(2), phone: '1' });
    expect(say(part(3)).messages).toBe(0);
    expect(say(part(3, 102)).records).toHaveLength(3);
    expect(say(part(2)).records).toHaveLength(3);
  });

  test('that came whole is not begun again by a part that is sent again', () => {
    const say = open();
    for (const n of [1, 2, 3]) say(part(n));
    expect(say(part(3))).toMatchObject({ messages: 0, records: [], replies: ['8001 000c070400'] });
    for (let i = 0; i < DROP_AFTER; i++) expect(say({ id: 0x0002 })).toMatchObject({ refused: 0 });
  });

  test('that comes again after it was forgotten, in another order, brings its positions once', () => {
    const say = open();
    for (const n of [1, 2, 3]) expect(say(part(n)).refused).toBe(0);
    for (let i = 0; i < 40; i++) for (const n of [1, 2]) say({ id: 0x0900, serial: 1000 + 2 * i + n, part: [n, 2] });
    say(part(3));
    say(part(2));
    expect(say(part(1))).toMatchObject({ messages: 1, records: [] });
  });

  test('has what is missing asked for once, when its last part is there', () => {
    const say = open();
    expect(say(part(3)).replies).toEqual(['8001 000c070400', '8003 000a0200010002']);
    expect(say(part(3)).replies).toEqual(['8001 000c070400']);
    expect(say(part(1)).replies).toEqual(['8001 000a070400']);
    expect(say(part(2)).records).toHaveLength(3);
  });

  test('of 2019 has them counted in two bytes', () => {
    expect(open(true)(part(3)).replies[1]).toBe('8003 000a000200010002');
  });

  test('whose last part is missing is asked for after a while, and given up after a longer one', () => {
    const say = open();
    say(part(2));
    let asked = 0;
    let i = 1;
    for (; i < DROP_AFTER; i++) {
      const decoded = say({ id: 0x0002, serial: i });
      expect(decoded.refused).toBe(0);
      if (decoded.replies.length > 1) {
        asked++;
        expect(decoded.replies[1]).toBe('8003 000a0200010003');
        expect(i).toBe(ASK_AFTER);
      }
    }
    expect(asked).toBe(1);
    expect(say({ id: 0x0002 }).refused).toBe(1);
  });
});

describe('what is kept of parts', () => {
  test('is given up after so many frames of the same terminal, and told', () => {
    const say = open();
    say({ id: 0x0102, phone: '1', body: '54' });
    say(part(2));
    for (let i = 0; i < 2 * DROP_AFTER; i++) expect(say({ id: 0x0002, phone: '1' }).refused).toBe(0);
    let refused = 0;
    for (let i = 0; i < 2 * DROP_AFTER; i++) {
      const decoded = say({ id: 0x0002 });
      refused += decoded.refused;
      if (decoded.refused > 0)
        expect(decoded.faults).toMatchObject([
          { path: 'part', message: { en: expect.stringContaining('2 of 3 parts never came') }, excerpt: /^07042023/ },
        ]);
    }
    expect(refused).toBe(1);
    say(part(1));
    expect(say(part(3)).records).toHaveLength(0);
  });

  test('is of so many messages at most: the oldest makes room', () => {
    const say = open();
    for (let i = 0; i < OPEN; i++) expect(say(part(1, 100 * (i + 1))).refused).toBe(0);
    expect(say(part(1, 100 * (OPEN + 1)))).toMatchObject({ refused: 1, faults: [{ path: 'part' }] });
    say(part(2, 201));
    expect(say(part(3, 202)).records).toHaveLength(3);
    say(part(2, 101));
    expect(say(part(3, 102)).records).toHaveLength(0);
  });

  test.each([
    [0x0704, PARTS_READ],
    [0x0801, PARTS_COUNTED],
    [0x0900, PARTS_COUNTED],
  ])('is of so many parts at most (%i, %i)', (id, limit) => {
    const say = open();
    expect(say({ id, part: [1, limit], body: '00' }).refused).toBe(0);
    expect(say({ id, part: [1, limit + 1], body: '00' })).toMatchObject({
      ...{ refused: 1, faults: [{ path: 'part' }], replies: [`8001 0001${id.toString(16).padStart(4, '0')}03`] },
    });
  });

  test.each([
    [0, 3],
    [4, 3],
    [1, 0],
  ])('is nothing of part %i of %i', (n, total) => {
    expect(open()({ id: 0x0704, part: [n, total], body: '00' })).toMatchObject({
      ...{ refused: 1, faults: [{ path: 'part' }], replies: ['8001 0001070402'] },
    });
  });
});

describe('a picture in parts', () => {
  const piece = (n: number, total = 4): Made => ({ id: 0x0801, serial: n, part: [n, total], body: '000000aa00' });

  test('is answered part by part, and as a whole by its own number', () => {
    const say = open();
    for (const n of [1, 2, 3]) expect(say(piece(n)).replies).toEqual([`8001 000${n}080100`]);
    expect(say(piece(4))).toMatchObject({ messages: 1, replies: ['8800 000000aa'] });
    expect(say(piece(4))).toMatchObject({ messages: 0, replies: ['8800 000000aa'] });
  });

  test('has its missing parts asked for in the answer', () => {
    const say = open();
    say(piece(1));
    expect(say(piece(4)).replies[1]).toBe('8800 000000aa0200020003');
    say(piece(2));
    expect(say(piece(3)).replies).toEqual(['8800 000000aa']);
  });

  test('without its first part, which says its number, has them asked for as any other', () => {
    expect(open()(piece(4)).replies[1]).toBe('8003 000103000100020003');
  });

  test('has no more than 255 parts asked for, which is what a byte counts', () => {
    const last = open()({ id: 0x0801, serial: 999, part: [999, 999], body: '00' }).replies[1] ?? '';
    expect(last.startsWith('8003 0001ff0001')).toBe(true);
    expect(last.length).toBe('8003 '.length + 6 + 4 * 255);
  });
});
