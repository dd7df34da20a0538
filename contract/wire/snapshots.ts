import type { TopicName } from '../index.ts';
import type { TopicCollections } from './collection.ts';
import type { CollectionDelta } from './recentDeltas.ts';
import type { WireStats } from './served.ts';
import { type AroundShared, SharedText } from './sharedText.ts';

/** Characters of deltas that are kept while a snapshot is on its way; beyond them a further snapshot follows. */
const KEPT_CHARS = 1_000_000;

/** What a window follows, as far as it has read. */
export interface Snapshots {
  /**
   * Brings a topic to the window: what has changed since the version that it has, or a snapshot.
   * @param since null when it has none, or one that is of no use
   */
  want(topic: TopicName, since: number | null): void;
  forget(topic: TopicName): void;
  /** Sends a delta in its frame; after the snapshot that is on its way, or later when the window is behind. */
  delta(topic: TopicName, version: number, frame: SharedText): void;
  drain(): void;
  waiting(): boolean;
}

interface Sending {
  readonly version: number;
  readonly pieces: readonly SharedText[];
  part: number;
  /** Deltas that came after its version; null when there were too many. */
  deltas: SharedText[] | null;
  chars: number;
}

/** A delta as windows are sent it. */
export const deltaFrame = (topic: TopicName, { body }: Pick<CollectionDelta, 'body'>): SharedText =>
  new SharedText(`{"t":"delta","topic":"${topic}",${body}}`);

const whole = (shared: SharedText): AroundShared => ({ head: '', shared, tail: '' });

/**
 * Sends snapshots piece by piece, the next when the window has read on: however large a topic is, no more of it waits than a
 * window may have unread.
 *
 * @param mayRead whether the window has read enough for more
 * @param wait asks for a `drain()` in a while
 */
export function createSnapshots(options: {
  topics: TopicCollections;
  stats: WireStats;
  send: (frame: string | AroundShared) => void;
  mayRead: () => boolean;
  wait: () => void;
}): Snapshots {
  const { topics, stats, send, mayRead, wait } = options;
  /** The version the window has of each topic it waits for, null for none. */
  const wanted = new Map<TopicName, number | null>();
  const sending = new Map<TopicName, Sending>();
  /** The version the window has, or will when it has read on. */
  const sent = new Map<TopicName, number>();

  function skip(topic: TopicName): void {
    stats.deltasSkipped++;
    if (!wanted.has(topic)) wanted.set(topic, sent.get(topic) ?? null);
    wait();
  }

  /** @returns false when the window has to read on first */
  function advance(topic: TopicName, snapshot: Sending): boolean {
    const { version, pieces } = snapshot;
    while (snapshot.part < pieces.length) {
      if (!mayRead()) return false;
      const part = snapshot.part++;
      const shared = pieces[part];
      if (!shared) break;
      const of = `"v":${version},"part":${part},"parts":${pieces.length}`;
      send({ head: `{"t":"snap","topic":"${topic}",${of},"items":[`, shared, tail: ']}' });
    }
    sending.delete(topic);
    sent.set(topic, version);
    if (snapshot.deltas === null) skip(topic);
    else for (const frame of snapshot.deltas) send(whole(frame)); // Bounded, and skipping them would ask for all of it again.
    if (snapshot.deltas !== null) sent.set(topic, version + snapshot.deltas.length);
    return true;
  }

  /** @returns false when it is not known any more what changed since */
  function resume(topic: TopicName, since: number | null): boolean {
    const { version } = topics[topic];
    const bodies = since === null ? null : topics[topic].since(since);
    if (bodies === null) return false;
    send(`{"t":"resume","topic":"${topic}","v":${version}}`);
    for (const body of bodies) send(deltaFrame(topic, { body }).text); // Bounded by what is kept.
    sent.set(topic, version);
    return true;
  }

  return {
    want(topic, since) {
      sending.delete(topic);
      sent.delete(topic);
      wanted.set(topic, since);
    },
    forget(topic) {
      sending.delete(topic);
      wanted.delete(topic);
      sent.delete(topic);
    },
    delta(topic, version, frame) {
      const snapshot = sending.get(topic);
      if (snapshot) {
        snapshot.chars += frame.text.length;
        if (snapshot.chars > KEPT_CHARS) snapshot.deltas = null;
        snapshot.deltas?.push(frame);
      } else if (wanted.has(topic) || !mayRead()) skip(topic);
      else {
        send(whole(frame));
        sent.set(topic, version);
      }
    },
    drain() {
      for (const [topic, snapshot] of [...sending]) if (!advance(topic, snapshot)) return;
      for (const [topic, since] of [...wanted]) {
        if (!mayRead()) return;
        wanted.delete(topic);
        if (resume(topic, since)) continue;
        const { version, pieces } = topics[topic].snapshot();
        const snapshot: Sending = { version, pieces, part: 0, deltas: [], chars: 0 };
        sending.set(topic, snapshot);
        if (!advance(topic, snapshot)) return;
      }
    },
    waiting: () => sending.size > 0 || wanted.size > 0,
  };
}
