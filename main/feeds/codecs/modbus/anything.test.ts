import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerOf, exceptionOf, heardIn } from '../../../../tests/fixtures/modbus/plc.ts';
import { halfSaid } from '../../../../tests/support/bothLanguages.ts';
import { FRAME_BYTES, mostOf, type Request, readAnswer, requestFrame } from './frames.ts';
import { isRegister, parsePlace } from './place.ts';
import { halvesOf, type Point, type Span, sizeOf, spansOf, valuesOf } from './spans.ts';
import { FORMS, ORDERS } from './value.ts';

const table = fc.constantFrom('coil', 'discrete', 'input', 'holding');
const request: fc.Arbitrary<Request> = table.chain((of) =>
  fc.record({
    ...{ unit: fc.nat(255), table: fc.constant(of), address: fc.nat(65_535) },
    count: fc.integer({ min: 1, max: mostOf(of) }),
  }),
);
/** A device in whose memory everything is, and nothing twice in a row. */
const FULL = new Proxy({}, { get: (_, at) => (Number(String(at)) * 40_503) % 65_536 });
const BITS = new Proxy({}, { get: (_, at) => Number(String(at)) % 2 });
const PLC = { holding: FULL, input: FULL, coil: BITS, discrete: BITS };
const rightFor = (asked: Request, transaction: number) => answerOf(PLC, heardIn(requestFrame(transaction, asked)));

const anything = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes));
/** Answers that are right, or nearly. */
const nearly = fc.tuple(request, fc.nat(65_535)).chain(([asked, transaction]) =>
  fc
    .tuple(
      fc.constantFrom(rightFor(asked, transaction), exceptionOf(heardIn(requestFrame(transaction, asked)), 2)),
      fc.array(fc.tuple(fc.nat(12), fc.nat(255)), { maxLength: 3 }),
      fc.nat(400),
      anything,
    )
    .map(([right, changes, cut, more]) => {
      const bytes = Buffer.from(right);
      for (const [at, byte] of changes) if (at < bytes.length) bytes[at] = byte;
      return {
        asked,
        transaction,
        bytes: Buffer.concat([bytes.subarray(0, cut), cut % 3 === 0 ? more : Buffer.alloc(0)]),
      };
    }),
);
const came = fc.oneof(nearly, fc.record({ asked: request, transaction: fc.nat(65_535), bytes: anything }));

describe('whatever comes', () => {
  test('is an answer of the right size, an exception, a fault told in both languages, or not yet whole', () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(came, ({ asked, transaction, bytes }) => {
        const before = Buffer.from(bytes);
        const answer = readAnswer(bytes, transaction, asked);
        expect(bytes.equals(before)).toBe(true);
        seen.set(answer?.is ?? 'more', (seen.get(answer?.is ?? 'more') ?? 0) + 1);
        if (answer === null) expect(bytes.length).toBeLessThan(FRAME_BYTES);
        else if (answer.is === 'values')
          expect(answer.data).toHaveLength(isRegister(asked.table) ? 2 * asked.count : Math.ceil(asked.count / 8));
        else if (answer.is === 'wrong')
          expect([halfSaid(answer.message), halfSaid(answer.remedy)]).toEqual([null, null]);
      }),
      { numRuns: 5000, seed: 502 },
    );
    for (const kind of ['values', 'exception', 'wrong', 'more'])
      expect([kind, (seen.get(kind) ?? 0) > 100]).toEqual([kind, true]);
  });

  test('what is wrong does not become right by what follows', () => {
    fc.assert(
      fc.property(came, anything, ({ asked, transaction, bytes }, more) => {
        if (readAnswer(bytes, transaction, asked)?.is !== 'wrong') return;
        expect(readAnswer(Buffer.concat([bytes, more]), transaction, asked)?.is).toBe('wrong');
      }),
      { numRuns: 3000, seed: 502 },
    );
  });

  test('the answer to one request is none to another that was numbered otherwise', () => {
    fc.assert(
      fc.property(request, fc.nat(65_535), fc.nat(65_535), (asked, one, other) => {
        fc.pre(one !== other);
        expect(readAnswer(rightFor(asked, one), other, asked)?.is).toBe('wrong');
      }),
      { numRuns: 500, seed: 502 },
    );
  });

  test('any text is a place of a device, or none', () => {
    const text = fc.oneof(
      fc.string(),
      fc.stringMatching(/^(coil|discrete|input|holding|[0-5]):?0?x?[\da-f]{0,6}(\.\d{0,3})?$/),
    );
    fc.assert(
      fc.property(text, (item) => {
        const place = parsePlace(item);
        if (place === null) return;
        expect(place.address).toBeGreaterThanOrEqual(0);
        expect(place.address).toBeLessThan(65_536);
        if (place.bit !== null) expect([place.bit < 16, isRegister(place.table)]).toEqual([true, true]);
      }),
      { numRuns: 3000, seed: 502 },
    );
  });
});

const point: fc.Arbitrary<Point> = fc
  .record({
    ...{ table, address: fc.nat(600), bit: fc.option(fc.nat(15)) },
    ...{ form: fc.constantFrom(...FORMS), order: fc.constantFrom(...ORDERS), missing: fc.constant(null) },
  })
  .map(({ bit, ...of }) => ({
    ...{ item: `${of.table} ${of.address} ${bit} ${of.form} ${of.order}`, ...of },
    bit: isRegister(of.table) ? bit : null,
  }));

describe('whatever is asked for', () => {
  test('each point is in one request, none is too long, and halves hold what the whole held', () => {
    fc.assert(
      fc.property(fc.array(point, { maxLength: 200 }), fc.nat(100), (points, gap) => {
        const spans = spansOf(points, gap);
        expect(spans.flatMap((span) => [...span.points]).toSorted(byItem)).toEqual(points.toSorted(byItem));
        for (const span of spans) {
          whole(span);
          const halves = halvesOf(span);
          for (const half of halves ?? []) whole(half);
          if (halves) expect(halves.flatMap((half) => [...half.points])).toEqual(span.points);
        }
      }),
      { numRuns: 500, seed: 502 },
    );
  });

  test('what is read is finite, and the same whether it is asked for together or alone', () => {
    fc.assert(
      fc.property(fc.array(point, { maxLength: 40 }), fc.nat(100), (points, gap) => {
        const together = spansOf(points, gap).flatMap(readSpan).toSorted(byItem);
        const alone = points.flatMap((one) => spansOf([one], 0).flatMap(readSpan)).toSorted(byItem);
        expect(together).toEqual(alone);
        for (const { value } of together) expect(Number.isFinite(value)).toBe(true);
      }),
      { numRuns: 500, seed: 502 },
    );
  });
});

const byItem = (a: { item: string }, b: { item: string }): number => (a.item < b.item ? -1 : a.item > b.item ? 1 : 0);

function whole({ table: of, address, count, points }: Span): void {
  expect(count).toBeLessThanOrEqual(mostOf(of));
  for (const one of points) {
    expect(one.table).toBe(of);
    expect(one.address).toBeGreaterThanOrEqual(address);
    expect(one.address + sizeOf(one)).toBeLessThanOrEqual(address + count);
  }
}

function readSpan(span: Span): { item: string; value: number }[] {
  const asked = { unit: 1, table: span.table, address: span.address, count: span.count };
  const answer = readAnswer(rightFor(asked, 7), 7, asked);
  return answer?.is === 'values' ? valuesOf(span, answer.data) : [];
}
