import type { z } from 'zod';
import type { TopicSpec } from '../define.ts';
import { ContractError, firstIssue } from '../errors.ts';
import { type TopicItem, type TopicName, topics } from '../index.ts';
import { createEncoder, type LongList } from './encode.ts';
import { diffMembers } from './jsonPatch.ts';
import { type CollectionDelta, createRecentDeltas } from './recentDeltas.ts';
import { SharedText } from './sharedText.ts';

/**
 * A keyed collection the hall owns and windows follow. Changes made before the next flush become one delta, with a
 * version one above the last (or several, when they are too large for one frame): items that are new whole, of others what changed in them.
 * An item set to what it was already is no change. While nobody listens nothing is worked out, until somebody does. Items are not
 * copied: whoever sets one does not change it afterwards.
 */
export interface Collection<T> {
  readonly version: number;
  /** What is in it now, changes not yet told included. */
  readonly items: ReadonlyMap<string, T>;
  set(key: string, item: T): void;
  /** Makes the collection hold exactly these. */
  setAll(entries: Iterable<readonly [key: string, item: T]>): void;
  delete(key: string): void;
  /** Tells what is waiting now instead of at the next flush. */
  flush(): void;
  /** What waits from before, when nobody listened, is told first, and not to this listener. */
  onDelta(listener: (delta: CollectionDelta) => void): () => void;
  /** Hears of items that cannot be told, each time one is set; they are left out. */
  onFault(listener: (error: ContractError) => void): () => void;
  /** Items that are too large to be told at present, or not what windows take, and their characters of JSON. Windows do not see an earlier state of them either. */
  readonly leftOut: ReadonlyMap<string, number>;
  /** Hears when `leftOut` holds others than before. */
  onLeftOut(listener: () => void): () => void;
  /** The collection as told so far: its version, and `[key,item],…` in pieces that each fit a frame. */
  snapshot(): { readonly version: number; readonly pieces: readonly SharedText[] };
  /** The bodies of the deltas after a version, oldest first; null when it is not known any more which those are, or a snapshot is shorter. */
  since(version: number): readonly string[] | null;
}

export interface CollectionOptions<T> {
  /** Checks every item as it is set, so that the fault is found where it is made. For development and tests. */
  validate?: z.ZodType<T>;
  /** What windows take: an item they would refuse is left out when it is to be told, as one that is too large is. */
  shown?: z.ZodType<T>;
  /** The list of an item that may be long. */
  long?: LongList<T>;
  /** Names the collection in errors. */
  name?: string;
  /** Runs the flush later; by default at the end of the present turn (microtask). */
  schedule?: (flush: () => void) => void;
}

/** Characters in one frame, kept so that the frame is under 4 MB however many bytes a character takes. */
const PIECE_CHARS = 1_000_000;

/** Characters of a snapshot in one frame, if no item is longer: little enough that many windows can be brought one at a time. */
const SNAPSHOT_CHARS = 128 * 1024;

/** What is so short is not compared with a snapshot. */
const FEW_CHARS = 16_384;

/** An item as it was told last. */
interface Told<T> {
  readonly item: T;
  /** JSON `["key",item]`; null until it is needed. */
  text: string | null;
  /** Its characters, or more: what a patch changes makes an item longer by the patch at most. */
  readonly size: number;
}

