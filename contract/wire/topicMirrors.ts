import { firstIssue, type WireError } from '../errors.ts';
import { type TopicItem, type TopicName, topics } from '../index.ts';
import type { WireClock } from './clock.ts';
import type { HallFrame } from './frames.ts';

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

/** The topics a window follows, kept equal to the hall's. */
export interface TopicMirrors {
  subscribe<T extends TopicName>(topic: T, listener: TopicListener<T>): () => void;
  items<T extends TopicName>(topic: T): ReadonlyMap<string, TopicItem<T>>;
  fresh(topic: TopicName): boolean;
  opened(): void;
  lost(): void;
  snapshot(frame: SnapFrame): void;
  delta(frame: DeltaFrame): void;
  close(): void;
}

interface Mirror {
  items: ReadonlyMap<string, unknown>;
  version: number;
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

  /** The item when it fits its topic; otherwise it is reported and left out. */
  function readItem(topic: TopicName, key: string, value: unknown): { item: unknown } | null {
    const read = topics[topic].item.safeParse(value);
    if (read.success) return { item: read.data };
    const { field, message } = firstIssue(read.error);
    onViolation({
      topic,
      key,
      error: {
        code: 'bad-response',
        message: `${topic}/${key}: ${field || 'item'}: ${message}`,
        field: `${topic}.${field}`,
      },
    });
    return null;
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
          version: -1,
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
    opened() {
      for (const topic of mirrors.keys()) send({ t: 'sub', topic });
    },
    lost() {
      for (const mirror of mirrors.values()) {
        mirror.fresh = false;
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
      for (const [key, value] of mirror.pieces.flat()) {
        const read = readItem(topic, key, value);
        if (read) items.set(key, read.item);
      }
      mirror.pieces = [];
      mirror.version = frame.v;
      mirror.fresh = true;
      mirror.known = true;
      const del = [...mirror.items.keys()].filter((key) => !items.has(key));
      change(mirror, items, [...items.keys()], del);
    },
    delta(frame) {
      const found = followed(frame.topic);
      if (!found) return;
      const [topic, mirror] = found;
      if (!mirror.fresh || frame.v <= mirror.version) return;
      if (frame.v !== mirror.version + 1) {
        mirror.fresh = false;
        send({ t: 'sub', topic });
        change(mirror, mirror.items, [], []); // Nothing is another, but that they are not the hall's present ones.
        return;
      }
      mirror.version = frame.v;
      const items = new Map(mirror.items);
      const set: string[] = [];
      const del = frame.del.filter((key) => items.delete(key));
      for (const [key, value] of frame.set) {
        const read = readItem(topic, key, value);
        if (read) {
          items.set(key, read.item);
          set.push(key);
        } else if (items.delete(key)) del.push(key);
      }
      change(mirror, items, set, del);
    },
    close() {
      for (const mirror of mirrors.values()) mirror.cancelLinger?.();
    },
  };
}
