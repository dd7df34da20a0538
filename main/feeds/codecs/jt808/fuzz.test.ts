import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { framed, made, positionBody, unframed, VECTORS } from '../../../../tests/fixtures/jt808/frames.ts';
import { halfSaid } from '../../../../tests/support/bothLanguages.ts';
import { DESCRIBED, type Decoded } from '../codec.ts';
import { createFrames, LONGEST } from './frames.ts';
import { createHeaderReader } from './header.ts';
import { createParts, OPEN, PARTS_READ } from './parts.ts';
import { createJt808Session } from './session.ts';

const NOW = Date.UTC(2026, 10, 27);
const PHONES = ['13812345678', '13900000099'];
const open = () =>
  createJt808Session({ offsetMinutes: 480, tokenOf: (phone) => (PHONES.includes(phone) ? 'T' : null) });

function often(mostly: fc.Arbitrary<number>, seldom: fc.Arbitrary<number>): fc.Arbitrary<number> {
  return fc.oneof({ weight: 6, arbitrary: mostly }, { weight: 1, arbitrary: seldom });
}

/** Good frames of terminals that are and are not known: whatever may come, in any order. */
const good = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...PHONES).map((phone) => made({ id: 0x0102, phone, body: '54' })) },
  {
    weight: 6,
    arbitrary: fc
      .record({
        id: fc.constantFrom(0x0002, 0x0200, 0x0200, 0x0200, 0x0201, 0x0003, 0x0100, 0x0004, 0x0801, 0x0f00, 0x8001),
        phone: fc.constantFrom(...PHONES, '1'),
        serial: fc.nat(3),
        v2019: fc.boolean(),
        status: fc.constantFrom(3, 3, 3, 1, 15),
        lat: often(fc.nat(90_000_000), fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })),
        speed: often(fc.nat(1200), fc.nat(0xffff)),
        course: often(fc.nat(360), fc.nat(0xffff)),
        extras: fc.constantFrom('', '01040000007e', '0202007d', '0104', 'f604'),
      })
      .map(({ extras, status, lat, speed, course, ...of }) =>
        made({ ...of, body: positionBody({ extras, status, lat, speed, course }) }),
      ),
  },
  {
    weight: 3,
    arbitrary: fc
      .record({ serial: fc.nat(6), part: fc.tuple(fc.nat(4), fc.nat(4)), id: fc.constantFrom(0x0704, 0x0801, 0x0200) })
      .map((of) => made({ ...of, phone: PHONES[0] as string, body: `000200001c${positionBody()}` })),
  },
  {
    weight: 2,
    arbitrary: fc.array(fc.tuple(fc.nat(40), fc.nat(59)), { maxLength: 4 }).map((items) => {
      const word = (n: number) => n.toString(16).padStart(4, '0');
      const time = (s: number) => `2409011430${String(s).padStart(2, '0')}`;
      const reports = items.map(([more, s]) => `${word(28 + (more === 40 ? 1 : 0))}${positionBody({ time: time(s) })}`);
      return made({ id: 0x0704, phone: PHONES[0] as string, body: `${word(items.length)}01${reports.join('')}` });
    }),
  },
  { weight: 1, arbitrary: fc.constantFrom(...VECTORS).map(({ hex }) => Buffer.from(hex, 'hex')) },
);

/** A good frame with bytes changed, or with its checksum made right again after that. */
const mutated = fc
  .tuple(good, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 }), fc.boolean())
  .map(([frame, changes, mend]) => {
    const bytes = mend ? unframed(frame) : Buffer.from(frame);
    for (const [at, byte] of changes) if (bytes.length > 0) bytes[at % bytes.length] = byte;
    return mend ? framed(bytes.toString('hex')) : bytes;
  });

const noise = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  fc.array(fc.constantFrom(0x7e, 0x7d, 0x01, 0x02, 0x00), { maxLength: 40 }).map((bytes) => Uint8Array.from(bytes)),
  fc.nat(3 * LONGEST).map((length) => new Uint8Array(length).fill(0x11)),
);

const welcome = Buffer.concat(PHONES.map((phone) => made({ id: 0x0102, phone, body: '54' })));

/** Mostly of terminals that authenticated first. */
const stream = fc
  .tuple(
    fc.nat(4),
    fc.array(
      fc.oneof({ weight: 6, arbitrary: good }, { weight: 3, arbitrary: mutated }, { weight: 1, arbitrary: noise }),
      { maxLength: 24 },
    ),
  )
  .map(([rude, pieces]) => Buffer.concat(rude === 0 ? pieces : [welcome, ...pieces]));

/** Places to cut at, as shares of the whole. */
const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 });

