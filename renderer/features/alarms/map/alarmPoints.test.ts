import { describe, expect, it } from 'vitest';
import { alarmView as alarm } from '../../../../tests/fakes/alarmView.ts';
import { alarmPoints, standingAlarms } from './alarmPoints.ts';
import { MOST_SPREAD, SLOTS } from './spread.ts';

const NONE = { chosen: null, spread: new Set<string>() };
const points = (alarms: Parameters<typeof alarmPoints>[0], apart: Parameters<typeof alarmPoints>[1]) =>
  alarmPoints(alarms, apart, (text) => text.en);
const ids = ({ features }: ReturnType<typeof points>['apart']) => features.map(({ properties }) => properties.id);

describe('alarms on the map', () => {
  it('are those that stand, the worst on top', () => {
    const alarms = [
      alarm('worst', { level: 1 }),
      alarm('over', { state: 'normal' }),
      alarm('mild', { level: 4 }),
      alarm('put-aside', { state: 'shelved' }),
    ];
    expect(standingAlarms(alarms).map((a) => a.id)).toEqual(['mild', 'worst']);
  });

  it('change their look when somebody has acknowledged them', () => {
    const looks = points([alarm('a', {}), alarm('b', { state: 'acknowledged' })], NONE).together.features.map(
      ({ properties: { look, fresh } }) => [look, fresh],
    );
    expect(looks).toEqual([
      ['alarm-new-2', 1],
      ['alarm-seen-2', 0],
    ]);
  });

  it('stand as one where they are near each other, but for the chosen one', () => {
    const { together, apart } = points([alarm('a'), alarm('b'), alarm('c')], { ...NONE, chosen: 'b' });
    expect([ids(together), ids(apart)]).toEqual([['a', 'c'], ['b']]);
    expect(apart.features[0]?.properties.slot).toBe(0);
  });

  it('of one place are spread out around it, the worst first, the chosen one at the place', () => {
    const alarms = [alarm('a', { level: 4 }), alarm('b', { level: 1 }), alarm('c', { level: 3 }), alarm('far')];
    const { together, apart } = points(alarms, { chosen: 'c', spread: new Set(['a', 'b', 'c', 'gone']) });
    expect(ids(together)).toEqual(['far']);
    expect(Object.fromEntries(apart.features.map(({ properties: { id, slot } }) => [id, slot]))).toEqual({
      ...{ c: 0, b: 1, a: 2 },
    });
  });

  it('are spread out as far as there is room, and the rest stays as it was', () => {
    const many = Array.from({ length: MOST_SPREAD + 5 }, (_, i) => alarm(`a${i}`));
    const { together, apart } = points(many, { chosen: null, spread: new Set(many.map(({ id }) => id)) });
    expect([together.features.length, apart.features.length]).toEqual([5, MOST_SPREAD]);
    expect(SLOTS).toHaveLength(MOST_SPREAD + 1);
    const apartBy = SLOTS.flatMap(([x, y], i) => SLOTS.slice(0, i).map(([a, b]) => Math.hypot(x - a, y - b)));
    // Symbols are 26 pixels wide.
    expect(Math.min(...apartBy)).toBeGreaterThan(27);
  });
});
