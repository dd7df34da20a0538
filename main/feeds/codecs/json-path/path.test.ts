import { expect, test } from 'vitest';
import { halfSaid } from '../../../../tests/support/bothLanguages.ts';
import { first, parsePath, select } from './path.ts';

const MESSAGE = {
  deviceId: 'd1',
  data: [
    { id: 'a', n: 1, deep: { k: 'x' } },
    { id: 'b', n: 2, deep: { k: 'y' } },
    { id: 2, n: 3 },
  ],
  params: { open: { value: true }, tilt: { value: 37.5 } },
  'a name.with [signs]': 5,
  数据: { 水位: 1.5 },
};
const ELEMENT = { id: 'e', v: 9 };

function selected(text: string, root: unknown = MESSAGE) {
  const path = parsePath(text);
  if (!('root' in path)) throw new Error(`${text} ${path.message.en}`);
  return select(path, { root, element: ELEMENT }, { left: 10_000 });
}
const values = (text: string) => selected(text).map(({ value }) => value);

test.each<[string, unknown[]]>([
  ['$.deviceId', ['d1']],
  ['$.data[0].n', [1]],
  ['$.data[-1].n', [3]],
  ['$.data[9].n', []],
  ['$.data[*].n', [1, 2, 3]],
  ['$.data.*.n', [1, 2, 3]],
  ["$['a name.with [signs]']", [5]],
  ['$["data"][1].id', ['b']],
  ['$.数据.水位', [1.5]],
  ["$.data[?(@.id=='b')].n", [2]],
  ['$.data[?(@.id == "b")].n', [2]],
  ["$.data[?@.id=='b'].n", [2]],
  ['$.data[?(@.id==2)].n', [3]],
  ["$.data[?(@.id=='2')].n", []],
  ["$.data[?(@.deep.k=='y')].n", [2]],
  ["$.data[?(@['deep']['k']=='x')].n", [1]],
  ['$.params.*.value', [true, 37.5]],
  ['$.params[?(@.value==true)].value', [true]],
  ['@.v', [9]],
  ['@', [ELEMENT]],
  ['$.deviceId.length', []],
  ['$.data.length', []],
  ['$.__proto__', []],
  ['$.constructor.name', []],
])('%s selects %j', (text, expected) => {
  expect(values(text)).toEqual(expected);
});

test('what is selected has the name under which it stands', () => {
  expect(selected('$.params.*').map(({ key }) => key)).toEqual(['open', 'tilt']);
  expect(selected('$.data[?(@.n==2)]').map(({ key }) => key)).toEqual(['1']);
  expect(selected('$.data[-1]').map(({ key }) => key)).toEqual(['2']);
});

test('members of JSON are members, whatever they are called', () => {
  const root: unknown = JSON.parse('{"__proto__":{"x":1},"constructor":2}');
  expect([selected('$.__proto__.x', root), selected('$.constructor', root)].flat().map(({ value }) => value)).toEqual([
    1, 2,
  ]);
});

test.each([
  '',
  'data',
  '$data',
  '$.',
  '$..id',
  '$.a b',
  '$.data[',
  '$.data[1:2]',
  '$.data[0,1]',
  "$.data['a','b']",
  '$.data[?(@.n>1)]',
  '$.data[?(@.n=~/a/)]',
  "$.data[?(@.id=='b']",
  "$.data[?@.id=='b')]",
  '$.data[?(@.id==b)]',
  '$.data[?(@==1)]',
  '$.data[(@.length-1)]',
  '$.f()',
  `$${'.a'.repeat(17)}`,
  `$.${'a'.repeat(200)}`,
])('%j is no path, and is told with what can be written', (text) => {
  const fault = parsePath(text);
  if ('root' in fault) throw new Error('was taken');
  expect([halfSaid(fault.message), halfSaid(fault.remedy)]).toEqual([null, null]);
});

test('what a path may look at is bounded, and nothing is selected beyond it', () => {
  const path = parsePath('$[*][*]');
  if (!('root' in path)) throw new Error('no path');
  const root = Array.from({ length: 1000 }, () => Array.from({ length: 1000 }, () => 1));
  const budget = { left: 5000 };
  expect(select(path, { root, element: null }, budget)).toEqual([]);
  expect(budget.left).toBeGreaterThan(-2000);
  expect(first(path, { root: [[7]], element: null }, { left: 10 })).toBe(7);
});
