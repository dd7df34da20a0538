import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { SensorEntry } from '../features/sensors.ts';
import { encodeObservations } from '../observations.ts';
import type { ConnectionState, HallClient, Violation } from './hallClient.ts';
import { createObservationMirror } from './observationMirror.ts';

const sensor = (id: string): SensorEntry => ({
  ...{ id, kind: 'rain', name: { zh: id, en: id }, unit: 'mm/h', place: { lon: 121, lat: 29 } },
});

/** A mirror whose hall the test plays. */
function rig() {
  let state: ConnectionState['state'] = 'open';
  let hall: { version: number; ids: string[]; pages: number } | null = { version: 1, ids: ['A', 'B', 'C'], pages: 1 };
  const streams: { params: unknown; say: (payload: Uint8Array) => void; end: () => void; open: boolean }[] = [];
  const connected = new Set<(state: ConnectionState) => void>();
  const violations: Violation[] = [];
  const asked: number[] = [];
  const connection = (): ConnectionState => ({ state, since: 0, attempt: 0 });
  const client = {
    async call(_method: string, { from }: { from: number }) {
      asked.push(from);
      await nextTurn();
      if (hall === null) throw new Error('the hall is away');
      const size = Math.ceil(hall.ids.length / hall.pages);
      const next = from + size < hall.ids.length ? from + size : null;
      return { version: hall.version, sensors: hall.ids.slice(from, from + size).map(sensor), next };
    },
    bulk(_name: string, params: unknown, say: (payload: Uint8Array) => void, end: () => void) {
      const stream = { params, say, end, open: true };
      streams.push(stream);
      return () => {
        stream.open = false;
      };
    },
    connection,
    onConnection(listener: (state: ConnectionState) => void) {
      connected.add(listener);
      return () => connected.delete(listener);
    },
  } as unknown as HallClient;
  const mirror = createObservationMirror(client, (violation) => violations.push(violation));
  /** The hall says values, by index, on the stream that is open now. */
  const say = (values: Record<number, number>, version = 1, level = 0) => {
    const size = Math.max(0, ...Object.keys(values).map(Number)) + 1;
    const value = Array.from({ length: size }, (_, i) => values[i] ?? 0);
    const zero = value.map(() => 0);
    const columns = { value, t: value.map((_, i) => 1000 + i), quality: zero, level: value.map(() => level) };
    streams.at(-1)?.say(encodeObservations(version, columns, Object.keys(values).map(Number)));
  };
  return {
    ...{ mirror, streams, violations, asked, say },
    open: () => streams.filter((stream) => stream.open).map(({ params }) => params),
    become(next: ConnectionState['state']) {
      state = next;
      for (const listener of connected) listener(connection());
    },
    setHall(next: typeof hall) {
      hall = next;
    },
  };
}

