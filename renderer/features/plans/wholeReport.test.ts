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

test('a long report is put together, saying how far it is, and read anew when the run changed meanwhile', async () => {
  const shares: number[] = [];
  const { signal } = new AbortController();
  const read = (ask: Parameters<typeof wholeReport>[0]) =>
    wholeReport(ask, params, (share) => shares.push(share), signal);
  expect(await read(hall(['0123456789']))).toEqual({ name: 'r.html', html: '0123456789' });
  expect(shares).toEqual([0.4, 0.8]);
  expect(await read(hall(['01']))).toEqual({ name: 'r.html', html: '01' });
  expect(await read(hall(['0123456789', 'abcdefghijkl']))).toMatchObject({ html: 'abcdefghijkl' });
  const restless = Array.from({ length: 20 }, (_, i) => 'x'.repeat(10 + i));
  expect(await read(hall(restless))).toBe('changed');
  expect(await read(async () => undefined)).toBeUndefined();
});

test('a report that is taken back asks for no part more, and nothing of it is there', async () => {
  const taken = new AbortController();
  const ask = hall(['0123456789']);
  let asked = 0;
  const report = await wholeReport(
    async (part) => {
      asked += 1;
      const answer = await ask(part);
      if (asked === 2) taken.abort();
      return answer;
    },
    params,
    () => {},
    taken.signal,
  );
  expect([report, asked]).toEqual([undefined, 2]);
});
