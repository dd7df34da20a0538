import { describe, expect, test } from 'vitest';
import { circle, landWith } from '../testing/landWith.ts';

describe('land lies on the left of a coast', () => {
  test('that goes from west to east: the north is land', () => {
    const { isLand, area, isGuess } = landWith([
      [
        [-100, 600],
        [500, 600],
        [1100, 600],
      ],
    ]);
    expect([isLand(500, 100), isLand(500, 900), isGuess]).toEqual([true, false, false]);
    expect(area).toBeCloseTo(0.6, 3);
  });

  test('that goes from east to west: the south is land', () => {
    const { isLand, area } = landWith([
      [
        [1100, 600],
        [-100, 600],
      ],
    ]);
    expect([isLand(500, 100), isLand(500, 900)]).toEqual([false, true]);
    expect(area).toBeCloseTo(0.4, 3);
  });

  test('that goes round a corner', () => {
    const { isLand, area } = landWith([
      [
        [-10, 300],
        [300, 300],
        [300, -10],
      ],
    ]);
    expect([isLand(100, 100), isLand(900, 900)]).toEqual([true, false]);
    expect(area).toBeCloseTo(0.09, 3);
    const other = landWith([
      [
        [300, -10],
        [300, 300],
        [-10, 300],
      ],
    ]);
    expect([other.isLand(100, 100), other.isLand(900, 900)]).toEqual([false, true]);
    expect(other.area).toBeCloseTo(0.91, 3);
  });

  test('in pieces, in any order', () => {
    const { area } = landWith([
      [
        [400, 600],
        [700, 600],
      ],
      [
        [700, 600],
        [1100, 600],
      ],
      [
        [-100, 600],
        [400, 600],
      ],
    ]);
    expect(area).toBeCloseTo(0.6, 3);
  });

  test('that leaves the box and comes back', () => {
    const { isLand, area } = landWith([
      [
        [-100, 600],
        [200, 600],
        [200, 1100],
        [400, 1100],
        [400, 600],
        [1100, 600],
      ],
    ]);
    expect([isLand(300, 900), isLand(100, 900), isLand(900, 900), isLand(300, 100)]).toEqual([
      true,
      false,
      false,
      true,
    ]);
    expect(area).toBeCloseTo(0.6 + 0.2 * 0.4, 3);
  });

  test('of both banks of a strait', () => {
    const { isLand, area } = landWith([
      [
        [-10, 300],
        [1010, 300],
      ],
      [
        [1010, 700],
        [-10, 700],
      ],
    ]);
    expect([isLand(500, 100), isLand(500, 500), isLand(500, 900)]).toEqual([true, false, true]);
    expect(area).toBeCloseTo(0.6, 3);
  });
});

describe('islands', () => {
  test('in the sea are all the land there is', () => {
    const { isLand, area } = landWith([circle(300, 300, 100), circle(700, 700, 50)]);
    expect([isLand(300, 300), isLand(700, 700), isLand(500, 500)]).toEqual([true, true, false]);
    expect(area).toBeCloseTo((Math.PI * (100 ** 2 + 50 ** 2)) / 1000 ** 2, 2);
  });

  test('before a coast', () => {
    const { isLand } = landWith([
      [
        [-10, 300],
        [1010, 300],
      ],
      circle(500, 700, 100),
    ]);
    expect([isLand(500, 100), isLand(500, 500), isLand(500, 700)]).toEqual([true, false, true]);
  });

  test('over the side of the box', () => {
    const { isLand, area } = landWith([circle(1000, 500, 200)]);
    expect([isLand(950, 500), isLand(500, 500)]).toEqual([true, false]);
    expect(area).toBeCloseTo((Math.PI * 200 ** 2) / 2 / 1000 ** 2, 2);
  });

  test('in a basin in the land', () => {
    const { isLand } = landWith([circle(500, 500, 300, false), circle(500, 500, 100)]);
    expect([isLand(50, 50), isLand(500, 300), isLand(500, 500)]).toEqual([true, false, true]);
  });

  test('as large as the whole box and larger', () => {
    expect(landWith([circle(500, 500, 5000)]).area).toBe(1);
  });
});

test('without a coast all is land', () => {
  expect(landWith([])).toMatchObject({ area: 1, isGuess: false });
});

test('a coast that passes by outside says nothing', () => {
  expect(
    landWith([
      [
        [-500, 1500],
        [1500, 1500],
      ],
    ]).area,
  ).toBe(1);
});
