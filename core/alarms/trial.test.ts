import { describe, expect, test } from 'vitest';
import { AlarmRules } from './rules.ts';
import { mostWithin, tryRule } from './trial.ts';

const MINUTE = 60_000;
const rule = (more: object) => {
  const name = { zh: '水位', en: 'Water' };
  const [read] = AlarmRules.parse({ rules: [{ rule: 'water', name, sensor: { kind: 'water-level' }, ...more }] }).rules;
  return read ?? expect.fail('no rule');
};
const LEVELS = [
  { level: 4, raise: 0.15, clear: 0.1, for: 3 },
  { level: 2, raise: 0.4, clear: 0.3, for: 3 },
];

/** Tries values, a second apart. */
function tried(values: readonly number[], more: object = { levels: LEVELS }) {
  const trial = tryRule(rule(more));
  for (const [i, value] of values.entries()) trial.heard('WL-1', { t: i * 1000, value, quality: 'good' });
  return trial.end(values.length * 1000);
}

describe('a rule that is tried', () => {
  test('raises once what stays beyond, at its worst level, and ends it by its own terms', () => {
    const up = [0.2, 0.2, 0.2, 0.2, 0.5, 0.5, 0.5, 0.5];
    const down = [0.2, 0.05, 0.05, 0.05, 0.05];
    expect(tried([...up, ...down])).toEqual([{ source: 'WL-1', from: 3000, to: 12_000, level: 2, value: 0.2 }]);
    expect(tried([0.2, 0.2, 0.05, 0.2, 0.2])).toEqual([]);
    expect(tried([...up, ...down, ...up])).toMatchObject([{ to: 12_000 }, { from: 16_000, to: null }]);
  });

  test('keeps the timers of each sensor apart, and takes no bad value', () => {
    const trial = tryRule(rule({ levels: LEVELS }));
    for (let i = 0; i < 4; i++) {
      trial.heard('WL-1', { t: i * 1000, value: i % 2, quality: 'good' });
      trial.heard('WL-2', { t: i * 1000, value: 1, quality: i === 3 ? 'bad' : 'good' });
      trial.heard('WL-3', { t: i * 1000, value: 1, quality: 'good' });
    }
    expect(trial.end(9000).map(({ source }) => source)).toEqual(['WL-3']);
  });

  test('tells how fast a value changed, and how long nothing was said, at its end too', () => {
    const change = { measure: { change: 1 }, levels: [{ level: 3, raise: 5, clear: 1 }] };
    const rising = Array.from({ length: 181 }, (_, i) => (i < 60 ? 0 : Math.min(i - 60, 60) / 10));
    expect(tried(rising, change)).toMatchObject([{ level: 3, from: 110_000 }]);

    const trial = tryRule(
      rule({
        measure: 'silence',
        levels: [
          { level: 3, raise: 10, clear: 0 },
          { level: 2, raise: 30, clear: 0 },
        ],
      }),
    );
    for (const minute of [0, 5, 20, 21]) trial.heard('WL-1', { t: minute * MINUTE, value: 1, quality: 'good' });
    expect(trial.end(60 * MINUTE)).toEqual([
      { source: 'WL-1', from: 15 * MINUTE, to: 20 * MINUTE, level: 3, value: 10 },
      { source: 'WL-1', from: 31 * MINUTE, to: null, level: 2, value: 10 },
    ]);
  });
});

test('the most that began within a time are counted', () => {
  const at = (...from: number[]) => from.map((each) => ({ from: each }));
  expect(mostWithin([], 10)).toBe(0);
  expect(mostWithin(at(0, 10, 20), 10)).toBe(1);
  expect(mostWithin(at(0, 1, 9, 10, 11, 30), 10)).toBe(3);
});
