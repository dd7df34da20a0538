import { describe, expect, it } from 'vitest';
import { createRoundTrips } from './roundTrips.ts';

describe('round trips to another clock', () => {
  it('knows nothing before the first', () => {
    expect(createRoundTrips().best()).toBeUndefined();
  });

  it('given several, then the shortest is trusted, and the newest of equal ones', () => {
    const trips = createRoundTrips<string>();
    trips.add(40, 'slow');
    trips.add(10, 'quick');
    trips.add(10, 'quick, later');
    trips.add(90, 'slower');
    expect(trips.best()).toBe('quick, later');
  });

  it('given a quick one long ago, then it is forgotten after eight others: clocks drift', () => {
    const trips = createRoundTrips<number>();
    trips.add(1, 0);
    for (let n = 1; n <= 7; n++) trips.add(50, n);
    expect(trips.best()).toBe(0);
    trips.add(60, 8);
    expect(trips.best()).toBe(7);
  });

  it('begins anew when cleared', () => {
    const trips = createRoundTrips<number>();
    trips.add(1, 1);
    trips.clear();
    expect(trips.best()).toBeUndefined();
  });
});
