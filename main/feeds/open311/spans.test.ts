import { expect, test } from 'vitest';
import { addressOf, halves, timeText } from './spans.ts';

const NOW = Date.parse('2026-11-28T06:00:00Z');
const HOUR = 3_600_000;

test('a span is cut in the middle, the newer half first, down to two minutes', () => {
  expect(halves({ from: NOW - 2 * HOUR, to: null }, NOW)).toEqual([
    { from: NOW - HOUR, to: null },
    { from: NOW - 2 * HOUR, to: NOW - HOUR },
  ]);
  let [span, cuts] = [{ from: NOW - 90 * 24 * HOUR, to: NOW as number | null }, 0];
  for (let both = halves(span, NOW); both !== null; both = halves(span, NOW)) [span, cuts] = [both[0], cuts + 1];
  expect([cuts, NOW - span.from < 120_000]).toEqual([16, true]);
});

test('the address of a resource keeps what the service’s own asks for, and times have no parts of seconds', () => {
  const url = addressOf('https://h/open311/v2/?jurisdiction_id=c', 'requests', { start_date: timeText(NOW + 123) });
  expect(url.href).toBe('https://h/open311/v2/requests.json?jurisdiction_id=c&start_date=2026-11-28T06%3A00%3A00Z');
});
