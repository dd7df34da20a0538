import { describe, expect, it } from 'vitest';
import { lookOf } from './looks.ts';
import { waterLevel } from './scene/floodWater.ts';
import { SCENE_FORMAT, SCENE_SECONDS } from './scenes.ts';

describe('looks of the drill cameras', () => {
  const ids = Array.from({ length: 200 }, (_, i) => `CAM-${String(i + 1).padStart(3, '0')}`);

  it('are the same every time, and differ between the cameras of one scene', () => {
    const looks = ids.map((id) => JSON.stringify(lookOf(id, 'arterial')));
    expect(looks).toEqual(ids.map((id) => JSON.stringify(lookOf(id, 'arterial'))));
    expect(new Set(looks).size).toBeGreaterThan(190);
  });

  it('crop within the picture, start within the loop, and never mirror a street', () => {
    for (const id of ids) {
      const { filters, offsetSeconds } = lookOf(id, 'arterial');
      const [wide = 0, high = 0, left = 0, top = 0] = (/crop=(\d+):(\d+):(\d+):(\d+)/.exec(filters.join()) ?? [])
        .slice(1)
        .map(Number);
      expect(left + wide).toBeLessThanOrEqual(SCENE_FORMAT.width);
      expect(top + high).toBeLessThanOrEqual(SCENE_FORMAT.height);
      expect(offsetSeconds).toBeGreaterThanOrEqual(0);
      expect(offsetSeconds).toBeLessThan(SCENE_SECONDS);
      expect(filters.join()).not.toContain('hflip');
    }
    expect(ids.some((id) => lookOf(id, 'plaza').filters.includes('hflip'))).toBe(true);
  });

  it('show the water rising without a pause to a car door', () => {
    const levels = Array.from({ length: SCENE_FORMAT.frames }, (_, frame) => waterLevel(frame));
    for (const [i, level] of levels.entries()) if (i > 0) expect(level).toBeGreaterThan(levels[i - 1] ?? 0);
    expect(levels[0]).toBeCloseTo(0.1);
    expect(levels.at(-1)).toBeCloseTo(0.92);
  });
});
