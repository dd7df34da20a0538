import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { measuring, nextSilence, unitOf } from './measure.ts';
import { AlarmRule } from './rules.ts';
import type { Said } from './said.ts';

const said = (minute: number, value: number, quality: Said['quality'] = 'good'): Said => ({
  ...{ t: minute * 60_000, value, quality },
});

describe('by how much a value has changed', () => {
  test('is known once something was heard so long ago, and is against what was said last before that', () => {
    const { heard } = measuring({ change: 10 });
    const values = [said(0, 1), said(4, 2), said(9, 3), said(10, 4), said(13, 5), said(19, 1), said(40, 7)].map(heard);
    expect(values.map((each) => each?.value ?? null)).toEqual([null, null, null, 3, 4, -2, 6]);
  });

  test('a bad value is no measurement, and is not remembered; a clock set back begins anew', () => {
    const { heard } = measuring({ change: 10 });
    heard(said(0, 1));
    expect(heard(said(5, 99, 'bad'))).toMatchObject({ quality: 'bad' });
    expect(heard(said(15, 4))).toMatchObject({ value: 3, quality: 'good' });
    expect(heard(said(2, 50))).toBeNull();
    expect(heard(said(12, 51, 'doubtful'))).toMatchObject({ value: 1, quality: 'doubtful' });
  });

  test('is what looking through all that was said gives, to the spacing of what is kept (property)', () => {
    const steps = fc.array(
      fc.record({ after: fc.integer({ min: 1, max: 300 }), value: fc.integer({ min: -50, max: 50 }) }),
      {
        maxLength: 200,
      },
    );
    fc.assert(
      fc.property(steps, (all) => {
        const { heard } = measuring({ change: 4 });
        const before: Said[] = [];
        let t = 0;
        for (const { after, value } of all) {
          t += after * 1000;
          const then = before.findLast((each) => each.t <= t - 240_000);
          expect(heard({ t, value, quality: 'good' })?.value ?? null).toBe(then ? value - then.value : null);
          before.push({ t, value, quality: 'good' });
        }
      }),
      { seed: 8, numRuns: 300 },
    );
  });

  test('of a gauge that speaks all the time no more is kept than of another', () => {
    const { heard } = measuring({ change: 1 });
    let last: Said | null = null;
    for (let ms = 0; ms < 600_000; ms += 20) last = heard({ t: ms, value: ms, quality: 'good' });
    expect(Math.abs((last?.value ?? 0) - 60_000)).toBeLessThanOrEqual(500);
  });
});

test('a word of a sensor ends its silence, whatever it says of itself', () => {
  expect(measuring('silence').heard(said(3, 9, 'bad'))).toEqual({ t: 180_000, value: 0, quality: 'good' });
  expect(measuring('value').heard(said(3, 9))).toEqual(said(3, 9));
});

test('thresholds are in the sensor’s unit, in that a time, or in minutes', () => {
  expect([
    unitOf('value', 'm'),
    unitOf({ change: 10 }, 'm'),
    unitOf({ change: 1 }, 'm'),
    unitOf('silence', 'm'),
  ]).toEqual([...['m', 'm/10min', 'm/min', 'min']]);
});

const rule = (more: object) => ({
  ...{ rule: 'r', name: { zh: '一', en: 'r' }, sensor: { kind: 'rain' }, ...more },
});

test('the next threshold of silence is the smallest that is not reached', () => {
  const { levels } = AlarmRule.parse(
    rule({
      measure: 'silence',
      levels: [
        { level: 4, raise: 15, clear: 1 },
        { level: 3, raise: 60, clear: 1 },
      ],
    }),
  );
  expect([0, 15, 59, 60].map((minutes) => nextSilence({ levels }, minutes))).toEqual([15, 60, 60, null]);
});

test.each([
  [{ measure: 'silence', direction: 'low', levels: [{ level: 4, raise: 1, clear: 2 }] }, 'direction'],
  [{ measure: 'silence', levels: [{ level: 4, raise: 15, clear: 1, for: 3 }] }, 'levels.0.for'],
  [{ measure: 'silence', levels: [{ level: 4, raise: 0, clear: -1 }] }, 'levels.0.raise'],
  [{ measure: 'silence', levels: [{ level: 4, raise: 5, clear: -1 }] }, 'levels.0.clear'],
  [{ measure: { change: 0 }, levels: [{ level: 4, raise: 5, clear: 1 }] }, 'measure'],
  [{ measure: 'speed', levels: [{ level: 4, raise: 5, clear: 1 }] }, 'measure'],
])('a rule that makes no sense is refused where it does not: %j', (more, path) => {
  const { error } = AlarmRule.safeParse(rule(more));
  expect(error?.issues.map((issue) => issue.path.join('.')).some((each) => each.startsWith(path))).toBe(true);
});
