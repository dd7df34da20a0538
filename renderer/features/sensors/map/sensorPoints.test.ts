import { describe, expect, it } from 'vitest';
import type { Observation } from '../../../../contract/wire/observationMirror.ts';
import { createSensorPoints } from './sensorPoints.ts';

describe('sensors on the map', () => {
  const sensor = (id: string, kind = 'water-level') => ({
    ...{ id, kind, name: { zh: '水位', en: 'Level' }, unit: 'm', place: { lon: 121, lat: 29 } },
  });
  const newest = { value: 0.416, quality: 'good' as const, t: 1, level: null };
  const shown = (features: readonly { properties: Record<string, unknown> }[]) =>
    features.map((f) => [f.properties.id, f.properties.look, f.properties.value]);

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
    const points = createSensorPoints(
      { directory: () => directory, at: (i) => said[directory[i]?.id ?? ''] },
      (text) => text.zh,
      [{ of: 'sensor', kind: 'smoke', name: { zh: '烟感', en: 'Smoke' }, look: 'fire' }],
    );
    points.take(null);
    expect(shown(points.all().features)).toEqual([
      ['calm', 'sensor-water-level-0', '0.42 m'],
      ['alarm', 'sensor-water-level-2', '0.42 m'],
      ['broken', 'sensor-water-level-0', '—'],
      ['wind', 'sensor-other-0', '0.42 m'],
      ['smoke', 'sensor-fire-0', '0.42 m'],
    ]);
  });

  it('a frame makes anew those that it changed, and no other', () => {
    const directory = [sensor('A'), sensor('B')];
    const said = [newest, newest];
    const points = createSensorPoints({ directory: () => directory, at: (i) => said[i] }, (text) => text.zh, []);
    points.take(null);
    const [before] = points.all().features;
    said[1] = { ...newest, value: 12.34 };
    points.take(Uint32Array.of(1, 7));
    const { features } = points.all();
    expect(features[0]).toBe(before);
    expect(shown(features)[1]).toEqual(['B', 'sensor-water-level-0', '12.3 m']);
  });

  it('a frame tells what is drawn another way: a symbol everywhere, a value where values are written', () => {
    const directory = [sensor('A')];
    const said: (Observation | undefined)[] = [undefined];
    const points = createSensorPoints({ directory: () => directory, at: (i) => said[i] }, (text) => text.zh, []);
    points.take(null);
    const take = (next: Observation) => {
      said[0] = next;
      const { symbols, values } = points.take(Uint32Array.of(0));
      return [symbols, values.length];
    };
    expect(take(newest)).toEqual([true, 1]);
    expect(take({ ...newest, t: 2 })).toEqual([false, 0]);
    expect(take({ ...newest, value: 0.4161 })).toEqual([false, 0]);
    expect(take({ ...newest, value: 0.5 })).toEqual([false, 1]);
    expect(take({ ...newest, value: 0.5, level: 3 })).toEqual([true, 0]);
  });
});
