import { feeds as contract } from '../../../contract/features/feeds.ts';
import { every } from '../../clock.ts';
import { readOwnFeeds } from '../../feeds/ownFeeds.ts';
import { defineFeature } from '../../kernel/feature.ts';
import { feedFolders } from '../../kernel/feedFolders.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { holdThese } from '../keyed.ts';
import { showFeedClocks } from './feedNotices.ts';

/** So often, in ms, what counts up by itself is shown. */
const BEAT_MS = 1000;

type Takes =
  | 'clock'
  | 'feeds'
  | 'hallDir'
  | 'notices'
  | 'rejects'
  | 'simulation'
  | 'startedAt'
  | 'telemetry'
  | 'topics'
  | 'world';

/** What comes in from outside: the hall's own sources, how each source stands, and what is wrong with it. */
export const feeds = defineFeature({
  contract,
  start(kernel: Pick<Kernel, Takes>) {
    const { clock, feeds, notices, rejects, startedAt, telemetry, topics } = kernel;
    const publish = () => holdThese(topics.feeds, feeds.health(), ({ id }) => id);
    feeds.onState(publish);
    const own = readOwnFeeds(feedFolders(kernel), { directory: telemetry.directory, rejects, now: startedAt });
    for (const notice of own.notices) notices.raise(notice);
    for (const config of own.feeds) feeds.add(config);
    const stop = every(clock, BEAT_MS, () => {
      showFeedClocks(notices, feeds.health(), telemetry.aheadThings, clock.now());
      publish();
    });
    publish();
    return { close: stop };
  },
});
