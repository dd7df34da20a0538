import { join } from 'node:path';
import type { FeedHealth } from '../../contract/features/feeds.ts';
import type { Outcome } from '../../contract/features/rejects.ts';
import type { RawMessage } from '../rejects/rejects.ts';
import type { FeedDeps } from './deps.ts';
import type { Feed, FeedIdentity, FeedSink, TakeReports, TakeWarning } from './feed.ts';
import type { Receiver } from './receiver.ts';
import { openRecorder, type Recorder } from './recording/recorder.ts';
import { createFeed, type FeedConfig, ownedBy } from './registry.ts';

/** What stands in the list of feeds, and brings no telemetry. */
export type JoinedSource = Pick<Feed, 'id' | 'health' | 'onState' | 'stop'> & { start(): void };

/** All feeds of a hall. */
export interface Feeds {
  /** Makes the feed, which begins to connect at once, or when feeds are let begin. @throws Error when the id is taken. */
  add(config: FeedConfig): Feed;
  /** Shows what is no feed, and listens for devices as one, among the feeds, and starts and stops it with them. */
  join(source: JoinedSource): void;
  /** Lets feeds begin that were held: the hall's own door comes first, whatever a file says of its port. */
  begin(): void;
  /** The door of a feed whose source posts its messages; undefined where there is no such feed. */
  receiver(id: string): Receiver | undefined;
  /** Puts a message of a feed through again, as {@link Feed.again} does; null where there is no such feed, or it is closing. */
  again(id: string, message: RawMessage, at: number): Promise<Outcome | null>;
  /** What each feed was made of. */
  configs(): FeedConfig[];
  /** Hears what comes in at a feed from now on, as it came. Answers how to stop; null where there is no such feed. */
  tap(id: string, hear: NonNullable<FeedDeps['heard']>): (() => void) | null;
  /** Says who takes the warnings that feeds bring; until then none is taken, and their sources are told to wait. */
  warningsTo(take: TakeWarning): void;
  /** Says who takes the reports that feeds bring; until then none is taken, and their sources are told to wait. */
  reportsTo(take: TakeReports): void;
  /** In the order they were added. */
  health(): FeedHealth[];
  /** Calls back when any feed's state changes. Answers the unsubscriber. */
  onState(listener: (health: FeedHealth) => void): () => void;
  /** Closes every connection. */
  stop(): Promise<void>;
}

/**
 * @param options.sinkOf where a feed's batches go: the telemetry's sink for it
 * @param options.held no feed begins before {@link Feeds.begin}
 * @param options.recordings the folder into which feeds are recorded whose files say so; left out: none is
 */
export function createFeeds(
  options: FeedDeps & { sinkOf: (feed: FeedIdentity) => FeedSink; held?: boolean; recordings?: string },
): Feeds {
  let takeWarning: TakeWarning = () => Promise.reject(new Error('nobody takes warnings yet'));
  let takeReports: TakeReports = () => Promise.reject(new Error('nobody takes reports yet'));
  const deps = {
    ...options,
    takeWarning: (...warning: Parameters<TakeWarning>) => takeWarning(...warning),
    takeReports: (...reports: Parameters<TakeReports>) => takeReports(...reports),
  };
  const waiting: (() => void)[] = [];
  let { held = false } = options;
  const feeds = new Map<string, Feed>();
  const configs = new Map<string, FeedConfig>();
  const joined: JoinedSource[] = [];
  const listeners = new Set<(health: FeedHealth) => void>();
  const recorders: Recorder[] = [];
  /** Who records a feed, if its file says so. */
  const recorderOf = (config: FeedConfig): Pick<FeedDeps, 'heard'> => {
    if (options.recordings === undefined || !('record' in config) || !config.record) return {};
    const { clock, log } = options;
    const recorder = openRecorder({ folder: join(options.recordings, config.id), feed: config.id, clock, log });
    recorders.push(recorder);
    return { heard: recorder.heard };
  };
  const taps = new Map<string, Set<NonNullable<FeedDeps['heard']>>>();
  const tellOf = (of: Pick<Feed, 'onState'>): void => {
    of.onState((health) => {
      options.log.info({ feed: health.id, state: health.state, error: health.error?.en ?? null }, 'feed state');
      for (const listener of listeners) listener(health);
    });
  };
  return {
    add(config) {
      if (feeds.has(config.id)) throw new Error(`There are two feeds with the id "${config.id}": rename one of them.`);
      const recorder = recorderOf(config);
      const hearing = new Set<NonNullable<FeedDeps['heard']>>();
      const feed = createFeed(config, {
        ...deps,
        heard(...message) {
          (recorder.heard ?? options.heard)?.(...message);
          for (const hear of hearing) hear(...message);
        },
      });
      feeds.set(config.id, feed);
      taps.set(config.id, hearing);
      configs.set(config.id, config);
      tellOf(feed);
      const sink = options.sinkOf({ id: config.id, owns: ownedBy(config) });
      if (held) waiting.push(() => feed.start(sink));
      else feed.start(sink);
      return feed;
    },
    join(source) {
      joined.push(source);
      tellOf(source);
      if (held) waiting.push(() => source.start());
      else source.start();
    },
    begin() {
      held = false;
      for (const start of waiting.splice(0)) start();
    },
    configs: () => [...configs.values()],
    tap(id, hear) {
      const hearing = taps.get(id);
      if (!hearing) return null;
      hearing.add(hear);
      return () => hearing.delete(hear);
    },
    warningsTo(take) {
      takeWarning = take;
    },
    reportsTo(take) {
      takeReports = take;
    },
    receiver: (id) => feeds.get(id)?.receiver,
    again: async (id, message, at) => (await feeds.get(id)?.again?.(message, at)) ?? null,
    health: () => [...feeds.values(), ...joined].map((source) => source.health()),
    onState(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async stop() {
      waiting.length = 0;
      await Promise.all([...feeds.values(), ...joined].map((source) => source.stop()));
      await Promise.all(recorders.map((recorder) => recorder.close()));
    },
  };
}
