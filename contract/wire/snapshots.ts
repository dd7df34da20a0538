import type { TopicName } from '../index.ts';
import type { TopicCollections } from './collection.ts';
import type { WireStats } from './served.ts';

/** Characters of deltas that are kept while a snapshot is on its way; beyond them a further snapshot follows. */
const KEPT_CHARS = 1_000_000;

/** What a window follows, as far as it has read. */
export interface Snapshots {
  /** Sends a topic's snapshot, from its beginning. */
  want(topic: TopicName): void;
  forget(topic: TopicName): void;
  /** Sends a framed delta; after the snapshot that is on its way, or in the next snapshot when the window is behind. */
  delta(topic: TopicName, frame: string): void;
  drain(): void;
  waiting(): boolean;
}

interface Sending {
  readonly version: number;
  readonly pieces: readonly string[];
  part: number;
  /** Deltas that came after its version; null when there were too many. */
  deltas: string[] | null;
  chars: number;
}

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
  send: (frame: string) => void;
  mayRead: () => boolean;
  wait: () => void;
}): Snapshots {
  const { topics, stats, send, mayRead, wait } = options;
  const wanted = new Set<TopicName>();
  const sending = new Map<TopicName, Sending>();

  function skip(topic: TopicName): void {
    stats.deltasSkipped++;
    wanted.add(topic);
    wait();
  }

  /** @returns false when the window has to read on first */
  function advance(topic: TopicName, snapshot: Sending): boolean {
    const { version, pieces } = snapshot;
    while (snapshot.part < pieces.length) {
      if (!mayRead()) return false;
      const part = snapshot.part++;
      const items = pieces[part] ?? '';
      send(`{"t":"snap","topic":"${topic}","v":${version},"part":${part},"parts":${pieces.length},"items":[${items}]}`);
    }
    sending.delete(topic);
    if (snapshot.deltas === null) skip(topic);
    else for (const frame of snapshot.deltas) send(frame); // Bounded, and skipping them would ask for all of it again.
    return true;
  }

  function delta(topic: TopicName, frame: string): void {
    const snapshot = sending.get(topic);
    if (snapshot) {
      snapshot.chars += frame.length;
      if (snapshot.chars > KEPT_CHARS) snapshot.deltas = null;
      snapshot.deltas?.push(frame);
    } else if (wanted.has(topic) || !mayRead()) skip(topic);
    else send(frame);
  }

  return {
    want(topic) {
      sending.delete(topic);
      wanted.add(topic);
    },
    forget(topic) {
      sending.delete(topic);
      wanted.delete(topic);
    },
    delta,
    drain() {
      for (const [topic, snapshot] of [...sending]) if (!advance(topic, snapshot)) return;
      for (const topic of [...wanted]) {
        if (!mayRead()) return;
        wanted.delete(topic);
        const { version, pieces } = topics[topic].snapshot();
        const snapshot: Sending = { version, pieces, part: 0, deltas: [], chars: 0 };
        sending.set(topic, snapshot);
        if (!advance(topic, snapshot)) return;
      }
    },
    waiting: () => sending.size > 0 || wanted.size > 0,
  };
}
