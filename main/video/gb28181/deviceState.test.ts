import { describe, expect, test } from 'vitest';
import { type DeviceEvent, type DeviceState, evolve, isOnline, lacksCatalogue, UNKNOWN } from './deviceState.ts';

const given = (...events: DeviceEvent[]): DeviceState => events.reduce(evolve, UNKNOWN);
const registered = (at: number, seconds = 3600): DeviceEvent => ({ what: 'registered', at, forMs: seconds * 1000 });
const KEEPALIVE = 60_000;

describe('a device', () => {
  test.each([
    ['that never registered is away, whatever it said', given({ what: 'heard', at: 10 }), 20, false],
    ['that registered is there', given(registered(0)), 1000, true],
    ['that missed three keepalives is away', given(registered(0)), 3 * KEEPALIVE + 1, false],
    ['that speaks again is there again', given(registered(0), { what: 'heard', at: 400_000 }), 400_001, true],
    ['whose registration ran out is away', given(registered(0, 60), { what: 'heard', at: 59_000 }), 60_000, false],
    ['that renewed it is there', given(registered(0, 60), registered(50_000, 60)), 100_000, true],
    ['that signed off is away', given(registered(0), { what: 'left' }), 1, false],
  ])('%s', (_name, state, at, there) => {
    expect(isOnline(state, at, KEEPALIVE)).toBe(there);
  });

  test('is asked for its cameras when it came, and after a minute in which it told none; they outlast its absence', () => {
    const camera = {
      id: '34020000001320000002',
      name: 'x',
      lon: undefined,
      lat: undefined,
      turns: undefined,
      sub: false,
    };
    const came = given(registered(0));
    const asked = given(registered(0), { what: 'asked', at: 0 });
    const told = evolve(asked, { what: 'catalogue', channels: [camera] });
    expect([came, asked, told].map((state) => lacksCatalogue(state, 1))).toEqual([true, false, false]);
    expect([asked, told].map((state) => lacksCatalogue(state, 60_000))).toEqual([true, false]);
    const again = [{ what: 'left' } as const, registered(9)].reduce<DeviceState>(evolve, told);
    expect(lacksCatalogue(again, 10)).toBe(true);
    expect([...again.channels.values()]).toEqual([camera]);
  });

  test('has no more than two thousand cameras', () => {
    const channels = Array.from({ length: 2_500 }, (_, i) => ({
      id: `${i}`,
      name: '',
      lon: undefined,
      lat: undefined,
      ...{ turns: undefined, sub: false },
    }));
    expect(given({ what: 'catalogue', channels }).channels.size).toBe(2_000);
  });
});
