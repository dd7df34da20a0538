import { ContractError } from '../errors.ts';
import { MOST_NAMED_SENSORS, type ObservationsParams, type SensorEntry } from '../features/sensors.ts';
import type { Result } from '../index.ts';
import { decodeObservations, type ObservationsFrame, QUALITY, type Quality } from '../observations.ts';
import type { Level } from '../schema/basics.ts';
import type { HallClient, Violation } from './hallClient.ts';

/** Newest value of one sensor. */
export interface Observation {
  readonly value: number;
  readonly quality: Quality;
  /** Measured at, wall ms by the source's clock. */
  readonly t: number;
  /** The level at which alarms hold the value. */
  readonly level: Level | null;
}

/**
 * The sensors a window follows: their directory, and the newest value of each, kept in columns. It follows the stream of all of them, or
 * of the few that somebody looks at, and nothing while nobody does. While the connection is lost the last values stay.
 */
export interface ObservationMirror {
  /** Every sensor, in the order of the stream's indices; empty until somebody follows and it has come. The same list until it changes. */
  directory(): readonly SensorEntry[];
  sensor(id: string): SensorEntry | undefined;
  /** The newest value; undefined before the sensor was heard of, or while nobody follows it. The same object until it changes. */
  get(id: string): Observation | undefined;
  /** As `get`, by the place in the directory. */
  at(index: number): Observation | undefined;
  /** Follows one sensor. Answers how to stop. */
  watch(id: string, changed: () => void): () => void;
  /**
   * Follows all; hears, once a frame, the indices of those that changed, or null when the directory did. Answers how to stop.
   *
   * @param every ms between two frames at the least, as long as nobody else wants them sooner
   */
  watchAll(changed: (indices: Uint32Array | null) => void, every?: number): () => void;
  /** Has the directory loaded, and hears when it changes. Answers how to stop. */
  watchDirectory(changed: () => void): () => void;
  /** Payloads that were none, and records of sensors that the directory does not have. */
  readonly counts: { readonly refused: number; readonly unknown: number };
}

interface Columns {
  /** Of the directory that the indices mean; null before the first payload. */
  version: number | null;
  value: Float64Array;
  t: Float64Array;
  quality: Uint8Array;
  level: Uint8Array;
  /** Number of the frame that brought a value last; 0 for none. */
  frame: Float64Array;
  /** What `get` answered last. */
  shown: (Observation | undefined)[];
}

const noColumns = (size: number): Columns => ({
  ...{ version: null, value: new Float64Array(size), t: new Float64Array(size) },
  ...{ quality: new Uint8Array(size), level: new Uint8Array(size), frame: new Float64Array(size), shown: [] },
});

