import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evolvePositions, noPositions, UNIT_STATUSES, type UnitReport } from './unit.ts';

const report = (unit: string, t: number, lon = 0): UnitReport => ({
  unit,
  t,
  lon,
  lat: 0,
  heading: 0,
  speed: 0,
  status: 'available',
});

describe('positions of units', () => {
  test('a newer report stands', () => {
    const positions = [report('a', 1), report('a', 2, 5)].reduce(evolvePositions, noPositions);
    expect(positions.get('a')?.lon).toBe(5);
  });

  test('a late report changes nothing, not even the map', () => {
    const before = evolvePositions(noPositions, report('a', 2));
    expect(evolvePositions(before, report('a', 1, 9))).toBe(before);
  });

  test('of two with the same time the later arrival stands', () => {
    const positions = [report('a', 1, 1), report('a', 1, 2)].reduce(evolvePositions, noPositions);
    expect(positions.get('a')?.lon).toBe(2);
  });

  test('whatever the order of arrival, every unit shows its newest time', () => {
    const reports = fc.array(
      fc.record({
        unit: fc.constantFrom('a', 'b', 'c'),
        t: fc.nat(50),
        lon: fc.double({ min: -180, max: 180, noNaN: true }),
        status: fc.constantFrom(...UNIT_STATUSES),
      }),
    );
    fc.assert(
      fc.property(reports, (list) => {
        const positions = list
          .map((r) => ({ ...report(r.unit, r.t, r.lon), status: r.status }))
          .reduce(evolvePositions, noPositions);
        for (const unit of new Set(list.map((r) => r.unit))) {
          const newest = Math.max(...list.filter((r) => r.unit === unit).map((r) => r.t));
          expect(positions.get(unit)?.t).toBe(newest);
        }
      }),
    );
  });
});