/** @returns an empty collection at version 0 */
export function createCollection<T>(options: CollectionOptions<T> = {}): Collection<T> {
  const { validate, shown, long, name = 'collection', schedule = queueMicrotask } = options;
  const encoder = createEncoder(shown, long);
  const items = new Map<string, T>();
  const told = new Map<string, Told<T>>();
  const dirty = new Set<string>();
  const listeners = new Set<(delta: CollectionDelta) => void>();
  const faultListeners = new Set<(error: ContractError) => void>();
  const leftOut = new Map<string, number>();
  const leftOutListeners = new Set<() => void>();
  const recent = createRecentDeltas();
  let version = 0;
  let scheduled = false;
  let snapshot: { version: number; pieces: SharedText[] } | null = null;

  function touch(key: string): void {
    dirty.add(key);
    if (scheduled || listeners.size === 0) return;
    scheduled = true;
    schedule(() => {
      scheduled = false;
      if (listeners.size > 0) flush();
    });
  }

  function check(key: string, item: T): void {
    const read = validate?.safeParse(item);
    if (!read || read.success) return;
    const { field, message } = firstIssue(read.error);
    throw new ContractError('bad-response', `${name}/${key}: ${field}: ${message}`, { field });
  }

  /** Why no window can be told of an item; null when it can. */
  function misfit(item: T, size: number): string | null {
    if (size > PIECE_CHARS) return `is ${size} characters of JSON; the most is ${PIECE_CHARS}`;
    const refused = encoder.refused(item);
    return refused && `would be refused by windows: ${refused.field}: ${refused.message}`;
  }

  function fault(key: string, why: string): void {
    const error = new ContractError('internal', `${name}/${key} ${why}`);
    for (const listener of [...faultListeners]) listener(error);
  }

  /** How an item is told: whole, or what changed in it when that is shorter. Null when nothing did. */
  function wording(key: string, item: T, before: Told<T> | undefined): { now: Told<T>; patch: string | null } | null {
    if (before) {
      if (before.item === item) return null;
      const patch = diffMembers({ '': before.item }, { '': item });
      if (!patch) return null;
      const inner = patch['']?.[0] === 'patch' ? `[${JSON.stringify(key)},${JSON.stringify(patch[''][1])}]` : null;
      if (inner !== null && inner.length < before.size && before.size + inner.length <= PIECE_CHARS)
        return { now: { item, text: null, size: before.size + inner.length }, patch: inner };
    }
    const text = encoder.text(key, item);
    return { now: { item, text, size: text.length }, patch: null };
  }

  function flush(): void {
    if (dirty.size === 0) return;
    const keys = [...dirty];
    dirty.clear();
    let set: string[] = [];
    let patch: string[] = [];
    let del: string[] = [];
    let chars = 0;
    const leftOutBefore = [...leftOut.keys()].join();
    const withdraw = (key: string) => {
      if (!told.delete(key)) return;
      del.push(key);
      chars += key.length + 4;
    };
    const tell = () => {
      if (set.length + patch.length + del.length === 0) return;
      version++;
      snapshot = null;
      const body = `"v":${version},"set":[${set.join(',')}],"patch":[${patch.join(',')}],"del":${JSON.stringify(del)}`;
      const delta: CollectionDelta = { version, body };
      set = [];
      patch = [];
      del = [];
      chars = 0;
      recent.keep(delta);
      for (const listener of [...listeners]) listener(delta);
    };
    for (const key of keys) {
      const item = items.get(key);
      if (item === undefined) {
        leftOut.delete(key);
        withdraw(key);
      } else {
        const next = wording(key, item, told.get(key));
        const why = next && misfit(item, next.now.size);
        if (next && why !== null) {
          // What it was when it still fitted is not what it is: better gone and named than wrong.
          leftOut.set(key, next.now.size);
          withdraw(key);
          fault(key, why);
          continue;
        }
        leftOut.delete(key);
        if (!next) continue;
        const text = next.patch ?? next.now.text ?? '';
        if (chars + text.length > PIECE_CHARS) tell();
        told.set(key, next.now);
        (next.patch === null ? set : patch).push(text);
        chars += text.length + 1;
      }
      if (chars > PIECE_CHARS) tell();
    }
    tell();
    if ([...leftOut.keys()].join() === leftOutBefore) return;
    for (const listener of [...leftOutListeners]) listener();
  }

  function* texts(): Generator<string> {
    for (const [key, it] of told) {
      it.text ??= encoder.text(key, it.item);
      yield it.text;
    }
  }

  return {
    get version() {
      return version;
    },
    items,
    set(key, item) {
      check(key, item);
      items.set(key, item);
      touch(key);
    },
    setAll(entries) {
      const next = new Map<string, T>();
      for (const [key, item] of entries) {
        check(key, item);
        next.set(key, item);
      }
      for (const key of items.keys()) {
        if (next.has(key)) continue;
        items.delete(key);
        touch(key);
      }
      for (const [key, item] of next) {
        items.set(key, item);
        touch(key);
      }
    },
    delete(key) {
      if (items.delete(key)) touch(key);
      // Nobody was told of it and nobody listens: what comes and goes meanwhile leaves nothing behind.
      if (listeners.size === 0 && !told.has(key) && !leftOut.has(key)) dirty.delete(key);
    },
    flush,
    onDelta(listener) {
      if (listeners.size === 0) flush();
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onFault(listener) {
      faultListeners.add(listener);
      return () => faultListeners.delete(listener);
    },
    leftOut,
    onLeftOut(listener) {
      leftOutListeners.add(listener);
      return () => leftOutListeners.delete(listener);
    },
    snapshot() {
      if (listeners.size === 0) flush();
      snapshot ??= { version, pieces: pieces(texts()) };
      return snapshot;
    },
    since(before) {
      const bodies = recent.since(before, version);
      const chars = bodies?.reduce((sum, body) => sum + body.length, 0) ?? 0;
      if (chars <= FEW_CHARS) return bodies;
      let whole = 0;
      for (const { size } of told.values()) whole += size;
      return chars < whole ? bodies : null;
    },
  };
}

function pieces(entries: Iterable<string>): SharedText[] {
  const out: SharedText[] = [];
  let piece: string[] = [];
  let chars = 0;
  for (const text of entries) {
    if (chars + text.length > SNAPSHOT_CHARS && piece.length > 0) {
      out.push(new SharedText(piece.join(',')));
      piece = [];
      chars = 0;
    }
    piece.push(text);
    chars += text.length + 1;
  }
  out.push(new SharedText(piece.join(',')));
  return out;
}

/** The collection behind each topic. */
export type TopicCollections = { readonly [T in TopicName]: Collection<TopicItem<T>> };

/**
 * Makes the collection of every topic of the contract.
 * @param options `validate` checks every item as it is set; `shown` leaves out, of what is folded from events, what windows would refuse;
 *   `schedule` is asked for each topic's flush
 */
export function createTopicCollections(
  options: { validate?: boolean; shown?: boolean; schedule?: (topic: TopicName, flush: () => void) => void } = {},
): TopicCollections {
  const { validate, shown, schedule } = options;
  const make = (topic: TopicName, { item, folded, long }: TopicSpec): Collection<object> => {
    const schema = item as z.ZodType<object>;
    return createCollection<object>({
      name: topic,
      ...(long ? { long: long as LongList<object> } : {}),
      ...(validate ? { validate: schema } : {}),
      ...(shown && folded ? { shown: schema } : {}),
      ...(schedule ? { schedule: (flush: () => void) => schedule(topic, flush) } : {}),
    });
  };
  const names = Object.keys(topics) as TopicName[];
  // The name ties topic and item together; the compiler cannot follow it through the union.
  return Object.fromEntries(names.map((name) => [name, make(name, topics[name])])) as unknown as TopicCollections;
}
