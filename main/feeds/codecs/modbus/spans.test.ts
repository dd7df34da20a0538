import { describe, expect, test } from 'vitest';
import { answerOf, heardIn } from '../../../../tests/fixtures/modbus/plc.ts';
import { readAnswer, requestFrame } from './frames.ts';
import { parsePlace } from './place.ts';
import { halvesOf, type Point, type Span, spansOf, valuesOf } from './spans.ts';

const point = (item: string, more: Partial<Point> = {}): Point => {
  const place = parsePlace(item);
  if (place === null) throw new Error(item);
  return { item, ...place, form: 'uint16', order: 'abcd', missing: null, ...more };
};
const shapeOf = (spans: readonly Span[]) =>
  spans.map(
    ({ table, address, count, points }) => `${table} ${address}+${count}: ${points.map(({ item }) => item).join(' ')}`,
  );

describe('what is asked for at once', () => {
  test('is what stands beside each other, in any order of the file, each table by itself', () => {
    const points = [
      point('holding:4'),
      point('holding:1', { form: 'float32' }),
      point('input:2'),
      point('holding:3.7'),
    ];
    expect(shapeOf(spansOf(points, 0))).toEqual(['holding 1+4: holding:1 holding:3.7 holding:4', 'input 2+1: input:2']);
  });

  test('with a gap of so many between, and no more', () => {
    const points = [point('holding:0'), point('holding:9'), point('holding:19')];
    expect(shapeOf(spansOf(points, 8))).toEqual(['holding 0+10: holding:0 holding:9', 'holding 19+1: holding:19']);
    expect(spansOf(points, 0)).toHaveLength(3);
  });

  test('is never more than the standard allows: 125 registers, 2,000 bits', () => {
    const registers = Array.from({ length: 300 }, (_, i) => point(`holding:${i}`));
    expect(spansOf(registers, 0).map(({ count }) => count)).toEqual([125, 125, 50]);
    const coils = Array.from({ length: 2001 }, (_, i) => point(`coil:${i}`));
    expect(spansOf(coils, 0).map(({ count }) => count)).toEqual([2000, 1]);
    const last = [...registers.slice(0, 124), point('holding:124', { form: 'float64' })];
    expect(spansOf(last, 0).map(({ count }) => count)).toEqual([124, 4]);
  });

  test('holds what lies within another whole', () => {
    const points = [point('holding:0', { form: 'float64' }), point('holding:1'), point('holding:4')];
    expect(shapeOf(spansOf(points, 0))).toEqual(['holding 0+5: holding:0 holding:1 holding:4']);
  });

  test('is halved until it is one place; bits of one register are one', () => {
    const [span] = spansOf([point('holding:0'), point('holding:2'), point('holding:5.1'), point('holding:5.2')], 9);
    const halves = halvesOf(span as Span) ?? [];
    expect(shapeOf(halves)).toEqual(['holding 0+3: holding:0 holding:2', 'holding 5+1: holding:5.1 holding:5.2']);
    expect(shapeOf(halvesOf(halves[0] as Span) ?? [])).toEqual(['holding 0+1: holding:0', 'holding 2+1: holding:2']);
    expect(halvesOf(halves[1] as Span)).toBeNull();
  });
});

/** What a device with this in it says of the points. */
function readFrom(memory: Parameters<typeof answerOf>[0], points: readonly Point[]) {
  return spansOf(points, 8).flatMap((span) => {
    const request = { unit: 1, table: span.table, address: span.address, count: span.count };
    const answer = readAnswer(answerOf(memory, heardIn(requestFrame(1, request))), 1, request);
    if (answer?.is !== 'values') throw new Error(JSON.stringify(answer));
    return valuesOf(span, answer.data).map(({ item, value }) => [item, value]);
  });
}

describe('what is read', () => {
  test('are numbers and bits, each from its place', () => {
    const holding = { 0: 0xffff, 1: 0x0000, 2: 0x3fc0, 3: 0b1000_0000_0000_0001, 4: 7 };
    const points = [
      point('holding:0', { form: 'int16' }),
      point('holding:1', { form: 'float32', order: 'cdab' }),
      ...[point('holding:3.0'), point('holding:3.14'), point('holding:3.15'), point('40005')],
    ];
    expect(readFrom({ holding }, points)).toEqual([
      ...[
        ['holding:0', -1],
        ['holding:1', 1.5],
        ['holding:3.0', 1],
        ['holding:3.14', 0],
        ['holding:3.15', 1],
        ['40005', 7],
      ],
    ]);
  });

  test('are coils and discrete inputs from any address on', () => {
    const coil = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [100 + i, i % 3 === 0 ? 1 : 0]));
    expect(readFrom({ coil }, [point('coil:100'), point('coil:109'), point('coil:110'), point('coil:118')])).toEqual([
      ...[
        ['coil:100', 1],
        ['coil:109', 1],
        ['coil:110', 0],
        ['coil:118', 1],
      ],
    ]);
    expect(readFrom({ discrete: { 3: 1 } }, [point('10004')])).toEqual([['10004', 1]]);
  });

  test('is nothing where the device says that it has no value, and where a float is none', () => {
    const holding = { 0: 0xffff, 1: 0x7fc0, 2: 0, 3: 0x7f80, 4: 0, 5: 0xffff };
    const points = [
      point('holding:0', { missing: 65_535 }),
      point('holding:1', { form: 'float32' }),
      point('holding:3', { form: 'float32' }),
      point('holding:5'),
    ];
    expect(readFrom({ holding }, points)).toEqual([['holding:5', 65_535]]);
  });
});
