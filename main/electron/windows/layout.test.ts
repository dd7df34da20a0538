import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { firstLayout, keepOnScreen, type Monitor, monitorSet, tearOffBounds } from './layout.ts';

const monitor = (id: string, x: number, y = 0, width = 1920, height = 1080): Monitor => ({
  id,
  workArea: { x, y, width, height },
});
const left = monitor('1', 0);
const right = monitor('2', 1920);

describe('layout', () => {
  test('a set of monitors is known by what is seen, not by sockets', () => {
    expect(monitorSet([left, right])).toBe(monitorSet([{ ...right, id: '9' }, left]));
    expect(monitorSet([left])).not.toBe(monitorSet([left, right]));
  });

  test('one monitor: the workspace; two: the workspace, and video over plan', () => {
    expect(firstLayout([left], 'duty').windows.map((w) => w.region)).toEqual(['workspace']);
    const two = firstLayout([right, left], 'duty').windows;
    expect(two.map((w) => [w.region, w.bounds.x, w.bounds.y])).toEqual([
      ['workspace', 0, 0],
      ['video', 1920, 0],
      ['plan', 1920, 540],
    ]);
  });

  test('a window whose monitor has gone moves to one that is there, whole', () => {
    expect(keepOnScreen({ x: 1920, y: 540, width: 1920, height: 540 }, [left])).toEqual({
      x: 0,
      y: 540,
      width: 1920,
      height: 540,
    });
    expect(keepOnScreen({ x: 100, y: 100, width: 800, height: 600 }, [left, right])).toEqual({
      x: 100,
      y: 100,
      width: 800,
      height: 600,
    });
  });

  test('whatever the window and the monitors, the fitted window is wholly on one of them', () => {
    const rect = fc.record({
      x: fc.integer({ min: -4000, max: 8000 }),
      y: fc.integer({ min: -4000, max: 8000 }),
      width: fc.integer({ min: 200, max: 5000 }),
      height: fc.integer({ min: 150, max: 5000 }),
    });
    const sets = fc.subarray([left, right, monitor('3', 0, 1080, 3840, 2160)], { minLength: 1 });
    fc.assert(
      fc.property(rect, sets, (bounds, monitors) => {
        const f = keepOnScreen(bounds, monitors);
        return monitors.some(
          ({ workArea: w }) =>
            f.x >= w.x && f.y >= w.y && f.x + f.width <= w.x + w.width && f.y + f.height <= w.y + w.height,
        );
      }),
      { seed: 3 },
    );
  });

  test('a torn-off region goes to the next monitor, or to the middle of the only one', () => {
    expect(tearOffBounds(left.workArea, [left, right])).toEqual(right.workArea);
    expect(tearOffBounds(right.workArea, [left, right])).toEqual(left.workArea);
    expect(tearOffBounds(left.workArea, [left])).toEqual({ x: 384, y: 216, width: 1152, height: 648 });
  });
});
