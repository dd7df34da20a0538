import { describe, expect, test } from 'vitest';
import { circle, landWith, type Place } from '../testing/landWith.ts';

describe('a coast that ends within the box', () => {
  test('goes on the way it went where that leaves more of what is built on land', () => {
    const coast: Place[] = [
      [-100, 900],
      [500, 700],
      [800, 600],
    ];
    const town = Array.from({ length: 40 }, (_, i): Place => [810 + i, 590]);
    expect([landWith([coast]).isLand(950, 580), landWith([coast], town).isLand(850, 580)]).toEqual([true, true]);
    const steep: Place[] = [
      [-100, 1000],
      [500, 500],
      [700, 200],
    ];
    const ahead = Array.from({ length: 40 }, (_, i): Place => [710 + i, 100 - i]);
    expect([landWith([steep]).isLand(730, 80), landWith([steep], ahead).isLand(730, 80)]).toEqual([false, true]);
  });

  test('goes to the side that is near', () => {
    const { isLand, isGuess } = landWith([
      [
        [-100, 600],
        [500, 600],
        [850, 600],
      ],
    ]);
    expect([isLand(950, 500), isLand(950, 700), isGuess]).toEqual([true, false, false]);
  });

  test('goes to the nearest side where its way would be far', () => {
    // From the west to just before the east side, where it turns back: straight on were the west side again.
    const { isLand, isGuess } = landWith([
      [
        [-100, 300],
        [950, 300],
        [950, 500],
        [700, 500],
      ],
    ]);
    expect([isLand(500, 100), isLand(500, 450), isGuess]).toEqual([true, false, false]);
  });

  test('in the middle of it says nothing plausible: all is land', () => {
    expect(
      landWith([
        [
          [-100, 500],
          [500, 500],
        ],
      ]),
    ).toMatchObject({ area: 1, isGuess: true });
  });

  test('says nothing plausible either when it is shorter than what would be made up', () => {
    expect(
      landWith([
        [
          [600, 700],
          [650, 700],
        ],
      ]),
    ).toMatchObject({ area: 1, isGuess: true });
  });

  test('is not joined with another whose beginning is farther than the side is', () => {
    const { isLand } = landWith([
      [
        [-10, 300],
        [950, 300],
      ],
      [
        [900, 380],
        [-10, 380],
      ],
    ]);
    expect([isLand(500, 340), isLand(980, 340), isLand(500, 200), isLand(500, 500)]).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });

  test('is left out where the others do without it', () => {
    const { isLand, isGuess } = landWith([
      [
        [-100, 600],
        [1100, 600],
      ],
      [
        [300, 900],
        [400, 950],
      ],
    ]);
    expect([isLand(500, 100), isLand(500, 900), isGuess]).toEqual([true, false, false]);
  });
});

test('beyond the box land goes on straight to the edge of the map', () => {
  const { isLand } = landWith(
    [
      [
        [-10, 600],
        [1010, 600],
      ],
    ],
    [],
    [-200, -200, 1200, 1200],
  );
  expect([isLand(-100, 500), isLand(1100, 500), isLand(500, -100)]).toEqual([true, true, true]);
  expect([isLand(-100, 700), isLand(1100, 700), isLand(500, 1100)]).toEqual([false, false, false]);
  expect(landWith([], [], [-200, -200, 1200, 1200]).isLand(-100, -100)).toBe(true);
});

describe('a gap in a coast, where the file lacks a way, is bridged', () => {
  test('between two pieces', () => {
    const { isLand, isGuess } = landWith([
      [
        [-10, 600],
        [300, 600],
        [450, 600],
      ],
      [
        [520, 610],
        [700, 600],
        [1010, 600],
      ],
    ]);
    expect([isLand(480, 550), isLand(480, 650), isGuess]).toEqual([true, false, false]);
  });

  test('around an island', () => {
    const { isLand, area } = landWith([circle(500, 500, 200).slice(0, 23)]);
    expect([isLand(500, 500), isLand(100, 100)]).toEqual([true, false]);
    expect(area).toBeLessThan(0.13);
  });
});

describe('a coast is not believed', () => {
  test('when two of one direction cross the box', () => {
    expect(
      landWith([
        [
          [-10, 300],
          [1010, 300],
        ],
        [
          [-10, 700],
          [1010, 700],
        ],
      ]),
    ).toMatchObject({ area: 1, isGuess: true });
  });

  test('when most of what is built would stand in the sea', () => {
    const town = Array.from({ length: 40 }, (_, i): Place => [100 + i * 10, 100 + i]);
    const coast: Place[] = [
      [-100, 600],
      [1100, 600],
    ];
    expect(landWith([coast], town)).toMatchObject({ isGuess: false });
    expect(landWith([[...coast].reverse()], town)).toMatchObject({ area: 1, isGuess: true });
  });
});
