import type { z } from 'zod';
import type { TopicSpec } from '../define.ts';
import type { WireError } from '../errors.ts';
import { type TopicItem, type TopicName, topics } from '../index.ts';
import type { WireClock } from './clock.ts';
import { createEncoder, type Encoder, type LongList } from './encode.ts';
import type { HallFrame } from './frames.ts';
import { PatchMismatch, patched } from './jsonPatch.ts';

/** Hears the items of a topic and which of them changed. */
export type TopicListener<T extends TopicName> = (
  items: ReadonlyMap<string, TopicItem<T>>,
  change: { set: string[]; del: string[] },
) => void;

/** Something came from the hall that breaks the contract. `topic` and `key` are null when it was not an item. */
export interface Violation {
  readonly topic: TopicName | null;
  readonly key: string | null;
  readonly error: WireError;
}

type SnapFrame = Extract<HallFrame, { t: 'snap' }>;
type DeltaFrame = Extract<HallFrame, { t: 'delta' }>;
type ResumeFrame = Extract<HallFrame, { t: 'resume' }>;

/** The topics a window follows, kept equal to the hall's. */
export interface TopicMirrors {
  subscribe<T extends TopicName>(topic: T, listener: TopicListener<T>): () => void;
  items<T extends TopicName>(topic: T): ReadonlyMap<string, TopicItem<T>>;
  fresh(topic: TopicName): boolean;
  /** @param run of the hall, as it introduced itself */
  opened(run: string): void;
  lost(): void;
  snapshot(frame: SnapFrame): void;
  delta(frame: DeltaFrame): void;
  resume(frame: ResumeFrame): void;
  close(): void;
}

interface Mirror {
  /** What fits the contract, of what came. */
  items: ReadonlyMap<string, unknown>;
  /** As it came: what is patched. */
  readonly came: Map<string, unknown>;
  readonly reader: Encoder<object>;
  version: number;
  /** The run of the hall that `version` is of; null before a snapshot. */
  run: string | null;
  /** The version with which the items are the hall's again; null when a snapshot is needed for that. */
  complete: number | null;
  /** The items are the hall's at `version`. False until a snapshot has come, after a gap, and while lost. */
  fresh: boolean;
  /** Whether a snapshot has ever come. */
  known: boolean;
  /** Pieces of a snapshot that is still coming. */
  pieces: [string, unknown][][];
  readonly listeners: Set<(items: ReadonlyMap<string, unknown>, change: { set: string[]; del: string[] }) => void>;
  cancelLinger: (() => void) | null;
}

