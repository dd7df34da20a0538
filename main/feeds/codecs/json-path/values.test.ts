import { expect, test } from 'vitest';
import { readJson } from './json.ts';
import { type BytesAt, numberIn, numberOf } from './numbers.ts';
import { timeReader } from './time.ts';
import { topicMatches } from './topic.ts';

test.each<[unknown, number | null]>([
  [1.5, 1.5],
  [true, 1],
  [false, 0],
  ['37.5', 37.5],
  [' -97 ', -97],
  ['+.5e-3', 0.0005],
  ['1.', 1],
  ['', null],
  ['0x10', null],
  ['1e999', null],
  ['12.3℃', null],
  ['1,000', null],
  ['--', null],
  [null, null],
  [{}, null],
  [[1], null],
])('%j is the number %j', (value, number) => {
  expect(numberOf(value)).toBe(number);
});

test('there is one nought', () => {
  expect([numberOf(-0), numberOf('-0')].map((n) => Object.is(n, 0))).toEqual([true, true]);
});

test('a number stands in the bytes of a frame, in hex or base64, in either order, with a sign or without', () => {
  const at = (more: Partial<BytesAt>): BytesAt => ({
    as: 'hex',
    from: 1,
    count: 2,
    order: 'big',
    signed: false,
    ...more,
  });
  expect(numberIn('00FF38aa', at({}))).toBe(0xff38);
  expect(numberIn('00 FF 38', at({ signed: true }))).toBe(-200);
  expect(numberIn('00FF38', at({ order: 'little' }))).toBe(0x38ff);
  expect(numberIn('00FF38', at({ order: 'little', signed: true, count: 1 }))).toBe(-1);
  expect(numberIn(Buffer.from([0, 1, 2, 3, 4, 5, 6]).toString('base64'), at({ as: 'base64', count: 6 }))).toBe(
    0x010203040506,
  );
  for (const value of ['00FF', '00FF3', 'xyz', '', 5, null, {}]) expect(numberIn(value, at({}))).toBeNull();
});

const Z = (text: string) => Date.parse(text);
test.each<[string, unknown, number | null]>([
  ['ms', 1_725_172_200_000, Z('2024-09-01T06:30:00Z')],
  ['ms', '1725172200000', Z('2024-09-01T06:30:00Z')],
  ['s', 1_725_172_200.25, Z('2024-09-01T06:30:00.250Z')],
  ['s', true, null],
  ['ms', -1, null],
  ['ms', 'soon', null],
  ['s', 1e300, null],
  ['iso', '2024-09-01T06:30:00Z', Z('2024-09-01T06:30:00Z')],
  ['iso', '2024-09-01T14:30:00+08:00', Z('2024-09-01T06:30:00Z')],
  ['iso', '2024-09-01T01:00-0530', Z('2024-09-01T06:30:00Z')],
  ['iso', '20240901T063000Z', Z('2024-09-01T06:30:00Z')],
  ['iso', '20240901T063000125Z', Z('2024-09-01T06:30:00.125Z')],
  ['iso', '2024-09-01 14:30:00', Z('2024-09-01T06:30:00Z')],
  ['iso', '2024-09-01 14:30:00.1239', Z('2024-09-01T06:30:00.123Z')],
  ['iso', '2024-09-01', Z('2024-08-31T16:00:00Z')],
  ['iso', '2024-09-01T06:00:00.000Z/2024-09-01T06:30:00.000Z', Z('2024-09-01T06:30:00Z')],
  ['iso', '2024-09-01T06:00:00Z/PT30M', null],
  ['iso', '2024-02-30T00:00:00Z', null],
  ['iso', '2024-09-01T25:00:00Z', null],
  ['iso', '2024-0901', null],
  ['iso', 20_240_901, null],
  ['iso', '2024-09-01T06:30:00Z and more', null],
  ['table', '2024/9/1 14:30', Z('2024-09-01T06:30:00Z')],
  ['table', '2024.9.1 14:30:05', Z('2024-09-01T06:30:05Z')],
  ['table', '2024年9月1日14时30分', Z('2024-09-01T06:30:00Z')],
  ['table', '2024-09-01', Z('2024-08-31T16:00:00Z')],
  ['table', 202_409_011_430, Z('2024-09-01T06:30:00Z')],
  ['table', '2024-09-01T06:30:00Z', Z('2024-09-01T06:30:00Z')],
  ['table', '2024/13/1 14:30', null],
  ['table', '2024/9-1', null],
  ['table', '45536', null],
  ['YYYYMMDDHHmmss', '20240901143000', Z('2024-09-01T06:30:00Z')],
  ['YYYYMMDDHHmmss', 20_240_901_143_000, Z('2024-09-01T06:30:00Z')],
  ['YYYYMMDDTHHmmssZ', '20240901T063000Z', Z('2024-09-01T06:30:00Z')],
  ['YYYYMMDDTHHmmssZ', '20240901 063000Z', null],
  ['YYYY/MM/DD HH:mm:ss.SSS', '2024/09/01 14:30:00.250', Z('2024-09-01T06:30:00.250Z')],
  ['YYYY年MM月DD日 HH时mm分', '2024年09月01日 14时30分', Z('2024-09-01T06:30:00Z')],
  ['YYYYMMDDHHmmss', '2024090114300x', null],
  ['YYYYMMDDHHmmss', '20241301143000', null],
])('of the form %s, %j is %j in Beijing', (form, value, t) => {
  expect(timeReader(form, 480)?.(value)).toBe(t);
});

test.each(['', 'unix', 'YYYY', 'YYYYMMDD', 'YYYYMMDDHHmmssYYYY', 'YYYYMMDDHHmmss a', `YYYYMMDDHHmm${' '.repeat(40)}`])(
  '%j is no form',
  (form) => {
    expect(timeReader(form, 480)).toBeNull();
  },
);

test('a message is JSON in UTF-8, or in GB 18030 where its feed says so', () => {
  const gbk = Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xc9, 0xe8, 0xb1, 0xb8]), Buffer.from('"}')]);
  expect(readJson(gbk, 'gb18030')).toEqual({ value: { a: '设备' } });
  expect(readJson(gbk, 'utf-8')).toMatchObject({ fault: { message: { en: 'not UTF-8' } } });
  expect(readJson(Buffer.from('\ufeff{"a":"水位"}'), 'utf-8')).toEqual({ value: { a: '水位' } });
  expect(readJson(Buffer.from([0xff, 0xff]), 'gb18030')).toHaveProperty('fault');
});

test('nesting is bounded, and brackets within texts nest nothing', () => {
  const nested = (n: number) => Buffer.from('['.repeat(n) + ']'.repeat(n));
  expect(readJson(nested(64), 'utf-8')).toHaveProperty('value');
  expect(readJson(nested(65), 'utf-8')).toHaveProperty('fault');
  expect(readJson(Buffer.from(JSON.stringify(`\\"${'['.repeat(500)}`)), 'utf-8')).toHaveProperty('value');
});

test.each<[string, string, boolean]>([
  ['city/+/up', 'city/d1/up', true],
  ['city/+/up', 'city/d1/x/up', false],
  ['city/+/up', 'city//up', true],
  ['city/#', 'city', true],
  ['city/#', 'city/a/b', true],
  ['city/#', 'cities', false],
  ['#', 'a/b', true],
  ['#', '$SYS/x', false],
  ['+/x', '$SYS/x', false],
  ['$SYS/#', '$SYS/x', true],
  ['a/b', 'a/b/', false],
])('%s asks for %s: %j', (filter, topic, asks) => {
  expect(topicMatches(filter, topic)).toBe(asks);
});
