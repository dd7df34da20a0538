import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dumpOf, fromEdit, readRaw, toEdit } from './raw.ts';

const base64 = (bytes: Uint8Array | string) => Buffer.from(bytes).toString('base64');

test('text is read as text, anything else as bytes', () => {
  expect(readRaw(base64('{"站":1}\r\n'))).toEqual({ is: 'text', text: '{"站":1}\r\n' });
  expect(readRaw(base64('\ufeff{}'))).toEqual({ is: 'text', text: '\ufeff{}' });
  expect(readRaw(base64(Buffer.from([0x7e, 0x7e, 1]))).is).toBe('bytes');
  expect(readRaw(base64(Buffer.from([0xc8, 0xcb]))).is).toBe('bytes');
  expect(dumpOf(Buffer.from('~~\u0001水位水位水')).split('\n')).toEqual([
    '000000  7e 7e 01 e6 b0 b4 e4 bd 8d e6 b0 b4 e4 bd 8d e6  ~~··············',
    `000010  b0 b4${' '.repeat(43)} ··`,
  ]);
});

test('what is not changed goes back as it came', () => {
  const any = fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 300 }),
    fc.string({ minLength: 1 }).map((text) => Buffer.from(text)),
  );
  fc.assert(
    fc.property(any, (bytes) => {
      const raw = readRaw(base64(bytes));
      expect(fromEdit(toEdit(raw), raw.is)).toBe(base64(bytes));
    }),
    { seed: 20261128 },
  );
});

test('what is no hex is none', () => {
  for (const written of ['', '7e7', '7e 7g', '水']) expect(fromEdit(written, 'bytes')).toBeNull();
  expect(fromEdit('7E\n7e 01', 'bytes')).toBe(base64(Buffer.from([0x7e, 0x7e, 1])));
});