function check(decoded: Decoded): void {
  expect(decoded.faults).toHaveLength(Math.min(DESCRIBED, decoded.refused));
  for (const fault of decoded.faults) {
    expect([halfSaid(fault.message), halfSaid(fault.remedy)]).toEqual([null, null]);
    expect(fault.message.zh).not.toMatch(/。$/);
    expect(fault.remedy.en).toMatch(/\.$/);
    expect(fault.excerpt).toMatch(/^(?:[0-9a-f]{2}){0,250}$/);
    expect(fault.path).not.toBe('');
  }
  for (const record of decoded.records) {
    expect(PHONES).toContain(record.device);
    expect(Number.isSafeInteger(record.t) && record.t >= 0).toBe(true);
    if (record.kind === 'position') {
      expect(Math.abs(record.lat) <= 90 && Math.abs(record.lon) <= 180).toBe(true);
      expect(record.heading >= 0 && record.heading <= 360 && record.speed >= 0 && record.speed <= 350).toBe(true);
    } else expect(record.value >= 0 && ['mileage', 'fuel'].includes(record.item)).toBe(true);
  }
  for (const reply of decoded.replies) wholeFrame(reply);
}

/** A reply is one frame, read by the reader itself. */
function wholeFrame(reply: Uint8Array): void {
  let read = 0;
  const frames = createFrames({
    frame: (view, start, end) => {
      expect(createHeaderReader()(view, start, end)).toMatchObject({ issue: null });
      read++;
    },
    fault: (issue) => expect(issue()).toBeNull(),
  });
  frames.take(reply);
  expect([read, frames.held()]).toEqual([1, 0]);
}

describe('whatever comes', () => {
  test('is read the same in any portions, and nothing makes the session throw', () => {
    let records = 0;
    fc.assert(
      fc.property(stream, cuts, (bytes, shares) => {
        const whole = open().take(bytes, NOW);
        check(whole);
        records += whole.records.length;
        const session = open();
        const at = [0, ...shares.map((share) => Math.floor(share * bytes.length)).sort((a, b) => a - b), bytes.length];
        const portions = at.slice(1).map((to, i) => session.take(bytes.subarray(at[i], to), NOW));
        for (const portion of portions) check(portion);
        expect(portions.flatMap((portion) => portion.records)).toEqual(whole.records);
        expect(portions.flatMap((portion) => portion.replies)).toEqual(whole.replies);
        for (const sum of ['messages', 'refused'] as const)
          expect(portions.reduce((n, portion) => n + portion[sum], 0)).toBe(whole[sum]);
        const sent = portions.flatMap(({ sentAt }) => sentAt ?? []);
        expect(sent.length > 0 ? Math.max(...sent) : null).toBe(whole.sentAt);
      }),
      { numRuns: 800 },
    );
    expect(records).toBeGreaterThan(500);
  });

  test('byte by byte is read the same', () => {
    fc.assert(
      fc.property(stream, (bytes) => {
        const session = open();
        const records = [...bytes].flatMap((byte) => session.take(Uint8Array.of(byte), NOW).records);
        expect(records).toEqual(open().take(bytes, NOW).records);
      }),
      { numRuns: 200 },
    );
  });

  test('leaves the bytes that were handed over as they were', () => {
    fc.assert(
      fc.property(stream, (bytes) => {
        const before = Buffer.from(bytes);
        open().take(bytes, NOW);
        expect(bytes.equals(before)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  test('no more than one frame is kept, of bytes that are no message', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(noise, good, mutated), { maxLength: 20 }), (portions) => {
        const frames = createFrames({ frame: () => {}, fault: () => {} });
        for (const portion of portions) {
          frames.take(portion);
          expect(frames.held()).toBeLessThanOrEqual(LONGEST);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('no more is kept of parts than their limits say', () => {
    const parts = createParts();
    const readHeader = createHeaderReader();
    const body = '00'.repeat(1023);
    const frames = createFrames({
      frame: (view, start, end) => {
        const { header } = readHeader(view, start, end);
        if (header !== null) parts.add(header, view, end, () => '');
      },
      fault: () => {},
    });
    // Each message but for its last part: the most there can be.
    for (let message = 0; message < 2 * OPEN; message++)
      for (let n = 1; n < PARTS_READ; n++)
        frames.take(made({ id: 0x0704, serial: 1000 * message + n, part: [n, PARTS_READ], body }));
    expect(parts.held()).toBe(OPEN * (PARTS_READ - 1) * 1023);
  });
});

test('a thousand frames without an escape in one portion are looked through once, not once a frame', () => {
  const frame = made({ id: 0x0002 });
  expect(frame.includes(0x7d)).toBe(false);
  const looks: [what: unknown, from: unknown, to: number][] = [];
  class Watched extends Uint8Array {
    override indexOf(what: number, from?: number): number {
      const at = super.indexOf(what, from);
      looks.push([what, from, at < 0 ? this.length : at]);
      return at;
    }
  }
  const bytes = Watched.from(Buffer.concat(new Array(1000).fill(frame)));
  createJt808Session({ offsetMinutes: 480, tokenOf: () => null }).take(bytes, NOW);
  const looked = looks.reduce((sum, [, from, to]) => sum + to - Number(from ?? 0), 0);
  expect(looked).toBeLessThan(3 * bytes.length);
});
