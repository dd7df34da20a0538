import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distanceM } from '../../../core/places/geo.ts';
import { alarmView as alarm } from '../../../tests/fakes/alarmView.ts';
import { PALETTES } from '../palette.ts';
import { alarmPoints, componentPoints, sensorPoints, standingAlarms } from './collections.ts';
import { CONE_BANDS, circleRing, sectorRing, viewCones } from './cones.ts';
import { overlayLayers, SOURCES } from './layers.ts';

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
  const observation = {
    sensor: 'WL-001',
    kind: 'water-level',
    name: { zh: '水位', en: 'Level' },
    unit: 'm',
    value: 0.416,
    quality: 'good' as const,
    t: 1,
    place: { lon: 121, lat: 29 },
    level: null,
    recent: [],
  };

  it('have no colour until they are in alarm, and no number when their quality is bad', () => {
    const features = sensorPoints(
      [observation, { ...observation, level: 2 }, { ...observation, quality: 'bad' }, { ...observation, kind: 'wind' }],
      (text) => text.zh,
    ).features;
    expect(features.map((f) => [f.properties.look, f.properties.value])).toEqual([
      ['sensor-water-level-0', '0.42 m'],
      ['sensor-water-level-2', '0.42 m'],
      ['sensor-water-level-0', '—'],
      ['sensor-other-0', '0.42 m'],
    ]);
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