describe('the sensors a window follows', () => {
  test('all are told of as seldom as the one asks who wants them most often, and at once while somebody looks at one', async () => {
    const { mirror, open } = rig();
    const seldom = () => undefined;
    mirror.watchAll(seldom, 2000);
    await nextTurn();
    expect(open()).toEqual([{ every: 2000 }]);
    const leave = mirror.watch('B', () => undefined);
    await nextTurn();
    expect(open()).toEqual([{}]);
    leave();
    await nextTurn();
    expect(open()).toEqual([{ every: 2000 }]);
    mirror.watchAll(() => undefined);
    await nextTurn();
    expect(open()).toEqual([{}]);
  });

  test('nobody looks: nothing is asked for; somebody looks at one: that one; at the map: all', async () => {
    const { mirror, open, asked } = rig();
    await nextTurn();
    expect([open(), asked]).toEqual([[], []]);
    const leave = mirror.watch('B', () => undefined);
    await nextTurn();
    expect(open()).toEqual([{ sensors: ['B'] }]);
    const close = mirror.watchAll(() => undefined);
    await nextTurn();
    expect(open()).toEqual([{}]);
    leave();
    await nextTurn();
    expect(open()).toEqual([{}]);
    close();
    await nextTurn();
    expect(open()).toEqual([]);
    expect(asked).toEqual([0]);
  });

  test('a listener of one sensor hears of that one only, and what it is given is the same until it changes', async () => {
    const { mirror, say } = rig();
    let b = 0;
    const frames: number[][] = [];
    mirror.watch('B', () => b++);
    mirror.watchAll((indices) => frames.push(indices === null ? [-1] : [...indices]));
    await nextTurn();
    await nextTurn();
    say({ 0: 1, 1: 2 }, 1, 3);
    const first = mirror.get('B');
    expect(first).toEqual({ value: 2, quality: 'good', t: 1001, level: 3 });
    say({ 0: 5 });
    expect(mirror.get('B')).toBe(first);
    expect(mirror.get('A')).toMatchObject({ value: 5, level: null });
    expect(mirror.get('C')).toBeUndefined();
    say({ 1: 7 });
    expect(mirror.get('B')).toMatchObject({ value: 7 });
    expect([b, frames]).toEqual([3, [[-1], [0, 1], [0], [1]]]);
  });

  test('values that come before the directory are shown with it, however many pages that has', async () => {
    const { mirror, say, setHall, asked } = rig();
    setHall({ version: 1, ids: ['A', 'B', 'C'], pages: 3 });
    const heard: unknown[] = [];
    mirror.watchAll((indices) => heard.push(indices));
    await Promise.resolve();
    say({ 2: 9 });
    expect(mirror.get('C')).toBeUndefined();
    for (let turn = 0; turn < 4; turn++) await nextTurn();
    expect(asked).toEqual([0, 1, 2]);
    expect(mirror.get('C')).toMatchObject({ value: 9 });
    expect(heard).toEqual([null]);
  });

  test('another directory: nothing is shown under a name it does not belong to, and the new one is fetched once', async () => {
    const { mirror, say, setHall, asked, become } = rig();
    mirror.watchAll(() => undefined);
    await nextTurn();
    await nextTurn();
    say({ 0: 1, 1: 2 });
    become('lost');
    expect(mirror.get('A')).toMatchObject({ value: 1 });
    setHall({ version: 2, ids: ['B', 'Z'], pages: 1 });
    become('open');
    await nextTurn();
    expect(asked).toEqual([0]); // The same hall, as far as anybody knows.
    say({ 0: 20, 1: 30 }, 2);
    say({ 0: 21 }, 2);
    expect(mirror.get('A')).toBeUndefined();
    await nextTurn();
    await nextTurn();
    expect(asked).toEqual([0, 0]);
    expect([mirror.get('A'), mirror.get('B')?.value, mirror.get('Z')?.value]).toEqual([undefined, 21, 30]);
  });

  test('a directory that did not come is asked for again with the next frame, and with the next connection', async () => {
    const { mirror, say, setHall, asked, become } = rig();
    setHall(null);
    mirror.watchAll(() => undefined);
    await nextTurn();
    await nextTurn();
    say({ 0: 1 });
    await nextTurn();
    await nextTurn();
    expect(asked).toHaveLength(2);
    setHall({ version: 1, ids: ['A'], pages: 1 });
    become('open');
    await nextTurn();
    await nextTurn();
    expect(mirror.get('A')).toMatchObject({ value: 1 });
  });

  test('what is no frame, and a sensor that nobody knows, are counted; the others live on', async () => {
    const { mirror, say, streams, violations } = rig();
    mirror.watchAll(() => undefined);
    await nextTurn();
    await nextTurn();
    streams.at(-1)?.say(Uint8Array.of(1, 2, 3));
    say({ 1: 4, 3: 1, 900000: 1 });
    expect(mirror.get('B')).toMatchObject({ value: 4 });
    expect(mirror.counts).toEqual({ refused: 1, unknown: 2 });
    expect(violations.map(({ error }) => error.message)).toEqual(['observations frame: shorter than its header']);
  });

  test('a stream that the hall ended is opened again with the next connection', async () => {
    const { mirror, streams, become, open } = rig();
    mirror.watchAll(() => undefined);
    await nextTurn();
    streams[0]?.end();
    become('open');
    await nextTurn();
    expect([streams.length, open()]).toEqual([2, [{}, {}]]);
  });
});
