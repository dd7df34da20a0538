import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Alarm } from './alarm.ts';
import { AlarmRule, acted, initialWatch, termsOf, type Verdict, type WatchState, watch } from './rules.ts';
import type { Said } from './said.ts';

const rule = AlarmRule.parse({
  rule: 'waterlogging',
  name: { zh: '积水', en: 'Waterlogging' },
  sensor: { kind: 'water-level' },
  levels: [
    { level: 4, raise: 0.15, clear: 0.1, for: 3 },
    { level: 2, raise: 0.4, clear: 0.3, for: 3 },
  ],
});

type Standing = Pick<Alarm, 'state' | 'level' | 'occurrence' | 'holds'>;
const NORMAL: Standing = { state: 'normal', level: 4, occurrence: 0, holds: [] };

/** A rule of one station, with the alarm done to as it says. */
function watching(watched: AlarmRule = rule, station = 'A') {
  let state: WatchState = initialWatch(watched);
  return {
    see(alarm: Standing, second: number, value: number, quality: Said['quality'] = 'good') {
      const step = watch(watched, state, { t: second * 1000, value, quality }, alarm, station);
      state = step.verdict ? acted(step.state, step.verdict, alarm.occurrence) : step.state;
      return { verdict: step.verdict, alarm: after(alarm, step.verdict) };
    },
  };

  function after(alarm: Standing, verdict: Verdict): Standing {
    if (!verdict) return alarm;
    if ('clear' in verdict) return { ...alarm, state: 'returned' };
    const holds = [...alarm.holds.filter((hold) => hold.station !== station), { station, terms: termsOf(watched) }];
    if ('hold' in verdict) return { ...alarm, holds };
    const occurrence = alarm.state === 'unacknowledged' ? alarm.occurrence : alarm.occurrence + 1;
    return { state: 'unacknowledged', level: verdict.raise, occurrence, holds };
  }
}

function run(values: readonly [second: number, value: number, quality?: Said['quality']][]) {
  const { see } = watching();
  let alarm = NORMAL;
  const said: string[] = [];
  for (const [second, value, quality] of values) {
    const step = see(alarm, second, value, quality);
    alarm = step.alarm;
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
    const { see } = watching(low);
    const first = see(NORMAL, 0, 0.5);
    expect(first.verdict).toEqual({ raise: 3 });
    expect(see(first.alarm, 1, 1.5).verdict).toBeNull();
    expect(see(first.alarm, 2, 2).verdict).toEqual({ clear: true });
  });

  test('A13 a bad value is no measurement, a doubtful one raises and does not clear', () => {
    expect(
      run([
        [0, 9.99, 'bad'],
        [10, 9.99, 'bad'],
        [11, 0.2, 'doubtful'],
        [12, 9.99, 'bad'],
        [14, 0.2, 'doubtful'],
        [20, 0, 'bad'],
        [30, 0, 'bad'],
        [31, 0, 'doubtful'],
        [41, 0, 'doubtful'],
        [42, 0],
        [44, 0, 'bad'],
        [46, 0],
        [49, 0],
      ]),
    ).toEqual(['14: raise 4', '49: clear']);
  });

  test('a source whose clock is put back starts no time that never ends', () => {
    expect(
      run([
        [1000, 0.2],
        [10, 0.2],
        [13, 0.2],
      ]),
    ).toEqual(['13: raise 4']);
  });

  test('A11 a milder rule does not clear what a stricter one holds up, whoever raised it', () => {
    const strict = AlarmRule.parse({ ...rule, levels: [{ level: 3, raise: 0.05, clear: 0.03 }] });
    const mild = AlarmRule.parse({ ...rule, levels: [{ level: 3, raise: 0.12, clear: 0.1 }] });
    const [a, b] = [watching(strict, 'A'), watching(mild, 'B')];
    let { alarm, verdict } = b.see(NORMAL, 0, 0.13); // The milder one is first.
    expect(verdict).toEqual({ raise: 3 });
    ({ alarm, verdict } = a.see(alarm, 1, 0.13));
    expect(verdict).toEqual({ hold: true });
    for (let second = 2; second < 100; second++) {
      for (const station of [a, b]) {
        const step = station.see(alarm, second, 0.08);
        expect(step.verdict).toBeNull();
        alarm = step.alarm;
      }
    }
    expect(watching(mild, 'B').see(alarm, 100, 0.08).verdict).toBeNull(); // Started anew.
    expect(b.see(alarm, 101, 0.03).verdict).toEqual({ clear: true });
  });

  test('A11 a station whose rule was changed holds by what it says now, once', () => {
    const wrong = { direction: 'high', at: -5, for: 0 } as const;
    const a = watching();
    let alarm: Standing = { ...NORMAL, state: 'acknowledged', occurrence: 3, holds: [{ station: 'A', terms: wrong }] };
    const first = a.see(alarm, 0, 0);
    expect(first.verdict).toEqual({ hold: true });
    expect(a.see(alarm, 1, 0).verdict).toBeNull();
    alarm = first.alarm;
    expect(a.see(alarm, 3, 0).verdict).toEqual({ clear: true });
  });

  test('A11 stations that see different values do not raise and clear in turn for ever', () => {
    const [wet, dry] = [watching(rule, 'A'), watching(rule, 'B')];
    let alarm = NORMAL;
    let clears = 0;
    for (let second = 0; second < 3000; second++) {
      for (const [station, value] of [
        [wet, 0.6],
        [dry, 0],
      ] as const) {
        const step = station.see(alarm, second, value);
        if (step.verdict && 'clear' in step.verdict) clears++;
        alarm = step.alarm;
      }
    }
    expect(clears).toBe(1);
    expect(alarm).toMatchObject({ state: 'unacknowledged', level: 2, occurrence: 2 });
    // The other is away for good: an hour of safe values counts after all.
    expect(dry.see(alarm, 7000, 0).verdict).toEqual({ clear: true });
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
          const { see } = watching();
          let t = 0;
          let alarm = NORMAL;
          for (const [gap, value] of steps) {
            t += gap;
            const before = alarm;
            const { verdict, alarm: now } = see(alarm, t, value);
            alarm = now;
            if (!verdict) continue;
            const up = before.state === 'unacknowledged';
            if ('raise' in verdict ? up && verdict.raise >= before.level : !up) return false;
          }
          return true;
        },
      ),
      { seed: 7 },
    );
  });
});

test.each([
  ['high', 17.2, 16],
  ['low', 3, 4],
] as const)('a worse level that would begin before the milder one is refused (%s)', (direction, mild, worse) => {
  const rule = {
    ...{ rule: 'wind', name: { zh: '大风', en: 'Wind' }, sensor: { kind: 'wind' }, direction },
    levels: [
      { level: 4, raise: mild, clear: direction === 'high' ? 1 : 90 },
      { level: 2, raise: worse, clear: direction === 'high' ? 1 : 90 },
    ],
  };
  const { error } = AlarmRule.safeParse(rule);
  expect(error?.issues.map(({ path, message }) => [path.join('.'), message])).toEqual([
    ['levels.1.raise', expect.stringContaining('would begin before it')],
  ]);
  const right = { ...rule, levels: [...rule.levels].map((each, i) => ({ ...each, level: i === 0 ? 2 : 4 })) };
  expect(AlarmRule.safeParse(right).success).toBe(true);
});
