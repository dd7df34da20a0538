import { expect, test } from 'vitest';
import type { Caller } from '../../../contract/wire/served.ts';
import type { SeldomWatcher } from '../../telemetry/seldom.ts';
import { observationsSource, sensorHandlers, sensorQueries } from './handlers.ts';

const caller = {} as Caller;
const sensors = [0, 1, 2].map((i) => ({
  ...{ id: `WL-${i}`, kind: 'water-level', name: { zh: '', en: '' }, unit: 'm', place: { lon: 120 + i, lat: 30 } },
}));

function rig() {
  const watching: SeldomWatcher[] = [];
  const telemetry = {
    sensorDirectory: () => ({ version: 7, sensors }),
    recent: (id: string): [number, number][] | null =>
      id === 'WL-1'
        ? [
            [5, 0.1],
            [7, 0.2],
            [9, 0.3],
          ]
        : null,
    watchObservations(watcher: SeldomWatcher) {
      watching.push(watcher);
      return () => undefined;
    },
  };
  const sink = { push: () => true, room: () => true, skip() {}, dropped: () => 0, end() {} };
  const source = observationsSource(telemetry);
  const open = (params: unknown) => {
    source(params, caller, sink);
    return watching.at(-1)?.only && [...(watching.at(-1)?.only ?? [])];
  };
  const history = sensorQueries({ telemetry })['sensors.history'].answer;
  return { open, every: () => watching.at(-1)?.every, history, handlers: sensorHandlers({ telemetry }) };
}

test('a stream is of all sensors, of those named, of those within bounds, or of both', () => {
  const { open } = rig();
  const bounds = { west: 120.5, south: 29, east: 122, north: 31 };
  expect(open({})).toBeNull();
  expect(open({ sensors: ['WL-2', 'WL-0', 'WL-2'] })).toEqual([2, 0]);
  expect(open({ bounds })).toEqual([1, 2]);
  expect(open({ bounds, sensors: ['WL-0', 'WL-1'] })).toEqual([1]);
  expect(open({ bounds: { ...bounds, west: 130 } })).toEqual([]);
});

test('a window says how seldom it wants to be told, two seconds at the most', () => {
  const { open, every } = rig();
  open({});
  expect(every()).toBe(0);
  open({ every: 2000 });
  expect(every()).toBe(2000);
  expect(() => open({ every: 2001 })).toThrow(/observations: every/);
});

test('a sensor that the hall does not have is passed over in a stream, and refused by name when its past is asked for', () => {
  const { open, history } = rig();
  expect(open({ sensors: ['WL-1', 'other-city:3', '__proto__'] })).toEqual([1]);
  expect(() => history({ sensor: 'WL-9', limit: 9 })).toThrow('there is no sensor WL-9');
});

test('the past of a sensor is told the newest first, in pages that hang together', () => {
  const { history } = rig();
  const first = history({ sensor: 'WL-1', limit: 2 });
  expect(first).toMatchObject({
    rows: [
      { t: 9, value: 0.3 },
      { t: 7, value: 0.2 },
    ],
    total: { count: 3 },
    more: '7',
  });
  expect(history({ sensor: 'WL-1', limit: 2, after: '7' })).toMatchObject({ rows: [{ t: 5, value: 0.1 }], more: null });
});

test('wrong params are a bad request that names the field', () => {
  const { open } = rig();
  expect(() => open({ sensors: 'WL-1' })).toThrow(/observations: sensors/);
  expect(() => open({ sensors: Array.from({ length: 1001 }, (_, i) => `S-${i}`) })).toThrow(/observations: sensors/);
  expect(() => open({ bounds: { west: 0 } })).toThrow(/observations: bounds/);
  expect(() => open(null)).toThrow(/observations/);
});

test('all windows are given the same pages of the directory', async () => {
  const { handlers } = rig();
  const first = await handlers['sensors.directory']({}, caller);
  expect(first).toEqual({ version: 7, sensors, next: null });
  expect(Object.isFrozen(first)).toBe(true);
  expect(await handlers['sensors.directory']({ from: 0 }, caller)).toBe(first);
  expect(await handlers['sensors.directory']({ from: 2 }, caller)).toEqual({
    version: 7,
    sensors: [sensors[2]],
    next: null,
  });
});
