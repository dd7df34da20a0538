import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** Where the house is. */
const ROOT = join(import.meta.dirname, '..', '..');

test('each region has a number of its own, and so has that of the feature which a test adds', () => {
  const files = globSync('{renderer,tests/fixtures/feature-note/renderer}/features/*/index.tsx', { cwd: ROOT });
  const numbers = files.flatMap((file) =>
    [...readFileSync(join(ROOT, file), 'utf8').matchAll(/\bnumber: (\d+)/g)].map(([, number]) => Number(number)),
  );
  expect(numbers.length).toBeGreaterThan(9);
  expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: numbers.length }, (_, i) => i + 1));
});