export function createObservationMirror(
  client: Pick<HallClient, 'call' | 'bulk' | 'connection' | 'onConnection'>,
  onViolation: (violation: Violation) => void,
): ObservationMirror {
  const counts = { refused: 0, unknown: 0 };
  const one = new Map<string, Set<() => void>>();
  /** With ms between two frames. */
  const all = new Map<(indices: Uint32Array | null) => void, number>();
  const listed = new Set<() => void>();
  let columns = noColumns(0);
  let frames = 0;
  let directory: readonly SensorEntry[] = [];
  /** The version of `directory`; null before it has come. */
  let version: number | null = null;
  let indices: ReadonlyMap<string, number> = new Map();
  let loading = false;
  let stream: { of: string; stop: () => void } | null = null;
  let arranging = false;

  const followed = () => one.size > 0 || all.size > 0;
  /** Whether indices and directory belong together. */
  const fits = () => version !== null && version === columns.version;

  function tell(listeners: Iterable<() => void>): void {
    const errors: unknown[] = [];
    for (const listener of [...listeners]) {
      try {
        listener();
      } catch (error) {
        errors.push(error);
      }
    }
    // One broken screen must not keep the others from hearing; its error still gets out.
    if (errors.length > 0) throw errors[0];
  }

  function hasToLoad(): boolean {
    if (version === null) return followed() || listed.size > 0;
    return columns.version !== null && columns.version !== version;
  }

  async function load(): Promise<void> {
    if (loading || !hasToLoad() || client.connection().state !== 'open') return;
    loading = true;
    const sensors: SensorEntry[] = [];
    let loaded: number | null = null;
    try {
      for (let from: number | null = 0; from !== null; ) {
        const page: Result<'sensors.directory'> = await client.call('sensors.directory', { from });
        if (loaded !== null && page.version !== loaded) return; // Another hall meanwhile: the next frame asks again.
        loaded = page.version;
        sensors.push(...page.sensors);
        from = page.next;
      }
    } catch {
      return; // The connection went, or the hall is busy: asked again with the next connection, and with the next frame.
    } finally {
      loading = false;
    }
    directory = sensors;
    version = loaded;
    indices = new Map(sensors.map(({ id }, i) => [id, i]));
    tell([
      ...listed,
      ...[...one.values()].flatMap((set) => [...set]),
      ...[...all.keys()].map((heard) => () => heard(null)),
    ]);
  }

  function grow(size: number): void {
    const { value, t, quality, level, frame } = columns;
    const next = { ...noColumns(size), version: columns.version, shown: columns.shown };
    next.value.set(value);
    next.t.set(t);
    next.quality.set(quality);
    next.level.set(level);
    next.frame.set(frame);
    columns = next;
  }

  function take(frame: ObservationsFrame): void {
    if (frame.version !== columns.version) columns = { ...noColumns(columns.value.length), version: frame.version };
    frames++;
    if (version !== frame.version) void load();
    const known = fits() ? directory.length : Number.POSITIVE_INFINITY;
    for (let k = 0; k < frame.count; k++) {
      const i = frame.index[k] as number;
      if (i >= known) {
        counts.unknown++;
        continue;
      }
      if (i >= columns.value.length) grow(Math.max(256, 2 * i));
      columns.value[i] = frame.value[k] as number;
      columns.t[i] = frame.t[k] as number;
      columns.quality[i] = frame.quality[k] as number;
      columns.level[i] = frame.level[k] as number;
      columns.frame[i] = frames;
      columns.shown[i] = undefined;
    }
    if (!fits()) return;
    const heard = [...all.keys()].map((listener) => () => listener(frame.index));
    for (const [id, listeners] of one) {
      const i = indices.get(id);
      if (i !== undefined && columns.frame[i] === frames) heard.push(...listeners);
    }
    tell(heard);
  }

  function receive(payload: Uint8Array): void {
    let frame: ObservationsFrame;
    try {
      frame = decodeObservations(payload);
    } catch (cause) {
      counts.refused++;
      const error = new ContractError('bad-response', cause instanceof Error ? cause.message : String(cause));
      onViolation({ topic: null, key: null, error: error.toWire() });
      return;
    }
    take(frame);
  }

  /** Opens the stream that those who follow need now; the one before goes when it is there. */
  function arrange(): void {
    arranging = false;
    const named = all.size > 0 || one.size > MOST_NAMED_SENSORS ? null : [...one.keys()].sort();
    const every = one.size > 0 ? 0 : Math.min(...all.values());
    const params: ObservationsParams = named === null ? (every > 0 ? { every } : {}) : { sensors: named };
    const of = followed() ? JSON.stringify(params) : null;
    if (of === (stream?.of ?? null)) return;
    const before = stream;
    stream = null;
    if (of !== null) {
      const opened = {
        of,
        stop: client.bulk('observations', params, receive, () => {
          // The hall does not have it, or not now: whatever is asked for next is asked for anew.
          if (stream === opened) stream = null;
        }),
      };
      stream = opened;
    }
    before?.stop();
  }

  function rearrange(): void {
    void load();
    if (arranging) return;
    arranging = true;
    queueMicrotask(arrange);
  }

  client.onConnection(({ state }) => {
    if (state === 'open') rearrange();
  });

  function at(i: number): Observation | undefined {
    if (!fits() || !(columns.frame[i] as number)) return undefined;
    const known = columns.shown[i];
    if (known) return known;
    const shown: Observation = {
      value: columns.value[i] as number,
      quality: QUALITY[columns.quality[i] as number] ?? 'good',
      t: columns.t[i] as number,
      level: (columns.level[i] || null) as Level | null,
    };
    columns.shown[i] = shown;
    return shown;
  }

  return {
    directory: () => directory,
    sensor: (id) => directory[indices.get(id) ?? -1],
    get: (id) => at(indices.get(id) ?? -1),
    at,
    watch(id, changed) {
      const listeners = one.get(id) ?? new Set();
      one.set(id, listeners.add(changed));
      rearrange();
      return () => {
        listeners.delete(changed);
        if (listeners.size === 0 && one.get(id) === listeners) one.delete(id);
        rearrange();
      };
    },
    watchAll(changed, every = 0) {
      all.set(changed, every);
      rearrange();
      return () => {
        all.delete(changed);
        rearrange();
      };
    },
    watchDirectory(changed) {
      listed.add(changed);
      void load();
      return () => listed.delete(changed);
    },
    counts,
  };
}
