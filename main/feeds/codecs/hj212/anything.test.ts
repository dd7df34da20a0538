import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { halfSaid } from '../../../../tests/support/bothLanguages.ts';
import { DESCRIBED, type Decoded } from '../codec.ts';
import { MOST_SEGMENT } from './frames.ts';
import { frameOf } from './reply.ts';
import { createHj212Session } from './session.ts';

const NOW = Date.UTC(2026, 10, 27);
const digits = (n: number) =>
  fc.array(fc.constantFrom(...'0123456789'), { minLength: n, maxLength: n }).map((d) => d.join(''));
const stamp = fc.oneof(
  fc
    .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((d) => d.toISOString().replace(/\D/g, '').slice(0, 14)),
  digits(14),
  fc.string(),
);
const value = fc.oneof(fc.double().map(String), fc.constantFrom('', '0.000', '---', '1e999', 'N', '-0'), fc.string());
const pair = fc
  .tuple(
    fc.constantFrom('w01018', 'a21026', 'LA', '__proto__', 'constructor', 'SB1', '', 'PM2.5'),
    fc.constantFrom('-Rtd', '-Avg', '-ZsRtd', '-Flag', '-RS', '-td', '', '-__proto__'),
    value,
    fc.constantFrom(';', ',', ';;', ''),
  )
  .map(([code, sub, v, end]) => `${code}${sub}=${v}${end}`);
const segment = fc
  .record({
    cn: fc.constantFrom('2011', '2011', '2051', '2061', '2021', '1013', '9021', '3020', '99'),
    mn: fc.constantFrom('A1', 'B2', '__proto__', ''),
    pw: fc.constantFrom('123456', 'wrong'),
    flag: fc.constantFrom('Flag=5;', 'Flag=4;', 'FLAG=9;', '', 'Flag=7;PNUM=2;PNO=1;'),
    time: stamp,
    pairs: fc.array(pair, { maxLength: 8 }),
    close: fc.constantFrom('&&', '&&', '&&', '&', ''),
  })
  .map(
    ({ cn, mn, pw, flag, time, pairs, close }) =>
      `QN=20261127083000000;ST=32;CN=${cn};PW=${pw};MN=${mn};${flag}CP=&&DataTime=${time};${pairs.join('')}${close}`,
  );
const good = segment.map((s) => Buffer.from(frameOf(s)));
/** Good frames with bytes changed, put in or cut off. */
const mangled = fc
  .tuple(good, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 }), fc.nat())
  .map(([frame, changes, cut]) => {
    const bytes = Buffer.from(frame);
    // Half of the changes hit the header, where they do most harm.
    for (const [at, byte] of changes) bytes[at % (at % 2 === 0 ? 8 : bytes.length)] = byte;
    return cut % 3 === 0 ? bytes.subarray(0, cut % bytes.length) : bytes;
  });
const noise = fc.oneof(
  fc.uint8Array({ maxLength: 60 }).map((b) => Buffer.from(b)),
  fc
    .constantFrom('OK\r\n', '+++', '##', '#', '##01', '##9999', '##5000', '##0000', '##0000FFFF', '&&', '\r\n##0004')
    .map((s) => Buffer.from(s)),
);
const stream = fc
  .array(fc.oneof({ weight: 3, arbitrary: good }, mangled, noise), { maxLength: 8 })
  .map((parts) => Buffer.concat(parts));

const open = () => createHj212Session({ offsetMinutes: 480, passwordOf: (mn) => (mn === 'B2' ? '123456' : undefined) });

/** What came of a stream that was cut at these places. */
function deliver(bytes: Buffer, cuts: readonly number[]) {
  const session = open();
  const places = [...new Set(cuts.map((c) => (bytes.length === 0 ? 0 : c % bytes.length)))].sort((a, b) => a - b);
  const all: Decoded[] = [];
  let from = 0;
  for (const to of [...places, bytes.length]) {
    all.push(session.take(bytes.subarray(from, to), NOW));
    expect(session.kept()).toBeLessThan(MOST_SEGMENT + 10);
    from = to;
  }
  return {
    all,
    sum: {
      messages: all.reduce((n, d) => n + d.messages, 0),
      records: all.flatMap((d) => d.records),
      replies: all.flatMap((d) => d.replies.map((r) => Buffer.from(r).toString())),
    },
  };
}

describe('whatever comes', () => {
  test('the session answers, its records are in range, and every refusal is told with its remedy in both languages', () => {
    fc.assert(
      fc.property(stream, (bytes) => {
        const decoded = open().take(bytes, NOW);
        expect(decoded.faults).toHaveLength(Math.min(DESCRIBED, decoded.refused));
        for (const fault of decoded.faults) {
          expect([halfSaid(fault.message), halfSaid(fault.remedy)]).toEqual([null, null]);
          expect(fault.message.zh).not.toMatch(/。$/);
          expect(fault.remedy.zh).not.toMatch(/。$/);
          expect(fault.remedy.en).toMatch(/^[A-Z].*\.$/s);
          expect(fault.excerpt.length).toBeLessThanOrEqual(500);
        }
        for (const record of decoded.records) {
          if (record.kind !== 'reading') throw new Error('a position');
          expect(Number.isFinite(record.value) && Number.isSafeInteger(record.t) && record.t >= 0).toBe(true);
          expect(Object.is(record.value, -0)).toBe(false);
          expect(record.item).toMatch(/^[\w.]+(-(Avg|ZsAvg|ZsRtd|RS)(@(minute|hour))?)?$/);
        }
        expect(decoded.replies.length).toBeLessThanOrEqual(2 * decoded.messages);
      }),
      { numRuns: 1500 },
    );
  });

  test('in whatever portions: the same messages, records and answers, and never more kept than a frame', () => {
    let messages = 0;
    fc.assert(
      fc.property(stream, fc.array(fc.nat(), { maxLength: 12 }), (bytes, cuts) => {
        const whole = deliver(bytes, []).sum;
        messages += whole.messages;
        expect(deliver(bytes, cuts).sum).toEqual(whole);
      }),
      { numRuns: 1200 },
    );
    expect(messages).toBeGreaterThan(600);
  });

  test('its answers are frames that it reads itself', () => {
    fc.assert(
      fc.property(segment, (s) => {
        for (const reply of open().take(frameOf(s), NOW).replies) {
          const decoded = createHj212Session({ offsetMinutes: 480, passwordOf: () => undefined }).take(reply, NOW);
          expect(decoded).toMatchObject({ messages: 1, refused: 0, records: [], replies: [] });
        }
      }),
    );
  });

  test('good frames are all found between bad ones', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constant(null), mangled, noise), { maxLength: 10 }), (parts) => {
        const frame = Buffer.from(
          frameOf('QN=20261127083000000;ST=32;CN=2011;PW=1;MN=GOOD;Flag=5;CP=&&DataTime=20261127083000;a-Rtd=7&&'),
        );
        // Enough of them at the end for the longest wait that a wrong length asks for.
        const bytes = Buffer.concat([...parts.map((p) => p ?? frame), ...new Array(90).fill(frame)]);
        const found = open()
          .take(bytes, NOW)
          .records.filter((r) => r.device === 'GOOD');
        expect(found.length).toBe(parts.filter((p) => p === null).length + 90);
      }),
      { numRuns: 150 },
    );
  });
});
