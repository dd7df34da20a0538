import { describe, expect, test } from 'vitest';
import { AlarmRule } from './rules.ts';
import { tryRule } from './trial.ts';

const rule = (more: object) =>
  AlarmRule.safeParse({
    ...{ rule: 'trucks', name: { zh: '驶入', en: 'Truck came in' }, unit: { kind: 'truck' } },
    area: { around: 'SCHOOL', metres: 200 },
    levels: [{ level: 3, raise: 0, clear: -20 }],
    ...more,
  });

/** Tries metres inside, one a second; when each alarm began and ended, in seconds. */
function tried(metres: readonly number[], more: object = {}) {
  const trial = tryRule(rule(more).data ?? expect.fail('no rule'));
  for (const [second, value] of metres.entries()) trial.heard('T-1', { t: second * 1000, value, quality: 'good' });
  return trial
    .end(metres.length * 1000)
    .map(({ from, to, level }) => [from / 1000, to === null ? null : to / 1000, level]);
}

describe('a rule of an area (A17)', () => {
  test('tells who goes in, once while it jitters at the edge, and who goes out', () => {
    expect(tried([-300, -5, 3, -4, 6, -19, 1, -21, -300, 4])).toEqual([
      [2, 7, 3],
      [9, null, 3],
    ]);
    const out = { direction: 'low', levels: [{ level: 3, raise: 0, clear: 20 }] };
    expect(tried([50, 3, -1, 15, -8, 19, 20, 50], out)).toEqual([[2, 6, 3]]);
  });

  test('tells who stays, jitter or not, worse the longer, and is over as soon as it has left', () => {
    const levels = [
      { level: 4, raise: 0, clear: -20, for: 3 },
      { level: 2, raise: 0, clear: -20, for: 6 },
    ];
    expect(tried([5, 5, -30, 5, 5, 5], { levels })).toEqual([]);
    expect(tried([-9, 1, -9, -9, 1, 5, 5, 5, 5, -21], { levels })).toEqual([[4, 9, 2]]);
  });

  test.each([
    ['watches units and sensors', { sensor: { kind: 'rain' } }, 'sensor'],
    ['watches nothing', { unit: undefined, area: undefined }, 'sensor'],
    ['has no area', { area: undefined }, 'area'],
    ['has an area of sensors', { unit: undefined, sensor: { kind: 'rain' } }, 'area'],
    ['looks at a change', { measure: { change: 5 } }, 'measure'],
  ])('is refused where it %s', (_, more, path) => {
    expect(rule(more).error?.issues.map((issue) => issue.path.join('.'))).toEqual([path]);
  });
});
