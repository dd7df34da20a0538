import { describe, expect, test } from 'vitest';
import { positionBody } from '../../../../tests/fixtures/jt808/frames.ts';
import { halfSaid } from '../../../../tests/support/bothLanguages.ts';
import type { CodecRecord } from '../codec.ts';
import { readExtras, readPosition } from './position.ts';
import { timeRule } from './time.ts';

const RULE = timeRule(Date.UTC(2026, 10, 27), 480);

function read(hex: string) {
  const view = new DataView(new Uint8Array(Buffer.from(hex, 'hex')).buffer);
  const position = readPosition(view, 0, view.byteLength, 'D', RULE);
  const extras: CodecRecord[] = [];
  if (position?.kind === 'position') readExtras(view, 0, view.byteLength, position, extras);
  return { position, extras: extras.map((r) => (r.kind === 'reading' ? [r.item, r.value, r.t] : r)) };
}

const T = Date.UTC(2024, 8, 1, 6, 30, 0);
const SOUTH = 4;
const WEST = 8;

describe('a position report', () => {
  test('gives degrees, metres a second and wall time', () => {
    expect(read(positionBody())).toEqual({
      position: { kind: 'position', device: 'D', t: T, lon: 116.498912, lat: 30.798272, heading: 135, speed: 600 / 36 },
      extras: [],
    });
  });

  test('is south and west by the bits of its status', () => {
    expect(read(positionBody({ status: 3 | SOUTH | WEST })).position).toMatchObject({
      lat: -30.798272,
      lon: -116.498912,
    });
    expect(read(positionBody({ status: 3 | WEST })).position).toMatchObject({ lat: 30.798272, lon: -116.498912 });
    const zero = read(positionBody({ status: 3 | SOUTH | WEST, lat: 0, lon: 0 })).position;
    expect(zero).toMatchObject({ lat: 0, lon: 0 });
    expect(zero?.kind === 'position' && Object.is(zero.lat, 0)).toBe(true);
  });

  test('with negative numbers is south and west whether the bits say so or not', () => {
    for (const status of [3, 3 | SOUTH | WEST])
      expect(read(positionBody({ status, lat: -30_798_272, lon: -116_498_912 })).position).toMatchObject({
        lat: -30.798272,
        lon: -116.498912,
      });
  });

  test('without a fix is none, whatever stands in it', () => {
    expect(read(positionBody({ status: 1, lat: 119_552_894, time: '000000000000', extras: '010400000064' }))).toEqual({
      position: null,
      extras: [],
    });
  });

  test.each([
    ['a latitude beyond the pole', { lat: 90_000_001, lon: 120_000_000 }, 'lat', "Check the terminal's firmware."],
    ['longitude and latitude swapped', { lat: 116_498_912, lon: 30_798_272 }, 'lat', 'swaps longitude and latitude'],
    ['a negative latitude beyond the pole', { lat: -90_000_001 }, 'lat', 'firmware'],
    ['a longitude beyond the date line', { lon: 180_000_001 }, 'lon', 'firmware'],
    ['a negative longitude beyond it', { lon: -872_454_656 }, 'lon', 'firmware'],
    ['a speed of nothing that drives', { speed: 0xffff }, 'speed', 'firmware'],
    ['a course of more than a circle', { course: 361 }, 'course', 'firmware'],
    ['no time', { time: '000000000000' }, 'time', 'clock'],
  ])('with %s is refused', (_what, of, path, remedy) => {
    const { position } = read(positionBody(of));
    if (position?.kind !== 'unreadable') throw new Error('read');
    expect(position.issue.path).toBe(path);
    expect(position.issue.remedy.en).toContain(remedy);
    expect([halfSaid(position.issue.message), halfSaid(position.issue.remedy)]).toEqual([null, null]);
  });

  test('on the edges of the world is taken', () => {
    expect(
      read(positionBody({ lat: 90_000_000, lon: 180_000_000, course: 360, speed: 12_600 })).position,
    ).toMatchObject({
      lat: 90,
      lon: 180,
      heading: 360,
      speed: 350,
    });
  });

  test('of fewer bytes than the standard has is refused', () => {
    expect(read(positionBody().slice(0, -2)).position).toMatchObject({ kind: 'unreadable', issue: { path: 'body' } });
    expect(read('').position).toMatchObject({ kind: 'unreadable' });
  });
});

describe('the extras of a report', () => {
  test('give mileage in km and fuel in litres, at the time of the position', () => {
    expect(read(positionBody({ extras: '0104000024c7300117020201d4' })).extras).toEqual([
      ['mileage', 941.5, T],
      ['fuel', 46.8, T],
    ]);
  });

  test('that run past the body cost neither the position nor those before them', () => {
    const { position, extras } = read(positionBody({ extras: '0104000024c7f6041298' }));
    expect(position?.kind).toBe('position');
    expect(extras).toEqual([['mileage', 941.5, T]]);
    expect(read(positionBody({ extras: '01040000' })).extras).toEqual([]);
    expect(read(positionBody({ extras: '0104000024c700' })).extras).toEqual([['mileage', 941.5, T]]);
  });

  test('of another length than the standard has are passed over', () => {
    expect(read(positionBody({ extras: '01020064020400000064' })).extras).toEqual([]);
  });
});
