import { expect, test } from 'vitest';
import { decodeUnitReports, type UnitReports } from '../../../contract/unitReports.ts';
import type { BulkSink, Caller } from '../../../contract/wire/served.ts';
import { unitQueries, unitSource, unitsSource } from './handlers.ts';

const caller = {} as Caller;
const fix = { t: 5, lon: 121, lat: 29, heading: 0, speed: 3, status: 'enroute' as const };

function rig() {
  const listeners = new Set<() => void>();
  const known: { reports: UnitReports | null } = { reports: null };
  const pushed: UnitReports[] = [];
  const sink: BulkSink = {
    push: (payload) => {
      pushed.push(decodeUnitReports(payload));
      return true;
    },
    ...{ room: () => true, skip() {}, dropped: () => 0, end() {} },
  };
  const source = unitSource({
    directory: { hasUnit: (id) => id === 'U-1', hasSensor: () => false },
    unitReports: () => known.reports,
    onUnit(_unit, listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  });
  const report = (reports: UnitReports) => {
    known.reports = reports;
    for (const listener of listeners) listener();
  };
  return { source, sink, pushed, report, listeners };
}

test('a stream of one unit says what is known at once, then each report; nothing before it was heard of', async () => {
  const { source, sink, pushed, report, listeners } = rig();
  const stop = await source({ unit: 'U-1' }, caller, sink);
  expect(pushed).toEqual([]);
  report({ newest: fix, trail: [] });
  report({ newest: { ...fix, t: 6 }, trail: [fix] });
  expect(pushed.map(({ newest, trail }) => [newest.t, trail.length])).toEqual([
    [5, 0],
    [6, 1],
  ]);
  stop();
  expect(listeners.size).toBe(0);
});

test('no frame of all units is made for a window that has no room, and each is counted', () => {
  const watchers: { every?: number; room(): boolean; skipped(): void; push(frame: Uint8Array): void }[] = [];
  const source = unitsSource({
    watchUnits(watcher) {
      watchers.push(watcher);
      return () => undefined;
    },
  });
  let room = true;
  let skipped = 0;
  const pushed: [number, boolean][] = [];
  void source({ every: 2000 }, caller, {
    push(payload, key) {
      pushed.push([payload.length, key]);
      return true;
    },
    room: () => room,
    skip: () => void skipped++,
    ...{ dropped: () => 0, end() {} },
  });
  const [watcher] = watchers;
  watcher?.push(new Uint8Array(3));
  room = false;
  watcher?.skipped();
  expect([pushed, watcher?.room(), skipped, watcher?.every]).toEqual([[[3, true]], false, 1, 2000]);
});

test('a window that would hear of the units so seldom that its map calls them old is refused', () => {
  const source = unitsSource({ watchUnits: () => () => undefined });
  expect(() => source({ every: 3000 }, caller, rig().sink)).toThrow(/^units: every: /);
});

test('a unit that the hall does not have is refused by name', () => {
  const { source, sink } = rig();
  expect(() => source({ unit: 'U-9' }, caller, sink)).toThrow('there is no unit U-9');
  expect(() => source({}, caller, sink)).toThrow(/^unit: unit: /);
});

test('one unit is told with its newest report, and one that the hall does not have has no row', () => {
  const unit = { id: 'U-1', callSign: '警车001', department: 'police', kind: 'car' };
  const queries = unitQueries({
    telemetry: { unitDirectory: () => [unit], position: (id) => (id === 'U-1' ? fix : null) },
  });
  const one = queries['units.one'];
  if (!('answer' in one)) throw new Error('it is answered when it is asked');
  expect(one.answer({ id: 'U-1' })).toMatchObject({ rows: [{ ...unit, fix }] });
  expect(one.answer({ id: 'U-2' })).toMatchObject({ rows: [] });
});
