import { expect, it } from 'vitest';
import { type Box, linesOf, standing } from './labels.ts';

const box = (left: number, top: number, width = 10, height = 10): Box => ({
  ...{ left, top, right: left + width, bottom: top + height },
});

it('labels stand where none is before them, and over no symbol but their own', () => {
  const [one, other, third] = [box(0, 0), box(100, 0), box(100, 12)];
  const wishes = [
    { id: 'most urgent', symbol: one, box: box(0, 8, 40) },
    { id: 'over the first', symbol: other, box: box(30, 8, 80) },
    { id: 'over the third’s symbol', symbol: other, box: box(90, 8, 30) },
    { id: 'beside all', symbol: third, box: box(90, 24, 30) },
  ];
  expect(standing(wishes, [one, other, third]).map(({ id }) => id)).toEqual(['most urgent', 'beside all']);
});

it('a text is broken at spaces, and between Chinese signs, no wider than there is room', () => {
  const width = (line: string) => [...line].reduce((sum, sign) => sum + (sign > '\u2e80' ? 2 : 1), 0);
  expect(linesOf('Binhe Road underpass\nFlooding', 12, width)).toEqual(['Binhe Road', 'underpass', 'Flooding']);
  expect(linesOf('滨河路下穿道路积水', 12, width)).toEqual(['滨河路下穿道', '路积水']);
  expect(linesOf('G228 国道K12', 8, width)).toEqual(['G228 国', '道K12']);
  expect(linesOf('Llanfairpwll', 4, width)).toEqual(['Llanfairpwll']);
  expect(linesOf('', 4, width)).toEqual([]);
});
