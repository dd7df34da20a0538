import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Points } from '../../tiling/featureStore.ts';
import { isInRing } from './geometry.ts';
import { RingTester } from './ringTester.ts';

const place = fc.tuple(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 1000 }));

test('says what looking at every side says, of any ring and place', () => {
  fc.assert(
    fc.property(
      fc.array(place, { minLength: 3, maxLength: 80 }),
      fc.array(place, { maxLength: 40 }),
      (corners, places) => {
        const points = new Points();
        const ring = corners.map(([x, y]) => points.add(x, y));
        ring.push(ring[0] as number);
        const tester = new RingTester(points, ring);
        // Corners and half units too: on a slab's edge and within.
        for (const [x, y] of [...places, ...corners, [-5, -5], [2000, 2000]] as [number, number][])
          for (const half of [0, 0.5])
            expect(tester.has(x + half, y + half)).toBe(isInRing(points, ring, x + half, y + half));
      },
    ),
    { seed: 6, numRuns: 300 },
  );
});
