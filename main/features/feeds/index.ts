import { feeds as contract } from '../../../contract/features/feeds.ts';
import { every } from '../../clock.ts';
import { defineFeature } from '../../kernel/feature.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { holdThese } from '../keyed.ts';
import { showFeedClocks } from './feedNotices.ts';

/** So often, in ms, what counts up by itself is shown. */
const BEAT_MS = 1000;

/** What comes in from outside: how each source stands, and what is wrong with it. */
export const feeds = defineFeature({
  contract,
  start({
    clock,
    feeds,
    notices,
    telemetry,
    topics,
  }: Pick<Kernel, 'clock' | 'feeds' | 'notices' | 'telemetry' | 'topics'>) {
    const publish = () => holdThese(topics.feeds, feeds.health(), ({ id }) => id);
    const stop = every(clock, BEAT_MS, () => {
      showFeedClocks(notices, feeds.health(), telemetry.aheadThings, clock.now());
      publish();
    });
    feeds.onState(publish);
    publish();
    return { close: stop };
  },
});
