import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { measuring } from './measure.ts';
import { AlarmRule } from './rules.ts';
import { tryRule } from './trial.ts';
import { createUsual } from './usual.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const EAST = () => 8 * HOUR;
/** Midnight in the east, of a day of some number. */
const midnight = (day: number) => day * DAY - 8 * HOUR;

/** A sensor that said so much at ten in the morning of each day, and another at night. */
function learned(mornings: readonly number[], days = 14) {
  const usual = createUsual(EAST, days);
  mornings.forEach((value, day) => {
    usual.learn(midnight(1000 + day) + 10 * HOUR, value);
    usual.learn(midnight(1000 + day) + 2 * HOUR, 0);
  });
  return { usual, at: (day: number, hour: number, back = days) => usual.at(midnight(1000 + day) + hour * HOUR, back) };
}

describe('what is usual at an hour (A19)', () => {
  test('is the median and the median distance from it, by the hour on the wall, one odd day or not', () => {
    const { at } = learned([10, 11, 9, 500, 10]);
    expect(at(5, 10)).toEqual({ median: 10, mad: 1, days: 5 });
    expect(at(5, 10.9)).toEqual({ median: 10, mad: 1, days: 5 });
    expect(at(5, 2)).toMatchObject({ median: 0, mad: 0 });
    expect(at(5, 11)).toBeNull();
  });

  test('does not count today, nor what is longer ago than was asked for', () => {
    const { at } = learned([1, 2, 3, 4, 5, 6]);
    expect(at(5, 10)?.days).toBe(5);
    expect(at(5, 10, 2)).toEqual({ median: 4.5, mad: 0.5, days: 2 });
    expect(at(40, 10)).toBeNull();
  });

  test('keeps one value in ten minutes, and forgets by itself', () => {
    const usual = createUsual(EAST, 2);
    expect([
      usual.learn(midnight(5), 1),
      usual.learn(midnight(5) + 599_999, 2),
      usual.learn(midnight(5) + 600_000, 3),
    ]).toEqual([true, false, true]);
    for (let day = 6; day < 30; day++) expect(usual.learn(midnight(day), day)).toBe(true);
    expect(usual.at(midnight(30), 2)).toMatchObject({ median: 28.5, days: 2 });
    expect(usual.learn(midnight(5), 1)).toBe(false); // Longer ago than what is remembered.
  });

  test('whatever was said when: what a look at all of it says (property)', () => {
    const said = fc.record({ slot: fc.integer({ min: 0, max: 6 * 144 - 1 }), value: fc.integer({ min: -9, max: 9 }) });
    fc.assert(
      fc.property(
        fc.array(said, { maxLength: 60 }),
        fc.integer({ min: 0, max: 23 }),
        fc.integer({ min: 1, max: 6 }),
        (all, hour, back) => {
          const usual = createUsual(() => 0, 6);
          const first = new Map<number, number>();
          for (const { slot, value } of all) {
            usual.learn(slot * 600_000, value);
            if (!first.has(slot)) first.set(slot, value);
          }
          const of = [...first].filter(([slot]) => Math.floor((slot % 144) / 6) === hour && slot >= (6 - back) * 144);
          const days = new Set(of.map(([slot]) => Math.floor(slot / 144))).size;
          const sorted = of.map(([, value]) => value).sort((a, b) => a - b);
          const middle = ((sorted[(sorted.length - 1) >> 1] ?? 0) + (sorted[sorted.length >> 1] ?? 0)) / 2;
          const found = usual.at(6 * DAY + hour * HOUR, back);
          expect(found === null).toBe(of.length === 0);
          if (found) expect(found).toMatchObject({ median: middle, days });
        },
      ),
      { seed: 51 },
    );
  });
});

const rule = (more: object = {}) =>
  AlarmRule.parse({
    ...{ rule: 'odd', name: { zh: '异常', en: 'Odd' }, sensor: { kind: 'flow' }, measure: { usual: 14, spread: 0.5 } },
    levels: [{ level: 3, raise: 6, clear: 2 }],
    ...more,
  });

describe('a rule of what is usual (A19)', () => {
  const at = (day: number, minutes: number) => midnight(1000 + day) + 10 * HOUR + minutes * 60_000;
  const good = (t: number, value: number) => ({ t, value, quality: 'good' }) as const;

  test('is told in spreads, of which the least is given, and as good as the value is', () => {
    const { usual } = learned([10, 12, 8, 14]);
    const measure = measuring(rule().measure, usual);
    expect(measure.heard(good(at(4, 0), 17))).toMatchObject({ value: 3 });
    const flat = measuring(rule().measure, learned([10, 10, 10]).usual);
    expect(flat.heard(good(at(3, 0), 12))).toMatchObject({ value: 4 });
    expect(flat.heard({ t: at(3, 1), value: 99, quality: 'bad' })).toMatchObject({ quality: 'bad' });
    expect(flat.heard({ t: at(3, 2), value: 99, quality: 'doubtful' })).toMatchObject({
      quality: 'doubtful',
      value: 178,
    });
  });

  test('says nothing until it knows three days of the hour, and how many it knew then', () => {
    const few = measuring(rule().measure, learned([10, 10]).usual);
    expect(few.heard(good(at(2, 0), 99))).toBeNull();
    expect(few.days).toBe(2);
    const enough = measuring(rule().measure, learned([10, 10, 10]).usual);
    expect(enough.heard(good(at(3, 0), 99))).not.toBeNull();
    expect(enough.days).toBe(3);
  });

  test('raises what is far from usual at its hour, and not the same value at an hour that has it every day', () => {
    const usual = createUsual(EAST, 14);
    const trial = tryRule(rule(), () => usual);
    for (let day = 0; day < 6; day++)
      for (let hour = 0; hour < 24; hour++) {
        const busy = hour >= 8 && hour < 18;
        const odd = day === 5 && hour === 3;
        const said = good(midnight(1000 + day) + hour * HOUR, busy || odd ? 20 : 1);
        usual.learn(said.t, said.value);
        trial.heard('F-1', said);
      }
    expect(
      trial
        .end(midnight(1006))
        .map(({ from, to }) => [(from - midnight(1005)) / HOUR, (Number(to) - midnight(1005)) / HOUR]),
    ).toEqual([[3, 4]]);
  });

  test.each([[{ usual: 2, spread: 1 }], [{ usual: 29, spread: 1 }], [{ usual: 14, spread: 0 }], [{ usual: 14 }]])(
    '%j is refused',
    (measure) => {
      expect(AlarmRule.safeParse({ ...rule(), measure }).success).toBe(false);
    },
  );
});
