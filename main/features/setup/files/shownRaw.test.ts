import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MOST_RAW_CHARS } from '../../../../contract/features/setupFeedTrial.ts';
import { shownRaw } from './shownRaw.ts';

test('a message is shown as text, or in hexadecimal where it is none; a long one is cut, and its length told', () => {
  expect(shownRaw(Buffer.from('{"水位":\n 1}'))).toEqual({ raw: '{"水位":\n 1}', isText: true, bytes: 14 });
  expect(shownRaw(Buffer.from([0x7e, 0, 0xff]))).toEqual({ raw: '7e 00 ff', isText: false, bytes: 3 });
  expect(shownRaw(Buffer.from('ST=32;PW=123456;MN=A1')).raw).toBe('ST=32;PW=******;MN=A1');
  const long = shownRaw(Buffer.from('水'.repeat(9000)));
  expect(long).toMatchObject({ isText: true, bytes: 27_000 });
  expect(long.raw).toHaveLength(MOST_RAW_CHARS);
  expect(shownRaw(Buffer.alloc(9000)).raw).toHaveLength(MOST_RAW_CHARS);
});

test('whatever comes can be shown', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 9000 }), (bytes) => {
      const { raw } = shownRaw(bytes);
      expect(raw.length).toBeLessThanOrEqual(MOST_RAW_CHARS);
      expect(raw).not.toMatch(/[^\P{Cc}\r\n\t]/u);
    }),
    { seed: 20261128, numRuns: 200 },
  );
});
