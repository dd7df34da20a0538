import { expect, test } from 'vitest';
import { wholeReport } from './wholeReport.ts';

const params = { run: 'run:1', lang: 'en' } as const;

/** Answers parts of four characters of what the run's report is at each call. */
function hall(texts: readonly string[]) {
  let calls = 0;
  return async ({ from = 0, madeAt = 7 }: { from?: number | undefined; madeAt?: number | undefined }) => {
    const text = texts[Math.min(calls++, texts.length - 1)] ?? '';
    const next = from + 4 < text.length ? from + 4 : null;
    return { name: 'r.html', html: text.slice(from, from + 4), madeAt, chars: text.length, next };
  };
}

test('a long report is put together, and read anew when the run changed meanwhile', async () => {
  expect(await wholeReport(hall(['0123456789']), params)).toEqual({ name: 'r.html', html: '0123456789' });
  expect(await wholeReport(hall(['01']), params)).toEqual({ name: 'r.html', html: '01' });
  expect(await wholeReport(hall(['0123456789', 'abcdefghijkl']), params)).toMatchObject({ html: 'abcdefghijkl' });
  const restless = Array.from({ length: 20 }, (_, i) => 'x'.repeat(10 + i));
  expect(await wholeReport(hall(restless), params)).toBeUndefined();
  expect(await wholeReport(async () => undefined, params)).toBeUndefined();
});
