import { describe, expect, it } from 'vitest';
import type { Observation } from '../../../../contract/wire/observationMirror.ts';
import { createSensorMarks } from './sensorMarks.ts';

describe('sensors on the map', () => {
  const sensor = (id: string, kind = 'water-level') => ({
    ...{ id, kind, name: { zh: '水位', en: 'Level' }, unit: 'm', place: { lon: 121, lat: 29 } },
  });
  const newest = { value: 0.416, quality: 'good' as const, t: 1, level: null };
  const BOX = [120, 28, 122, 30] as const;
  const seen = (marks: ReturnType<typeof createSensorMarks>, zoom = 14) => marks.at({ zoom, box: BOX });
  const shown = (marks: ReturnType<typeof createSensorMarks>, zoom?: number) =>
    seen(marks, zoom).map(({ hit, symbol, label }) => [hit?.selection?.id, symbol, label?.text]);

  it('have no colour until they are in alarm, and no number when their quality is bad', () => {
    const said: Record<string, Observation> = {
      calm: newest,
      alarm: { ...newest, level: 2 },
      broken: { ...newest, quality: 'bad' },
      wind: newest,
      smoke: newest,
    };
    const directory = [
      sensor('calm'),
      sensor('alarm'),
      sensor('broken'),
      sensor('wind', 'wind'),
      sensor('unheard'),
      sensor('smoke', 'smoke'),
    ];
    const marks = createSensorMarks(
      { directory: () => directory, at: (i) => said[directory[i]?.id ?? ''] },
      (text) => text.zh,
      [{ of: 'sensor', kind: 'smoke', name: { zh: '烟感', en: 'Smoke' }, look: 'fire' }],
    );
    marks.take(null);
    expect(shown(marks)).toEqual([
      ['calm', 'sensor-water-level-0', '0.42 m'],
      ['broken', 'sensor-water-level-0', '—'],
      ['wind', 'sensor-other-0', '0.42 m'],
      ['smoke', 'sensor-fire-0', '0.42 m'],
      ['alarm', 'sensor-water-level-2', '0.42 m'],
    ]);
    // In alarm it stands on a ground, in letters of ink.
    expect(seen(marks).map(({ label }) => label?.colour === undefined)).toEqual([false, false, false, false, true]);
    // From afar without their values, from farther only those in alarm, and none of the country.
    expect(shown(marks, 13)).toHaveLength(5);
    expect(shown(marks, 13)[0]).toEqual(['calm', 'sensor-water-level-0', undefined]);
    expect(shown(marks, 12)).toEqual([['alarm', 'sensor-water-level-2', undefined]]);
    expect(shown(marks, 9)).toEqual([]);
    expect(marks.at({ zoom: 14, box: [121.5, 28, 122, 30] })).toEqual([]);
  });

  it('a frame makes anew those that it changed, and no other', () => {
    const directory = [sensor('A'), sensor('B')];
    const said = [newest, newest];
    const marks = createSensorMarks({ directory: () => directory, at: (i) => said[i] }, (text) => text.zh, []);
    marks.take(null);
    const [before] = seen(marks);
    said[1] = { ...newest, value: 12.34 };
    marks.take(Uint32Array.of(1, 7));
    expect(seen(marks)[0]?.hit).toBe(before?.hit);
    expect(shown(marks)[1]).toEqual(['B', 'sensor-water-level-0', '12.3 m']);
  });

  it('a frame tells what is drawn another way: a symbol everywhere, a value where values are written', () => {
    const directory = [sensor('A')];
    const said: (Observation | undefined)[] = [undefined];
    const marks = createSensorMarks({ directory: () => directory, at: (i) => said[i] }, (text) => text.zh, []);
    marks.take(null);
    const take = (next: Observation) => {
      said[0] = next;
      const { symbols, values } = marks.take(Uint32Array.of(0));
      return [symbols, values.length];
    };
    expect(take(newest)).toEqual([true, 1]);
    expect(take({ ...newest, t: 2 })).toEqual([false, 0]);
    expect(take({ ...newest, value: 0.4161 })).toEqual([false, 0]);
    expect(take({ ...newest, value: 0.5 })).toEqual([false, 1]);
    expect(take({ ...newest, value: 0.5, level: 3 })).toEqual([true, 0]);
  });
});
