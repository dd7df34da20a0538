import { expect, test } from 'vitest';
import { boxToAsk } from './box.ts';

const view = (lon: number, lat: number, wide: number) => ({
  ...{ west: lon - wide / 2, east: lon + wide / 2, south: lat - wide / 2, north: lat + wide / 2 },
});

test.each([0.002, 0.05, 0.3, 2, 40])(
  'what is asked for holds what is on the screen %d degrees wide and around it',
  (wide) => {
    const screen = view(121.92, 29.16, wide);
    const asked = boxToAsk(screen);
    expect(asked.west).toBeLessThan(screen.west - 0.0125);
    expect(asked.east).toBeGreaterThan(screen.east + 0.0125);
    expect(asked.south).toBeLessThan(screen.south - 0.0125);
    expect(asked.north).toBeGreaterThan(screen.north + 0.0125);
    expect(asked.east - asked.west).toBeLessThanOrEqual(Math.max(4 * wide, 0.08));
  },
);

test('a little move asks for the same, a long one for something else, and nothing is asked for beyond the world', () => {
  const here = boxToAsk(view(121.92, 29.16, 0.1));
  expect(boxToAsk(view(121.921, 29.161, 0.1))).toEqual(here);
  expect(boxToAsk(view(122.4, 29.16, 0.1))).not.toEqual(here);
  expect(boxToAsk({ west: -300, south: -95, east: 300, north: 95 })).toEqual({
    ...{ west: -180, south: -90, east: 180, north: 90 },
  });
});
