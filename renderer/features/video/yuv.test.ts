import { describe, expect, it } from 'vitest';
import { i420ToRgba } from './yuv.ts';

/** A 2 × 2 picture of one colour. */
function colour(y: number, u: number, v: number): number[] {
  const rgba = new Uint8ClampedArray(16);
  i420ToRgba(Uint8Array.of(y, y, y, y, u, v), 2, 2, rgba);
  return [...rgba.subarray(0, 4)];
}

describe('i420ToRgba', () => {
  it.each([
    ['black', 16, 128, 128, [0, 0, 0, 255]],
    ['white', 235, 128, 128, [255, 255, 255, 255]],
    ['red', 81, 90, 240, [255, 0, 0, 255]],
    ['blue', 41, 240, 110, [0, 0, 255, 255]],
  ])('%s', (_name, y, u, v, expected) => {
    for (const [i, value] of colour(y, u, v).entries())
      expect(Math.abs(value - (expected[i] ?? 0))).toBeLessThanOrEqual(1);
  });

  it('refuses bytes that do not fit', () => {
    expect(() => i420ToRgba(new Uint8Array(5), 2, 2, new Uint8ClampedArray(16))).toThrow(RangeError);
  });
});
