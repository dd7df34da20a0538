import { expect, test } from 'vitest';
import { methods, queries, streams } from '../../contract/index.ts';
import { FEATURES } from './index.ts';

test('every method, query and stream of the contract is one of a feature that the hall starts, and of no second', () => {
  expect(FEATURES.flatMap(({ contract }) => Object.keys(contract.methods)).sort()).toEqual(Object.keys(methods).sort());
  expect(FEATURES.flatMap(({ contract }) => Object.keys(contract.queries)).sort()).toEqual(Object.keys(queries).sort());
  expect(FEATURES.flatMap(({ contract }) => Object.keys(contract.streams)).sort()).toEqual(Object.keys(streams).sort());
});
