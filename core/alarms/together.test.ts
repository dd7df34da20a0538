import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { distanceM } from '../places/geo.ts';
import type { Change } from './condition.ts';
import { AlarmRule } from './rules.ts';
import { createTogether, type PlacedSource, rulesOf } from './together.ts';
import { tryTogether } from './togetherTrial.ts';

const MINUTE = 60_000;
const WET: PlacedSource = { id: 'WL-1', lon: 121, lat: 29 };
const NEAR: PlacedSource = { id: 'RG-1', lon: 121.002, lat: 29 };
const FAR: PlacedSource = { id: 'RG-2', lon: 121.1, lat: 29 };
const written = (more: object) =>
  AlarmRule.safeParse({
    ...{ rule: 'both', name: { zh: '雨中积水', en: 'Both' }, conditions: ['water', 'rain'] },
    within: { minutes: 10, metres: 500 },
    levels: [{ level: 2, raise: 2, clear: 1 }],
    ...more,
  });

/** What happened at which minute, and when the alarm at the first condition's source began and ended, in minutes. */
function tried(events: readonly [minute: number, rule: string, at: PlacedSource, holds: boolean][], more: object = {}) {
  const trial = tryTogether(written(more).data ?? expect.fail('no rule'), [WET]) ?? expect.fail('counts nothing');
  for (const [minute, rule, at, holds] of events) {
    const t = minute * MINUTE;
    const change: Change = holds ? { t, value: 1, began: 4 } : { t, value: 0, ended: true };
    trial.changed(rule, at, [change], t);
  }
  return trial
    .end(1000 * MINUTE)
    .map(({ source, from, to }) => [source, from / MINUTE, to === null ? null : to / MINUTE]);
}

describe('conditions together (A18)', () => {
  test('and: both within the time and the distance, and over so long after one ended', () => {
    expect(
      tried([
        [0, 'rain', NEAR, true],
        [5, 'rain', NEAR, false],
        [14, 'water', WET, true],
        [20, 'rain', FAR, true],
        [60, 'water', WET, false],
      ]),
    ).toEqual([['WL-1', 14, 15]]);
    expect(
      tried([
        [0, 'water', WET, true],
        [1, 'rain', FAR, true],
      ]),
    ).toEqual([]);
    expect(
      tried([
        [0, 'rain', NEAR, true],
        [9, 'rain', NEAR, false],
        [20, 'water', WET, true],
      ]),
    ).toEqual([]);
    expect(
      tried([
        [0, 'rain', NEAR, true],
        [9, 'water', WET, true],
      ]),
    ).toEqual([['WL-1', 9, null]]);
  });

  test('or: one is enough; of a group one counts, and two of it count once', () => {
    const or = { levels: [{ level: 4, raise: 1, clear: 0 }], within: { metres: 500 } };
    expect(
      tried(
        [
          [3, 'rain', NEAR, true],
          [7, 'rain', NEAR, false],
          [8, 'rain', FAR, true],
        ],
        or,
      ),
    ).toEqual([['WL-1', 3, 7]]);
    const group = { conditions: ['water', { any: ['rain', 'river'] }] };
    expect(
      tried(
        [
          [1, 'rain', NEAR, true],
          [2, 'river', NEAR, true],
        ],
        group,
      ),
    ).toEqual([]);
    expect(
      tried(
        [
          [1, 'river', NEAR, true],
          [2, 'water', WET, true],
        ],
        group,
      ),
    ).toEqual([['WL-1', 2, null]]);
  });

  test('without within: at the same source and at the same time', () => {
    const same = { within: undefined };
    expect(
      tried(
        [
          [1, 'water', WET, true],
          [2, 'rain', NEAR, true],
        ],
        same,
      ),
    ).toEqual([]);
    expect(
      tried(
        [
          [1, 'water', WET, true],
          [2, 'rain', WET, true],
          [3, 'rain', WET, false],
        ],
        same,
      ),
    ).toEqual([['WL-1', 2, 3]]);
  });

  test.each([
    ['itself as a condition', { conditions: ['water', 'both'] }, 'conditions.1'],
    ['a sensor as well', { sensor: { kind: 'rain' } }, 'sensor'],
    ['a time of its own', { levels: [{ level: 2, raise: 2, clear: 1, for: 5 }] }, 'levels.0.for'],
    ['more than there are', { levels: [{ level: 2, raise: 3, clear: 1 }] }, 'levels.0.raise'],
    ['half a condition', { levels: [{ level: 2, raise: 1.5, clear: 1 }] }, 'levels.0.raise'],
    ['few as bad', { direction: 'low', levels: [{ level: 2, raise: 1, clear: 2 }] }, 'direction'],
    ['within, and no conditions', { conditions: undefined, sensor: { kind: 'rain' } }, 'within'],
    ['a measure', { measure: 'silence', levels: [{ level: 2, raise: 2, clear: 1 }] }, 'measure'],
  ])('is refused with %s', (_, more, path) => {
    expect(written(more).error?.issues.map((issue) => issue.path.join('.'))).toEqual([path]);
  });

  test('whatever begins, ends and moves: the count is what a look at everything that happened says (property)', () => {
    const rules = ['a', 'b', 'c'];
    const of = { conditions: ['a', { any: ['b', 'c'] }], within: { minutes: 2, metres: 600 } };
    const place = fc.record({ lon: fc.integer({ min: 0, max: 8 }).map((n) => n * 0.002), lat: fc.constant(29) });
    const event = fc.record({
      rule: fc.constantFrom(...rules),
      id: fc.constantFrom('s1', 's2', 's3'),
      place,
      what: fc.constantFrom('began', 'began', 'ended', 'moved'),
      after: fc.integer({ min: 0, max: 3 }),
    });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 25 }), (events) => {
        const anchor = { id: 's1', lon: 0.008, lat: 29 };
        const together = createTogether(of, [anchor]);
        let at: PlacedSource = anchor;
        let t = 0;
        const plain = new Map<string, { place: PlacedSource; ended: number | null }>();
        for (const { rule, id, place: where, what, after } of events) {
          t += after * MINUTE;
          const source = { id, ...where };
          if (what === 'moved') {
            together.moved(source, t);
            if (id === 's1') at = source;
            for (const [key, each] of plain)
              if (key.endsWith(id) && each.ended === null) plain.set(key, { ...each, place: source });
          } else {
            together.changed(rule, source, what === 'began', t);
            const before = plain.get(`${rule} ${id}`);
            if (what === 'began') plain.set(`${rule} ${id}`, { place: source, ended: null });
            else if (before && (before.ended === null || before.ended + 2 * MINUTE > t))
              plain.set(`${rule} ${id}`, { place: source, ended: t });
          }
          const counts = rulesOf(of.conditions).filter((group, i) =>
            group.some((each) =>
              [...plain].some(
                ([key, { place: there, ended }]) =>
                  key.startsWith(`${each} `) &&
                  (ended === null || ended + 2 * MINUTE > t) &&
                  (there.id === 's1' || (i > 0 && distanceM(there, at) <= 600)),
              ),
            ),
          );
          expect(together.countAt('s1', t).value).toBe(counts.length);
        }
      }),
      { seed: 41 },
    );
  });
});
