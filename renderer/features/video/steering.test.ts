import { expect, it } from 'vitest';
import { type Direction, releasedBy, velocityOf } from './steering.ts';

it('turns and zooms by what is held together, and stands where two are against each other', () => {
  const of = (...held: Direction[]) => Object.values(velocityOf(new Set(held)));
  expect([of('right'), of('left', 'up'), of('left', 'right'), of('nearer', 'down'), of()]).toEqual([
    ...[
      [0.5, 0, 0],
      [-0.5, 0.5, 0],
      [0, 0, 0],
      [0, -0.5, 0.5],
      [0, 0, 0],
    ],
  ]);
});

it('knows a key again when it is let go, with or without Shift', () => {
  expect(['ArrowLeft', '+', '=', '-', '_', 'a', 'constructor'].map(releasedBy)).toEqual([
    ...['left', 'nearer', 'nearer', 'farther', 'farther', undefined, undefined],
  ]);
});
