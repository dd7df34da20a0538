import type { FeedHealth } from '../../contract/features/feeds.ts';
import type { FeedDeps } from './deps.ts';
import type { Feed, FeedIdentity, FeedSink } from './feed.ts';
import { createFeed, type FeedConfig, ownedBy } from './registry.ts';

/** All feeds of a hall. */
export interface Feeds {
  /** Makes the feed and begins to connect. @throws Error when the id is taken. */
  add(config: FeedConfig): Feed;
  /** In the order they were added. */
  health(): FeedHealth[];
  /** Calls back when any feed's state changes. Answers the unsubscriber. */
  onState(listener: (health: FeedHealth) => void): () => void;
  /** Closes every connection. */
  stop(): Promise<void>;
}

/** @param options.sinkOf where a feed's batches go: the telemetry's sink for it. */
export function createFeeds(options: FeedDeps & { sinkOf: (feed: FeedIdentity) => FeedSink }): Feeds {
  const feeds = new Map<string, Feed>();
  const listeners = new Set<(health: FeedHealth) => void>();
  return {
    add(config) {
      if (feeds.has(config.id)) throw new Error(`There are two feeds with the id "${config.id}": rename one of them.`);
      const feed = createFeed(config, options);
      feeds.set(config.id, feed);
      feed.onState((health) => {
        options.log.info({ feed: health.id, state: health.state, error: health.error?.en ?? null }, 'feed state');
        for (const listener of listeners) listener(health);
      });
      feed.start(options.sinkOf({ id: config.id, owns: ownedBy(config) }));
      return feed;
    },
    health: () => [...feeds.values()].map((feed) => feed.health()),
    onState(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async stop() {
      await Promise.all([...feeds.values()].map((feed) => feed.stop()));
    },
  };
}
