import { expect, test } from 'vitest';
import { apart, clearFor } from './deadBand.ts';

test('a dead band is between raise and clear, whichever way is bad, and is nothing while something is typed', () => {
  expect([apart('0.4', '0.3'), apart('17.2', '15'), apart('-5', '-3'), apart('', '1'), apart('x', '1')]).toEqual([
    ...['0.1', '2.2', '2', '', ''],
  ]);
  expect([clearFor('0.4', '0.1', false), clearFor('-5', '2', true), clearFor('1', '', false)]).toEqual([
    '0.3',
    '-3',
    null,
  ]);
  expect([clearFor('1', '0.', false), clearFor('x', '1', false), clearFor('1', '-1', false)]).toEqual([
    null,
    null,
    null,
  ]);
});
