import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { charactersOver } from './charactersOver.ts';

test.each([
  ['字'.repeat(5), 0],
  [`  ${'字'.repeat(5)}\n`, 0],
  [` ${'字'.repeat(7)} `, 2],
  ['', 0],
])('%j is over 5 by %i', (text, over) => expect(charactersOver(text, 5)).toBe(over));

test('no field cuts what is typed or pasted', () => {
  const renderer = resolve(import.meta.dirname, '..');
  const fields = readdirSync(renderer, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.tsx'));
  expect(fields.length).toBeGreaterThan(100);
  expect(fields.filter((file) => /maxLength=/.test(readFileSync(join(renderer, file), 'utf8')))).toEqual([]);
});
