import { expect, test } from 'vitest';
import { cellNumber, cellText, chineseDate, shownText } from './cellText.ts';
import { degreesOf, pairOfDegrees } from './degrees.ts';

test.each<[string | number | null, number | null]>([
  [121.5, 121.5],
  ['121.5', 121.5],
  ['１２１．５', 121.5],
  ['121.5E', 121.5],
  ['E121.5', 121.5],
  ['121.5°W', -121.5],
  ['121°30′15″', 121.504166667],
  ['121°30\'15.5"E', 121.504305556],
  ['121° 30′ 15″', 121.504166667],
  ['121º30’', 121.5],
  ['东经121度30分15秒', 121.504166667],
  ['北纬：31度12分', 31.2],
  ['31.2 S', -31.2],
  ['-31°30′', -31.5],
  ['3450000.25', 3450000.25],
  ['3,450,000', 3450000],
  ['', null],
  ['—', null],
  [null, null],
  ['121°75′', Number.NaN],
  ['东经', Number.NaN],
  ['121.5EN', Number.NaN],
  ['东闸', Number.NaN],
])('%j is %d degrees', (cell, degrees) => {
  const read = degreesOf(cell);
  if (degrees === null || Number.isNaN(degrees)) expect(read).toEqual(degrees);
  else expect(read).toBeCloseTo(degrees, 8);
});

test.each<[string | null, [number, number] | null]>([
  ['121.5,31.2', [121.5, 31.2]],
  ['121.5， 31.2', [121.5, 31.2]],
  ['[121.5 31.2]', [121.5, 31.2]],
  ['121.5', null],
  ['', null],
  [null, null],
])('%j is the pair %j', (cell, pair) => {
  expect(pairOfDegrees(cell)).toEqual(pair);
});

test.each<[string | number, number | null]>([
  ['1,234.5', 1234.5],
  ['19.82m', 19.82],
  ['５００ 床', 500],
  ['-3', -3],
  ['/', null],
  ['无', null],
  ['约5', Number.NaN],
  ['1,23', Number.NaN],
  ['1-2', Number.NaN],
])('%j is the number %d', (cell, number) => {
  expect(cellNumber(cell)).toEqual(number);
});

test.each([
  ['2024年9月1日 14时05分', '2024-09-01 14:05'],
  ['2024年09月01日', '2024-09-01'],
  ['2024年9月1日14点', '2024-09-01 14:00'],
  ['2024年9月1日 14:05:07', '2024-09-01 14:05:07'],
  ['2024年鉴', null],
  ['2024-09-01', null],
])('%s is %s', (text, date) => {
  expect(chineseDate(text)).toBe(date);
});

test('full-width and copied characters are made plain where they are compared, and stay as they are where they are shown', () => {
  expect(cellText('　ＷＬ－００１　⽔位  站 ')).toBe('WL-001 水位 站');
  expect(shownText('  泵站（东） ')).toBe('泵站（东）');
  expect(shownText('——')).toBe('');
});
