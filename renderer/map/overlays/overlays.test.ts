import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Observation } from '../../../contract/wire/observationMirror.ts';
import { distanceM } from '../../../core/places/geo.ts';
import { alarmView as alarm } from '../../../tests/fakes/alarmView.ts';
import { PALETTES } from '../palette.ts';
import { alarmPoints, componentPoints, standingAlarms } from './collections.ts';
import { CONE_BANDS, circleRing, sectorRing, viewCones } from './cones.ts';
import { overlayLayers, SOURCES } from './layers.ts';
import { createSensorPoints } from './sensorPoints.ts';

const camera = { id: 'CAM-001', lon: 121.92, lat: 29.17, bearing: 90, fov: 60, range: 200 };
const at = ([lon = 0, lat = 0]: readonly number[]) => ({ lon, lat });

describe('view cones', () => {
  it('start at the camera, reach as far as it sees and close', () => {
    const ring = sectorRing(camera, 0, 1);
    expect(ring[0]).toEqual(ring.at(-1));
    const distances = ring.map((p) => distanceM(camera, at(p)));
    expect(Math.max(...distances)).toBeCloseTo(200, 1);
    expect(Math.min(...distances)).toBe(0);
  });

  it('look where the camera looks, whatever its angle', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 359 }), fc.integer({ min: 1, max: 360 }), (bearing, fov) => {
        const ring = sectorRing({ ...camera, bearing, fov }, 0.2, 0.6);
        const distances = ring.map((p) => distanceM(camera, at(p)));
        expect(Math.max(...distances)).toBeCloseTo(120, 0);
        expect(Math.min(...distances)).toBeCloseTo(40, 0);
        expect(ring[0]).toEqual(ring.at(-1));
      }),
    );
  });

  it('are an outline and rings that fade', () => {
    const { features } = viewCones([camera]);
    expect(features.map((f) => f.properties.band)).toEqual([-1, ...Array.from({ length: CONE_BANDS }, (_, i) => i)]);
  });

  it('draw circles of the radius asked for', () => {
    const ring = circleRing(camera, 500);
    for (const p of ring) expect(distanceM(camera, at(p))).toBeCloseTo(500, 1);
  });
});

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
    const looks = alarmPoints([alarm('a', {}), alarm('b', { state: 'acknowledged' })], (text) => text.en).features.map(
      (f) => f.properties.look,
    );
    expect(looks).toEqual(['alarm-new-2', 'alarm-seen-2']);
  });
});

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
    };
    const directory = [sensor('calm'), sensor('alarm'), sensor('broken'), sensor('wind', 'wind'), sensor('unheard')];
    const points = createSensorPoints(
      { directory: () => directory, at: (i) => said[directory[i]?.id ?? ''] },
      (text) => text.zh,
    );
    expect(shown(points.after(null).features)).toEqual([
      ['calm', 'sensor-water-level-0', '0.42 m'],
      ['alarm', 'sensor-water-level-2', '0.42 m'],
      ['broken', 'sensor-water-level-0', '—'],
      ['wind', 'sensor-other-0', '0.42 m'],
    ]);
  });

  it('a frame makes anew those that it changed, and no other', () => {
    const directory = [sensor('A'), sensor('B')];
    const said = [newest, newest];
    const points = createSensorPoints({ directory: () => directory, at: (i) => said[i] }, (text) => text.zh);
    const [before] = points.after(null).features;
    said[1] = { ...newest, value: 12.34 };
    const { features } = points.after(Uint32Array.of(1, 7));
    expect(features[0]).toBe(before);
    expect(shown(features)[1]).toEqual(['B', 'sensor-water-level-0', '12.3 m']);
  });
});

describe('components', () => {
  it('carry their 16-digit identifier', () => {
    const table = {
      categories: [{ code: '0120', zh: '路灯', en: 'Street lamp', department: 'urban' }],
      cells: ['339900001001001'],
      lon: [121.9],
      lat: [29.1],
      category: [0],
      cell: [0],
      seq: [7],
    };
    expect(componentPoints(table, '339900', 'en').features[0]?.properties).toEqual({
      id: '3399000120000007',
      kind: '0120',
      title: 'Street lamp',
    });
  });
});

describe('overlay layers', () => {
  it('have ids of their own and sources that exist, in every theme', () => {
    for (const palette of Object.values(PALETTES)) {
      const specs = overlayLayers(palette).map(({ spec }) => spec);
      expect(new Set(specs.map((spec) => spec.id)).size).toBe(specs.length);
      for (const spec of specs) expect(SOURCES).toContain('source' in spec ? spec.source : undefined);
    }
  });
});
