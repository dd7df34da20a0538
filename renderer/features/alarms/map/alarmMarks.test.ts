import { describe, expect, it } from 'vitest';
import { alarmView } from '../../../../tests/fakes/alarmView.ts';
import { PALETTES } from '../../../map/palette.ts';
import { createAlarmMarks } from './alarmMarks.ts';
import { alarmPoints } from './alarmPoints.ts';
import { SLOTS } from './spread.ts';

const HOME = { lon: 121.92, lat: 29.17 };
const WORLD = [-180, -85, 180, 85] as const;
const NONE = { chosen: null, spread: new Set<string>() };
const at = (id: string, east: number, more: Parameters<typeof alarmView>[1] = {}) => {
  const alarm = alarmView(id, more);
  return { ...alarm, place: { ...alarm.place, lon: HOME.lon + east, lat: HOME.lat } };
};

function marksOf(alarms: ReturnType<typeof at>[], apart: Parameters<typeof alarmPoints>[1] = NONE) {
  const marks = createAlarmMarks();
  marks.put(() => alarmPoints(alarms, apart, (text) => text.en));
  const drawn = (zoom: number) => marks.at({ zoom, box: WORLD });
  return { ...marks, drawn, symbols: (zoom: number) => drawn(zoom).map(({ symbol }) => symbol) };
}

describe('marks of alarms', () => {
  it('stand as one where they are within 40 pixels, of the worst level, filled while one is new, with their number', () => {
    const { drawn } = marksOf([
      at('a', 0, { level: 3 }),
      at('b', 0.0001, { level: 2, state: 'acknowledged' }),
      at('far', 1, { level: 4 }),
    ]);
    const [several, one] = drawn(12);
    expect([several?.symbol, several?.figure?.text, one?.symbol]).toEqual(['alarms-new-2', '2', 'alarm-new-4']);
    expect(several?.hit).toMatchObject({ selection: null, properties: { point_count: 2, worst: 2, fresh: 1 } });
    expect(one?.hit).toMatchObject({ selection: { kind: 'alarm', id: 'far' } });
    const { drawn: seen } = marksOf([at('a', 0, { state: 'acknowledged' }), at('b', 0, { state: 'acknowledged' })]);
    const [mark] = seen(12);
    expect(mark?.symbol).toBe('alarms-seen-2');
    // Open, so its number is in ink.
    expect(mark?.figure?.colour(PALETTES.dark)).toBe(PALETTES.dark.ink);
  });

  it('lie with the worst uppermost, those of one alarm over those of several', () => {
    const { symbols } = marksOf([
      at('mild', 0.5, { level: 4 }),
      at('worst', 1, { level: 1 }),
      ...[at('a', 0, { level: 1 }), at('b', 0, { level: 4 })],
      ...[at('c', 2, { level: 3 }), at('d', 2, { level: 3 })],
    ]);
    expect(symbols(12)).toEqual(['alarms-new-3', 'alarms-new-1', 'alarm-new-4', 'alarm-new-1']);
  });

  it('have their names from near enough, but not those spread out around a place', () => {
    const alarms = [at('a', 0), at('b', 0), at('alone', 1)];
    const named = (zoom: number, apart?: Parameters<typeof alarmPoints>[1]) =>
      marksOf(alarms, apart)
        .drawn(zoom)
        .filter(({ label }) => label)
        .map(({ hit }) => hit?.selection?.id);
    expect(named(12.4)).toEqual([]);
    expect(named(12.5)).toEqual(['alone']);
    expect(named(16, { chosen: 'a', spread: new Set(['a', 'b']) })).toEqual(['alone', 'a']);
  });

  it('that stand apart are over all others in their slots, the place among them', () => {
    const { drawn } = marksOf([at('a', 0, { level: 1 }), at('b', 0), at('c', 0), at('d', 0)], {
      ...{ chosen: null, spread: new Set(['a', 'b']) },
    });
    const marks = drawn(16);
    expect(marks.map(({ symbol }) => symbol)).toEqual([
      ...['alarms-new-2', 'alarm-place', 'alarm-place', 'alarm-new-2', 'alarm-new-1'],
    ]);
    expect(marks.slice(3).map(({ offset }) => offset)).toEqual([SLOTS[2], SLOTS[1]]);
    expect(marks[1]?.hit).toBeNull();
  });

  it('of several tell where they part and who is in them, and nothing once they are others', () => {
    const marks = marksOf([at('a', 0), at('b', 0), at('c', 0.001)]);
    const cluster = Number(marks.drawn(10)[0]?.hit?.properties.cluster_id);
    const { parts, alarms } = marks.members(cluster);
    expect(alarms).toEqual(new Set(['a', 'b', 'c']));
    expect(marks.symbols(parts)).toHaveLength(2);
    expect(marks.symbols(parts - 1)).toHaveLength(1);
    marks.put(() => alarmPoints([at('z', 0)], NONE, (text) => text.en));
    expect(() => marks.members(cluster)).toThrow();
  });

  it('are cut and counted when they are drawn, once for all that came', () => {
    const marks = createAlarmMarks();
    let asked = 0;
    for (let i = 0; i < 5; i++)
      marks.put(() => {
        asked++;
        return alarmPoints([at('a', 0)], NONE, (text) => text.en);
      });
    expect(asked).toBe(0);
    marks.at({ zoom: 12, box: WORLD });
    marks.at({ zoom: 12, box: WORLD });
    expect(asked).toBe(1);
  });
});