/** Keeps a mirror of each followed topic; on a version gap it asks for the snapshot again and goes on. */
export function createTopicMirrors(options: {
  send: (frame: object) => void;
  clock: WireClock;
  lingerMs: number;
  onViolation: (violation: Violation) => void;
}): TopicMirrors {
  const { send, clock, lingerMs, onViolation } = options;
  const mirrors = new Map<TopicName, Mirror>();
  const nothing: ReadonlyMap<string, never> = new Map<string, never>();
  let run = '';

  /** Whether the item fits its topic; otherwise it is reported. It is taken as it came, so that what is not changed stays the same object. */
  function fits(topic: TopicName, { reader }: Mirror, key: string, value: unknown): boolean {
    const refused = reader.refused(value as object);
    if (!refused) return true;
    const { field, message } = refused;
    onViolation({
      topic,
      key,
      error: {
        code: 'bad-response',
        message: `${topic}/${key}: ${field || 'item'}: ${message}`,
        field: `${topic}.${field}`,
      },
    });
    return false;
  }

  function subscription(topic: TopicName, mirror: Mirror): object {
    return mirror.run === run && run !== ''
      ? { t: 'sub', topic, since: { run, v: mirror.version } }
      : { t: 'sub', topic };
  }

  /** What came does not follow on what is here: everything is asked for anew. */
  function startOver(topic: TopicName, mirror: Mirror): void {
    mirror.fresh = false;
    mirror.complete = null;
    mirror.run = null;
    send({ t: 'sub', topic });
    change(mirror, mirror.items, [], []); // Nothing is another, but that they are not the hall's present ones.
  }

  /** The items of a delta, patched ones as they are then. @throws PatchMismatch */
  function changesOf(mirror: Mirror, frame: DeltaFrame): [string, unknown][] {
    return [
      ...frame.set,
      ...frame.patch.map(([key, patch]): [string, unknown] => [key, patched(mirror.came.get(key), patch)]),
    ];
  }

  function change(mirror: Mirror, items: ReadonlyMap<string, unknown>, set: string[], del: string[]): void {
    mirror.items = items;
    const errors: unknown[] = [];
    for (const listener of [...mirror.listeners]) {
      try {
        listener(items, { set, del });
      } catch (error) {
        errors.push(error);
      }
    }
    // One broken screen must not keep the others from hearing; its error still gets out.
    if (errors.length > 0) throw errors[0];
  }

  function followed(topic: string): [TopicName, Mirror] | null {
    const name = topic as TopicName;
    const mirror = mirrors.get(name);
    return mirror ? [name, mirror] : null;
  }

  return {
    subscribe<T extends TopicName>(topic: T, listener: TopicListener<T>) {
      let mirror = mirrors.get(topic);
      if (!mirror) {
        mirror = {
          items: nothing,
          came: new Map(),
          reader: readerOf(topic),
          version: -1,
          run: null,
          complete: null,
          fresh: false,
          known: false,
          pieces: [],
          listeners: new Set(),
          cancelLinger: null,
        };
        mirrors.set(topic, mirror);
        send({ t: 'sub', topic });
      }
      mirror.cancelLinger?.();
      mirror.cancelLinger = null;
      const mine = mirror;
      // Items of a topic were read with that topic's schema; the map of all topics cannot say so.
      const heard = (items: ReadonlyMap<string, unknown>, what: { set: string[]; del: string[] }) =>
        listener(items as ReadonlyMap<string, TopicItem<T>>, what);
      mine.listeners.add(heard);
      if (mine.known) heard(mine.items, { set: [...mine.items.keys()], del: [] });
      return () => {
        if (!mine.listeners.delete(heard) || mine.listeners.size > 0) return;
        mine.cancelLinger = clock.setTimeout(() => {
          mirrors.delete(topic);
          send({ t: 'unsub', topic });
        }, lingerMs);
      };
    },
    items<T extends TopicName>(topic: T) {
      return (mirrors.get(topic)?.items ?? nothing) as ReadonlyMap<string, TopicItem<T>>;
    },
    fresh: (topic) => mirrors.get(topic)?.fresh ?? false,
    opened(now) {
      run = now;
      for (const [topic, mirror] of mirrors) send(subscription(topic, mirror));
    },
    lost() {
      for (const mirror of mirrors.values()) {
        mirror.fresh = false;
        mirror.complete = null;
        mirror.pieces = [];
      }
    },
    snapshot(frame) {
      const found = followed(frame.topic);
      if (!found) return;
      const [topic, mirror] = found;
      if (frame.part === 0) mirror.pieces = [];
      if (frame.part !== mirror.pieces.length) return;
      mirror.pieces.push(frame.items);
      if (mirror.pieces.length < frame.parts) return;
      const items = new Map<string, unknown>();
      mirror.came.clear();
      for (const [key, value] of mirror.pieces.flat()) {
        mirror.came.set(key, value);
        if (fits(topic, mirror, key, value)) items.set(key, value);
      }
      mirror.pieces = [];
      mirror.version = frame.v;
      mirror.run = run;
      mirror.complete = null;
      mirror.fresh = true;
      mirror.known = true;
      const del = [...mirror.items.keys()].filter((key) => !items.has(key));
      change(mirror, items, [...items.keys()], del);
    },
    delta(frame) {
      const found = followed(frame.topic);
      if (!found) return;
      const [topic, mirror] = found;
      if ((!mirror.fresh && mirror.complete === null) || frame.v <= mirror.version) return;
      if (frame.v !== mirror.version + 1) {
        startOver(topic, mirror);
        return;
      }
      let changes: [string, unknown][];
      try {
        changes = changesOf(mirror, frame);
      } catch (cause) {
        if (!(cause instanceof PatchMismatch)) throw cause;
        startOver(topic, mirror);
        return;
      }
      mirror.version = frame.v;
      if (mirror.complete === frame.v) completed(mirror);
      const items = new Map(mirror.items);
      const set: string[] = [];
      const del: string[] = [];
      for (const key of frame.del) {
        mirror.came.delete(key);
        if (items.delete(key)) del.push(key);
      }
      for (const [key, value] of changes) {
        mirror.came.set(key, value);
        if (fits(topic, mirror, key, value)) {
          items.set(key, value);
          set.push(key);
        } else if (items.delete(key)) del.push(key);
      }
      change(mirror, items, set, del);
    },
    resume(frame) {
      const found = followed(frame.topic);
      if (!found) return;
      const [topic, mirror] = found;
      if (mirror.run !== run || frame.v < mirror.version) {
        startOver(topic, mirror);
        return;
      }
      mirror.complete = frame.v;
      if (mirror.version !== frame.v) return;
      completed(mirror);
      change(mirror, mirror.items, [], []);
    },
    close() {
      for (const mirror of mirrors.values()) mirror.cancelLinger?.();
    },
  };
}

function completed(mirror: Mirror): void {
  mirror.fresh = true;
  mirror.complete = null;
}

function readerOf(topic: TopicName): Encoder<object> {
  const { item, long }: TopicSpec = topics[topic];
  return createEncoder<object>(item as z.ZodType<object>, long as LongList<object> | undefined);
}
