import { expect, test } from 'vitest';
import { askedOf, type Choice, isWhole, NO_CHOICE } from './choice.ts';

const chosen = (part: Partial<Choice>): Choice => ({ ...NO_CHOICE, file: new File(['a'], 'a.csv'), ...part });

test('a file is looked through once it is chosen, and its coordinates are named where they are of another system', () => {
  expect(isWhole(NO_CHOICE)).toBe(false);
  expect(isWhole(chosen({}))).toBe(true);
  expect(['', '45', '4549', ' 4549 ', 'x4549'].map((epsg) => isWhole(chosen({ crs: 'other', epsg })))).toEqual([
    ...[false, false, true, true, false],
  ]);
  expect(isWhole(chosen({ crs: 'other', epsg: '', kind: 'units' }))).toBe(true);
});

test('what is left to the file is not asked, nor are coordinates of what stands nowhere', () => {
  expect(askedOf(chosen({}), 'u1')).toEqual({ upload: 'u1', kind: 'sensors' });
  expect(askedOf(chosen({ crs: 'bd09', sheet: '表二' }), 'u1')).toMatchObject({ crs: 'bd09', sheet: '表二' });
  expect(askedOf(chosen({ crs: 'other', epsg: ' 4549 ' }), 'u1')).toMatchObject({ crs: 'EPSG:4549' });
  expect(askedOf(chosen({ crs: 'bd09', kind: 'departments' }), 'u1')).toEqual({ upload: 'u1', kind: 'departments' });
});
