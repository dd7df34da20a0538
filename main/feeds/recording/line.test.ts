import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineOf, readLine } from './line.ts';

const T = Date.parse('2026-11-28T08:30:00.250Z');

test('whatever bytes come are one line, from which the same is read', () => {
  const anything = fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    fc.string({ unit: 'grapheme', maxLength: 60 }).map((text) => new TextEncoder().encode(text)),
  );
  fc.assert(
    fc.property(anything, fc.string(), fc.integer({ min: 0, max: 4e12 }), (bytes, from, t) => {
      const line = lineOf('hydro', { t, from, bytes });
      expect(line.indexOf('\n')).toBe(line.length - 1);
      const read = readLine(line);
      expect(read && { ...read, bytes: [...read.bytes] }).toEqual({ t, from, bytes: [...bytes] });
    }),
    { numRuns: 1000, seed: 1 },
  );
});

test('text is text, and what is none is base64', () => {
  const line = (bytes: Uint8Array) => JSON.parse(lineOf('env', { t: T, from: '10.1.2.3:5', bytes }));
  expect(line(Buffer.from('##0001 水位\r\n'))).toEqual({
    ...{ t: '2026-11-28T08:30:00.250Z', feed: 'env', from: '10.1.2.3:5' },
    text: '##0001 水位\r\n',
  });
  expect(line(Uint8Array.of(0x7e, 0x7e, 0x01))).toMatchObject({ base64: 'fn4B' });
  expect(line(Uint8Array.of(0xff))).toMatchObject({ base64: '/w==' });
});

test.each([
  ['', 'nothing'],
  ['{"t":', 'half a line'],
  ['[]', 'a list'],
  ['{"t":"2026-11-28T08:30:00.250Z"}', 'no bytes'],
  ['{"t":"2026-11-28T08:30:00.250Z","text":"a","base64":"YQ=="}', 'bytes twice'],
  ['{"t":"2026-11-28T08:30:00.250Z","base64":"%"}', 'no base64'],
  ['{"t":"yesterday","text":"a"}', 'no time'],
  ['{"t":"2026-11-28T08:30:00.250Z","text":5}', 'no text'],
])('%s is no line: %s', (line) => {
  expect(readLine(line)).toBeNull();
});

test('whatever stands in a line, reading it ends', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (line) => {
      const read = readLine(line);
      expect(read === null || Number.isSafeInteger(read.t)).toBe(true);
    }),
    { numRuns: 1000, seed: 2 },
  );
});
