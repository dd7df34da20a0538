import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AHEAD_MS, createIntake, type Verdict } from './intake.ts';

const T = 1_764_000_000_000;
const HOUR = 3_600_000;

/** One thing, one feed; `t` and the clocks in ms from T. */
function rig() {
  const intake = createIntake(1);
  let wall = T;
  let monotonic = 1000;
  return {
    intake,
    pass(ms: number) {
      wall += ms;
      monotonic += ms;
    },
    setClock(to: number) {
      wall = T + to;
    },
    take: (t: number, feed = 0, claimed = false): Verdict => intake.take(0, feed, T + t, { wall, monotonic }, claimed),
  };
}

describe('a report ahead of the hall’s clock', () => {
  test('O1 is refused beyond a minute, and bars nothing', () => {
    const { take, pass } = rig();
    expect(take(0)).toBe('taken');
    expect(take(365 * 24 * HOUR)).toBe('ahead');
    expect(take(AHEAD_MS + 1)).toBe('ahead');
    pass(1000);
    expect(take(1000)).toBe('taken');
  });

  test('O2 within the minute it is taken, and does not bar those that are right', () => {
    const { take, pass } = rig();
    expect(take(AHEAD_MS)).toBe('taken');
    pass(1000);
    expect(take(1000)).toBe('taken');
    expect(take(500)).toBe('late');
  });

  test('O2 what was taken while the hall’s own clock was ahead does not bar what comes after it is set right', () => {
    const { take, pass, setClock } = rig();
    setClock(HOUR);
    expect(take(HOUR)).toBe('taken');
    setClock(0);
    expect(take(0)).toBe('taken');
    pass(1000);
    expect(take(1000)).toBe('taken');
    expect(take(HOUR)).toBe('ahead');
  });

  test.each([Number.MAX_SAFE_INTEGER, 1e308, Number.POSITIVE_INFINITY, Number.NaN])(
    'O1 a time of %s is refused',
    (t) => {
      const intake = createIntake(1);
      expect(intake.take(0, 0, t, { wall: T, monotonic: 0 }, false)).toBe('ahead');
      expect(intake.take(0, 0, T, { wall: T, monotonic: 0 }, false)).toBe('taken');
    },
  );
});

describe('a report behind', () => {
  test('is taken from a source whose clock is always a day behind, or stands at 1970', () => {
    for (const offset of [-24 * HOUR, -T]) {
      const { take, pass } = rig();
      for (let s = 0; s < 5; s++) {
        expect(take(offset + s * 1000)).toBe('taken');
        pass(1000);
      }
    }
  });

  test('O3 from a clock that was set back is taken again after three seconds, and what is right then wins at once', () => {
    const { take, pass } = rig();
    expect(take(0)).toBe('taken');
    const verdicts: Verdict[] = [];
    for (let s = 1; s <= 6; s++) {
      pass(1000);
      verdicts.push(take(s * 1000 - 20 * 365 * 24 * HOUR));
    }
    expect(verdicts).toEqual(['late', 'late', 'late', 'taken', 'taken', 'taken']);
    expect(take(6000)).toBe('taken');
  });

  test('O3 a sensor that speaks every five minutes is back with its second report', () => {
    const { take, pass } = rig();
    take(0);
    pass(5 * 60_000);
    expect(take(5 * 60_000 - HOUR)).toBe('late');
    pass(5 * 60_000);
    expect(take(10 * 60_000 - HOUR)).toBe('taken');
  });

  test('O3 a backlog, a report said again and again, and single late ones stay late', () => {
    const { take, pass } = rig();
    take(0);
    for (let i = 0; i < 100; i++) {
      pass(100);
      expect(take(-HOUR + i * 10_000)).toBe('late');
    }
    for (let i = 0; i < 30; i++) {
      pass(1000);
      expect(take(-HOUR)).toBe('late');
    }
    const other = rig();
    for (let s = 0; s < 30; s++) {
      expect(other.take(s * 1000)).toBe('taken');
      expect(other.take(s * 1000 - 5000)).toBe('late');
      other.pass(1000);
    }
  });
});

describe('two feeds of one thing', () => {
  test('O5 who speaks first of it keeps it until it has said nothing for a minute', () => {
    const { take, pass } = rig();
    expect(take(0, 0)).toBe('taken');
    expect(take(5, 1)).toBe('foreign');
    pass(59_999);
    expect(take(59_999, 1)).toBe('foreign');
    pass(1);
    expect(take(60_000, 1)).toBe('taken');
    expect(take(60_001, 0)).toBe('foreign');
  });

  test('O5 the one that claims it has it at once', () => {
    const { take } = rig();
    expect(take(0, 0)).toBe('taken');
    expect(take(1, 1, true)).toBe('taken');
    expect(take(2, 0)).toBe('foreign');
  });
});

test('whatever came before, a source that is right is heard within six seconds, and nothing ahead is ever taken', () => {
  const step = fc.record({
    t: fc.oneof(fc.integer({ min: -T, max: 2 ** 52 }), fc.constantFrom(0, AHEAD_MS, -T, 2 ** 53 - 1 - T)),
    pass: fc.nat(5000),
    jump: fc.oneof(fc.constant(0), fc.integer({ min: -10 * HOUR, max: 10 * HOUR })),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const intake = createIntake(1);
      let wall = T;
      let monotonic = 0;
      for (const { t, pass, jump } of steps) {
        monotonic += pass;
        wall += pass + jump;
        const verdict = intake.take(0, 0, T + t, { wall, monotonic }, false);
        if (T + t > wall + AHEAD_MS) expect(verdict).toBe('ahead');
      }
      let last: Verdict = 'late';
      for (let s = 0; s <= 6; s++) {
        monotonic += 1000;
        wall += 1000;
        last = intake.take(0, 0, wall, { wall, monotonic }, false);
      }
      expect(last).toBe('taken');
      expect(intake.newest(0)).toBe(wall);
    }),
    { numRuns: 2000 },
  );
});
