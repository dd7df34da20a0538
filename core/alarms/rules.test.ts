import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AlarmRule, initialWatch, watch } from './rules.ts';

const rule = AlarmRule.parse({
  rule: 'waterlogging',
  name: { zh: '积水', en: 'Waterlogging' },
  sensor: { kind: 'water-level' },
  levels: [
    { level: 4, raise: 0.15, clear: 0.1, for: 3 },
    { level: 2, raise: 0.4, clear: 0.3, for: 3 },
  ],
});

function run(values: readonly [second: number, value: number][]) {
  let state = initialWatch(rule);
  const said: string[] = [];
  for (const [second, value] of values) {
    const step = watch(rule, state, { t: second * 1000, value });
    state = step.state;
    if (step.verdict) said.push(`${second}: ${'raise' in step.verdict ? `raise ${step.verdict.raise}` : 'clear'}`);
  }
  return said;
}

describe('alarm rules (A10)', () => {
  test('raises when the value has held for the time, once', () => {
    expect(
      run([
        [0, 0.2],
        [1, 0.2],
        [2, 0.2],
        [3, 0.2],
        [4, 0.2],
        [9, 0.2],
      ]),
    ).toEqual(['3: raise 4']);
  });
  test('a dip starts the time again', () => {
    expect(
      run([
        [0, 0.2],
        [2, 0.1],
        [3, 0.2],
        [5, 0.2],
        [6, 0.2],
      ]),
    ).toEqual(['6: raise 4']);
  });
  test('climbing raises the worse level, and goes straight to it where both have held', () => {
    expect(
      run([
        [0, 0.2],
        [3, 0.2],
        [4, 0.5],
        [7, 0.5],
      ]),
    ).toEqual(['3: raise 4', '7: raise 2']);
    expect(
      run([
        [0, 0.5],
        [3, 0.5],
      ]),
    ).toEqual(['3: raise 2']);
  });
  test('clears only beyond the dead band, and only after the time', () => {
    expect(
      run([
        [0, 0.2],
        [3, 0.2],
        [10, 0.12],
        [20, 0.12],
        [21, 0.05],
        [23, 0.05],
        [24, 0.05],
      ]),
    ).toEqual(['3: raise 4', '24: clear']);
  });
  test('a low-side rule mirrors it', () => {
    const low = AlarmRule.parse({ ...rule, direction: 'low', levels: [{ level: 3, raise: 1, clear: 2, for: 0 }] });
    let state = initialWatch(low);
    const first = watch(low, state, { t: 0, value: 0.5 });
    expect(first.verdict).toEqual({ raise: 3 });
    state = first.state;
    expect(watch(low, state, { t: 1, value: 1.5 }).verdict).toBeNull();
    expect(watch(low, state, { t: 2, value: 2 }).verdict).toEqual({ clear: true });
  });
  test('clear on the wrong side of raise is refused with the path', () => {
    const bad = AlarmRule.safeParse({ ...rule, levels: [{ level: 4, raise: 1, clear: 1 }] });
    expect(bad.error?.issues[0]).toMatchObject({ path: ['levels', 0, 'clear'] });
  });
  test('whatever the values: raises get worse until a clear, and a clear follows a raise', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.double({ min: 0, max: 1, noNaN: true }))),
        (steps) => {
          let state = initialWatch(rule);
          let t = 0;
          let up: number | null = null;
          for (const [gap, value] of steps) {
            t += gap * 1000;
            const next = watch(rule, state, { t, value });
            state = next.state;
            if (!next.verdict) continue;
            if ('raise' in next.verdict) {
              if (up !== null && next.verdict.raise >= up) return false;
              up = next.verdict.raise;
            } else {
              if (up === null) return false;
              up = null;
            }
          }
          return state.up === up;
        },
      ),
      { seed: 7 },
    );
  });
});
